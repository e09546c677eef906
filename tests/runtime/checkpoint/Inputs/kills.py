"""Kills a trainer at random moments and lets it go on, until it has been killed N times: what is left in the folder must
be the same, byte for byte, as after one run from start to end.

usage: kills.py TRAINER N [SEED]; a trainer that runs `--checkpoint=run.ck --resume=run.ck`."""
import concurrent.futures
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

# Fields that hold a time: of lines of the log, and of TensorBoard's file names.
TIMES = re.compile(rb'"(time|seconds)": *[0-9.e+-]+')
AT_ONCE = 4  # rounds side by side: they wait for the disk most of the time
EVENTS = re.compile(r"events\.out\.tfevents\.[^/]*")


def command(trainer, *more):
    return [trainer, "--checkpoint=run.ck", "--resume=run.ck", "--log=run.jsonl", "--hash", *more]


def contents(folder):
    found = {}
    for root, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(root, name)
            with open(path, "rb") as file:
                data = file.read()
            key = EVENTS.sub("events", os.path.relpath(path, folder))
            key = f"{key} again" if key in found else key
            if key.endswith(".jsonl"):
                data = TIMES.sub(rb'"\1":0', data)
            if "events" in key:
                data = b"%d bytes" % len(data)
            found[key] = data
    return found


def run_whole(trainer, folder):
    start = time.monotonic()
    done = subprocess.run(command(trainer), cwd=folder, stdout=subprocess.PIPE, check=True)
    return time.monotonic() - start, done.stdout


def run_until_killed(trainer, folder, delay, every):
    """True: it was killed; False: it had come to its end before."""
    child = subprocess.Popen(command(trainer, f"--checkpoint-every={every}"), cwd=folder,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        out, err = child.communicate(timeout=delay)
        if child.returncode != 0:
            sys.exit(f"the trainer failed: {err.decode()}{out.decode()}")
        return None, out
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGKILL)
        child.communicate()
        return child.returncode, b""


def one_round(trainer, chance, seconds):
    """One folder, killed up to 8 times: the number of kills, the folder, its hashes."""
    folder = tempfile.mkdtemp(prefix="kills-", dir=".")
    kills = 0
    for attempt in range(100):
        delay = chance.uniform(0, seconds * 1.2) if attempt < 8 else 600
        code, out = run_until_killed(trainer, folder, delay, chance.choice([1, 2, 3, 7]))
        if code is None:
            return kills, folder, hashes_of(out)
        kills += code == -signal.SIGKILL
    raise RuntimeError("it never ends")


def hashes_of(out):
    return [line for line in out.split(b"\n") if line.startswith(b"hash")]


def main():
    trainer, wanted = os.path.abspath(sys.argv[1]), int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 30)
    base = tempfile.mkdtemp(prefix="whole-", dir=".")
    seconds, out = run_whole(trainer, base)
    hashes, expected = hashes_of(out), contents(base)
    kills = rounds = 0
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        while kills < wanted:
            tasks = [pool.submit(one_round, trainer, random.Random(seed + rounds + i), seconds)
                     for i in range(AT_ONCE)]
            for task in tasks:
                here, folder, after = task.result()
                kills, rounds = kills + here, rounds + 1
                if after != hashes:
                    sys.exit(f"round {rounds}: other weights: {after} instead of {hashes}; seed {seed}")
                left = {k: v for k, v in contents(folder).items() if ".tmp" not in k}
                for name in sorted(set(expected) | set(left)):
                    if expected.get(name) != left.get(name):
                        sys.exit(f"round {rounds}: '{name}' differs, see {folder} and {base}; seed {seed}")
                shutil.rmtree(folder)
    shutil.rmtree(base)
    print(f"{kills} kills in {rounds} rounds: nothing differs")


if __name__ == "__main__":
    main()
