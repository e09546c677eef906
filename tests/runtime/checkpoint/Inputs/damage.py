"""Damages a checkpoint in every way and lets a trainer resume from it: each time it must refuse with one line.

    damage.py TRAINER CHECKPOINT

Cut at 60 places; one byte changed at 200 places of its record. Prints the kinds of messages, without numbers."""
import json
import re
import subprocess
import sys

TRAINER, CHECKPOINT = sys.argv[1:]
MANY_CUTS, MANY_CHANGES = 60, 200
SEEN = set()


def refuses(data, what):
    with open("damaged.ck", "wb") as file:
        file.write(data)
    done = subprocess.run([TRAINER, "-q", "--resume=damaged.ck"], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    if done.returncode != 1 or done.stdout or not done.stderr.strip():
        sys.exit(f"{what}: exit status {done.returncode}: {done.stdout}{done.stderr}")
    SEEN.add(re.sub("[0-9]+", "N", done.stderr.split("\n")[0].split("error: ")[1]))


def record_of(data):
    length = int.from_bytes(data[:8], "little")
    begin, end = json.loads(data[8:8 + length])["run:record"]["data_offsets"]
    return 8 + length + begin, 8 + length + end


def main():
    with open(CHECKPOINT, "rb") as file:
        data = file.read()
    for i in range(MANY_CUTS):
        refuses(data[:len(data) * i // MANY_CUTS], f"cut {i}")
    begin, end = record_of(data)
    for i in range(MANY_CHANGES):
        at = begin + (end - begin) * i // MANY_CHANGES
        refuses(data[:at] + bytes([data[at] ^ 1 << i % 8]) + data[at + 1:], f"byte {at}")
    for line in sorted(SEEN):
        print(line)
    print(f"{MANY_CUTS + MANY_CHANGES} damaged files: all are refused")


if __name__ == "__main__":
    main()
