"""Writes small arrays of pictures and their classes as .npy files into the working folder."""
import struct


def npy(path, descr, shape, data):
    header = repr({"descr": descr, "fortran_order": False, "shape": shape}).encode()
    header = header.ljust(117) + b"\n"
    with open(path, "wb") as f:
        f.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + data)


npy("x.npy", "|u1", (40, 4, 6), bytes(i * 7 % 256 for i in range(40 * 24)))
npy("y.npy", "|u1", (40,), bytes(i % 3 for i in range(40)))
npy("rgb.npy", "|u1", (6, 4, 4, 3), bytes(i * 5 % 256 for i in range(6 * 48)))
npy("numbers.npy", "<f4", (6,), struct.pack("<6f", *(i / 4 for i in range(6))))
npy("odd.npy", "<f4", (5, 2, 2, 2), bytes(5 * 8 * 4))
npy("flat.npy", "<f4", (6, 24), bytes(6 * 24 * 4))
