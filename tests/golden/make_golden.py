#!/usr/bin/env python3
"""Makes the figures of Keras in float64 that unit tests compare with. Needs keras and jax (pip install
keras jax).

    python3 make_golden.py trainings > short_trainings.h      for tests/unit/golden.c
    python3 make_golden.py activations > activations.h        for tests/unit/activations.c

trainings: each run trains the same small network for 20 steps from the same weights, on the same rows
in the same order: 4 batches of 10, 10, 10 and 7 rows, 5 times. Kept are the loss of every step and the
weights after the last. activations: y of 5 rows of 4 features, and the gradient of the sum of
y[r, k] * sin(1 + place), by row and feature.
"""
import os
import sys

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_ENABLE_X64"] = "1"
os.environ["JAX_PLATFORMS"] = "cpu"
import jax
import keras
import numpy as np
from keras.src.backend.common import dtypes

# Outside TensorFlow Keras computes what mixes types in float32 at most: here it must not.
dtypes.BIT64_TO_BIT32_DTYPE["float64"] = "float64"

ROWS, FEATURES, HIDDEN, CLASSES, BATCH, EPOCHS = 37, 6, 5, 3, 10, 5

RUNS = [
    # name, optimizer as Keras builds it, arguments given, loss, arguments of the loss, last activation
    ("sgd", "SGD", dict(learning_rate=0.1), "sparse_categorical_crossentropy", {}, "softmax"),
    ("sgd_momentum", "SGD", dict(learning_rate=0.05, momentum=0.9), "mean_squared_error", {}, "linear"),
    ("sgd_nesterov", "SGD", dict(learning_rate=0.05, momentum=0.9, nesterov=True),
     "sparse_categorical_crossentropy", dict(from_logits=True), "linear"),
    ("rmsprop", "RMSprop", dict(learning_rate=0.01), "sparse_categorical_crossentropy", {}, "softmax"),
    ("rmsprop_centered", "RMSprop", dict(learning_rate=0.01, momentum=0.5, centered=True),
     "binary_crossentropy", {}, "sigmoid"),
    ("adagrad", "Adagrad", dict(learning_rate=0.05), "categorical_crossentropy",
     dict(label_smoothing=0.1), "softmax"),
    ("adam", "Adam", dict(learning_rate=0.01), "sparse_categorical_crossentropy", {}, "softmax"),
    ("adam_amsgrad", "Adam", dict(learning_rate=0.02, amsgrad=True), "binary_crossentropy",
     dict(from_logits=True), "linear"),
    ("weighted_classes", "SGD", dict(learning_rate=0.1), "sparse_categorical_crossentropy", {}, "softmax"),
    ("weighted_vectors", "Adam", dict(learning_rate=0.02), "mean_squared_error", {}, "linear"),
]
CLASS_WEIGHTS = {0: 0.5, 2: 3.0}      # of the runs whose names begin with "weighted"
CLASS_OF = {"sparse_categorical_crossentropy": "SparseCategoricalCrossentropy",
            "categorical_crossentropy": "CategoricalCrossentropy",
            "binary_crossentropy": "BinaryCrossentropy", "mean_squared_error": "MeanSquaredError"}


def array(name, values):
    flat = np.asarray(values, dtype=np.float64).ravel()
    body = ",\n    ".join(", ".join(repr(float(v)) for v in flat[i:i + 4]) for i in range(0, len(flat), 4))
    print(f"static const double {name}[] = {{\n    {body}}};\n")


def c_args(args):
    """Arguments as text: "momentum=0.9 nesterov=1"."""
    return " ".join(f"{k}={float(v)!r}" for k, v in args.items())


def data(rng):
    x = rng.normal(size=(ROWS, FEATURES))
    label = rng.integers(0, CLASSES, size=ROWS)
    x += 0.8 * np.eye(CLASSES, FEATURES)[label]
    return x, label


def train(run, x, label, start):
    name, optimizer, args, loss, loss_args, last = run
    model = keras.Sequential([keras.Input((FEATURES,)), keras.layers.Dense(HIDDEN, activation="tanh"),
                              keras.layers.Dense(CLASSES, activation=last)])
    model.set_weights(start)
    model.compile(optimizer=getattr(keras.optimizers, optimizer)(**args),
                  loss=getattr(keras.losses, CLASS_OF[loss])(**loss_args))
    y = label if loss.startswith("sparse") else np.eye(CLASSES)[label]
    weights = CLASS_WEIGHTS if name.startswith("weighted") else None
    losses = []
    for _ in range(EPOCHS):
        for i in range(0, ROWS, BATCH):
            losses.append(float(model.train_on_batch(x[i:i + BATCH], y[i:i + BATCH], class_weight=weights,
                                                     return_dict=True)["loss"]))
    array(f"{name}_losses", losses)
    array(f"{name}_weights", np.concatenate([w.ravel() for w in model.get_weights()]))
    return f'    {{"{name}", "{optimizer}", "{c_args(args)}", "{loss}", "{c_args(loss_args)}", "{last}",\n' \
           f"     {name}_losses, {name}_weights}},"


