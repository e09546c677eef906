"""load_model against Keras: each layer, and compile settings, from whole files that Keras saves.

    python tests/keras/structure.py build/dev/nnlc

The Python that runs it must have Keras 3 and h5py. For each layer and format the outputs of what nnlc makes of the file
are compared with those of Keras; for each loss, with its metrics and an optimizer, the results of evaluate after two
epochs of training (shuffle off)."""
import json
import os
import subprocess
import sys
import tempfile

os.environ.setdefault("KERAS_BACKEND", "jax")
import keras  # noqa: E402
import numpy as np  # noqa: E402
from keras import layers as L, losses as S, metrics as M, optimizers as O  # noqa: E402

import matrix  # noqa: E402

OUTPUTS, LOSSES = 1e-6, 2e-5  # f32 in another order of sums; after 8 steps of training
FORMATS = (".keras", ".h5")
ROWS = 32


def run(nnlc, folder, text):
    with open(os.path.join(folder, "p.nn"), "w") as out:
        out.write(text)
    done = subprocess.run([nnlc, "run", "-w", "p.nn", "--", "--log=log.jsonl"], cwd=folder, capture_output=True, text=True)
    return done.stderr if done.returncode else ""


def layer(nnlc, folder, make):
    keras.utils.clear_session()
    net = keras.Sequential([L.Input((6,))] + make())
    matrix.randomized(net)
    x = np.random.default_rng(2).normal(size=(ROWS, 6)).astype("f4")
    np.save(os.path.join(folder, "x.npy"), x)
    np.save(os.path.join(folder, "y.npy"), np.asarray(net.predict(x, verbose=0)))
    cells = []
    for ending in FORMATS:
        net.save(os.path.join(folder, "net" + ending))
        wrong = run(nnlc, folder, 'data d { train = npy("x.npy", "y.npy") }\n'
                    f'let net = load_model("net{ending}")\npredict net on d.train as p {{ verbose = 0 }}\n'
                    f'expect max(abs(p - d.train.targets)) < {OUTPUTS}\n')
        cells.append(wrong.split("\n")[0] if wrong else "yes")
    return cells


def classes():
    return np.random.default_rng(3).integers(0, 3, ROWS).astype("i4")


def vectors():
    return np.eye(3, dtype="f4")[classes()]


# Loss, targets, last activation, optimizer, metrics.
SETTINGS = [
    ("sparse_categorical_crossentropy", classes, "softmax", "adam", ["accuracy", M.SparseTopKCategoricalAccuracy(k=2)]),
    (S.SparseCategoricalCrossentropy(from_logits=True), classes, None, O.SGD(0.1, momentum=0.9, nesterov=True), ["accuracy"]),
    (S.CategoricalCrossentropy(label_smoothing=0.1), vectors, "softmax", O.Adam(O.schedules.CosineDecay(0.1, 6, alpha=0.1)),
     [M.Precision(), M.Recall(thresholds=0.3), M.AUC(), M.F1Score(average="macro")]),
    (S.BinaryCrossentropy(), vectors, "sigmoid", O.RMSprop(0.01, centered=True), [M.BinaryAccuracy(threshold=0.4), "mae", M.BinaryIoU()]),
    (S.BinaryFocalCrossentropy(gamma=1.5, apply_class_balancing=True), vectors, "sigmoid", O.Adagrad(0.1), [M.TruePositives()]),
    (S.CategoricalFocalCrossentropy(alpha=[0.2, 0.3, 0.5]), vectors, "softmax", O.AdamW(0.01, weight_decay=0.1), ["mse"]),
    (S.MeanSquaredError(reduction="sum"), vectors, None, O.Adadelta(1.0), [M.R2Score(), M.RootMeanSquaredError()]),
    ("mae", vectors, "tanh", O.Nadam(0.01, clipnorm=0.5), [M.CosineSimilarity()]),
    ("huber", vectors, "elu", O.Adamax(0.01, clipvalue=0.1), [M.MeanSquaredError(name="error")]),
    ("log_cosh", vectors, "gelu", O.Lion(0.001), []),
    ("hinge", vectors, "tanh", O.Ftrl(0.1, l1_regularization_strength=0.01), ["hinge"]),
    (S.Tversky(alpha=0.3, beta=0.7), vectors, "sigmoid", O.Lamb(0.01), [M.MeanIoU(3, sparse_y_true=False, sparse_y_pred=False)]),
    ("kl_divergence", vectors, "softmax", O.SGD(O.schedules.PiecewiseConstantDecay([2, 4], [0.1, 0.05, 0.01])), ["kl_divergence"]),
    ("poisson", vectors, "softplus", O.SGD(O.schedules.ExponentialDecay(0.1, 4, 0.5, staircase=True), weight_decay=0.01), []),
    (S.CategoricalGeneralizedCrossEntropy(q=0.7), classes, "softmax", O.SGD(0.1, gradient_accumulation_steps=2), []),
]


def setting(nnlc, folder, loss, targets, activation, optimizer, metrics):
    keras.utils.clear_session()
    net = keras.Sequential([L.Input((6,)), L.Dense(5, activation="tanh", kernel_regularizer="l2"), L.Dense(3, activation=activation)])
    net.compile(optimizer, loss, metrics=metrics)
    x = np.random.default_rng(4).normal(size=(ROWS, 6)).astype("f4")
    np.save(os.path.join(folder, "x.npy"), x)
    np.save(os.path.join(folder, "y.npy"), targets())
    for ending in FORMATS:
        net.save(os.path.join(folder, "net" + ending))
    net.fit(x, targets(), epochs=2, batch_size=8, shuffle=False, verbose=0)
    wanted = net.evaluate(x, targets(), batch_size=8, verbose=0, return_dict=True)
    cells = []
    for ending in FORMATS:
        wrong = run(nnlc, folder, 'data d { train = npy("x.npy", "y.npy"), shuffle = false }\n'
                    f'let net = load_model("net{ending}")\nfit net on d {{ epochs = 2, batch_size = 8, verbose = 0 }}\n'
                    'evaluate net on d.train { batch_size = 8, verbose = 0 }\n')
        cells.append(wrong.split("\n")[0] if wrong else compared(os.path.join(folder, "log.jsonl"), wanted))
    return cells


def compared(path, wanted):
    with open(path) as lines:
        found = json.loads(lines.readlines()[-1])
    for key, value in wanted.items():
        values = np.atleast_1d(np.asarray(value))
        mine = [found.get(key)] if values.size == 1 else [found.get(f"{key}[{i}]") for i in range(values.size)]
        for a, b in zip(mine, values):
            if a is None or abs(a - b) > LOSSES * max(1, abs(b)):
                return f"{key}: {a}, not {b}"
    return "yes"


def main():
    nnlc, failed = os.path.abspath(sys.argv[1]), 0
    rows = [(name, lambda folder, make=make: layer(nnlc, folder, make)) for name, _, make in matrix.LAYERS]
    rows += [(getattr(s[0], "name", s[0]) + ", " + getattr(s[3], "name", s[3]), lambda folder, s=s: setting(nnlc, folder, *s)) for s in SETTINGS]
    print(f"{'':44}{''.join(f'{f:12}' for f in FORMATS)}")
    for name, check in rows:
        with tempfile.TemporaryDirectory() as folder:
            cells = check(folder)
        failed += sum(c != "yes" for c in cells)
        print(f"{name:44}{''.join(f'{c:12}' for c in cells)}", flush=True)
    print("failed:", failed)
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
