"""Runs ./setup in a copy of the tree whose packages and cmake are stand-ins: building takes the nnlc that is
there, installing is the real `cmake --install` of its build.

    setup.py NNLC ROOT FOLDER"""
import os
import shutil
import subprocess
import sys

nnlc, root, folder = (os.path.abspath(path) for path in sys.argv[1:])
build = os.path.dirname(nnlc)
tree = os.path.join(folder, "checkout")
CMAKE = """#!/bin/sh
echo "cmake $*"
case $1 in
--preset) mkdir -p build/"$2" ;;
--build) ln -sf {nnlc} "$2"/nnlc ;;
--install) exec {real} --install {build} "$3" "$4" > install.log ;;
esac
"""


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(path, 0o755)


def make_tree():
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(tree)
    shutil.copy(os.path.join(root, "setup"), tree)
    shutil.copytree(os.path.join(root, "examples"), os.path.join(tree, "examples"))
    write(os.path.join(tree, "cmake", "packages.sh"), "echo packages\n")
    write(os.path.join(folder, "bin", "cmake"),
          CMAKE.format(nnlc=nnlc, build=build, real=shutil.which("cmake")))


def setup(*arguments, path=""):
    environment = dict(os.environ, PATH=os.path.join(folder, "bin") + path + ":/usr/bin:/bin")
    done = subprocess.run([os.path.join(tree, "setup"), *arguments], cwd=folder, env=environment,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.returncode, done.stdout


def expect(what, holds, text=""):
    if not holds:
        sys.exit(f"{what}\n{text}")


def check_installed(command, text):
    """The installed command makes a trainer that runs, in another folder and without the checkout."""
    expect("no command", os.access(command, os.X_OK), text)
    work = os.path.join(folder, "work")
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(os.path.join(tree, "examples"), work)
    hidden = tree + ".away"
    os.rename(tree, hidden)
    made = subprocess.run(f"'{command}' xor.nn -o xor && ./xor", shell=True, cwd=work, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    os.rename(hidden, tree)
    expect("the installed command makes no trainer", made.returncode == 0, made.stdout)
    expect("the documentation is missing", os.path.exists(os.path.join(os.path.dirname(command), "..", "share", "doc",
                                                                       "nnlc", "language.md")))


def main():
    make_tree()
    status, text = setup()
    command = os.path.join(tree, "build", "release", "nnlc")
    expect("setup", status == 0 and "--install" not in text and "accuracy" in text, text)
    expect("where the command is", text.endswith(
        f'the command is {command}\nto call it as nnlc: export PATH="{os.path.dirname(command)}:$PATH"\n'), text)

    for prefix in ("an installation", os.path.join(folder, "other")):
        status, text = setup(f"--prefix={prefix}")
        command = os.path.join(folder, prefix, "bin", "nnlc")
        expect("setup --prefix", status == 0 and f"the command is {command}\n" in text, text)
        check_installed(command, text)

    status, text = setup("--prefix", "third", path=":" + os.path.join(folder, "third", "bin"))
    expect("a command that PATH has", status == 0 and text.endswith(f"{folder}/third/bin/nnlc\n"), text)

    write(os.path.join(folder, "file"), "")
    status, text = setup("--prefix=file")
    expect("a prefix that cannot be", status == 1 and "packages" not in text and
           "setup: error: cannot install in 'file': choose another folder, or use sudo" in text, text)
    for wrong, message in (("--prefix=", "unknown option '--prefix='"), ("--prefix", "--prefix needs a folder"),
                           ("prefix=x", "unknown option 'prefix=x'")):
        status, text = setup(wrong)
        expect(wrong, status == 2 and f"setup: error: {message}\nusage: ./setup [--prefix=DIR]" in text, text)
    status, text = setup("--help")
    expect("--help", status == 0 and text.startswith("usage: ./setup [--prefix=DIR]"), text)


main()
