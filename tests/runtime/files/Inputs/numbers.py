"""Compares what unit_files_text prints for many doubles with Python's repr, and reads its JSON."""
import json
import math
import os
import random
import shutil
import struct
import subprocess

PROGRAM = os.path.join(os.path.dirname(shutil.which("nnlc")), "unit", "unit_files_text")


def values():
    random.seed(7)
    for k in range(-1074, 1024):                 # the gaps change at powers of two
        power = math.ldexp(1.0, k)
        yield from (power, math.nextafter(power, 0), math.nextafter(power, math.inf))
    for k in range(-330, 309):
        yield from (float(f"1e{k}"), float(f"-9.5e{k}"), float(f"1.2345678e{k}"))
    for _ in range(8000):
        yield struct.unpack("<d", random.randbytes(8))[0]
        yield struct.unpack("<f", struct.pack("<f", random.uniform(-3, 3)))[0]
        yield round(random.uniform(-1000, 1000), random.randrange(6))
        yield float(random.randrange(-10 ** 18, 10 ** 18))


def printed(what, numbers):
    lines = "".join(f"{x.hex()}\n" for x in numbers)
    done = subprocess.run([PROGRAM, what], input=lines, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.split("\n")[:-1]


def same(x, y):
    """As doubles, or as floats if x is one."""
    try:
        is_float = struct.unpack("<f", struct.pack("<f", x))[0] == x
        return x == y or (is_float and x == struct.unpack("<f", struct.pack("<f", y))[0])
    except OverflowError:
        return x == y


def main():
    numbers = list(values())
    texts = printed("repr", numbers)
    differ = [(x, text) for x, text in zip(numbers, texts, strict=True) if text != repr(x)]
    print(f"{len(texts)} numbers as repr, {len(differ)} differ", *differ[:5])
    texts = printed("json", numbers)
    differ = [(x, text) for x, text in zip(numbers, texts, strict=True)
              if not (same(x, json.loads(text)) if math.isfinite(x) else text == "null")]
    print(f"{len(texts)} numbers as JSON, {len(differ)} read back as others", *differ[:5])


main()
