#!/usr/bin/env python3
"""Makes normalization.h: values and slopes of Keras's layer Normalization in float64, for tests/unit/normalization.c.
Needs keras and jax.

    python3 make_normalization.py > normalization.h

The slope is the gradient of sum(y[place] * sin(1 + place)). Learned means and variances are set as weights.
"""
import os

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_ENABLE_X64"] = "1"
os.environ["JAX_PLATFORMS"] = "cpu"
import jax
import jax.numpy as jnp
import keras
import numpy as np

keras.config.set_floatx("float64")
SHAPE = (2, 3, 4)
RNG = np.random.default_rng(3)
X = RNG.normal(size=SHAPE) * 10.0 ** RNG.integers(-3, 3, size=SHAPE)
MEAN = np.round(RNG.normal(size=12), 3)
VARIANCE = np.concatenate([np.round(RNG.uniform(0.1, 4, size=9), 3), [0.0, 1e-20, 1e12]])
# axis (None, or a list), numbers given: None: they are weights; the shape of mean and variance in Keras
CASES = [([-1], None), ([2], None), ([1], None), ([1, 2], None), ([-1, 1], None), (None, None),
         ([-1], ()), ([-1], (4,)), ([1], (3,)), ([1, 2], ()), ([1, 2], (4,)), ([2, 1], (3, 4)), (None, ())]


def numbers(values):
    return "{" + ", ".join(repr(float(v)) for v in np.ravel(values)) + "}"


def flat(source, shape):
    """The last numbers of the list, where the hard variances are."""
    n = int(np.prod(shape))
    return source[12 - n:].reshape(shape) if shape else float(source[0])


def case(axis, given, invert):
    learned = given is None
    kept = tuple(SHAPE[a] for a in sorted(a % 3 for a in axis or []))
    shape = kept if learned else given
    mean, variance = flat(MEAN, shape), flat(VARIANCE, shape)
    own = {} if learned else dict(mean=np.asarray(mean).tolist(), variance=np.asarray(variance).tolist())
    layer = keras.layers.Normalization(axis=None if axis is None else axis if len(axis) > 1 else axis[0],
                                       invert=invert, **own)
    layer.build(SHAPE)
    if learned:
        layer.set_weights([np.asarray(mean), np.asarray(variance), np.zeros((), "int32")])
        layer.finalize_state()
    weight = jnp.sin(1 + jnp.arange(X.size, dtype="float64")).reshape(SHAPE)
    y = layer(X)
    slope = jax.grad(lambda x: jnp.sum(layer(x) * weight))(jnp.asarray(X))
    assert y.dtype == "float64" and slope.dtype == "float64"
    ints = "{" + ", ".join(map(str, axis or [0])) + "}"
    print(f"    {{{len(axis or [])}, {ints}, {int(learned)}, {int(invert)}, {int(np.size(mean))},")
    print(f"     {numbers(mean)},\n     {numbers(variance)},\n     {numbers(y)},\n     {numbers(slope)}}},")


def main():
    print(f"/* Made by make_normalization.py with Keras {keras.__version__}, JAX {jax.__version__}, NumPy {np.__version__}.")
    print(" * y and slope agree to 1e-12 of their size: each is a few roundings in double. */")
    print("/* clang-format off */\n#ifndef NNLC_TESTS_GOLDEN_NORMALIZATION_H\n#define NNLC_TESTS_GOLDEN_NORMALIZATION_H\n\n#include <stdbool.h>\n#include <stdint.h>\n")
    print("enum { ROWS = %d, HIGH = %d, WIDE = %d, PLACES = ROWS * HIGH * WIDE };" % SHAPE)
    print("typedef struct Golden {\n    uint32_t n_axes;\n    int64_t axes[2];\n    bool learned, invert;\n    uint32_t n;\n"
          "    double mean[HIGH * WIDE], variance[HIGH * WIDE], y[PLACES], slope[PLACES];\n} Golden;")
    print(f"static double golden_x[] = {numbers(X)};")
    print("static const Golden goldens[] = {")
    for axis, given in CASES:
        for invert in (False, True):
            case(axis, given, invert)
    print("};\n\n#endif")


if __name__ == "__main__":
    main()
