#!/usr/bin/env python3
"""How long reading an array of 60000 x 784 bytes takes, from HDF5 and from NPY: whole processes, the best of many.

    bench/h5_read.py NNLC [RUNS]        (NumPy and h5py)

Prints the times, beside that of a program that reads nothing, and the ratio without that."""
import os
import subprocess
import sys
import tempfile
import time

import h5py
import numpy as np

nnlc = os.path.abspath(sys.argv[1])
runs = int(sys.argv[2]) if len(sys.argv) > 2 else 20
SOURCES = {
    "nothing": "print 1\n",
    "npy": 'data d { train = npy("x.npy", "y.npy") }\nprint sum(d.train.targets)\n',
    "h5": 'data d { train = h5("plain.h5") }\nprint sum(d.train.targets)\n',
    "h5, deflated": 'data d { train = h5("packed.h5") }\nprint sum(d.train.targets)\n',
}


def best(command):
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        times.append(1e3 * (time.perf_counter() - start))
    return min(times)


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    rng = np.random.default_rng(1)
    x = rng.integers(0, 256, (60000, 784), dtype="u1") * (rng.random((60000, 784)) < 0.2).astype("u1")
    y = rng.integers(0, 10, 60000, dtype="u1")
    np.save("x.npy", x)
    np.save("y.npy", y)
    for name, how in (("plain.h5", {}), ("packed.h5", dict(chunks=(256, 784), compression="gzip"))):
        with h5py.File(name, "w") as f:
            f.create_dataset("x", data=x, **how)
            f.create_dataset("y", data=y)
    ms = {}
    for name, text in SOURCES.items():
        with open("p.nn", "w", encoding="utf-8") as out:
            out.write(text)
        subprocess.run([nnlc, "p.nn", "-o", "p"], check=True)
        ms[name] = best("./p")
        print(f"{name:14} {ms[name]:7.1f} ms")
    for name in ("h5", "h5, deflated"):
        print(f"{name} / npy: {(ms[name] - ms['nothing']) / (ms['npy'] - ms['nothing']):.2f}")
