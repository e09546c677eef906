#!/usr/bin/env python3
"""How fast a checkpoint is written, and what the training does meanwhile: 784-2048-2048-10 with Adam.

    bench/checkpoint_write.py build/release/nnlc [--folder=.] [--rounds=9] [--threads=1]

A run with a checkpoint after every batch, minus the same run without: its batches are short, so each waits for the
writer. In turn with it, `dd conv=fsync` of as many bytes into the same folder, renamed over the file before. Then
the time of an epoch while a checkpoint is written, against one alone. Medians, and medians of the ratios.
"""
import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time

BATCHES = 4

PROGRAM = """
data d {{ train = blobs({rows}, classes=10, features=784, seed=1) }}
model net {{ Dense(2048, activation=relu); Dense(2048, activation=relu); Dense(10, activation=softmax) }}
compile net {{ optimizer = Adam(), loss = sparse_categorical_crossentropy }}
fit net on d {{ epochs = {epochs}, batch_size = {batch}, verbose = 0 }}
"""


def make(nnlc, folder, name, **sizes):
    path = os.path.join(folder, name)
    with open(path + ".nn", "w", encoding="ascii") as file:
        file.write(PROGRAM.format(**sizes))
    subprocess.run([nnlc, path + ".nn", "-o", path], check=True)
    return path


def run(trainer, *options):
    start = time.monotonic()
    subprocess.run([trainer, "-q", *options], check=True)
    return time.monotonic() - start


def dd(folder, size):
    """`dd` with fsync of random bytes to a new file that then replaces the one before."""
    source, target = os.path.join(folder, "source"), os.path.join(folder, "copy")
    start = time.monotonic()
    subprocess.run(["dd", f"if={source}", f"of={target}.new", "bs=1M", "conv=fsync"], check=True,
                   stderr=subprocess.DEVNULL)
    os.rename(target + ".new", target)
    return time.monotonic() - start


def steps(trainer, log, *options):
    """Seconds of the epochs."""
    subprocess.run([trainer, "-q", f"--log={log}", *options], check=True)
    with open(log, encoding="utf-8") as lines:
        return [json.loads(line)["seconds"] for line in lines]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("nnlc")
    parser.add_argument("--folder", default=".")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--threads", type=int, default=1)
    a = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=a.folder) as folder:
        checkpoint, log = os.path.join(folder, "run.ck"), os.path.join(folder, "log.jsonl")
        threads = f"--threads={a.threads}"
        small = make(a.nnlc, folder, "small", rows=BATCHES * 10, epochs=1, batch=10)
        long = make(a.nnlc, folder, "long", rows=2048, epochs=5, batch=128)
        run(small, threads, f"--checkpoint={checkpoint}")
        size = os.path.getsize(checkpoint)
        with open(os.path.join(folder, "source"), "wb") as file:
            file.write(os.urandom(size))
        dd(folder, size)
        written, copied, ratios, alone, beside = [], [], [], [], []
        for _ in range(a.rounds):
            # One at the beginning of the fit, one after each batch, one at the end.
            more = run(small, threads, f"--checkpoint={checkpoint}", "--checkpoint-every=1") - run(small, threads)
            written.append(more / (BATCHES + 2))
            copied.append(statistics.median(dd(folder, size) for _ in range(5)))
            ratios.append(copied[-1] / written[-1])
            alone.append(statistics.median(steps(long, log, threads)[1:]))
            beside.append(statistics.median(steps(long, log, threads, f"--checkpoint={checkpoint}")[1:]))
    mb = size / 1e6
    print(f"{mb:.0f} MB: checkpoint {mb / statistics.median(written):.0f} MB/s, dd with fsync "
          f"{mb / statistics.median(copied):.0f} MB/s: ratio {statistics.median(ratios):.2f} (target: at least 0.67)")
    print(f"an epoch alone {statistics.median(alone):.3f} s, while a checkpoint is written each epoch "
          f"{statistics.median(beside):.3f} s: "
          f"ratio {statistics.median(b / p for b, p in zip(beside, alone)):.3f}")


if __name__ == "__main__":
    main()
