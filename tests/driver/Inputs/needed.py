"""What an ELF program needs when it starts: its interpreter and shared libraries, and where it looks for these.

    needed.py PROGRAM"""
import struct
import sys

PT_LOAD, PT_DYNAMIC, PT_INTERP = 1, 2, 3
DT_NEEDED, DT_STRTAB, DT_RPATH, DT_RUNPATH = 1, 5, 15, 29


def segments(image):
    at, = struct.unpack_from("<Q", image, 32)
    size, count = struct.unpack_from("<HH", image, 54)
    for i in range(count):
        kind, _, offset, address, _, length = struct.unpack_from("<IIQQQQ", image, at + i * size)
        yield kind, offset, address, length


def text_at(image, at):
    return image[at:image.index(b"\0", at)].decode()


def main():
    with open(sys.argv[1], "rb") as file:
        image = file.read()
    if image[:6] != b"\x7fELF\x02\x01":
        sys.exit(f"{sys.argv[1]} is no 64-bit little-endian ELF file")
    parts = list(segments(image))
    found = False
    for kind, offset, _, length in parts:
        if kind == PT_INTERP:
            print("interpreter", text_at(image, offset))
            found = True
        if kind != PT_DYNAMIC:
            continue
        rows = [struct.unpack_from("<QQ", image, at) for at in range(offset, offset + length, 16)]
        table = next(value for tag, value in rows if tag == DT_STRTAB)
        strings = next(o + table - a for k, o, a, n in parts if k == PT_LOAD and a <= table < a + n)
        for tag, value in rows:
            if tag == DT_NEEDED:
                print("needs", text_at(image, strings + value))
                found = True
            if tag in (DT_RPATH, DT_RUNPATH):
                for folder in text_at(image, strings + value).split(":"):
                    print("searches", folder if folder.startswith("/") else f"from the current folder: '{folder}'")
    if not found:
        print("needs nothing")


main()
