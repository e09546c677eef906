"""Several trainings in one program: five folds on one thread and on two, and beside Keras with scikit-learn's loop; a sweep of
twenty small networks beside twenty runs of Keras.

    python bench/trainings.py build/release/nnlc MNIST_FOLDER [ROUNDS] [--ours]

MNIST_FOLDER holds train-images-idx3-ubyte[.gz] and train-labels-idx1-ubyte[.gz]. Folds: 784-128-10, Adam, batches of 32, five epochs on
the first 12,000 images, as a trainer that starts, reads and trains; Keras (JAX) in one process, its import not counted. Sweep: two
layers on 2,000 points in the plane, 5 x 2 x 2 points, 10 epochs, by `nnlc run`, which compiles them first; Keras both as twenty
trainings in one process, and as that many processes would take. Medians, in another order each time. --ours leaves Keras out."""
import gzip
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

FOLDS = """data d { train = npz("some.npz"), inputs = scale(1/255) }
model net { Input(28, 28); Flatten(); Dense(128, activation=relu); Dense(10, activation=softmax) }
compile net { optimizer = Adam(), loss = sparse_categorical_crossentropy, metrics = accuracy }
cross_validate net on d as cv { folds = 5, epochs = 5, verbose = 0 }
print cv.accuracy
"""
SWEEP = """data d { train = moons(2000, noise=0.2), validation = split(0.2) }
model net(units = 8, act = relu) { Input(2); Dense(units, activation=act); Dense(units, activation=act); Dense(2, activation=softmax) }
compile net { optimizer = Adam(), loss = sparse_categorical_crossentropy, metrics = accuracy }
sweep net on d as s { over = ["units": [4, 8, 16, 32, 64], "act": [relu, tanh], "learning_rate": [0.001, 0.01]], epochs = 10, verbose = 0 }
print s.best, max(s.val_accuracy)
"""
KERAS = r'''
import os, sys, time
os.environ["KERAS_BACKEND"] = "jax"
start = time.perf_counter()
import keras, numpy as np
from sklearn.datasets import make_moons
from sklearn.model_selection import StratifiedKFold
imported = time.perf_counter() - start

def folds():
    f = np.load("some.npz")
    x, y = (f["x"] / 255).astype("float32"), f["y"]
    out = []
    for a, b in StratifiedKFold(5).split(x, y):
        net = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten(), keras.layers.Dense(128, "relu"), keras.layers.Dense(10, "softmax")])
        net.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
        net.fit(x[a], y[a], epochs=5, batch_size=32, verbose=0)
        out.append(net.evaluate(x[b], y[b], verbose=0)[1])
        net.evaluate(x[a], y[a], verbose=0)
    print("accuracy", np.mean(out), file=sys.stderr)

def sweep():
    x, y = make_moons(2000, noise=0.2, random_state=0)
    for units in (4, 8, 16, 32, 64):
        for act in ("relu", "tanh"):
            for rate in (0.001, 0.01):
                net = keras.Sequential([keras.Input((2,)), keras.layers.Dense(units, act), keras.layers.Dense(units, act), keras.layers.Dense(2, "softmax")])
                net.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
                net.fit(x, y, epochs=10, batch_size=32, validation_split=0.2, verbose=0)

start = time.perf_counter()
{"folds": folds, "sweep": sweep}[sys.argv[1]]()
print(imported, time.perf_counter() - start)
'''


def read(path):
    for name in (path, path + ".gz"):
        if os.path.exists(name):
            with (gzip.open if name.endswith(".gz") else open)(name, "rb") as f:
                return f.read()
    sys.exit(f"no {path}")


def make_data(folder, mnist, rows=12000):
    import numpy as np

    x = np.frombuffer(read(os.path.join(mnist, "train-images-idx3-ubyte"))[16:], np.uint8).reshape(-1, 28, 28)
    y = np.frombuffer(read(os.path.join(mnist, "train-labels-idx1-ubyte"))[8:], np.uint8)
    np.savez(os.path.join(folder, "some.npz"), x=x[:rows], y=y[:rows])


def write(folder, name, text):
    with open(os.path.join(folder, name), "w") as out:
        out.write(text)


def seconds(folder, *command):
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def keras(folder, what):
    out = subprocess.run([sys.executable, "keras_side.py", what], cwd=folder, check=True, stdout=subprocess.PIPE, text=True)
    imported, spent = map(float, out.stdout.split())
    return imported, spent


def processor():
    with open("/proc/cpuinfo") as f:
        text = f.read()
    flags = next(line for line in text.split("\n") if line.startswith("flags"))
    level = "AVX-512" if "avx512f" in flags else "AVX2" if "avx2" in flags else "SSE"
    return next(line for line in text.split("\n") if line.startswith("model name")).split(":")[1].strip() + ", " + level


def main():
    only = "--ours" in sys.argv
    given = [a for a in sys.argv[1:] if a != "--ours"]
    nnlc, mnist = os.path.abspath(given[0]), os.path.abspath(given[1])
    rounds = int(given[2]) if len(given) > 2 else 5
    with tempfile.TemporaryDirectory() as folder:
        make_data(folder, mnist)
        write(folder, "folds.nn", FOLDS)
        write(folder, "sweep.nn", SWEEP)
        write(folder, "keras_side.py", KERAS)
        subprocess.run([nnlc, "folds.nn", "-o", "folds"], cwd=folder, check=True)
        subprocess.run([nnlc, "sweep.nn", "-o", "sweep"], cwd=folder, check=True)
        jobs = {
            "folds, 1 thread": lambda: seconds(folder, "./folds", "--threads=1"),
            "folds, 2 threads": lambda: seconds(folder, "./folds", "--threads=2"),
            "folds, Keras": lambda: keras(folder, "folds")[1],
            "sweep, nnlc run": lambda: seconds(folder, nnlc, "run", "sweep.nn"),
            "sweep, trainer": lambda: seconds(folder, "./sweep"),
            "sweep, Keras in one process": lambda: keras(folder, "sweep")[1],
        }
        jobs = {name: job for name, job in jobs.items() if not (only and "Keras" in name)}
        times = {name: [] for name in jobs}
        for _ in range(rounds):
            for name in random.sample(list(jobs), len(jobs)):
                times[name].append(jobs[name]())
        imported = 0 if only else keras(folder, "sweep")[0]
    median = {name: statistics.median(t) for name, t in times.items()}
    print(processor())
    for name, value in median.items():
        print(f"{name:30} {value:8.3f} s")
    print(f"folds: two threads {median['folds, 1 thread'] / median['folds, 2 threads']:.2f} times as fast as one")
    if only:
        return
    print(f"folds: {median['folds, Keras'] / median['folds, 2 threads']:.1f} times as fast as Keras")
    run = median["sweep, nnlc run"]
    one = median["sweep, Keras in one process"]
    print(f"sweep: {one / run:.1f} times as fast as Keras in one process, {(one + 20 * imported) / run:.1f} as 20 processes (import {imported:.1f} s)")


main()
