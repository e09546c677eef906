"""Runs a trainer for each file that the standard input names: each gets a message with its name and exit status 1,
or, where `same` is given, weights with the same hash. Prints the messages (with `show`), and a count.

    refused.py TRAINER GOOD_FILE [show] [same]"""
import subprocess
import sys

trainer, good, options = sys.argv[1], sys.argv[2], sys.argv[3:]


def load(path):
    return subprocess.run([trainer, "--hash", "-q", "--file=" + path], capture_output=True, text=True, errors="replace")


right = load(good).stdout
assert right.startswith("hash "), right
refused = loaded = wrong = 0
for path in sys.stdin.read().split():
    done = load(path)
    message = done.stderr.strip()
    if done.returncode == 1 and "error: " in message and path in message and "hash" not in done.stdout:
        refused += 1
    elif done.returncode == 0 and ("same" not in options or done.stdout == right):
        loaded += 1
    else:
        wrong += 1
        print(f"WRONG {path}: {done.returncode} {message} {done.stdout}")
    if "show" in options:
        print(message if message else f"{path} loads")
print(f"{refused} refused, {loaded} loaded, {wrong} wrong")
