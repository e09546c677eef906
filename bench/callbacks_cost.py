#!/usr/bin/env python3
"""What callbacks and the history add to an epoch: 784-100-10 on 60000 images of noise, with and without EarlyStopping,
ModelCheckpoint(save_best_only), CSVLogger and TerminateOnNaN; and what a validation adds, against its forward passes.

    bench/callbacks_cost.py build/release/nnlc [--epochs=3] [--rounds=7] [--threads=1]

Rounds alternate between the programs; each reports its epochs itself in --log, the first of which does not count. Needs NumPy. The
callbacks act behind the last batch of an epoch, so the wall time between two epochs counts, too: the difference of
their times in the log. Lines have medians of seconds per epoch and of the ratios within a round.
"""
import argparse
import json
import os
import statistics
import subprocess
import tempfile

import numpy as np

ROWS, TEST_ROWS = 60000, 10000

PROGRAM = """
data d {{
  train = npz("{folder}/made.npz", x="x_train", y="y_train")
  validation = npz("{folder}/made.npz", x="x_test", y="y_test")
  inputs = scale(1 / 255)
}}
model net {{ Dense(100, activation=relu); Dense(10, activation=softmax) }}
compile net {{ optimizer = Adam(), loss = sparse_categorical_crossentropy, metrics = accuracy }}
{commands}
"""
CALLBACKS = ('callbacks = [EarlyStopping(monitor=loss, patience=1000), CSVLogger("log.csv"), TerminateOnNaN(), '
             'ModelCheckpoint("best.safetensors", monitor=loss, save_best_only=true)]')
CASES = {
    "plain": "fit net on d {{ epochs = {epochs}, validation = none, verbose = 0 }}",
    "callbacks": "fit net on d {{ epochs = {epochs}, validation = none, verbose = 0, " + CALLBACKS + " }}",
    "validation": "fit net on d {{ epochs = {epochs}, verbose = 0 }}",
}


def write_data(folder):
    random = np.random.default_rng(1)
    arrays = {}
    for part, rows in (("train", ROWS), ("test", TEST_ROWS)):
        arrays["y_" + part] = np.arange(rows, dtype="i4") % 10
        arrays["x_" + part] = random.integers(0, 256, (rows, 784)).astype("u1")
    np.savez(os.path.join(folder, "made.npz"), **arrays)


def make(nnlc, folder, name, text, epochs):
    path = os.path.join(folder, name)
    with open(path + ".nn", "w", encoding="ascii") as file:
        file.write(PROGRAM.format(folder=folder, commands=text.format(epochs=epochs)))
    subprocess.run([nnlc, path + ".nn", "-o", path], check=True)
    return path


def epoch_seconds(trainer, folder, threads):
    """The shortest time from the end of an epoch to the end of the next one."""
    log = os.path.join(folder, "log.jsonl")
    subprocess.run([trainer, "-q", f"--log={log}", f"--out-dir={folder}", f"--threads={threads}"], check=True)
    with open(log, encoding="utf-8") as lines:
        times = [json.loads(line)["time"] for line in lines]
    return min(b - a for a, b in zip(times, times[1:]))


def evaluate_seconds(trainer, folder, threads):
    log = os.path.join(folder, "log.jsonl")
    subprocess.run([trainer, "-q", f"--log={log}", f"--threads={threads}"], check=True)
    with open(log, encoding="utf-8") as lines:
        return min(json.loads(line)["seconds"] for line in lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("nnlc")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--threads", type=int, default=1)
    a = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        write_data(folder)
        trainers = {name: make(a.nnlc, folder, name, text, a.epochs) for name, text in CASES.items()}
        passes = make(a.nnlc, folder, "passes", "for k in [1, 2, 3] {{ evaluate net on d.validation {{ verbose = 0 }} }}",
                      a.epochs)
        seconds = {name: [] for name in [*CASES, "passes"]}
        for _ in range(a.rounds):
            for name, trainer in trainers.items():
                seconds[name].append(epoch_seconds(trainer, folder, a.threads))
            seconds["passes"].append(evaluate_seconds(passes, folder, a.threads))
    middle = {name: statistics.median(all_) for name, all_ in seconds.items()}
    ratio = statistics.median(b / p for b, p in zip(seconds["callbacks"], seconds["plain"]))
    print(f"epoch without callbacks {middle['plain']:.4f} s, with {middle['callbacks']:.4f} s: "
          f"ratio {ratio:.4f} (target: below 1.01)")
    adds = statistics.median(v - p for v, p in zip(seconds["validation"], seconds["plain"]))
    print(f"a validation adds {adds:.4f} s, its forward passes take {middle['passes']:.4f} s")


if __name__ == "__main__":
    main()
