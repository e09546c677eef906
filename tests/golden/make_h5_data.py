"""Small HDF5 files that h5py wrote, for the source h5: tests/golden/h5/.

    python tests/golden/make_h5_data.py        (h5py)

plain.h5 holds [[0, 1, 100], [2, 3, 50]] in every type, in groups and packed, with targets, weights, and what is no
array of numbers. The other files are small ones that no reader takes whole; damage is done to packed.h5."""
import os

import h5py
import numpy as np

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "h5")
X = np.array([[0, 1, 100], [2, 3, 50]])
TYPES = ["u1", "i1", "<u2", ">u2", "<i2", ">i2", "<u4", ">u4", "<i4", ">i4", "<i8", ">i8", "<f2", ">f2", "<f4", ">f4",
         "<f8", ">f8"]


def new(name):
    return h5py.File(os.path.join(FOLDER, name + ".h5"), "w")


def plain():
    with new("plain") as f:
        for t in TYPES:
            f.create_dataset("types/" + t.replace("<", "little_").replace(">", "big_"), data=X.astype(t))
        f["types/b1"] = X > 1
        f["group/inner/x"] = X.astype("f4")
        f["x"] = X.astype("u1")
        f["y"] = np.array([1, 0], "i8")
        f["w"] = np.array([0.5, 2.0])
        f["pictures"] = np.arange(16, dtype="u1").reshape(2, 2, 2, 2)
        f.attrs["made"] = "by h5py"
        f["x"].attrs["scale"] = 1 / 255
        f["names"] = ["a", "b"]
        f["single"] = 7.0
        f["three"] = np.zeros(3)
        f["none"] = np.zeros((0, 3))
        f["complex"] = np.zeros(2, "c8")
        f["wide"] = np.zeros(2, "u8")
        f["soft"] = h5py.SoftLink("/x")
        f["external"] = h5py.ExternalLink("/etc/passwd", "/x")
        f["elsewhere/group"] = h5py.SoftLink("/group")
        f.create_dataset("outside", (2,), "f4", external=[("/etc/passwd", 0, 8)])
        f.create_dataset("lzf", data=np.zeros(64, "f4"), compression="lzf")
        layout = h5py.VirtualLayout((2,), "f4")
        layout[:] = h5py.VirtualSource("/etc/passwd", "x", (2,))
        f.create_virtual_dataset("virtual", layout)


def packed():
    big = (np.arange(40 * 6) % 7).reshape(40, 6)
    with new("packed") as f:
        f.create_dataset("x", data=big.astype(">f4"), chunks=(16, 4), compression="gzip", shuffle=True, fletcher32=True)
        f.create_dataset("y", data=(np.arange(40) % 3).astype("u1"), chunks=True, maxshape=(None,), compression="gzip")
        f.create_dataset("chunked", data=big, chunks=(7, 6))


def both():
    """For the rows of docs/from-keras.md."""
    x, y = (np.arange(6 * 64) * 5 % 256).reshape(6, 8, 8).astype("u1"), np.array([0, 1, 2, 2, 1, 0], "i4")
    with new("both") as f:
        f["x"], f["y"], f["train/images"], f["train/labels"] = x, y, x, y


if __name__ == "__main__":
    os.makedirs(FOLDER, exist_ok=True)
    plain()
    packed()
    both()
