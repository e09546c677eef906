#!/usr/bin/env python3
"""Time of one training step with and without transforms of the inputs, for arrays and for a table; with a second
nnlc, the ratio of the two on each. Needs NumPy.

    bench/preprocessing_step.py build/release/nnlc [OTHER_NNLC] [--sizes=784,100,10] [--batch=32] [--rounds=9]

Each program trains Dense layers (relu, softmax, cross-entropy, Adam) on 6400 random rows and reports the time of
its steps itself; its fastest epoch but the first counts. Rounds alternate between all programs. The lines printed
at the end have the medians of microseconds per step, of the ratio to the step without transforms, and of the ratio
to the second nnlc. Matching and fitting happen before the first step; only what a step does is measured here.
"""
import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile

import numpy as np

from step_time import instruction_set, microseconds

ROWS, EPOCHS = 6400, 5

# What -> (source, list of transforms, the case whose ratio it is given against).
CASES = {
    "f32 array": ("f32.npz", "[]", None),
    "f32 array, normalize()": ("f32.npz", "normalize()", "f32 array"),
    "f32 array, scale(0.5)": ("f32.npz", "scale(0.5)", "f32 array"),
    "u8 array": ("u8.npz", "[]", None),
    "u8 array, normalize()": ("u8.npz", "normalize()", "u8 array"),
    "u8 array, scale(1 / 255)": ("u8.npz", "scale(1 / 255)", "u8 array"),
    "table": ("table.csv", "[]", "f32 array"),
    "table, normalize()": ("table.csv", "normalize()", "table"),
}

PROGRAM = """
data d {{ train = {source}, inputs = {inputs} }}
model net {{
{layers}
}}
compile net {{ optimizer = Adam(), loss = sparse_categorical_crossentropy }}
fit net on d {{ epochs = {epochs}, batch_size = {batch} }}
"""


def write_data(folder, sizes):
    random = np.random.default_rng(1)
    y = random.integers(0, sizes[-1], ROWS).astype("i4")
    y[:sizes[-1]] = range(sizes[-1])
    bytes_ = random.integers(0, 256, (ROWS, sizes[0])).astype("u1")
    floats = random.normal(5, 3, (ROWS, sizes[0])).astype("f4")
    np.savez(os.path.join(folder, "u8.npz"), x_train=bytes_, y_train=y)
    np.savez(os.path.join(folder, "f32.npz"), x_train=floats, y_train=y)
    names = ",".join([f"c{i}" for i in range(sizes[0])] + ["y"])
    np.savetxt(os.path.join(folder, "table.csv"), np.column_stack([floats, y]), fmt="%.7g", delimiter=",",
               header=names, comments="")


def source_text(name):
    return f'csv("{name}", target="y")' if name.endswith(".csv") else f'npz("{name}", x="x_train", y="y_train")'


def compile_case(nnlc, a, sizes, case, folder, trainer):
    layers = [f"    Dense({n}, activation={'softmax' if i == len(sizes) - 2 else 'relu'})"
              for i, n in enumerate(sizes[1:])]
    text = os.path.join(folder, "step.nn")
    with open(text, "w", encoding="ascii") as file:
        file.write(PROGRAM.format(source=source_text(case[0]), inputs=case[1], layers="\n".join(layers),
                                  epochs=EPOCHS, batch=a.batch))
    options = [f"--mcpu={a.mcpu}"] if a.mcpu else []
    subprocess.run([nnlc, text, "-o", trainer] + options, check=True, cwd=folder)


def step_time(trainer, folder):
    done = subprocess.run([trainer, "--threads=1"], stdout=subprocess.PIPE, text=True, check=True, cwd=folder)
    return min(microseconds(s) for s in re.findall(r" (\S+)/step", done.stdout)[1:])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("nnlc")
    parser.add_argument("other", nargs="?")
    parser.add_argument("--sizes", default="784,100,10")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--mcpu", help="for another machine, with --folder; the default is this one's")
    parser.add_argument("--folder", help="keep programs and data here; those that are there already are taken")
    a = parser.parse_args()
    sizes = [int(n) for n in a.sizes.split(",")]
    compilers = [os.path.abspath(n) for n in (a.nnlc, a.other) if n]
    with tempfile.TemporaryDirectory() as temporary:
        folder = os.path.abspath(a.folder or temporary)
        trainers = {(n, case): os.path.join(folder, f"{i}-{k}") for i, n in enumerate(compilers)
                    for k, case in enumerate(CASES)}
        os.makedirs(folder, exist_ok=True)
        if not os.path.exists(os.path.join(folder, "table.csv")):
            write_data(folder, sizes)
        for (nnlc, case), trainer in trainers.items():
            if not os.path.exists(trainer):
                compile_case(nnlc, a, sizes, CASES[case], folder, trainer)
        times = {key: [] for key in trainers}
        for _ in range(a.rounds):
            for key, trainer in trainers.items():
                times[key].append(step_time(trainer, folder))
    print(f"{instruction_set()}; {'-'.join(map(str, sizes))}, batch {a.batch}, 1 thread, {a.rounds} rounds")
    for case, (_, _, beside) in CASES.items():
        own = times[compilers[0], case]
        line = f"{case}: {statistics.median(own):.1f} us/step"
        if beside:
            line += f", {statistics.median(t / b for t, b in zip(own, times[compilers[0], beside])):.3f} of '{beside}'"
        if a.other:
            line += f", {statistics.median(t / b for t, b in zip(own, times[compilers[1], case])):.3f} of the other nnlc"
        print(line)


if __name__ == "__main__":
    sys.exit(main())