ACTIVATIONS = ["linear", "relu", "relu6", "leaky_relu", "elu", "celu", "selu", "sigmoid", "log_sigmoid",
               "hard_sigmoid", "sparse_sigmoid", "silu", "hard_silu", "tanh", "hard_tanh", "tanh_shrink",
               "hard_shrink", "soft_shrink", "softplus", "softsign", "sparse_plus", "squareplus",
               "gelu", "glu", "mish", "exponential", "softmax", "log_softmax", "sparsemax"]
ARGUED = [("threshold", dict(threshold=0.5, default_value=-1.0)),
          ("relu", dict(negative_slope=0.1, max_value=1.5, threshold=0.2)),
          ("relu", dict(max_value=1.5, threshold=-0.5)),
          ("relu", dict(negative_slope=0.1, max_value=1.5, threshold=-0.5)),
          ("leaky_relu", dict(negative_slope=0.5)), ("elu", dict(alpha=0.5)), ("celu", dict(alpha=2.0)),
          ("hard_shrink", dict(threshold=0.9)), ("soft_shrink", dict(threshold=0.26)),
          ("squareplus", dict(b=0.5)), ("gelu", dict(approximate=True))]
POINTS = [[-2.5, -0.7, 0.3, 1.9], [0.45, 3.1, -0.2, 7.0], [100.0, -100.0, 30.0, -30.0],
          [0.0, -0.0, 1e-30, -1e-30], [1.0, 1.0, 0.25, -4.0]]
VERSIONS = f"keras {keras.__version__}, jax {jax.__version__}, numpy {np.__version__}, float64"


def activation_row(title, name, args, x):
    def function(v):
        return getattr(keras.activations, name)(v, **args)

    y = np.asarray(function(x))
    weights = np.sin(1.0 + np.arange(y.size)).reshape(y.shape)
    slope = jax.grad(lambda v: (function(v) * weights).sum())(x)
    array(f"{title}_y", y)
    array(f"{title}_slope", slope)
    return f'    {{"{name}", "{c_args(args)}", {title}_y, {title}_slope}},'


def activations():
    x = jax.numpy.asarray(np.array(POINTS, dtype=np.float64))
    print(f"""/* activations.h: made by make_golden.py, do not edit. {VERSIONS}. */
#ifndef NNLC_TESTS_GOLDEN_ACTIVATIONS_H
#define NNLC_TESTS_GOLDEN_ACTIVATIONS_H

enum {{ ROWS = {len(POINTS)}, FEATURES = {len(POINTS[0])} }};
""")
    array("golden_x", POINTS)
    rows = [activation_row(name, name, {}, x) for name in ACTIVATIONS]
    rows += [activation_row(f"{name}_{i}", name, args, x) for i, (name, args) in enumerate(ARGUED)]
    print("""typedef struct Golden {
    const char *name, *args;
    const double *y, *slope;
} Golden;

static const Golden goldens[] = {""")
    print("\n".join(rows))
    print("};\n\n#endif")


def trainings():
    rng = np.random.default_rng(20)
    x, label = data(rng)
    start = [rng.normal(size=s) * 0.5 for s in
             [(FEATURES, HIDDEN), (HIDDEN,), (HIDDEN, CLASSES), (CLASSES,)]]
    print(f"""/* short_trainings.h: made by make_golden.py, do not edit.
 *
 * {VERSIONS}, numpy seed 20. Tolerance of the
 * comparison: 1e-9, relative to 1 + the value; both sides compute in double, in different orders. */
#ifndef NNLC_TESTS_GOLDEN_SHORT_TRAININGS_H
#define NNLC_TESTS_GOLDEN_SHORT_TRAININGS_H

enum {{ ROWS = {ROWS}, FEATURES = {FEATURES}, HIDDEN = {HIDDEN}, CLASSES = {CLASSES}, BATCH = {BATCH}, EPOCHS = {EPOCHS} }};
""")
    array("golden_x", x)
    array("golden_label", label)
    array("golden_start", np.concatenate([w.ravel() for w in start]))
    array("golden_class_weights", [CLASS_WEIGHTS.get(c, 1) for c in range(CLASSES)])
    rows = [train(run, x, label, start) for run in RUNS]
    print("""typedef struct Golden {
    const char *name, *optimizer, *optimizer_args, *loss, *loss_args, *activation;
    const double *losses, *weights;
} Golden;

static const Golden goldens[] = {""")
    print("\n".join(rows))
    print("};\n\n#endif")


if __name__ == "__main__":
    keras.config.set_floatx("float64")
    {"trainings": trainings, "activations": activations}[sys.argv[1]]()
