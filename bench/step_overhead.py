#!/usr/bin/env python3
"""Time of a training step outside its kernels, on one thread: bench/step_overhead.c with the libraries of a build.

    bench/step_overhead.py build/release [--rounds=15] [--cc=cc]

Prints the median and the least of the rounds in nanoseconds; the target is below 500.
"""
import argparse
import os
import statistics
import subprocess
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LIBRARIES = ["libnnrt.a", "libnnrt_abi.a", "libnnrt_math.a", "libnnlc_defs.a", "libnnlc_support.a"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("build")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--cc", default="cc")
    a = parser.parse_args()
    libraries = [os.path.join(a.build, "lib", name) for name in LIBRARIES]
    with tempfile.TemporaryDirectory() as folder:
        program = os.path.join(folder, "step_overhead")
        subprocess.run([a.cc, "-std=c11", "-O2", "-D_XOPEN_SOURCE=700", f"-I{ROOT}", f"-I{a.build}/generated",
                        os.path.join(ROOT, "bench", "step_overhead.c"), "-Wl,--start-group", *libraries,
                        "-Wl,--end-group", "-lz", "-lpthread", "-lm", "-o", program], check=True)
        times = [float(subprocess.run([program], stdout=subprocess.PIPE, check=True).stdout) for _ in range(a.rounds)]
    print(f"a step outside its kernels: {statistics.median(times):.0f} ns, at least {min(times):.0f} ns "
          "(target: below 500)")


if __name__ == "__main__":
    main()
