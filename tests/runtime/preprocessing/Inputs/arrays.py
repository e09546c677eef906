"""good.npy (4 x 2), wide.npy (4 x 3), holes.npy (4 x 2, with values that are not finite), y.npy (4)."""
import struct


def write(name, rows, columns, values):
    shape = f"({rows}, {columns})" if columns else f"({rows},)"
    header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}"
    header += " " * (118 - len(header) - 1) + "\n"
    with open(name, "wb") as out:
        out.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode())
        out.write(struct.pack(f"<{len(values)}f", *values))


nan, inf = float("nan"), float("inf")
write("good.npy", 4, 2, [1, 2, 3, 4, 5, 6, 7, 8])
write("wide.npy", 4, 3, range(12))
write("holes.npy", 4, 2, [1, 2, nan, 4, 5, inf, 7, -inf])
write("x.npy", 4, 2, [1, 2, 3, 4, 5, 6, 7, 8])
write("y.npy", 4, 0, [1, 2, 3, 4])
