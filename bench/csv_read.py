#!/usr/bin/env python3
"""How long reading tables takes, beside pandas' C reader: one thread each, the best of some runs, and the most
memory that it takes.

    bench/csv_read.py NNLC [RUNS]        (NumPy and pandas)

A million rows of 20 columns, numbers and texts mixed; plain numbers with 6 digits behind the point, and with all
digits that doubles have. Prints the times of whole processes without that of one that reads nothing, MB/s, the ratio
to pandas, and the memory beyond such a process, beside the bytes that the columns take."""
import os
import subprocess
import sys
import tempfile
import time

import numpy as np
import pandas as pd

nnlc = os.path.abspath(sys.argv[1])
runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
rng = np.random.default_rng(0)
WORDS = np.array(["red", "green", "blue", "dark blue", "light green", "violet", "black", "white"])


def mixed(n):
    table = {"f%d" % i: np.round(rng.normal(size=n) * 100, 3) for i in range(10)}
    table.update({"i%d" % i: rng.integers(0, 100000, n) for i in range(5)})
    table.update({"t%d" % i: WORDS[rng.integers(0, 8, n)] for i in range(4)})
    table["y"] = rng.integers(0, 3, n)
    pd.DataFrame(table).to_csv("mixed.csv", index=False)


def numbers(name, n, form):
    np.savetxt(name, rng.normal(size=(n, 20)), fmt=form, delimiter=",", comments="",
               header=",".join(["c%d" % i for i in range(19)] + ["y"]))


# What a process takes at most counts from the memory of the one that starts it: here a small one.
LAUNCHER = """import os, sys
child = os.fork()
if not child:
    os.dup2(os.open("/dev/null", os.O_WRONLY), 1)
    os.execv(sys.argv[1], sys.argv[1:])
_, status, usage = os.wait4(child, 0)
print(status, usage.ru_maxrss)"""


def peak_of(command):
    """The most memory in MB."""
    done = subprocess.run([sys.executable, "-S", "-c", LAUNCHER] + command, check=True, stdout=subprocess.PIPE)
    status, kilobytes = done.stdout.split()
    if int(status):
        sys.exit("failed: %s" % command)
    return int(kilobytes) / 1024


def measure(command):
    """The best time in seconds, the peak of memory in MB."""
    best = min(timed(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL)) for _ in range(runs))
    return best, peak_of(command)


def pandas_time(name):
    return min(timed(lambda: pd.read_csv(name, engine="c")) for _ in range(runs))


def timed(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    mixed(1000000)
    numbers("plain.csv", 500000, "%.6f")
    numbers("digits.csv", 250000, "%.17g")
    with open("nothing.nn", "w", encoding="utf-8") as out:
        out.write("print 1\n")
    subprocess.run([nnlc, "nothing.nn", "-o", "nothing"], check=True)
    idle, idle_mb = measure(["./nothing"])
    # f32 for the targets, i32 for texts and small integers, f32 or f64 for numbers
    stored = {"mixed": 1000000 * (10 * 8 + 5 * 4 + 4 * 4 + 4), "plain": 500000 * (19 * 8 + 4), "digits": 250000 * (19 * 8 + 4)}
    for name, bytes_stored in stored.items():
        features = ', features=["f0", "i0"]' if name == "mixed" else ""
        with open("p.nn", "w", encoding="utf-8") as out:
            out.write('data d { train = csv("%s.csv", target="y"%s) }\nprint sum(d.train.targets)\n' % (name, features))
        subprocess.run([nnlc, "p.nn", "-o", "p"], check=True)
        took, peak = measure(["./p"])
        size = os.path.getsize(name + ".csv") / 1e6
        other = pandas_time(name + ".csv")
        print(f"{name:8} {size:6.1f} MB  {took - idle:6.3f} s  {size / (took - idle):6.1f} MB/s   pandas {other:6.3f} s   "
              f"ratio {(took - idle) / other:5.2f}   memory {peak - idle_mb:6.1f} MB of {bytes_stored / 2**20:6.1f} MB")
