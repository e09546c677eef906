"""HDF5 files that are cut, or changed outside of their numbers: 20 of each that is named.

    forge_h5.py cut|change FILE ..."""
import random
import re
import sys

random.seed(5)
for path in sys.argv[2:]:
    with open(path, "rb") as f:
        good = f.read()
    marks = [m.start() for m in re.finditer(rb"TREE|HEAP|SNOD|GCOL|kernel|bias|_names|[\x01-\x20]\0{5}", good)]
    for i in range(20):
        data = bytearray(good[:len(good) * i // 20] if sys.argv[1] == "cut" else good)
        if sys.argv[1] == "change":
            for _ in range(1 + i % 5):
                data[min(random.choice(marks) + random.randrange(12), len(data) - 1)] ^= 1 + random.randrange(255)
        name = f"{sys.argv[1]}{i}_{path}"
        with open(name, "wb") as out:
            out.write(data)
        print(name)
