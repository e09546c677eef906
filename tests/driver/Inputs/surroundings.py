"""What a process may find itself in: closed standard files, signals that its parent ignores, few open files, a small
stack, no current folder, no /proc, odd paths and locales. nnlc and a trainer work, or say what is missing.

    surroundings.py NNLC PROGRAM.nn [FILES]

The program trains with output and saves net.npz. FILES: that many open files the linker needs."""
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile

NNLC, PROGRAM = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
FILES = sys.argv[3] if len(sys.argv) > 3 else 16
wrong = []
count = 0


def run(command, before=None, shell=None, **options):
    command = ["sh", "-c", f'{shell}; exec "$0" "$@"', *command] if shell else command
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          preexec_fn=before, check=False, timeout=120, **options)


def expect(what, done, status, message=b"", saved="net.npz"):
    """`saved`: a file that must be there now; it is removed."""
    global count
    count += 1
    if done.returncode != status or message not in done.stderr or (not message and done.stderr):
        wrong.append(f"{what}: exit status {done.returncode}, {done.stderr.decode(errors='replace')}")
    elif saved and not os.path.exists(saved):
        wrong.append(f"{what}: '{saved}' is not there")
    if saved and os.path.exists(saved):
        os.unlink(saved)


def closed_files():
    expect("a trainer without standard input", run(["sh", "-c", "exec ./t -q <&-"]), 0)
    expect("a trainer without standard output", run(["sh", "-c", "exec ./t >&-"]), 1,
           b"t: error: cannot write to standard output\n")
    expect("a trainer without standard error", run(["sh", "-c", "exec ./t -q 2>&-"]), 0)
    expect("a trainer without any", run(["sh", "-c", "exec ./t -q <&- >&- 2>&-"]), 0)
    expect("nnlc without any", run(["sh", "-c", f"exec {NNLC} t.nn -o u <&- >&- 2>&-"]), 0, saved="u")
    expect("a text to no standard output", run(["sh", "-c", f"exec {NNLC} --emit=ir t.nn >&-"]), 1,
           b"nnlc: error: cannot write to standard output: Bad file descriptor\n", saved=None)
    expect("a text from no standard input", run(["sh", "-c", f"exec {NNLC} check - <&-"]), 1,
           b"nnlc: error: cannot read '-': Bad file descriptor\n", saved=None)


def gone_output():
    """The training goes on, saves, and ends as by SIGPIPE; a full disk is no such end."""
    reader, writer = os.pipe()
    os.close(reader)
    for command in (["./t"], [NNLC, "run", "t.nn"]):
        done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, check=False, timeout=120)
        expect(f"{command[0]} to nobody", done, -signal.SIGPIPE)
    os.close(writer)
    rows = "x,y\n" + "1,2\n" * 200000
    with open("many.csv", "w", encoding="ascii") as file:
        file.write(rows)
    run(["./t", "-q"])
    with subprocess.Popen(["./t", "predict", "many.csv", "--weights=net.npz"], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, bufsize=0) as child:
        child.stdout.read(1)
        child.stdout.close()
        err = child.stderr.read()
        status = child.wait(120)
    expect("predict | head -1", subprocess.CompletedProcess([], status, b"", err), -signal.SIGPIPE)


def signals():
    ignore = lambda: signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    expect("nnlc with a parent that ignores SIGCHLD",
           run([NNLC, "t.nn", "-o", "u"], ignore), 0, saved="u")
    expect("a trainer with a parent that ignores SIGCHLD", run(["./t", "-q"], ignore), 0)


def limits():
    expect("a trainer with 16 open files", run(["./t", "-q"], shell="ulimit -n 16"), 0)
    expect("nnlc run with 16 open files", run([NNLC, "run", "t.nn", "--", "-q"], shell="ulimit -n 16"), 0)
    expect("nnlc with few open files", run([NNLC, "t.nn", "-o", "u"], shell=f"ulimit -n {FILES}"), 0, saved="u")
    expect("a trainer with a small stack", run(["./t", "-q", "--threads=2"], shell="ulimit -s 96"), 0)
    expect("nnlc with a small stack", run([NNLC, "t.nn", "-o", "u"], shell="ulimit -s 256"), 1,
           b"nnlc: error: the stack is limited to 256 KiB, but nnlc needs 1024 KiB; 'ulimit -s 8192' sets the usual size",
           saved=None)
    expect("nnlc with a stack that can grow", run([NNLC, "t.nn", "-o", "u"], shell="ulimit -Ss 256"), 0, saved="u")
    expect("nnlc with just enough stack", run([NNLC, "t.nn", "-o", "u"], shell="ulimit -s 1024"), 0, saved="u")


def paths():
    here = os.getcwd()
    os.mkdir("gone")
    leave = f"cd gone && rmdir '{here}/gone'"
    expect("a trainer without a folder", run([f"{here}/t", "-q"], shell=leave), 1,
           b"': No such file or directory", saved=None)
    os.mkdir("gone")
    expect("nnlc without a folder", run([NNLC, f"{here}/t.nn", "-o", f"{here}/u"], shell=leave), 0, saved="u")
    odd = b"\xff \xe4\n'\"$;"
    shutil.copy("t", odd)
    expect("a name that is no UTF-8", run([b"./" + odd, "-q"]), 0)
    os.unlink(odd)
    expect("an output that is no UTF-8", run([NNLC.encode(), b"t.nn", b"-o", odd]), 0, saved=odd)
    expect("a path of 4,095 bytes", run([NNLC, "t.nn", "--emit=ir", "-o", "./" * 2046 + "abc"]), 0, saved="abc")
    expect("a path that is too long", run([NNLC, "t.nn", "--emit=ir", "-o", "./" * 2050 + "abc"]), 1,
           b"': File name too long", saved=None)
    expect("a locale with commas", run(["./t", "-q"], env=dict(os.environ, LC_ALL="de_DE.UTF-8")), 0)


def without_proc():
    """Only where this user may mount."""
    hide = ["unshare", "-m", "sh", "-c", 'mount -t tmpfs none /proc && exec "$0" "$@"']
    if run([*hide, "true"]).returncode:
        print("no /proc cannot be tried here")
        return
    expect("a trainer without /proc", run([*hide, "./t", "-q"]), 0)
    expect("nnlc without /proc", run([*hide, NNLC, "t.nn", "-o", "u"]), 0, saved="u")
    if not os.getcwd().startswith("/tmp") and not NNLC.startswith("/tmp"):
        hide[-1] = hide[-1].replace("none /proc", "-o ro none /tmp")
        expect("a trainer without /tmp", run([*hide, "./t", "-q"]), 0)
        expect("nnlc without /tmp", run([*hide, NNLC, "t.nn", "-o", "u"]), 0, saved="u")


def main():
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    folder = tempfile.mkdtemp(dir=".")
    os.chdir(folder)
    shutil.copy(PROGRAM, "t.nn")
    expect("nnlc", run([NNLC, "t.nn", "-o", "t"]), 0, saved=None)
    for part in (closed_files, gone_output, signals, limits, paths, without_proc):
        part()
    print(f"{count} surroundings, {len(wrong)} wrong", *wrong, sep="\n")
    os.chdir("..")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
