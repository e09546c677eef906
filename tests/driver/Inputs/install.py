"""Installs the build that an nnlc lies in.

    install.py NNLC PREFIX"""
import os
import subprocess
import sys

done = subprocess.run(["cmake", "--install", os.path.dirname(sys.argv[1]), "--prefix", sys.argv[2]],
                      stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
if done.returncode:
    sys.exit(done.stdout.decode(errors="replace"))
