"""Writes tests/golden/statistics: tables of doubles with their exact means and variances.

    make_statistics.py > tests/golden/statistics

The statistics are computed twice: with fractions, which are exact, and with NumPy in double-double (two
doubles for a number, TwoSum and TwoProduct); both must round to the same doubles, else this script fails.
A column that scikit-learn's StandardScaler takes for constant has variance 0 here. All numbers are written
in hexadecimal. Made with Python 3.11 and NumPy 1.24."""
from fractions import Fraction

import numpy as np

EPS = np.finfo(float).eps


def two_sum(a, b):
    s = a + b
    t = s - a
    return s, (a - (s - t)) + (b - t)


def two_product(a, b):
    p = a * b
    split = 134217729.0
    ah = (a * split) - ((a * split) - a)
    bh = (b * split) - ((b * split) - b)
    al, bl = a - ah, b - bh
    return p, ((ah * bh - p) + ah * bl + al * bh) + al * bl


def dd_add(x, y):
    s, e = two_sum(x[0], y[0])
    return two_sum(s, e + x[1] + y[1])


def dd_mul(x, y):
    p, e = two_product(x[0], y[0])
    return two_sum(p, e + x[0] * y[1] + x[1] * y[0])


def dd_div(x, n):
    q = x[0] / n
    p, e = two_product(q, n)
    return two_sum(q, (x[0] - p - e + x[1]) / n)


def by_double_double(table):
    """Mean and variance of each column."""
    n = float(len(table))
    zero = np.zeros(table.shape[1])
    total = (zero, zero)
    for row in table:
        total = dd_add(total, (row, zero))
    mean = dd_div(total, n)
    squares = (zero, zero)
    for row in table:
        d = dd_add((row, zero), (-mean[0], -mean[1]))
        squares = dd_add(squares, dd_mul(d, d))
    variance = dd_div(squares, n)
    return mean[0], variance[0]


def by_fractions(table):
    mean, variance = [], []
    for column in table.T:
        exact = [Fraction(float(x)) for x in column]
        m = sum(exact) / len(exact)
        mean.append(float(m))
        variance.append(float(sum((x - m) ** 2 for x in exact) / len(exact)))
    return np.array(mean), np.array(variance)


def is_constant(mean, variance, n):
    return variance <= n * EPS * variance + (n * mean * EPS) ** 2


def tables():
    g = np.random.default_rng(1)
    i = np.arange(64.0)
    yield "plain", g.normal(size=(50, 3))
    yield "near_a_million", np.array([[1000000.25]] * 19 + [[1000000.5]])
    yield "seconds_since_1970", np.stack([1.7e9 + i, 1.7e9 + i / 1000, i * 3600 + 1.7e9], axis=1)
    yield "integers_above_2_24", np.stack([2.0 ** 24 + i, 2.0 ** 40 + i, 2.0 ** 53 - i], axis=1)
    yield "constant", np.stack([np.full(64, 0.1), np.full(64, 1e15), np.zeros(64)], axis=1)
    yield "opposite", np.stack([np.where(i % 2, 1e16, -1e16) + i, np.where(i % 2, 1.0, -1.0)], axis=1)
    yield "tiny_and_huge", np.stack([i * 1e-150, i * 1e140, g.normal(size=64) * 1e-30], axis=1)
    yield "one_row", np.array([[3.5, -2.0]])


def texts(values):
    return " ".join(float(x).hex() for x in values)


for name, table in tables():
    mean, variance = by_fractions(table)
    other_mean, other_variance = by_double_double(table)
    if name != "tiny_and_huge":          # products below 1e-292 are beyond double-double
        assert np.array_equal(mean, other_mean), (name, mean, other_mean)
        assert np.allclose(variance, other_variance, rtol=2 * EPS, atol=0), (name, variance)
    variance = [0.0 if is_constant(m, v, len(table)) else v for m, v in zip(mean, variance)]
    print(name, *table.shape)
    for row in table:
        print(texts(row))
    print(texts(mean))
    print(texts(variance))
