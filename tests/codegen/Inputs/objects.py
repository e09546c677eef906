"""Looks at what --emit=obj writes, at -O0 and -O2: undefined symbols, writable sections, symbols shown.

    objects.py NNLC SCRATCH PROGRAM.nn ..."""
import struct
import subprocess
import sys

nnlc, scratch, programs = sys.argv[1], sys.argv[2], sys.argv[3:]
SHT_SYMTAB, SHT_NOBITS = 2, 8
SHF_WRITE, SHF_ALLOC, SHF_TLS = 1, 2, 0x400
UNDEFINED, STB_LOCAL = 0, 0


class Elf:
    """Sections and symbols of a 64-bit little-endian object file."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.image = file.read()
        if self.image[:6] != b"\x7fELF\x02\x01":
            sys.exit(f"{path} is no object file")
        at, = struct.unpack_from("<Q", self.image, 40)
        size, count, names = struct.unpack_from("<HHH", self.image, 58)
        rows = [struct.unpack_from("<IIQQQQIIQQ", self.image, at + i * size) for i in range(count)]
        self.sections = [(self.text(rows[names][4] + row[0]), *row[1:]) for row in rows]

    def text(self, at):
        return self.image[at:self.image.index(b"\0", at)].decode()

    def symbols(self):
        """(name, binding, section) of each."""
        for section in self.sections:
            if section[1] != SHT_SYMTAB:
                continue
            strings = self.sections[section[6]][4]
            for at in range(section[4] + 24, section[4] + section[5], 24):
                name, info, _, index = struct.unpack_from("<IBBH", self.image, at)
                yield self.text(strings + name), info >> 4, index


def findings(path):
    elf = Elf(path)
    shown = []
    for name, binding, section in elf.symbols():
        if section == UNDEFINED:
            yield f"the undefined symbol '{name}'"
        elif binding != STB_LOCAL:
            shown.append(name)
    if shown != ["nnl_program"]:
        yield f"the symbols {shown} are shown, not nnl_program alone"
    for name, kind, flags, _, _, size, *_ in elf.sections:
        if flags & SHF_ALLOC and flags & (SHF_WRITE | SHF_TLS) and size \
                and not name.startswith(".data.rel.ro"):
            yield f"the writable section '{name}' of {size} bytes"


def main():
    wrong = 0
    for program in programs:
        for level in ("-O0", "-O2"):
            path = f"{scratch}.o"
            subprocess.run([nnlc, level, "--emit=obj", program, "-o", path], check=True)
            for finding in findings(path):
                print(f"{program} at {level} has {finding}")
                wrong += 1
    sys.exit(1 if wrong else 0)


main()
