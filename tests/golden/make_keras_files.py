"""Small files that Keras wrote, and what it predicts with them: tests/golden/keras/, for tests without Keras.

    python tests/golden/make_keras_files.py        (Keras 3 with h5py)

keras2.h5, keras2_weights.h5 and keras213.keras are no files of Keras: they are made here with h5py in the layout of
Keras 2 (the names with ":0", lists of texts of a fixed length, the words of Keras 2.13), with numbers of Keras 3."""
import gzip
import io
import json
import os
import zipfile

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


# ---- every layer, in each format ----


def encoder_layers():
    return [L.Dense(5, name="a"), L.PReLU(), L.Dense(6, use_bias=False)]


def every_layer():
    return [L.Dense(6, activation="gelu", name="first"), L.PReLU(),
            keras.Sequential([L.Input((6,))] + encoder_layers(), name="encoder"),
            L.Reshape((3, 2)), L.Dense(4), L.Activation("tanh"), L.Flatten(), L.Dropout(0.5), L.Rescaling(0.5, offset=0.25),
            L.Identity(), L.ActivityRegularization(l2=0.125), L.ReLU(max_value=6.0, negative_slope=0.25), L.LeakyReLU(),
            L.ELU(), L.Dense(3, name="answer"), L.Softmax()]


def functional():
    """The same layers without names, by the functional API, the nested model too."""
    inner = inputs = keras.Input((6,))
    for layer in encoder_layers():
        inner = layer(inner)
    nested = keras.Model(inputs, inner)
    x = inputs = keras.Input((6,))
    for layer in every_layer():
        x = nested(x) if layer.name == "encoder" else layer(x)
    return keras.Model(inputs, x)


