#!/usr/bin/env python3
"""How long nnlc takes to compile a model of many layers, and how much memory.

    bench/compile_time.py build/release/nnlc [--layers=1000,3000,6000] [--runs=5] [--emit=STAGE]

For each number N a program of N layers, Dense(8, activation=relu) but for the last, is trained by Adam and
evaluated. nnlc makes an executable of it, or with --emit stops after a stage. Printed are medians: seconds of the
whole process by the clock, of its own work (user) and of the kernel's for it (system: above all clearing memory),
the most memory that it held, and milliseconds and KiB per layer. Runs of the numbers alternate, so that other work
of the machine does not count for one of them alone.
"""
import argparse
import os
import statistics
import subprocess
import tempfile
import time

from step_time import instruction_set

PROGRAM = """data d {{ train = blobs(64, classes=4, features=8) }}
model {{
{layers}    Dense(4, activation=softmax)
}}
compile {{ optimizer = Adam(0.01), loss = sparse_categorical_crossentropy, metrics = [accuracy] }}
fit {{ epochs = 1, verbose = 0 }}
evaluate on d.train
"""


def measure(command):
    """Seconds by the clock, of user and of system, and KiB at most."""
    start = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with exit code {process.returncode}")
    return seconds, used.ru_utime, used.ru_stime, used.ru_maxrss


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("nnlc")
    parser.add_argument("--layers", default="1000,3000,6000")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--emit", metavar="STAGE")
    options = parser.parse_args()
    counts = [int(n) for n in options.layers.split(",")]
    runs = {n: [] for n in counts}
    with tempfile.TemporaryDirectory() as folder:
        output = os.path.join(folder, "out")
        for n in counts:
            with open(os.path.join(folder, f"{n}.nn"), "w", encoding="ascii") as file:
                file.write(PROGRAM.format(layers="    Dense(8, activation=relu)\n" * (n - 1)))
        for _ in range(options.runs):
            for n in counts:
                stage = [f"--emit={options.emit}"] if options.emit else []
                runs[n].append(measure([options.nnlc, *stage, os.path.join(folder, f"{n}.nn"), "-o", output]))
    print(f"{instruction_set()}, {os.cpu_count()} cores; medians of {options.runs} runs")
    print(f"{'layers':>8} {'seconds':>9} {'user':>9} {'system':>9} {'MiB':>9}   per layer")
    for n in counts:
        wall, user, system, kib = (statistics.median(run[i] for run in runs[n]) for i in range(4))
        print(f"{n:8} {wall:9.2f} {user:9.2f} {system:9.2f} {kib / 1024:9.0f}   "
              f"{1e3 * wall / n:.3f} ms, {kib / n:.1f} KiB")


if __name__ == "__main__":
    main()
