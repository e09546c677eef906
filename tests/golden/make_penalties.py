#!/usr/bin/env python3
"""Makes short trainings of Keras with regularizers and constraints, in float64, for tests/unit/penalties.c. Needs
keras and jax.

    python3 make_penalties.py > penalties.h

Each run trains a network of the layers a (Dense, tanh), p (PReLU or ActivityRegularization) and b (Dense, softmax)
for 24 steps, from the same weights, on batches of 8, 8 and 7 rows. Its text says what the layers are given. Kept are
the loss of every step, the weights after the last, and what evaluate then gives over batches of 8.
"""
import os
import re

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_ENABLE_X64"] = "1"
os.environ["JAX_PLATFORMS"] = "cpu"
import jax
import keras
import numpy as np
from keras.src.backend.common import dtypes

# Outside TensorFlow Keras computes what mixes types in float32 at most: here it must not.
dtypes.BIT64_TO_BIT32_DTYPE["float64"] = "float64"
keras.config.set_floatx("float64")

ROWS, FEATURES, HIDDEN, CLASSES, BATCH, EPOCHS = 23, 4, 5, 3, 8, 8
RUNS = [
    # name, optimizer with its rate, what layers are given
    ("plain", "SGD", 0.1, ""),
    ("l1", "SGD", 0.1, "a.kernel_regularizer=l1() b.bias_regularizer=l1(l1=0.1) p.alpha_regularizer=l1(l1=0.05)"),
    ("l2", "Adam", 0.02, "a.kernel_regularizer=l2() b.bias_regularizer=l2(l2=0.3) p.alpha_regularizer=l2(l2=0.2)"),
    ("l1l2", "SGD", 0.1, "a.kernel_regularizer=l1l2(l1=0.02,l2=0.01) b.kernel_regularizer=l1l2(l2=0.1) "
     "a.bias_regularizer=l1l2(l1=0.1) b.bias_regularizer=l1l2()"),
    ("orthogonal", "SGD", 0.1, "a.kernel_regularizer=orthogonal_regularizer() "
     "b.kernel_regularizer=orthogonal_regularizer(factor=0.4)"),
    ("orthogonal_columns", "Adam", 0.02, "a.kernel_regularizer=orthogonal_regularizer(factor=0.5,mode=columns) "
     "b.kernel_regularizer=orthogonal_regularizer(factor=2.0,mode=columns)"),
    ("activity", "SGD", 0.1, "a.activity_regularizer=l2(l2=0.1) p.activity_regularizer=l1(l1=0.2) "
     "b.activity_regularizer=l1l2(l1=0.3,l2=0.7)"),
    ("activity_layer", "SGD", 0.1, "p.l1=0.1 p.l2=0.3 a.kernel_regularizer=l2()"),
    ("activity_columns", "SGD", 0.1, "a.activity_regularizer=orthogonal_regularizer(factor=5.0,mode=columns)"),
    ("frozen", "SGD", 0.1, "a.trainable=0 a.kernel_regularizer=l2(l2=0.5) a.activity_regularizer=l2(l2=0.1) "
     "a.kernel_constraint=non_neg() b.kernel_regularizer=l1(l1=0.03)"),
    ("max_norm", "SGD", 0.2, "a.kernel_constraint=max_norm(max_value=0.7) b.bias_constraint=max_norm() "
     "b.kernel_constraint=max_norm(max_value=0.9,axis=1) p.alpha_constraint=max_norm(max_value=0.1)"),
    ("max_norm_zero", "SGD", 0.1, "a.kernel_constraint=max_norm(max_value=0.0) b.bias_constraint=max_norm(max_value=0.2)"),
    ("non_neg", "Adam", 0.05, "a.kernel_constraint=non_neg() a.bias_constraint=non_neg() p.alpha_constraint=non_neg() "
     "a.kernel_regularizer=l2(l2=0.01)"),
    ("unit_norm", "SGD", 0.1, "a.kernel_constraint=unit_norm() b.kernel_constraint=unit_norm(axis=[0,1]) "
     "b.bias_constraint=unit_norm(axis=-1)"),
    ("min_max_norm", "SGD", 0.2, "a.kernel_constraint=min_max_norm(min_value=0.9,max_value=1.1) "
     "b.kernel_constraint=min_max_norm(min_value=0.1,max_value=0.6,rate=0.25,axis=1) a.bias_constraint=min_max_norm() "
     "p.alpha_constraint=min_max_norm(min_value=0.3,max_value=0.3,rate=0.0)"),
    ("both", "Adam", 0.03, "a.kernel_regularizer=l2(l2=0.05) a.kernel_constraint=max_norm(max_value=0.8,axis=[0]) "
     "b.kernel_regularizer=orthogonal_regularizer(factor=0.1,mode=columns) b.kernel_constraint=unit_norm(axis=-2)"),
]
NAMES = {"l1": "L1", "l2": "L2", "l1l2": "L1L2", "orthogonal_regularizer": "OrthogonalRegularizer",
         "max_norm": "MaxNorm", "non_neg": "NonNeg", "unit_norm": "UnitNorm", "min_max_norm": "MinMaxNorm"}


