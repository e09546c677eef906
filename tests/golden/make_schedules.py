#!/usr/bin/env python3
"""Makes the learning rates of Keras's schedules in float64, for tests/runtime/train/schedules.test. Needs keras.

    python3 make_schedules.py > schedules

Each block of the output is a schedule as nnlc writes it with its number of steps, and in the lines below a sum for
each 8 steps: 1 times the first rate plus ... plus 8 times the last. Left out are first steps of periods of
CosineDecayRestarts where Keras's own rounding is a step late: with t_mul = 10 it is.
"""
import os

os.environ["KERAS_BACKEND"] = "numpy"   # a compiler of JAX would divide by other means, and round otherwise
import keras
import numpy as np
from keras.src.backend.common import dtypes

# Keras computes what mixes types in float32 at most: here it must not.
dtypes.BIT64_TO_BIT32_DTYPE["float64"] = "float64"
keras.config.set_floatx("float64")
EVERY = 8
SCHEDULES = [
    ("ExponentialDecay(0.1, 300, 0.96)", 1000),
    ("ExponentialDecay(0.1, decay_steps=70.5, decay_rate=0.5, staircase=true, name=\"steps\")", 1000),
    ("ExponentialDecay(0.001, 400, 1.5)", 1000),
    ("ExponentialDecay(0.1, 10, 0.0)", 40),
    ("InverseTimeDecay(0.1, 300, 0.96)", 1000),
    ("InverseTimeDecay(0.1, decay_steps=1, decay_rate=0.01, staircase=false)", 1000),
    ("InverseTimeDecay(2, decay_steps=64, decay_rate=3, staircase=true)", 1000),
    ("PiecewiseConstantDecay([100], [0.1, 0.01])", 1000),
    ("PiecewiseConstantDecay([3, 8.5, 700], [0.5, 0.1, 0.25, 0.0])", 1000),
    ("PolynomialDecay(0.1, 800)", 1000),
    ("PolynomialDecay(0.1, 700, end_learning_rate=0.02, power=0.5)", 1000),
    ("PolynomialDecay(0.001, 500, 0.01, power=2)", 1000),
    ("PolynomialDecay(0.1, 300, end_learning_rate=0.001, power=1.5, cycle=true)", 2500),
    ("PolynomialDecay(0.1, 64, power=0, cycle=true)", 200),
    ("CosineDecay(0.1, 800)", 1000),
    ("CosineDecay(0.1, 1000, alpha=0.1)", 1200),
    ("CosineDecay(0.0, 900, 0.05, warmup_target=0.3, warmup_steps=100)", 1200),
    ("CosineDecay(0.2, 900, warmup_target=0.1, warmup_steps=0)", 1000),
    ("CosineDecay(0.01, 500.5, alpha=1.0, warmup_target=0.3, warmup_steps=250)", 1000),
    ("CosineDecayRestarts(0.1, 150)", 2500),
    ("CosineDecayRestarts(0.1, 100, t_mul=1.0, m_mul=0.9, alpha=0.01)", 1000),
    ("CosineDecayRestarts(0.1, 100, t_mul=1.5, m_mul=0.5)", 2500),
    ("CosineDecayRestarts(0.2, first_decay_steps=33, t_mul=1.25, m_mul=1.1, alpha=0.3, name=\"waves\")", 2500),
]


def schedule_of(text):
    call = text.replace("true", "True").replace("false", "False")
    return eval(call, vars(keras.optimizers.schedules))


def sums(schedule, steps):
    rates = np.array([float(schedule(step)) for step in range(steps)])
    weights = np.arange(steps) % EVERY + 1
    return np.add.reduceat(rates * weights, np.arange(0, steps, EVERY))


def main():
    print(f"# Made by make_schedules.py, do not edit: keras {keras.__version__}, numpy {np.__version__}, float64.")
    for text, steps in SCHEDULES:
        print(text, steps)
        for line in np.array_split(found := sums(schedule_of(text), steps), max(1, len(found) // 6)):
            print("   ", " ".join(repr(float(value)) for value in line))


if __name__ == "__main__":
    main()
