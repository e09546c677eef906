"""rows.npy: the rows of rows.csv, in the order in which the model takes the columns."""
import struct

header = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }"
header += " " * (118 - len(header) - 1) + "\n"
with open("rows.npy", "wb") as out:
    out.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode())
    out.write(struct.pack("<4d", 1, 2, 3, 5))
