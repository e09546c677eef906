"""Writes ten images of 2 x 2 and their labels in the format of MNIST: FOLDER/images, FOLDER/labels."""
import sys

folder = sys.argv[1]
with open(f"{folder}/images", "wb") as file:
    file.write(b"\0\0\x08\x03" + b"".join(n.to_bytes(4, "big") for n in (10, 2, 2)) + bytes(range(40)))
with open(f"{folder}/labels", "wb") as file:
    file.write(b"\0\0\x08\x01" + (10).to_bytes(4, "big") + bytes(i % 2 for i in range(10)))
