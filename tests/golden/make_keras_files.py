"""Small files that Keras wrote, and what it predicts with them: tests/golden/keras/, for tests without Keras.

    python tests/golden/make_keras_files.py        (Keras 3 with h5py)"""
import os

os.environ.setdefault("KERAS_BACKEND", "jax")
import h5py  # noqa: E402
import keras  # noqa: E402
import numpy as np  # noqa: E402
from keras import layers as L  # noqa: E402

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "keras")


def forged(name, make):
    """A file that no reader should follow."""
    with h5py.File(os.path.join(FOLDER, name + ".h5"), "w") as f:
        make(f)


def deep(f):
    for _ in range(40):
        f = f.create_group("g")


def many(f):
    inner = f.create_group("a")
    inner.create_group("b")
    for level in range(3):
        outer = f.create_group(f"level{level}")
        for i in range(128):
            outer[str(i)] = inner
        inner = outer


def virtual(f):
    layout = h5py.VirtualLayout((2,), "f4")
    layout[:] = h5py.VirtualSource("/etc/passwd", "x", (2,))
    f.create_virtual_dataset("x", layout)


def forge():
    forged("soft", lambda f: f.__setitem__("x", h5py.SoftLink("/y")))
    forged("external", lambda f: f.__setitem__("x", h5py.ExternalLink("/etc/passwd", "/x")))
    forged("elsewhere", lambda f: f.create_dataset("x", (2,), "f4", external=[("/etc/passwd", 0, 8)]))
    forged("virtual", virtual)
    forged("lzf", lambda f: f.create_dataset("x", data=np.zeros(64, "f4"), compression="lzf"))
    forged("gzip", lambda f: f.create_dataset("layers/dense/vars/0", data=np.zeros((64, 1), "f4"), compression="gzip"))
    forged("deep", deep)
    forged("long", lambda f: f.create_group("n" * 1500))
    forged("many", many)


def normalized():
    """Its weights in the layer, its count in 64 bits as TensorFlow keeps it."""
    x = np.arange(24, dtype="f4").reshape(4, 6) ** 2 / 8
    layer = L.Normalization()
    layer.adapt(x)
    net = keras.Sequential([L.Input((6,)), layer, L.Dense(2)], name="net")
    path = os.path.join(FOLDER, "normalized.weights.h5")
    net.save_weights(path)
    with h5py.File(path, "a") as f:
        group = f["layers/normalization/vars"]
        del group["2"]
        group["2"] = np.zeros((), "i8")
    np.save(os.path.join(FOLDER, "normalized_x.npy"), x)
    np.save(os.path.join(FOLDER, "normalized_y.npy"), np.asarray(net.predict(x, verbose=0)))


def main():
    forge()
    normalized()
    keras.utils.set_random_seed(1)
    encoder = keras.Sequential([L.Input((3,)), L.Dense(4, activation="tanh", name="first"), L.PReLU()], name="encoder")
    net = keras.Sequential([encoder, L.Dense(3), L.Dropout(0.5), L.Dense(2, activation="softmax", name="answer")], name="net")
    net.compile("adam", "sparse_categorical_crossentropy")
    x = np.arange(12, dtype="f4").reshape(4, 3) / 8 - 0.5
    net.fit(x, np.array([0, 1, 1, 0]), epochs=2, verbose=0)
    net.save_weights(os.path.join(FOLDER, "nested.weights.h5"))
    np.save(os.path.join(FOLDER, "nested_x.npy"), x)
    np.save(os.path.join(FOLDER, "nested_y.npy"), np.asarray(net.predict(x, verbose=0)))


if __name__ == "__main__":
    main()
