"""Fields of format() beside Python's format(): specs and values drawn at random, those that Python refuses
left out.

    format_python.py NNLC      in an empty folder"""
import math
import random
import subprocess
import sys

draw = random.Random(12)
FLOATS = [0.0, -0.0, 1.0, -1.5, 2.5, 0.1 + 0.2, 1e15, 1e16, 9999999999999998.0, 123456.789, 1e-4, 1e-5, 1e22,
          5e-324, 1.7976931348623157e308, -2.0 ** -44, 2.0 ** 70, math.pi, 999.9995, 99.95]
ODD = {"nan": "zero / zero", "inf": "one / zero", "-inf": "-one / zero"}
INTEGERS = [0, 1, -1, 42, 999, 1000, -1234567, 2 ** 53 + 1, 2 ** 63 - 1]
TEXTS = ["", "a", "abc", "h\u00e9llo", "\u65e5\u672c\u8a9e"]


def spec():
    parts = [draw.choice(["", "", "", "<", ">", "^", "=", "*<", "0>", "x^", "\u00e9="]), draw.choice(["", "", "+", "-", " "]),
             draw.choice(["", "", "0"]), draw.choice(["", "", "1", "6", "9", "12", "25"]), draw.choice(["", "", ","]),
             draw.choice(["", "", ".0", ".1", ".2", ".3", ".6", ".17", ".30"]), draw.choice(["", *"defgEFG%s"])]
    return "".join(parts)


def fields(n):
    """Triples of spec, value, and the value in the program."""
    found = []
    while len(found) < n:
        s = spec()
        kind = draw.randrange(4)
        if kind == 0:
            value = draw.choice(INTEGERS)
            written = str(value)
        elif kind == 1:
            value = draw.choice(TEXTS)
            written = f'"{value}"'
        elif kind == 2 and draw.random() < 0.3:
            value, written = draw.choice(list(ODD.items()))
            value = float(value)
        else:
            value = draw.choice(FLOATS) if draw.random() < 0.5 else draw.uniform(-1, 1) * 10 ** draw.uniform(-8, 12)
            written = repr(value)
        try:
            found.append((s, value, written, format(value, s)))
        except ValueError:
            pass
    return found


def main():
    lines, wanted = ["option zero = 0.0", "option one = 1.0"], []
    for i, (s, value, written, text) in enumerate(fields(900)):
        known = value == value and not (isinstance(value, float) and math.isinf(value))
        if known and draw.random() < 0.5:
            lines.append(f"option o{i} = {written}")
            written = f"o{i}"
        lines.append(f'print format("<{{:{s}}}|{{{{}}}}>", {written})')
        wanted.append((f"<{text}|{{}}>", lines[-1]))
    with open("program.nn", "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    done = subprocess.run([sys.argv[1], "run", "-w", "program.nn"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)
    if done.returncode:
        sys.exit(done.stderr.decode("utf-8")[:2000])
    found = done.stdout.decode("utf-8").splitlines()
    if len(found) != len(wanted):
        sys.exit(f"{len(found)} lines, not {len(wanted)}")
    wrong = [f"{line}\n  found  {f}\n  wanted {w}" for f, (w, line) in zip(found, wanted) if f != w]
    if wrong:
        sys.exit("\n".join(wrong[:10]))


main()