def value_of(text):
    match = re.fullmatch(r"(\w+)\((.*)\)", text)
    if not match:
        return float(text)
    of = keras.constraints if match[1] in ("max_norm", "non_neg", "unit_norm", "min_max_norm") else keras.regularizers
    arguments = match[2].replace("columns", "'columns'")
    return eval(f"{NAMES[match[1]]}({arguments})", vars(of))


def model_of(text):
    given = {"a": {}, "p": {}, "b": {}}
    for layer, name, value in re.findall(r"(\w)\.(\w+)=(\S+)", text):
        given[layer][name] = value_of(value)
    if "trainable" in given["a"]:
        given["a"]["trainable"] = bool(given["a"]["trainable"])
    middle = keras.layers.ActivityRegularization if "l1" in given["p"] else keras.layers.PReLU
    return keras.Sequential([keras.Input((FEATURES,)), keras.layers.Dense(HIDDEN, "tanh", **given["a"]),
                             middle(**given["p"]), keras.layers.Dense(CLASSES, "softmax", **given["b"])])


def array(name, values):
    flat = np.asarray(values, dtype=np.float64).ravel()
    body = ",\n    ".join(", ".join(repr(float(v)) for v in flat[i:i + 4]) for i in range(0, len(flat), 4))
    print(f"static const double {name}[] = {{\n    {body}}};\n")


def train(run, x, label, start):
    name, optimizer, rate, text = run
    model, losses = model_of(text), []
    model.set_weights(start if len(model.get_weights()) == len(start) else start[:2] + start[3:])
    model.compile(optimizer=getattr(keras.optimizers, optimizer)(rate), loss="sparse_categorical_crossentropy")
    for _ in range(EPOCHS):
        for i in range(0, ROWS, BATCH):
            losses.append(float(model.train_on_batch(x[i:i + BATCH], label[i:i + BATCH], return_dict=True)["loss"]))
    array(f"{name}_losses", losses)
    weights = model.get_weights()
    array(f"{name}_weights", np.concatenate([w.ravel() for w in weights]))
    loss = float(model.evaluate(x, label, batch_size=BATCH, verbose=0, return_dict=True)["loss"])
    return f'    {{"{name}", "{optimizer}", {rate!r}, "{text}", {name}_losses, {name}_weights, {loss!r}}},'


def main():
    rng = np.random.default_rng(13)
    label = rng.integers(0, CLASSES, size=ROWS)
    x = rng.normal(size=(ROWS, FEATURES)) + 0.8 * np.eye(CLASSES, FEATURES)[label]
    start = [rng.normal(size=s) * 0.5 for s in [(FEATURES, HIDDEN), (HIDDEN,), (HIDDEN,), (HIDDEN, CLASSES), (CLASSES,)]]
    print(f"""/* penalties.h: made by make_penalties.py, do not edit.
 *
 * keras {keras.__version__}, jax {jax.__version__}, numpy {np.__version__}, float64, numpy seed 13. Tolerance of
 * the comparison: 1e-9, relative to 1 + the value; both sides compute in double, in different orders. */
#ifndef NNLC_TESTS_GOLDEN_PENALTIES_H
#define NNLC_TESTS_GOLDEN_PENALTIES_H

enum {{ ROWS = {ROWS}, FEATURES = {FEATURES}, HIDDEN = {HIDDEN}, CLASSES = {CLASSES}, BATCH = {BATCH}, EPOCHS = {EPOCHS} }};
""")
    array("golden_x", x)
    array("golden_label", label)
    array("golden_start", np.concatenate([w.ravel() for w in start]))
    rows = [train(run, x, label, start) for run in RUNS]
    print("""/* layers: what they are given; weights: of a, p (where it has one) and b; loss: what evaluate gives at the end. */
typedef struct Golden {
    const char *name, *optimizer;
    double rate;
    const char *layers;
    const double *losses, *weights;
    double loss;
} Golden;

static const Golden goldens[] = {""")
    print("\n".join(rows))
    print("};\n\n#endif")


if __name__ == "__main__":
    main()
