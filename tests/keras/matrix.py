"""Every layer, every format, both directions, against Keras.

    python tests/keras/matrix.py build/dev/nnlc

The Python that runs it must have Keras 3 and h5py (a virtual environment); nnlc never needs it. Prints the matrix:
for each layer and format whether Keras loads what nnlc saves, and nnlc what Keras saves, with the same outputs."""
import os
import subprocess
import sys
import tempfile

os.environ.setdefault("KERAS_BACKEND", "jax")
import keras  # noqa: E402
import numpy as np  # noqa: E402
from keras import layers as L  # noqa: E402

TOLERANCE = 1e-6  # outputs around 1, computed in f32 in another order

# name, the text of the layers behind Input(6), the same in Keras
LAYERS = [
    ("Dense", "Dense(4)", lambda: [L.Dense(4)]),
    ("Dense, no bias", "Dense(4, use_bias=false)", lambda: [L.Dense(4, use_bias=False)]),
    ("Dense on 3 axes", "Reshape((3, 2)); Dense(4)", lambda: [L.Reshape((3, 2)), L.Dense(4)]),
    ("activation", "Dense(4, activation=gelu)", lambda: [L.Dense(4, activation="gelu")]),
    ("Activation", "Activation(tanh)", lambda: [L.Activation("tanh")]),
    ("Flatten", "Reshape((3, 2)); Flatten(); Dense(2)", lambda: [L.Reshape((3, 2)), L.Flatten(), L.Dense(2)]),
    ("Dropout", "Dropout(0.5); Dense(2)", lambda: [L.Dropout(0.5), L.Dense(2)]),
    ("Rescaling", "Rescaling(2.0, offset=1.0); Dense(2)", lambda: [L.Rescaling(2.0, offset=1.0), L.Dense(2)]),
    ("Normalization", "Normalization(mean=[1, 2, 3, 4, 5, 6], variance=[1, 1, 1, 2, 2, 2]); Dense(2)",
     lambda: [L.Normalization(mean=[1, 2, 3, 4, 5, 6], variance=[1, 1, 1, 2, 2, 2]), L.Dense(2)]),
    ("Normalization, learned", "Normalization(); Dense(2)", lambda: [L.Normalization(), L.Dense(2)]),
    ("Normalization, 2 axes", "Reshape((3, 2)); Normalization(axis=[1, 2], invert=true); Dense(2)",
     lambda: [L.Reshape((3, 2)), L.Normalization(axis=(1, 2), invert=True), L.Dense(2)]),
    ("Normalization, none", "Normalization(axis=none); Dense(2)", lambda: [L.Normalization(axis=None), L.Dense(2)]),
    ("Identity", "Identity(); Dense(2)", lambda: [L.Identity(), L.Dense(2)]),
    ("ActivityReg.", "ActivityRegularization(l2=0.5); Dense(2)", lambda: [L.ActivityRegularization(l2=0.5), L.Dense(2)]),
    ("ReLU", "ReLU(max_value=1.0); Dense(2)", lambda: [L.ReLU(max_value=1.0), L.Dense(2)]),
    ("LeakyReLU", "LeakyReLU(); Dense(2)", lambda: [L.LeakyReLU(), L.Dense(2)]),
    ("PReLU", "PReLU(alpha_initializer=ones); Dense(2)", lambda: [L.PReLU(alpha_initializer="ones"), L.Dense(2)]),
    ("ELU", "ELU(); Dense(2)", lambda: [L.ELU(), L.Dense(2)]),
    ("Softmax", "Dense(3); Softmax()", lambda: [L.Dense(3), L.Softmax()]),
    ("nested", "encoder(); Dense(3); Dense(2)",
     lambda: [keras.Sequential([L.Input((6,)), L.Dense(5, name="a"), L.PReLU(), L.Dense(4)]), L.Dense(3), L.Dense(2)]),
    ("nested, frozen", "half(); Dense(6)",
     lambda: [keras.Sequential([L.Input((6,)), L.Dense(6, trainable=False), L.Dense(6), L.PReLU()]), L.Dense(6)]),
    ("frozen", "Dense(6, trainable=false); Dense(6)", lambda: [L.Dense(6, trainable=False), L.Dense(6)]),
]
# What is tried in both directions; the others are read only.
FORMATS = [".weights.h5", ".keras", ".h5"]
BLOCKS = """model encoder { Input(6); Dense(5, name="a"); PReLU(); Dense(4) }
model half { Input(6); Dense(6, trainable=false); Dense(6); PReLU() }
"""


