"""Source lines in messages on terminals of several widths: none is longer than the terminal, and the caret stands
under the word that is wrong.

    narrow.py NNLC FOLDER"""
import os
import sys
import unicodedata

import on_terminal

NUMBERS = " + ".join(str(i) for i in range(60))
LINES = [
    f"let a = wrong0 + {NUMBERS}",
    f"let b = {NUMBERS} + wrong1 + {NUMBERS}",
    f"let c = {NUMBERS} + wrong2",
    "let d = '" + "日本語" * 12 + "' + wrong3 + '" + "é" * 70 + "'",
    "\tlet e =\t1 +\t2 +\t3 +\t4 +\t5 +\twrong4 +\t6 +\t7 +\t8 +\t9 +\t10 +\t11",
    "\tlet f =\twrong5\t+ 1",
    "let g = wrong6",
    "let h = '" + "e\u0301" * 50 + "' + wrong7",
]


def width_of(text):
    column = 0
    for c in text:
        if c == "\t":
            column += 8 - column % 8
        elif not unicodedata.combining(c):
            column += 2 if unicodedata.east_asian_width(c) in "WF" else 1
    return column


def check(lines, columns):
    seen = 0
    for source, marks in zip(lines, lines[1:]):
        at = source.find("wrong")
        if not marks.strip("\t ").startswith("^") or at < 0:
            continue
        seen += 1
        for line in (source, marks):
            if width_of(line) > columns:
                sys.exit(f"{columns} columns: {width_of(line)} are taken by {line!r}")
        if width_of(source[:at]) != width_of(marks[:marks.index("^")]):
            sys.exit(f"{columns} columns: the caret is elsewhere:\n{source}\n{marks}")
    if seen != len(LINES):
        sys.exit(f"{columns} columns: {seen} lines are shown")


def main():
    path = os.path.join(sys.argv[2], "p.nn")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(LINES) + "\n")
    for columns in (20, 33, 40, 79, 80, 100, 200, 1000):
        text = on_terminal.run([sys.argv[1], "check", "--color=never", path], columns).decode()
        check(text.replace("\r", "").split("\n"), columns)
        short = text.count("...")
        if (columns <= 80 and short < 5) or (columns == 1000 and short):
            sys.exit(f"{columns} columns: {short} cuts")


main()
