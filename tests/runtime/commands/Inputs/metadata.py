"""Writes a .safetensors file again with one value of its metadata replaced by another of its length.

    metadata.py FILE KEY OLD NEW > NEW_FILE
"""
import sys

path, key, old, new = sys.argv[1:]
with open(path, "rb") as file:
    data = file.read()
before = f'"{key}":{old}'.encode("ascii")
after = f'"{key}":{new}'.encode("ascii")
assert data.count(before) == 1 and len(before) == len(after)
sys.stdout.buffer.write(data.replace(before, after))
