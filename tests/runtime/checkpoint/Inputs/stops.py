"""Stops a trainer by a signal in what it is to be stopped in, goes on with it, and compares the hash with that of a run
from start to end.

    stops.py TRAINER SIGNAL WORDS [backup]

The moments are random; it is stopped again until its message has the WORDS. A run with the signal USR1 goes on.
With `backup` its own BackupAndRestore has to do it, without --checkpoint."""
import random
import re
import signal
import subprocess
import sys
import time

TRAINER, NAME, WORDS = sys.argv[1:4]
BACKUP = len(sys.argv) > 4
NUMBER = getattr(signal, "SIG" + NAME)
TRIES = 400


def hash_of(out):
    return [line for line in out.split("\n") if line.startswith("hash")]


def start(*options):
    signal.signal(NUMBER, signal.SIG_DFL)
    return subprocess.Popen([TRAINER, "-q", "--hash", *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            text=True)


def stopped(delay):
    child = start(*([] if BACKUP else ["--checkpoint=stop.ck", "--checkpoint-every=100000"]))
    try:
        child.wait(delay)
    except subprocess.TimeoutExpired:
        child.send_signal(NUMBER)
    out, err = child.communicate(timeout=100)
    return child.returncode, out, err


def main():
    begin = time.monotonic()
    whole = hash_of(start().communicate()[0])
    seconds = time.monotonic() - begin
    for attempt in range(TRIES):  # on a machine with other work a run may take longer than the first one did
        code, out, err = stopped(random.uniform(0, seconds * (1 + attempt / 100)))
        if WORDS not in err:
            continue
        print(re.sub("[0-9]+", "N", err), end="")
        print("exit by", NAME if code == -NUMBER else code)
        if NUMBER != signal.SIGUSR1:
            out, err = start(*([] if BACKUP else ["--resume=stop.ck"])).communicate(timeout=100)
            print(err, end="")
        print("the same hash" if hash_of(out) == whole else f"other hash: {out}, not {whole}")
        return
    sys.exit("it was never stopped there")


if __name__ == "__main__":
    main()
