"""peak.py MEGABYTES COMMAND...: runs it, shows what it says, and whether it stayed below this much memory. Not of a
build with the address sanitizer, which needs more."""
import resource
import subprocess
import sys

done = subprocess.run(sys.argv[2:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
text = done.stdout.decode("utf-8", errors="replace")
print("\n".join(line[:300] for line in text.split("\n")), end="")
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
print("status", done.returncode)
small = peak < int(sys.argv[1]) or b"__asan_init" in open(sys.argv[2], "rb").read()
print("small" if small else f"{peak} MB")
