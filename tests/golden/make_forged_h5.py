"""Legacy .h5 files that no Keras writes: tests/golden/keras/forged.zip. Each is the good file of weights (good.h5: Dense(3)
called a, Dense(1) called b, for 2 inputs) with one thing changed.

    python tests/golden/make_forged_h5.py        (h5py)"""
import io
import os
import zipfile

import h5py
import numpy as np

PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "keras", "forged.zip")
A = np.arange(6, dtype="f4").reshape(2, 3)
files = {}


def fixed(names):
    return np.asarray([n.encode() for n in names])


def good(f):
    f.attrs["layer_names"] = fixed(["a", "pause", "b"])
    f.attrs["backend"] = b"tensorflow"
    f.attrs["keras_version"] = b"2.15.0"
    for name, kernel in (("a", A), ("b", np.ones((3, 1), "f4"))):
        g = f.create_group(name)
        g.attrs["weight_names"] = fixed([f"{name}/kernel:0", f"{name}/bias:0"])
        g[f"{name}/kernel:0"] = kernel
        g[f"{name}/bias:0"] = np.zeros(kernel.shape[1], "f4")
    f.create_group("pause").attrs["weight_names"] = fixed([])


def make(name, change=lambda f: None):
    out = io.BytesIO()
    with h5py.File(out, "w") as f:
        good(f)
        change(f)
    files[name + ".h5"] = out.getvalue()


def lists(name, group, key, value):
    def change(f):
        del f[group].attrs[key]
        if value is not None:
            f[group].attrs[key] = value
    make(name, change)


def kernel(name, put):
    """Another thing where the kernel of a should be."""
    def change(f):
        del f["a/a/kernel:0"]
        put(f["a/a"], "kernel:0")
    make(name, change)


def array(name, value, **how):
    kernel(name, lambda g, key: g.create_dataset(key, data=value, **how))


def change_lists():
    lists("no_layers", "/", "layer_names", None)
    lists("empty_layers", "/", "layer_names", fixed([]))
    lists("one_text", "/", "layer_names", "a")
    lists("numbers", "/", "layer_names", np.arange(3))
    lists("swapped", "/", "layer_names", fixed(["b", "pause", "a"]))
    lists("same_layer", "/", "layer_names", fixed(["a", "a", "b"]))
    lists("foreign_layer", "/", "layer_names", fixed(["a", "c"]))
    lists("less_layers", "/", "layer_names", fixed(["a", "pause"]))
    lists("up", "/", "layer_names", fixed(["../a", "b"]))
    lists("empty_name", "/", "layer_names", fixed(["", "a", "b"]))
    lists("many_layers", "/", "layer_names", fixed(["a"] * 60000))
    lists("no_weights", "a", "weight_names", None)
    lists("empty_weights", "a", "weight_names", fixed([]))
    lists("foreign_weight", "a", "weight_names", fixed(["a/kernel:0", "a/gamma:0"]))
    lists("same_weight", "a", "weight_names", fixed(["a/kernel:0", "a/kernel:0"]))
    lists("less_weights", "a", "weight_names", fixed(["a/kernel:0"]))
    lists("swapped_weights", "a", "weight_names", fixed(["a/bias:0", "a/kernel:0"]))
    lists("more_weights", "pause", "weight_names", fixed(["../a/a/bias:0"]))
    lists("up_weight", "a", "weight_names", fixed(["../b/b/kernel:0", "a/bias:0"]))
    lists("group_as_weight", "a", "weight_names", fixed(["a", "a/bias:0"]))
    lists("empty_weight", "a", "weight_names", fixed(["", "a/bias:0"]))
    lists("text_weights", "a", "weight_names", "a/kernel:0")

    def gap(f):
        del f.attrs["layer_names"]
        f.attrs["layer_names0"], f.attrs["layer_names2"] = fixed(["a"]), fixed(["b"])
    make("gap", gap)

    def top(f):
        f.create_group("top_level_model_weights").attrs["weight_names"] = fixed(["x"])
        f["top_level_model_weights/x"] = np.ones(2, "f4")
    make("top", top)

    def no_group(f):
        del f["a"]
    make("no_group", no_group)

    def group_is_array(f):
        del f["a"]
        f["a"] = A
    make("group_is_array", group_is_array)


def change_arrays():
    array("transposed", A.T)
    array("long_rows", np.zeros((2, 4), "f4"))
    array("flat", A.reshape(6))
    array("rank3", A.reshape(1, 2, 3))
    array("rank32", np.zeros((1,) * 32, "f4"))
    array("scalar", np.float32(1))
    array("no_rows", np.zeros((0, 3), "f4"))
    array("doubles", A.astype("f8"))
    array("integers", A.astype("i4"))
    array("truth", A.astype("?"))
    array("complex", A.astype("c8"))
    array("texts", np.asarray([[b"x"] * 3] * 2))
    array("pairs", np.zeros((2, 3), [("x", "f4"), ("y", "f4")]))
    array("no_space", h5py.Empty("f4"))
    kernel("lists_of_numbers", lambda g, key: g.create_dataset(key, (2, 3), h5py.vlen_dtype("f4")))
    array("bomb", np.zeros((1 << 14, 1 << 13), "f4"), compression="gzip", chunks=(1 << 11, 1 << 13))
    kernel("claims", lambda g, key: g.create_dataset(key, (1 << 40, 1 << 20), "f4", chunks=(1 << 10, 1 << 10)))
    kernel("claims_less", lambda g, key: g.create_dataset(key, (1 << 20, 1 << 14), "f4", chunks=(1 << 10, 1 << 10)))
    kernel("is_group", lambda g, key: g.create_group(key))
    kernel("is_type", lambda g, key: g.__setitem__(key, np.dtype("f4")))
    kernel("soft", lambda g, key: g.__setitem__(key, h5py.SoftLink("/b/b/kernel:0")))
    kernel("nowhere", lambda g, key: g.__setitem__(key, h5py.SoftLink("/x")))
    kernel("external", lambda g, key: g.__setitem__(key, h5py.ExternalLink("/etc/passwd", "/x")))
    kernel("elsewhere", lambda g, key: g.create_dataset(key, (2, 3), "f4", external=[("/etc/passwd", 0, 24)]))
    kernel("lzf", lambda g, key: g.create_dataset(key, data=A, compression="lzf", chunks=(2, 3)))

    def virtual(g, key):
        layout = h5py.VirtualLayout((2, 3), "f4")
        layout[:] = h5py.VirtualSource("/etc/passwd", "x", (2, 3))
        g.create_virtual_dataset(key, layout)
    kernel("virtual", virtual)


def change_groups():
    def cycle(f):
        f["a/a/again"] = f["a"]
    make("cycle", cycle)

    def deep(f):
        g = f["pause"]
        for _ in range(40):
            g = g.create_group("g")
    make("deep", deep)
    make("long", lambda f: f["pause"].create_group("n" * 1500))


make("good")
change_lists()
change_arrays()
change_groups()
with zipfile.ZipFile(PATH, "w", zipfile.ZIP_DEFLATED) as out:
    for name, data in files.items():
        out.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
print(len(files), "files,", os.path.getsize(PATH), "bytes")
