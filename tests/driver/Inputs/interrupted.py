"""A signal while the linker runs ends nnlc by it, and leaves nothing behind.

    interrupted.py NNLC PROGRAM.nn"""
import os
import signal
import subprocess
import sys
import tempfile

signal.signal(signal.SIGINT, signal.SIG_DFL)    # lit's workers ignore it, and so would nnlc
signal.signal(signal.SIGHUP, signal.SIG_DFL)
with tempfile.TemporaryDirectory() as folder:
    started = os.path.join(folder, "started")
    os.mkfifo(started)
    linker = os.path.join(folder, "linker")
    with open(linker, "w", encoding="ascii") as file:
        file.write(f"#!/bin/sh\necho > '{started}'\nexec sleep 60 >/dev/null 2>&1\n")
    os.chmod(linker, 0o755)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGXCPU, signal.SIGUSR1, signal.SIGALRM, signal.SIGSEGV):
        out = os.path.join(folder, "out")
        os.mkdir(out)
        with subprocess.Popen([sys.argv[1], f"--linker={linker}", os.path.abspath(sys.argv[2]), "-o", "net"],
                              cwd=out, stderr=subprocess.DEVNULL) as nnlc:
            with open(started, encoding="ascii") as file:
                file.read()                     # the linker is there
            left = [name for _, _, names in os.walk(out) for name in names]
            nnlc.send_signal(number)
            status = nnlc.wait()
        if status != -number or not any(name.endswith(".o") for name in left) or os.listdir(out):
            sys.exit(f"{number.name}: exit status {status}, before {left}, after {os.listdir(out)}")
        os.rmdir(out)