def run(nnlc, folder, text):
    with open(os.path.join(folder, "p.nn"), "w") as out:
        out.write(text)
    done = subprocess.run([nnlc, "run", "-w", "p.nn"], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        print(done.stderr)
    return done.returncode == 0


def randomized(model):
    rng = np.random.default_rng(1)
    for w in model.weights:  # no variance is negative
        values = rng.normal(size=w.shape) / 2
        w.assign(w.value if w.dtype == "int32" else abs(values) if w.name == "variance" else values)
    for layer in model.layers:
        if isinstance(layer, L.Normalization):
            layer.finalize_state()
    return model


def difference(folder, model, x):
    ours = np.load(os.path.join(folder, "p.npy"))
    theirs = np.asarray(model(x))
    return float(np.max(np.abs(ours - theirs) / np.maximum(1, np.abs(theirs))))


def try_layer(nnlc, folder, name, text, make, ending):
    x = np.random.default_rng(2).normal(size=(5, 6)).astype("f4")
    np.save(os.path.join(folder, "x.npy"), x)
    head = f'data d {{ train = npy("x.npy") }}\n{BLOCKS}model net {{ Input(6); {text} }}\n'
    ours, theirs = os.path.join(folder, "ours" + ending), os.path.join(folder, "theirs" + ending)
    model = randomized(keras.Sequential([L.Input((6,))] + make()))
    result = {}
    if ending == ".weights.h5":
        model.save_weights(theirs)
    else:
        model.compile("adam", "mse")
        model.train_on_batch(x, np.asarray(model(x)))  # so that it has an optimizer with variables
        model.save(theirs)
    good = run(nnlc, folder, head + f'load net from "theirs{ending}"\npredict net on d.train to "p.npy"\n')
    result["nnlc reads"] = difference(folder, model, x) if good else None
    # only a file fills a Normalization without numbers of its own
    load = f'load net from "theirs{ending}"\n' if "Normalization, " in name else ""
    good = run(nnlc, folder, 'config { seed = 5 }\n' + head + load +
               f'save net to "ours{ending}"\npredict net on d.train to "p.npy"\n')
    try:
        if ending == ".weights.h5":
            model.load_weights(ours)
        else:
            model = keras.models.load_model(ours)
        result["Keras reads"] = difference(folder, model, x) if good else None
    except Exception as error:  # the matrix shows it
        result["Keras reads"] = None
        try:
            keras.models.load_model(theirs)
            print(error)
        except Exception:
            result["Keras reads"] = "own fails"
    return result


def main():
    nnlc = os.path.abspath(sys.argv[1])
    wrong = tried = 0
    print(f"Keras {keras.__version__}, {keras.backend.backend()}; tolerance {TOLERANCE:g}")
    print(f"{'layer':22} {'format':12} {'nnlc reads':>12} {'Keras reads':>12}")
    for name, text, make in LAYERS:
        for ending in FORMATS:
            with tempfile.TemporaryDirectory() as folder:
                result = try_layer(nnlc, folder, name, text, make, ending)
            cells = []
            for key in ("nnlc reads", "Keras reads"):
                tried += 1
                if result[key] == "own fails":  # Keras cannot read the file that it wrote itself either
                    cells.append("own fails")
                    tried -= 1
                    continue
                good = result[key] is not None and result[key] <= TOLERANCE
                wrong += not good
                cells.append(f"{result[key]:.1e}" if good else f"WRONG {result[key]}")
            print(f"{name:22} {ending:12} {cells[0]:>12} {cells[1]:>12}", flush=True)
    print(f"{tried - wrong} passed, {wrong} failed")
    return wrong != 0


if __name__ == "__main__":
    sys.exit(main())
