"""Tries every row of the tables of docs/from-keras.md.

    python_rows.py NNLC ROOT SCRATCH PAGE.md

A program of the page (```nn) has a line with "# <-". The lines of the tables below it take that line's
place, with its indentation. In a row `| Python | nn | remarks |` the middle is one of

    `LINE`, `LINE`<br>`LINE`        the program compiles without a warning, and runs
    not built yet: `LINE`           it is refused, and each error says "not built yet"
    nothing
    `$ COMMAND`                     it ends with status 0, beside the trainer of the program as it stands

and the left is Python, one or more pieces of code."""
import ast
import gzip
import os
import re
import shutil
import struct
import subprocess
import sys
import zipfile

nnlc, root, scratch, page = map(os.path.abspath, sys.argv[1:5])
MARK = "# <-"
CODE = re.compile(r"`([^`]+)`")
FORMS = re.compile(r"(?P<later>not built yet: )?(?P<code>`[^`]+`(?:<br>`[^`]+`)*)|(?P<nothing>nothing)")


# ---- files that the rows name ----

def idx(path, dims, values):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    head = struct.pack(f">BBBB{len(dims)}I", 0, 0, 8, len(dims), *dims)
    with gzip.open(path, "wb") as file:
        file.write(head + bytes(values))


def npy(dims, kind, code, values):
    text = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': ({', '.join(map(str, dims))},), }}"
    text += " " * (-(len(text) + 11) % 64) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text.encode() + struct.pack(f"<{len(values)}{code}", *values)


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)


def make_files():
    for folder in ("mnist", "fashion"):
        for part in ("train", "t10k"):
            idx(f"{folder}/{part}-images-idx3-ubyte.gz", (6, 8, 8), [i * 7 % 256 for i in range(6 * 64)])
            idx(f"{folder}/{part}-labels-idx1-ubyte.gz", (6,), [0, 1, 2, 0, 1, 2])
    x = npy((6, 8, 8), "|u1", "B", [i * 5 % 256 for i in range(6 * 64)])
    y = npy((6,), "<i4", "i", [0, 1, 2, 2, 1, 0])
    write("x.npy", x)
    write("y.npy", y)
    with zipfile.ZipFile("both.npz", "w") as file:
        file.writestr("x.npy", x)
        file.writestr("y.npy", y)
    shutil.copy(os.path.join(root, "tests", "golden", "h5", "both.h5"), ".")
    write("new.npy", npy((2, 4), "<f4", "f", [5.1, 3.5, 1.4, 0.2, 6.7, 3.0, 5.2, 2.3]))
    write("new.csv", b"petal_width,petal_length,sepal_length,sepal_width\n0.2,1.4,5.1,3.5\n")
    write("table.csv", b"id,a,b,y\n1,0.5,1,0\n2,0.7,3,1\n4,0.1,2,1\n")
    write("plain.csv", b"1;2;0\n3;4;1\n5;6;2\n")
    write("parts.nn", b"block hidden(units) { Dense(units, activation=relu) }\n")
    write("whole.nn", b'model whole { Input(4); Dense(3) }\ncompile whole { loss = mse }\nsave whole to "whole.keras"\n')
    run(nnlc, "run", "whole.nn", "--", "-q")


# ---- the page ----

def frames_and_rows():
    """(line, program lines, Python, nn) of each row; the program is the last one with a mark."""
    with open(page, encoding="utf-8") as file:
        lines = file.read().split("\n")
    frame, block = None, None
    for number, line in enumerate(lines, 1):
        if block is not None:
            if line.startswith("```"):
                frame, block = (block if any(MARK in one for one in block) else frame), None
            else:
                block.append(line)
        elif line.startswith("```nn"):
            block = []
        elif line.startswith("| ") and not line.startswith(("| Python ", "| --- ")):
            cells = [cell.strip() for cell in line[1:-1].split(" |")]
            yield number, frame, cells
        elif line.startswith("## "):
            frame = None


def filled(frame, code):
    """The program with the lines of the row in place of the marked one."""
    out = []
    for line in frame:
        if MARK in line:
            out += [re.match(r" *", line).group() + part for part in CODE.findall(code)]
        else:
            out.append(line)
    return "\n".join(out) + "\n"


def run(*command, shell=False):
    environment = dict(os.environ, PATH=os.path.dirname(nnlc) + os.pathsep + os.environ["PATH"], NO_COLOR="1")
    environment.pop("NNLC_DATA", None)
    done = subprocess.run(command[0] if shell else command, shell=shell, env=environment, check=False,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode, done.stdout.decode("utf-8", errors="replace")


class Rows:
    def __init__(self):
        self.n, self.n_later, self.n_wrong = 0, 0, 0
        self.trainers = set()

    def wrong(self, number, what, text=""):
        self.n_wrong += 1
        print(f"{os.path.relpath(page, root)}:{number}: {what}")
        for line in text.rstrip().split("\n"):
            print("    " + line)

    def check_python(self, number, cell):
        for code in CODE.findall(cell) or [""]:
            try:
                ast.parse(code or "?")
            except SyntaxError as error:
                self.wrong(number, f"the left side is not Python: {error}")

    def check_command(self, number, frame, command):
        name = re.match(r"# (\w+)\.nn", frame[0]).group(1)
        if name not in self.trainers:
            self.trainers.add(name)
            write(f"{name}.nn", "\n".join(frame).encode() + b"\n")
            status, text = run("sh", "-c", f"nnlc {name}.nn -o {name} && ./{name} -q")
            if status:
                self.wrong(number, f"{name}.nn does not run", text)
        status, text = run(command, shell=True)
        if status:
            self.wrong(number, f"ends with status {status}", text)

    def check_program(self, number, frame, code, later):
        write("row.nn", filled(frame, code).encode())
        status, text = run(nnlc, "check" if later else "run", "-Werror", "row.nn")
        errors = [line for line in text.split("\n") if "error:" in line]
        if "compiled without HDF5" in text:
            return  # so was nnlc
        if not later and (status or errors):
            self.wrong(number, "does not run", text)
        elif later and status == 0:
            self.wrong(number, "is built now: take away 'not built yet:', and let the row say what is built")
        elif later and not (errors and all("not built yet" in line for line in errors)):
            self.wrong(number, "is wrong for another reason than that it is not built yet", text)

    def check(self, number, frame, cells):
        form = FORMS.fullmatch(cells[1]) if len(cells) == 3 else None
        if not form or not frame:
            self.wrong(number, "this row has another form, or no program above it")
            return
        self.n += 1
        self.n_later += bool(form["later"])
        self.check_python(number, cells[0])
        if form["nothing"]:
            return
        if form["code"].startswith("`$ "):
            self.check_command(number, frame, form["code"][3:-1])
        else:
            self.check_program(number, frame, form["code"], form["later"])


def main():
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(os.path.join(root, "examples", "data"), os.path.join(scratch, "data"))
    os.chdir(scratch)
    make_files()
    rows = Rows()
    for number, frame, cells in frames_and_rows():
        rows.check(number, frame, cells)
    print(f"{rows.n} rows, {rows.n_later} of them not built yet, {rows.n_wrong} wrong")
    sys.exit(1 if rows.n_wrong or not rows.n else 0)


main()
