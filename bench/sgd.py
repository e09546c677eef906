#!/usr/bin/env python3
"""SGDClassifier on the 60,000 training images of MNIST, one sample a step, ten classes, one thread: nnlc and scikit-learn.

    bench/sgd.py build/release/nnlc FOLDER [--epochs=5] [--rounds=5] [--loss=hinge] [--two]

FOLDER holds MNIST's four IDX files, plain or with .gz. Needs NumPy and scikit-learn; scikit-learn trains ten models one after the
other. Rounds alternate; printed is the least processor time of a sample, in microseconds: for nnlc the difference of two runs, with and
without the training. With tol=none neither of them stops by the loss; --stop has the default, tol=0.001. --two has one output: digits
from 5 on, or below.
"""
import argparse
import gzip
import os
import resource
import subprocess
import tempfile
import time
import warnings

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
import numpy as np  # noqa: E402
from sklearn.linear_model import SGDClassifier  # noqa: E402

PROGRAM = """
data d {{ train = idx("{folder}"), inputs = [scale(1/255), reshape(784)] }}
let m = SGDClassifier(loss={loss}, max_iter={epochs}{tol})
fit m on d
"""


def read(folder, name, skip):
    path = os.path.join(folder, name)
    opened = open(path, "rb") if os.path.exists(path) else gzip.open(path + ".gz")
    with opened as file:
        return np.frombuffer(file.read(), np.uint8, offset=skip)


def write_halves(folder, kept, labels):
    """A folder with the same images and two classes."""
    for name in os.listdir(folder):
        if name.startswith("train-images"):
            os.symlink(os.path.abspath(os.path.join(folder, name)), os.path.join(kept, name))
    with open(os.path.join(kept, "train-labels-idx1-ubyte"), "wb") as file:
        file.write(b"\0\0\x08\x01" + len(labels).to_bytes(4, "big") + labels.tobytes())
    return kept


def child_seconds(*command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run(command, check=True, capture_output=True)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("nnlc")
    parser.add_argument("folder")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--stop", action="store_true")
    parser.add_argument("--loss", default="hinge")
    parser.add_argument("--two", action="store_true")
    a = parser.parse_args()
    warnings.simplefilter("ignore")
    x = read(a.folder, "train-images-idx3-ubyte", 16).reshape(-1, 784) / 255
    y = read(a.folder, "train-labels-idx1-ubyte", 8)
    samples, ours, theirs = a.epochs * len(y), [], []
    with tempfile.TemporaryDirectory() as folder:
        trainer = os.path.join(folder, "sgd")
        data = os.path.abspath(a.folder)
        if a.two:
            y = (y >= 5).astype(np.uint8)
            data = write_halves(data, folder, y)
        with open(trainer + ".nn", "w") as file:
            tol = "" if a.stop else ", tol=none"
            file.write(PROGRAM.format(folder=data, loss=a.loss, epochs=a.epochs, tol=tol))
        subprocess.run([a.nnlc, trainer + ".nn", "-o", trainer], check=True)
        for _ in range(a.rounds):
            ours.append([child_seconds(trainer, "--threads=1"), child_seconds(trainer, "--threads=1", "--epochs=0")])
            model = SGDClassifier(loss=a.loss, max_iter=a.epochs, tol=1e-3 if a.stop else None)
            before = time.process_time()
            model.fit(x, y)
            theirs.append(time.process_time() - before)
    nnlc = (min(o[0] for o in ours) - min(o[1] for o in ours)) / samples * 1e6
    sklearn = min(theirs) / samples * 1e6
    print(f"nnlc {nnlc:.2f} us, scikit-learn {sklearn:.2f} us a sample: {sklearn / nnlc:.1f} times as fast (aim: 8)")


if __name__ == "__main__":
    main()
