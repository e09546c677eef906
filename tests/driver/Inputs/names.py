"""Names of trainers that a linker could take for something else, or cannot hold: each is a file, and runs.

    names.py NNLC PROGRAM.nn"""
import os
import subprocess
import sys
import tempfile

NNLC, PROGRAM = sys.argv[1], os.path.abspath(sys.argv[2])
NAMES = ["@name", "=x", "-x", "-Wl,-z", "a b", 'a"b', "a'b", "a\nb", "$(touch made)", "a;b", "x.o", "x.a", "n" * 246, "n" * 250, "n" * 255,
         "\u00e4" * 127]

with tempfile.TemporaryDirectory(dir=".") as folder:
    for name in NAMES:
        for options in ([], ["--linker=ld"]):
            done = subprocess.run([NNLC, *options, PROGRAM, "-o", name], cwd=folder, capture_output=True, text=True, check=False)
            if done.returncode or os.listdir(folder) != [name]:
                sys.exit(f"{name!r}: exit status {done.returncode}, {os.listdir(folder)}: {done.stderr}")
            if b"loss 0." not in subprocess.run([os.path.join(".", name)], cwd=folder, capture_output=True, check=True).stdout:
                sys.exit(f"{name!r} does not run")
            os.unlink(os.path.join(folder, name))
print(len(NAMES), "names are files")
