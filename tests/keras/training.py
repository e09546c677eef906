"""Training goes on in the other program: every optimizer, both directions, against Keras.

    python tests/keras/training.py build/dev/nnlc

One trains 10 steps and saves a .keras; then both go on for 50 steps from that file, and the losses of their epochs
are compared. No shuffling, no dropout. The Python that runs it must have Keras 3; nnlc never needs it."""
import os
import re
import subprocess
import sys
import tempfile

os.environ.setdefault("KERAS_BACKEND", "jax")
import keras  # noqa: E402
import numpy as np  # noqa: E402
from keras import layers as L  # noqa: E402
from keras import optimizers as O  # noqa: E402

TOLERANCE = 1e-5  # losses around 1 after 50 steps in f32
ROWS, BATCH, BEFORE, AFTER = 80, 8, 1, 5  # epochs of 10 steps

# the words of an optimizer, the same in Keras
S = O.schedules
OPTIMIZERS = [
    ("SGD(0.05)", lambda: O.SGD(0.05)),
    ("SGD(0.05, momentum=0.9, nesterov=true)", lambda: O.SGD(0.05, momentum=0.9, nesterov=True)),
    ("RMSprop(0.01)", lambda: O.RMSprop(0.01)),
    ("RMSprop(0.01, momentum=0.5, centered=true)", lambda: O.RMSprop(0.01, momentum=0.5, centered=True)),
    ("Adagrad(0.05)", lambda: O.Adagrad(0.05)),
    ("Adadelta(1.0)", lambda: O.Adadelta(1.0)),
    ("Adam(0.01)", lambda: O.Adam(0.01)),
    ("Adam(0.01, amsgrad=true)", lambda: O.Adam(0.01, amsgrad=True)),
    ("Adam(0.01, clipnorm=0.5)", lambda: O.Adam(0.01, clipnorm=0.5)),
    ("Adam(0.01, use_ema=true, ema_momentum=0.9)", lambda: O.Adam(0.01, use_ema=True, ema_momentum=0.9)),
    ("Adam(0.01, gradient_accumulation_steps=2)", lambda: O.Adam(0.01, gradient_accumulation_steps=2)),
    ("Adam(ExponentialDecay(0.01, 20, 0.9))", lambda: O.Adam(S.ExponentialDecay(0.01, 20, 0.9))),
    ("SGD(CosineDecay(0.05, 100, alpha=0.1))", lambda: O.SGD(S.CosineDecay(0.05, 100, alpha=0.1))),
    ("SGD(PiecewiseConstantDecay([20, 40], [0.1, 0.05, 0.01]))",
     lambda: O.SGD(S.PiecewiseConstantDecay([20, 40], [0.1, 0.05, 0.01]))),
    ("AdamW(0.01, weight_decay=0.01)", lambda: O.AdamW(0.01, weight_decay=0.01)),
    ("Adamax(0.01)", lambda: O.Adamax(0.01)),
    ("Nadam(0.01)", lambda: O.Nadam(0.01)),
    ("Ftrl(0.05)", lambda: O.Ftrl(0.05)),
    ("Lion(0.001)", lambda: O.Lion(0.001)),
    ("Lamb(0.01)", lambda: O.Lamb(0.01)),
    ("Adafactor(0.01)", lambda: O.Adafactor(0.01)),
    ("Muon(0.01)", lambda: O.Muon(0.01)),
    ("ScheduleFreeAdamW(0.01)", lambda: O.ScheduleFreeAdamW(0.01)),
]

HEAD = """data d {{ train = npy("x.npy", "y.npy") }}
model net {{ Input(6); Dense(8, activation=tanh); Dense(3, activation=softmax) }}
compile net {{ optimizer = {}, loss = sparse_categorical_crossentropy }}
"""


def losses_of(nnlc, folder, text):
    with open(os.path.join(folder, "p.nn"), "w") as out:
        out.write(text)
    done = subprocess.run([nnlc, "run", "-w", "p.nn"], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        print(done.stdout + done.stderr)
        return None
    return [float(x) for x in re.findall(r"^LOSS (.*)$", done.stdout, re.M)]


def fit_text(epochs, name):
    return (f"fit net on d as {name} {{ epochs = {epochs}, batch_size = {BATCH}, shuffle = false, verbose = 0 }}\n" +
            "".join(f'print "LOSS", {name}.loss[{i}]\n' for i in range(epochs)))


def keras_losses(model, x, y, epochs):
    return model.fit(x, y, epochs=epochs, batch_size=BATCH, shuffle=False, verbose=0).history["loss"]


def apart(a, b):
    return max(abs(p - q) for p, q in zip(a, b, strict=True)) if a and b else None


def to_keras(nnlc, folder, words, x, y):
    ours = losses_of(nnlc, folder, HEAD.format(words) + fit_text(BEFORE, "a") + 'save net to "ours.keras"\n' +
                     fit_text(AFTER, "b"))
    model = keras.models.load_model(os.path.join(folder, "ours.keras"))
    return apart(ours and ours[BEFORE:], keras_losses(model, x, y, AFTER))


def from_keras(nnlc, folder, words, make, x, y):
    keras.utils.set_random_seed(3)
    model = keras.Sequential([L.Input((6,)), L.Dense(8, activation="tanh"), L.Dense(3, activation="softmax")])
    model.compile(optimizer=make(), loss="sparse_categorical_crossentropy")
    keras_losses(model, x, y, BEFORE)
    model.save(os.path.join(folder, "theirs.keras"))
    model = keras.models.load_model(os.path.join(folder, "theirs.keras"))
    theirs = keras_losses(model, x, y, AFTER)
    ours = losses_of(nnlc, folder, HEAD.format(words) + 'load net from "theirs.keras"\n' + fit_text(AFTER, "b"))
    return apart(ours, theirs)


def cell(value):
    good = value is not None and value <= TOLERANCE
    return good, f"{value:.1e}" if good else f"WRONG {value}"


def main():
    nnlc = os.path.abspath(sys.argv[1])
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(ROWS, 6)).astype("f4"), rng.integers(0, 3, ROWS).astype("i4")
    passed = failed = 0
    print(f"Keras {keras.__version__}, {keras.backend.backend()}; losses of {AFTER} epochs, tolerance {TOLERANCE:g}")
    print(f"{'optimizer':58} {'to Keras':>16} {'from Keras':>16}")
    for words, make in OPTIMIZERS:
        if len(sys.argv) > 2 and sys.argv[2] not in words:
            continue
        with tempfile.TemporaryDirectory() as folder:
            np.save(os.path.join(folder, "x.npy"), x)
            np.save(os.path.join(folder, "y.npy"), y)
            a, b = cell(to_keras(nnlc, folder, words, x, y)), cell(from_keras(nnlc, folder, words, make, x, y))
        passed += a[0] + b[0]
        failed += 2 - a[0] - b[0]
        print(f"{words:58} {a[1]:>16} {b[1]:>16}", flush=True)
    print(f"{passed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