def deflate(name, to):
    with zipfile.ZipFile(os.path.join(FOLDER, name)) as old, zipfile.ZipFile(os.path.join(FOLDER, to), "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            new.writestr(zipfile.ZipInfo(member.filename), old.read(member), zipfile.ZIP_DEFLATED)


def save_layers():
    net = keras.Sequential([L.Input((6,))] + every_layer(), name="net")
    net.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    x = (np.arange(48, dtype="f4").reshape(8, 6) % 11) / 8 - 0.5
    net.fit(x, np.arange(8) % 3, epochs=2, verbose=0)
    net.save(os.path.join(FOLDER, "layers.keras"))
    net.save(os.path.join(FOLDER, "layers.h5"))
    deflate("layers.keras", "deflated.keras")
    np.save(os.path.join(FOLDER, "layers_x.npy"), x)
    np.save(os.path.join(FOLDER, "layers_y.npy"), np.asarray(net.predict(x, verbose=0)))
    other = functional()
    other.set_weights(net.get_weights())
    assert np.array_equal(net.predict(x, verbose=0), other.predict(x, verbose=0))
    other.save(os.path.join(FOLDER, "functional.keras"))
    other.save(os.path.join(FOLDER, "functional.h5"))
    return net


def save_frozen():
    """In a nested model, trained weights come first; all have one shape."""
    inner = keras.Sequential([L.Input((2,)), L.Dense(2, trainable=False), L.Dense(2), L.PReLU()], name="inner")
    net = keras.Sequential([inner, L.Dense(2, trainable=False)])
    rng = np.random.default_rng(3)
    net.set_weights([rng.normal(size=w.shape).astype("f4") for w in net.get_weights()])
    net.save(os.path.join(FOLDER, "frozen.h5"))
    x = rng.normal(size=(4, 2)).astype("f4")
    np.save(os.path.join(FOLDER, "frozen_x.npy"), x)
    np.save(os.path.join(FOLDER, "frozen_y.npy"), np.asarray(net.predict(x, verbose=0)))


def save_long():
    """Names so long that the lists of layers and of weights are cut into several attributes."""
    inner = keras.Sequential([L.Input((1,))] + [L.Dense(1) for _ in range(34)], name="n" * 960)
    net = keras.Sequential([inner] + [L.Identity() for _ in range(68)])
    net.set_weights([np.full(w.shape, 1 + i / 64, "f4") for i, w in enumerate(net.get_weights())])
    path = os.path.join(FOLDER, "lists.h5")
    net.save(path)
    with h5py.File(path) as f:
        assert "layer_names1" in f["model_weights"].attrs and "weight_names1" in f["model_weights"]["n" * 960].attrs
    with open(path, "rb") as f, gzip.GzipFile(path + ".gz", "wb", mtime=0) as packed:
        packed.write(f.read())
    os.remove(path)
    x = np.ones((1, 1), "f4")
    np.save(os.path.join(FOLDER, "lists_x.npy"), x)
    np.save(os.path.join(FOLDER, "lists_y.npy"), np.asarray(net.predict(x, verbose=0)))


def save_front():
    """Layers called as transforms become that nnlc saves: what Keras makes of such a file when it saves it again."""
    x = (np.arange(32, dtype="f4").reshape(8, 4) % 7) ** 2 / 4
    normal = L.Normalization(name="input_normalization")
    normal.adapt(x * 0.5 + 1)
    net = keras.Sequential([L.Input((4,)), L.Rescaling(0.5, name="input_rescaling"), L.Rescaling(1.0, offset=1.0, name="input_rescaling_1"),
                            normal, L.Dense(3, activation="tanh"), L.Dense(2)], name="net")
    for ending in ("keras", "h5"):
        net.save(os.path.join(FOLDER, "front." + ending))
    np.save(os.path.join(FOLDER, "front_x.npy"), x)
    np.save(os.path.join(FOLDER, "front_y.npy"), np.asarray(net.predict(x, verbose=0)))


# ---- Keras 2 ----


def fixed(names):
    return np.asarray([n.encode() for n in names])


def keras2_layer(layer):
    """As Keras 2 writes a layer into model_config, with the arguments that it had."""
    if isinstance(layer, keras.Sequential):
        return {"class_name": "Sequential", "config": {"name": layer.name, "layers": keras2_layers(layer)}}
    config = layer.get_config()
    config["dtype"] = "float32"
    config.pop("quantization_config", None)
    for key, value in config.items():
        if isinstance(value, dict) and "class_name" in value:
            config[key] = {"class_name": value["class_name"], "config": value["config"]}
    return {"class_name": type(layer).__name__, "config": config}


def keras2_layers(model):
    size = model.input_shape[1:]
    first = {"class_name": "InputLayer", "config": {"batch_input_shape": [None, *size], "dtype": "float32", "sparse": False,
                                                    "ragged": False, "name": model.name + "_input"}}
    return [first] + [keras2_layer(layer) for layer in model.layers]


def keras2_weights(group, net):
    group.attrs["layer_names"] = fixed([layer.name for layer in net.layers])
    group.attrs["backend"] = b"tensorflow"
    group.attrs["keras_version"] = b"2.15.0"
    for layer in sorted(net.layers, key=lambda x: x.name):
        inner = group.create_group(layer.name)
        weights = layer.trainable_weights + layer.non_trainable_weights
        names = ["/".join(w.path.split("/")[-2:]) + ":0" for w in weights]
        inner.attrs["weight_names"] = fixed(names)
        for name, w in zip(names, weights):
            inner[name] = np.asarray(w)
    group.create_group("top_level_model_weights").attrs["weight_names"] = fixed([])


def save_keras2(net):
    with h5py.File(os.path.join(FOLDER, "keras2.h5"), "w") as f:
        f.attrs["keras_version"] = b"2.15.0"
        f.attrs["backend"] = b"tensorflow"
        f.attrs["model_config"] = json.dumps({"class_name": "Sequential", "config": {"name": "net", "layers": keras2_layers(net)}}).encode()
        f.attrs["training_config"] = json.dumps({
            "loss": "sparse_categorical_crossentropy", "metrics": ["accuracy"], "weighted_metrics": None, "loss_weights": None,
            "optimizer_config": {"class_name": "Custom>Adam", "config": {
                "name": "Adam", "weight_decay": None, "clipnorm": None, "global_clipnorm": None, "clipvalue": None, "use_ema": False,
                "ema_momentum": 0.99, "ema_overwrite_frequency": None, "jit_compile": False, "is_legacy_optimizer": False,
                "learning_rate": 0.0010000000474974513, "beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-07, "amsgrad": False}}}).encode()
        keras2_weights(f.create_group("model_weights"), net)
        state = f.create_group("optimizer_weights")
        names = ["iteration:0"]
        state["iteration:0"] = np.int64(2)
        for w in net.trainable_weights:
            for slot in ("m", "v"):
                names.append(f"Adam/{slot}/" + "/".join(w.path.split("/")[-2:]) + ":0")
                state[names[-1]] = np.zeros(w.shape, "f4")
        state.attrs["weight_names"] = fixed(names)
    with h5py.File(os.path.join(FOLDER, "keras2_weights.h5"), "w") as f:
        keras2_weights(f, net)


def save_keras213():
    """In the first .keras files the groups of layers had another name."""
    with zipfile.ZipFile(os.path.join(FOLDER, "functional.keras")) as old:
        members = {m: old.read(m) for m in old.namelist()}
    out = io.BytesIO()
    with h5py.File(io.BytesIO(members["model.weights.h5"])) as f, h5py.File(out, "w") as to:
        def copy(name, item):
            name = "/".join("_layer_checkpoint_dependencies" if n == "layers" else n for n in name.split("/"))
            if isinstance(item, h5py.Dataset):
                to[name] = item[()]
        f.visititems(copy)
    members["model.weights.h5"] = out.getvalue()
    with zipfile.ZipFile(os.path.join(FOLDER, "keras213.keras"), "w", zipfile.ZIP_DEFLATED) as new:
        for name, text in members.items():
            new.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)


def save_nested():
    keras.utils.set_random_seed(1)
    encoder = keras.Sequential([L.Input((3,)), L.Dense(4, activation="tanh", name="first"), L.PReLU()], name="encoder")
    net = keras.Sequential([encoder, L.Dense(3), L.Dropout(0.5), L.Dense(2, activation="softmax", name="answer")], name="net")
    net.compile("adam", "sparse_categorical_crossentropy")
    x = np.arange(12, dtype="f4").reshape(4, 3) / 8 - 0.5
    net.fit(x, np.array([0, 1, 1, 0]), epochs=2, verbose=0)
    net.save_weights(os.path.join(FOLDER, "nested.weights.h5"))
    np.save(os.path.join(FOLDER, "nested_x.npy"), x)
    np.save(os.path.join(FOLDER, "nested_y.npy"), np.asarray(net.predict(x, verbose=0)))


def main():
    forge()
    normalized()
    save_nested()
    keras.utils.set_random_seed(2)
    net = save_layers()
    save_frozen()
    save_long()
    save_front()
    save_keras2(net)
    save_keras213()


if __name__ == "__main__":
    main()
