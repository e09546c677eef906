"""Does a command end with this exit status? A shell's `not` takes any but 0.

    status.py STATUS COMMAND [ARGUMENT ...]"""
import subprocess
import sys

done = subprocess.run(sys.argv[2:], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                      stderr=subprocess.STDOUT, check=False)
if done.returncode != int(sys.argv[1]):
    sys.stdout.write(done.stdout.decode(errors="replace"))
    sys.exit(f"exit status {done.returncode}, not {sys.argv[1]}")
