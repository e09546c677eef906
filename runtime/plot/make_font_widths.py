"""Makes font_widths.def: how wide the characters of DejaVu Sans are.

    python3 runtime/plot/make_font_widths.py /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf > runtime/plot/font_widths.def
"""
import struct
import sys

RANGES = ((0x20, 0x7e), (0xa0, 0x17f), (0x386, 0x3ce), (0x400, 0x45f), (0x2010, 0x2044), (0x2070, 0x208e), (0x2190, 0x2195),
          (0x2200, 0x2265), (0x25a0, 0x25cf))


def table(font, name):
    for i in range(struct.unpack_from(">H", font, 4)[0]):
        tag, _, at, size = struct.unpack_from(">4sIII", font, 12 + 16 * i)
        if tag.decode() == name:
            return font[at:at + size]
    sys.exit(f"the font has no table '{name}'")


def glyphs(cmap):
    """Code point -> glyph, of the Unicode subtable for the first 65,536 (format 4)."""
    for i in range(struct.unpack_from(">H", cmap, 2)[0]):
        platform, encoding, at = struct.unpack_from(">HHI", cmap, 4 + 8 * i)
        if (platform, encoding) == (3, 1):
            break
    n = struct.unpack_from(">H", cmap, at + 6)[0] // 2
    ends, starts, deltas, offsets = (at + 14, at + 16 + 2 * n, at + 16 + 4 * n, at + 16 + 6 * n)
    found = {}
    for k in range(n):
        end, start, delta, offset = (struct.unpack_from(">H", cmap, base + 2 * k)[0]
                                     for base in (ends, starts, deltas, offsets))
        for code in range(start, min(end, 0xfffe) + 1):
            glyph = code
            if offset:
                glyph = struct.unpack_from(">H", cmap, offsets + 2 * k + offset + 2 * (code - start))[0]
            if glyph or not offset:
                found[code] = (glyph + delta) & 0xffff
    return found


def main():
    with open(sys.argv[1], "rb") as file:
        font = file.read()
    em = struct.unpack_from(">H", table(font, "head"), 18)[0]
    n_widths = struct.unpack_from(">H", table(font, "hhea"), 34)[0]
    widths, glyph_of = table(font, "hmtx"), glyphs(table(font, "cmap"))

    def width(code):
        glyph = min(glyph_of.get(code, 0), n_widths - 1)
        return round(struct.unpack_from(">H", widths, 4 * glyph)[0] * 1000 / em)

    rows = []
    for first, last in RANGES:
        for code in range(first, last + 1):
            if rows and rows[-1][1] == code - 1 and rows[-1][2] == width(code):
                rows[-1][1] = code
            else:
                rows.append([code, code, width(code)])
    print("/* Made by make_font_widths.py; do not edit. Advance widths of DejaVu Sans in thousandths of its size.")
    print(" * WIDTH(first, last, width): characters of one width that follow each other */")
    line = ""
    for first, last, wide in rows:
        row = f"WIDTH(0x{first:x}, 0x{last:x}, {wide})"
        if line and len(line) + len(row) > 118:
            print(line)
            line = ""
        line += (" " if line else "") + row
    print(line)
    print("#undef WIDTH")


if __name__ == "__main__":
    main()
