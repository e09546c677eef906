"""Every header compiles alone, has the guard that its path gives it, and no header lacks one."""
import concurrent.futures
import os
import re
import shutil
import subprocess
import sys
import tempfile

import sources


def compiler_of(build):
    """The compiler and the include paths of the build, from its cache."""
    compiler, folders = "cc", [sources.ROOT, os.path.join(build, "generated")]
    with open(os.path.join(build, "CMakeCache.txt"), encoding="utf-8") as file:
        cache = file.read()
    found = re.search(r"^CMAKE_C_COMPILER:\w+=(.*)$", cache, re.MULTILINE)
    if found and shutil.which(found.group(1)):
        compiler = found.group(1)
    found = re.search(r"^LLVM_DIR:\w+=(.*)$", cache, re.MULTILINE)
    if found:
        folders.append(os.path.normpath(os.path.join(found.group(1), "..", "..", "..", "include")))
    found = re.search(r"^NNLC_HDF5_INCLUDE:\w+=(/.*)$", cache, re.MULTILINE)
    if found:
        folders.append(found.group(1))
    return [compiler, "-std=c11", "-fsyntax-only", "-Wall", "-Wextra", "-Wno-unused-function", "-Werror",
            "-D_POSIX_C_SOURCE=200809L"] + [part for folder in folders for part in ("-isystem", folder)
                                            if folder != sources.ROOT] + ["-I", sources.ROOT]


def guard_of(path):
    return "NNLC_" + re.sub(r"[^A-Za-z0-9]", "_", path).upper()


def check_guard(path):
    text = sources.without_comments(sources.read(path))
    found = re.search(r"#ifndef (\w+)\s*#define (\w+)", text)
    if not found or found.group(1) != found.group(2):
        return [f"{path}:1: the header has no include guard"]
    if found.group(1) != guard_of(path):
        return [f"{path}:1: the guard is '{found.group(1)}', expected '{guard_of(path)}'"]
    return []


def check_alone(command, path):
    with tempfile.NamedTemporaryFile("w", suffix=".c") as file:
        file.write(f'#include "{path}"\n#include "{path}"\ntypedef int not_empty;\n')
        file.flush()
        done = subprocess.run(command + [file.name], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False)
    if done.returncode == 0:
        return []
    text = done.stdout.decode(errors="replace")
    first = next((line for line in text.split("\n") if "error:" in line), text.split("\n", 1)[0])
    return [f"{path}:1: the header does not compile alone: {first.strip()}"]


def main():
    command = compiler_of(sys.argv[1])
    headers = sources.files(".h")
    findings = [finding for path in headers for finding in check_guard(path)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for found in pool.map(lambda path: check_alone(command, path), headers):
            findings += found
    sources.finish(findings)


if __name__ == "__main__":
    main()
