"""Runs command lines and prints each, what it writes (both streams) and its exit status.

    status.py "./trainer -q" "./trainer --no-such-option"
"""
import shlex
import subprocess
import sys

for line in sys.argv[1:]:
    done = subprocess.run(shlex.split(line), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=60, check=False)
    print("$", line)
    print(done.stdout.decode(errors="replace"), end="")
    print("exit status", done.returncode)
