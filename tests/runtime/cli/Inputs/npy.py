"""Writes small .npy files into the working folder: the rows of predict_file.test, and others."""
import struct


def write(name, descr, code, rows):
    shape = f"({len(rows)}, {len(rows[0])})"
    head = f"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}".ljust(117) + "\n"
    with open(name, "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head.encode("ascii"))
        for row in rows:
            file.write(struct.pack(f"<{len(row)}{code}", *row))


write("f32.npy", "<f4", "f", [[0.5, 0.25], [1, -1]])
write("f64.npy", "<f8", "d", [[0.5, 0.25], [1, -1]])
write("three.npy", "<f4", "f", [[1, 2, 3]])
write("holes.npy", "<f8", "d", [[0.5, float("nan")], [float("nan"), 2]])
write("bytes.npy", "|u1", "B", [[0, 1], [2, 250], [3, 4], [90, 7]])
write("targets.npy", "<f4", "f", [[0], [1], [0], [1]])
