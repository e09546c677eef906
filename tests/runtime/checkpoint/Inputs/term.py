"""Starts a program, sends it SIGTERM once a file is there, and prints what it says on standard error.

usage: term.py FILE PROGRAM ARGS"""
import os
import signal
import subprocess
import sys
import time

child = subprocess.Popen(sys.argv[2:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
for _ in range(6000):
    if os.path.exists(sys.argv[1]) or child.poll() is not None:
        break
    time.sleep(0.01)
child.send_signal(signal.SIGTERM)
print(child.communicate(timeout=60)[1].decode(), end="")
