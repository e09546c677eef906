"""A trainer on a terminal: every bar that it draws, and what the screen shows in the end.

    progress.py TRAINER             bars, screen
    progress.py TRAINER --narrow    the screen of a terminal too narrow for a line"""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "driver", "Inputs"))
import on_terminal      # pylint: disable=wrong-import-position

COLUMNS = 120
FIGURE = r" - (?:val_)?\w+: \d+\.\d{4}(?:e-\d+)?"
BAR = re.compile(r" *(\d+)/(\d+) (━{20}) (\d+s|\d+:\d\d(?::\d\d)?) (\d+)(us|ms|s)/step((?:" + FIGURE + r")+)")
STYLE = re.compile(r"\x1b\[[0-9;]*m")


class Screen:
    """As much of a terminal as a bar needs: text, line ends, carriage returns, backspaces."""

    def __init__(self, columns):
        self.columns, self.rows, self.row, self.column = columns, [[]], 0, 0

    def put(self, text):
        for c in STYLE.sub("", text):
            if c == "\r":
                self.column = 0
            elif c == "\n":
                self.row += 1
            elif c == "\b":
                self.column = max(min(self.column, self.columns - 1) - 1, 0)
            else:
                self.write(c)

    def write(self, c):
        if self.column == self.columns:
            self.row, self.column = self.row + 1, 0
        while len(self.rows) <= self.row:
            self.rows.append([])
        cells = self.rows[self.row]
        cells.extend(" " * (self.column + 1 - len(cells)))
        cells[self.column] = c
        self.column += 1

    def lines(self):
        return ["".join(cells).rstrip() for cells in self.rows]


def expect(condition, what):
    if not condition:
        sys.exit(what)


def check_draw(text):
    """One drawing of the bar: its numbers fit, and as many cells are green as steps are done."""
    found = BAR.fullmatch(STYLE.sub("", text).rstrip())
    expect(found, f"not a bar: {text!r}")
    done, steps = int(found.group(1)), int(found.group(2))
    green = re.search(r"\x1b\[32m(━*)\x1b\[0m", text)
    expect(len(green.group(1) if green else "") == 20 * done // steps, f"the green part is wrong: {text!r}")
    return done, steps


def check_stream(text):
    draws = [check_draw(part) for part in re.split(r"[\r\n\b]+", text) if "━" in part]
    # After the last batch the bar is drawn, too, if time has passed: while a validation runs it is full.
    draws = [now for now, after in zip(draws, draws[1:] + [None]) if now != after]
    ends = [i for i, (done, steps) in enumerate(draws) if done == steps]
    expect([draws[i] for i in ends] == [(75, 75), (75, 75), (13, 13)], f"bars: {draws}")
    for first, last in zip([0] + [i + 1 for i in ends], ends):
        expect(first < last, f"no bar while it runs: {draws}")
        expect(draws[first:last + 1] == sorted(set(draws[first:last + 1])), f"not in order: {draws}")


def check_screen(text):
    screen = Screen(COLUMNS)
    screen.put(text)
    lines = screen.lines()
    expect(len(lines) == 6 and (lines[0], lines[2], lines[5]) == ("Epoch 1/2", "Epoch 2/2", "done"),
           f"screen: {lines}")
    for line, figures in ((lines[1], 4), (lines[3], 4), (lines[4], 2)):
        found = BAR.fullmatch(line)
        expect(found and found.group(1) == found.group(2), f"the end of a bar: {line!r}")
        expect(len(re.findall(FIGURE, found.group(7))) == figures, f"figures: {line!r}")


def check_narrow(trainer):
    """A bar that is drawn again stands where the last one stood: none is left half-way."""
    screen = Screen(50)
    screen.put(on_terminal.run([trainer], 50).decode())
    left = [line for line in screen.lines() if "━" in line and not re.match(r" *(\d+)/\1 ", line)]
    expect(not left, "left on the screen:\n" + "\n".join(left))


def main():
    trainer = sys.argv[1]
    if "--narrow" in sys.argv:
        check_narrow(trainer)
        return
    text = on_terminal.run([trainer], COLUMNS).decode()
    check_stream(text)
    check_screen(text)
    quiet = on_terminal.run([trainer, "-q"], COLUMNS).decode()
    expect(quiet == "done\r\n", f"-q: {quiet!r}")


main()
