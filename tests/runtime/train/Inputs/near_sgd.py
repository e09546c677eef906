"""Compares what cases.nn printed with expected.csv (tests/golden/make_sgd.py): numbers of epochs, and coefficients.

Models of a fixed number of epochs agree to 1e-4 of the largest coefficient. Those that stop by themselves go on for up to
a hundred epochs of f32, and agree to 1e-3."""
import re
import sys

FIXED, LONG = 1e-4, 1e-3
want = [[float(v) for v in line.split(",")] for line in open(sys.argv[1])]
calls = [line.strip() for line in open(sys.argv[2]) if line.startswith("let ")]
lines = [line for line in sys.stdin if re.match(r"\d+ \[", line)]
wrong = []
if not len(lines) == len(want) == len(calls):
    sys.exit(f"{len(lines)} lines, but {len(want)} are expected")
for line, numbers, call in zip(lines, want, calls):
    got = [float(v) for v in re.findall(r"[-+.e\d]+", line)]
    scale = max(abs(v) for v in numbers[1:])
    far = max(abs(a - b) for a, b in zip(got[1:], numbers[1:])) / scale
    if len(got) != len(numbers) or got[0] != numbers[0] or far > (FIXED if "max_iter" in call else LONG):
        wrong.append(f"{call}: {got[0]:g} epochs instead of {numbers[0]:g}, {far:g} apart")
print("\n".join(wrong))
print(f"{len(want) - len(wrong)} models agree with scikit-learn")
sys.exit(1 if wrong else 0)
