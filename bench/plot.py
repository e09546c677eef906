#!/usr/bin/env python3
"""How long pictures take, and how large they are: bench/plot.py BUILD

Draws figures of tests/unit/plot_figures.h in memory, without the file. Whoever has matplotlib sees its time for the same
kind of figure beside ours (import not counted). The first two lines are what docs promise: 1,000 epochs of 10 series in
20 ms, a scatter of 100,000 points in 1 MB."""
import io
import os
import subprocess
import sys
import time

ROWS = (("thousand", "10 series of 1,000 epochs", 100), ("cloud", "scatter of 2 x 50,000 points", 10),
        ("curves", "loss and val_loss, 30 epochs", 500), ("hist", "histogram of 7,000 values", 100),
        ("confusion", "matrix of 10 x 10 with numbers", 200), ("large_matrix", "matrix of 1,000 x 1,000", 10))


def matplotlib_time(name):
    """Milliseconds and bytes of matplotlib's .svg, or None."""
    try:
        import matplotlib
        matplotlib.use("svg")
        import matplotlib.pyplot as plt
        import numpy as np
    except ImportError:
        return None
    rng = np.random.default_rng(1)
    best = None
    for _ in range(3):
        begin, out = time.perf_counter(), io.BytesIO()
        _, axes = plt.subplots()
        if name == "thousand":
            for k in range(10):
                axes.plot(rng.random(1000), label=f"run {k}")
            axes.legend()
        elif name == "cloud":
            for k in range(2):
                axes.scatter(rng.normal(size=50000), rng.normal(size=50000), s=1)
        elif name == "curves":
            axes.plot(rng.random(30), label="loss")
            axes.plot(rng.random(30), label="val_loss")
            axes.legend()
        elif name == "hist":
            axes.hist([rng.normal(size=5000), rng.normal(size=2000)], bins="auto")
        elif name == "confusion":
            axes.imshow(rng.random((10, 10)))
            for i in range(100):
                axes.text(i % 10, i // 10, "100")
        else:
            axes.imshow(rng.random((1000, 1000)))
        plt.savefig(out, format="svg")
        plt.close()
        found = 1e3 * (time.perf_counter() - begin), len(out.getvalue())
        best = found if best is None or found < best else best
    return best


def main():
    program = os.path.join(sys.argv[1], "unit", "unit_plot")
    print(f"{'':32} {'.svg':>10} {'bytes':>9} {'terminal':>11} {'matplotlib .svg':>17} {'bytes':>10}")
    for name, what, times in ROWS:
        line = f"{what:32}"
        for ending in (".svg", ".txt"):
            done = subprocess.run([program, "--time", name, ending, str(times)], check=True, stdout=subprocess.PIPE)
            milliseconds, size = done.stdout.split()
            line += f" {float(milliseconds):7.2f} ms" + (f" {int(size):9}" if ending == ".svg" else "")
        theirs = matplotlib_time(name)
        print(line + (f" {theirs[0]:14.0f} ms {theirs[1]:10}" if theirs else ""))


if __name__ == "__main__":
    main()
