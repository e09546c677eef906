#!/usr/bin/env python3
"""Mean accuracy of SGDClassifier in five folds of the 60,000 training images of MNIST, divided by 255: nnlc's cross_validate and
scikit-learn's cross_val_score.

    bench/sgd_folds.py build/release/nnlc FOLDER [--loss=log_loss] [--seeds=1] [--ours]

FOLDER holds MNIST's IDX files, plain or with .gz. Five passes, stratified folds in the order of the rows. Needs NumPy and scikit-learn;
--ours leaves scikit-learn out, which takes minutes. Prints both means and the seconds of both.

With hinge the mean depends much on the order of the rows, in both: over seeds 0 to 7 nnlc's lies between 0.878 and 0.888, scikit-learn's
between 0.882 and 0.889, the means of these 0.883 and 0.885. Compare with --seeds=8."""
import argparse
import gzip
import os
import subprocess
import tempfile
import time
import warnings

PROGRAM = """data d {{ train = idx("{folder}"), inputs = [scale(1/255), reshape(784)] }}
let m = SGDClassifier(loss={loss}, max_iter=5)
cross_validate m on d.train as cv {{ folds = 5, verbose = 0 }}
print mean(cv.accuracy), std(cv.accuracy), mean(cv.epochs)
"""


def read(folder, name, skip):
    import numpy as np

    path = os.path.join(folder, name)
    opened = open(path, "rb") if os.path.exists(path) else gzip.open(path + ".gz")
    with opened as file:
        return np.frombuffer(file.read(), np.uint8, offset=skip)


def ours(a):
    with tempfile.TemporaryDirectory() as folder:
        trainer = os.path.join(folder, "folds")
        with open(trainer + ".nn", "w") as file:
            file.write(PROGRAM.format(folder=os.path.abspath(a.folder), loss=a.loss))
        subprocess.run([a.nnlc, trainer + ".nn", "-o", trainer], check=True)
        means = []
        for seed in range(a.seeds):
            start = time.perf_counter()
            done = subprocess.run([trainer, f"--seed={seed}"], check=True, capture_output=True, text=True)
            mean, deviation, epochs = map(float, done.stdout.split())
            print(f"nnlc          mean {mean:.4f}, deviation {deviation:.4f}, {epochs:g} epochs, {time.perf_counter() - start:.1f} s")
            means.append(mean)
    return sum(means) / a.seeds


def theirs(a):
    from sklearn.linear_model import SGDClassifier
    from sklearn.model_selection import cross_val_score

    warnings.simplefilter("ignore")
    x = read(a.folder, "train-images-idx3-ubyte", 16).reshape(-1, 784) / 255
    y = read(a.folder, "train-labels-idx1-ubyte", 8)
    means = []
    for seed in range(a.seeds):
        start = time.perf_counter()
        scores = cross_val_score(SGDClassifier(loss=a.loss, max_iter=5, random_state=seed), x, y, cv=5)
        print(f"scikit-learn  mean {scores.mean():.4f}, deviation {scores.std():.4f}, {time.perf_counter() - start:.1f} s")
        means.append(scores.mean())
    return sum(means) / a.seeds


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("nnlc")
    parser.add_argument("folder")
    parser.add_argument("--loss", default="log_loss", choices=["log_loss", "hinge"])
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--ours", action="store_true")
    a = parser.parse_args()
    mean = ours(a)
    if not a.ours:
        print(f"difference    {100 * (mean - theirs(a)):+.2f} percentage points")


main()
