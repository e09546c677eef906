"""Makes display_widths.def: which characters take no column of a terminal, and which take two.

    python3 runtime/abi/make_display_widths.py > runtime/abi/display_widths.def
"""
import sys
import unicodedata

HANGUL_PARTS = range(0x1160, 0x1200)     # vowels and finals, drawn into the syllable before
SOFT_HYPHEN = 0xad


def width(code):
    """0, 1, 2; None: not assigned."""
    character = chr(code)
    category = unicodedata.category(character)
    if category == "Cn":
        return None
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    if category in ("Mn", "Me", "Cf") and code != SOFT_HYPHEN or code in HANGUL_PARTS:
        return 0
    return 1


def ranges():
    """Code points that are not assigned go with the range before them if it goes on behind them."""
    first = last = kind = None
    for code in range(0xa0, sys.maxunicode + 1):
        now = width(code)
        if now is None:
            continue
        if now == kind:
            last = code
            continue
        if kind in (0, 2):
            yield kind, first, last
        first, last, kind = code, code, now


def main():
    rows = list(ranges())
    print("/* WIDTH(columns, first, last)\n *\n"
          f" * Made by make_display_widths.py of Unicode {unicodedata.unidata_version}; other characters take one column. */")
    for i in range(0, len(rows), 3):
        print(" ".join(f"WIDTH({kind}, 0x{first:x}, 0x{last:x})" for kind, first, last in rows[i:i + 3]))
    print("#undef WIDTH")


main()
