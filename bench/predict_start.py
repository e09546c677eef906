#!/usr/bin/env python3
"""How long a trainer takes to start, load its weights and predict one row: whole process, median of many.

    bench/predict_start.py NNLC [RUNS]

A program for examples/data/iris.csv with normalize() is trained; then one row is predicted with weights from
a file and with embedded ones. Prints medians in milliseconds, beside that of a process that does nothing."""
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

nnlc = os.path.abspath(sys.argv[1])
runs = int(sys.argv[2]) if len(sys.argv) > 2 else 200
root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TEXT = """data { train = csv("iris.csv", target="species"), inputs = normalize() }
model { Dense(16, activation=relu); Dense(3, activation=softmax) }
compile { optimizer = Adam(0.01), loss = sparse_categorical_crossentropy }
fit { epochs = 5, verbose = 0 }
save to "w.safetensors"
"""
ROW = ["sepal_length=5.1", "sepal_width=3.5", "petal_length=1.4", "petal_width=0.2"]


def median(*command):
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        times.append(1e3 * (time.perf_counter() - start))
    return statistics.median(times)


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    shutil.copy(os.path.join(root, "examples/data/iris.csv"), ".")
    with open("p.nn", "w", encoding="utf-8") as out:
        out.write(TEXT)
    subprocess.run([nnlc, "p.nn", "-o", "plain"], check=True)
    subprocess.run(["./plain"], check=True)
    subprocess.run([nnlc, "p.nn", "--embed-weights=w.safetensors", "-o", "inside"], check=True)
    print(f"one row of iris, median of {runs} whole processes:")
    print(f"  nothing (true)      {median('true'):7.2f} ms")
    print(f"  weights from a file {median('./plain', 'predict', *ROW):7.2f} ms")
    print(f"  embedded weights    {median('./inside', 'predict', *ROW):7.2f} ms")
    os.chdir("/")
