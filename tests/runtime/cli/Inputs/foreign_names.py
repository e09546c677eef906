"""Hostile names wherever a name may come from: tables, logs, files of weights and models, options, the command line.
What is printed is clean and shows them; what is written for programs holds them as they are, and is valid.

    foreign_names.py NNLC GOLDEN            GOLDEN: the files of Keras
    foreign_names.py NNLC GOLDEN keras      names in files of Keras only"""
import csv
import json
import os
import re
import struct
import subprocess
import sys
import unicodedata
import xml.dom.minidom
import zipfile

from foreign_text import NAMES, NNLC, clean, run, table

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "..", "driver", "Inputs"))
sys.path.insert(0, os.path.join(HERE, "..", "..", "Inputs"))
import events           # pylint: disable=wrong-import-position
import on_terminal      # pylint: disable=wrong-import-position

GOLDEN = sys.argv[2]
CLASSES = NAMES[2:5]
DATA = 'data d { train = csv("odd.csv", target="kind"), validation = split(0.5, seed=1) }\n'
NET = ("model net { Dense(3, activation=softmax) }\n"
       "compile net { optimizer = Adam(0.3), loss = sparse_categorical_crossentropy, metrics = [accuracy] }\n")


def put(name, text):
    with open(name, "wb") as file:
        file.write(text if isinstance(text, bytes) else text.encode())
    return name


def read(name):
    with open(name, "rb") as file:
        return file.read()


def program(name, text, head=DATA + NET):
    return put(name + ".nn", head + text)


def quoted(text):
    """As our language writes it."""
    return '"' + "".join(c if c.isprintable() and c not in '"\\' else f"\\u{{{ord(c):X}}}" if ord(c) > 127 else
                         f"\\x{ord(c):02x}" for c in text) + '"'


def report(what, right):
    print(f"{what}: {'right' if right is True else right}")


def hidden(text):
    """What nobody sees or a terminal obeys."""
    return {c for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")}


def valid_svg(path):
    """No character of it is hidden, and a hostile name is shown."""
    text = read(path).decode()
    xml.dom.minidom.parseString(text)
    return not hidden(text) and bool(re.search(r"\\x1b|\\u202e|\\u009b", text))


# ---- what commands print ----

def commands():
    names = ", ".join(map(quoted, NAMES))
    clean("cross_validate", run(NNLC, "run", program("cv", (
        "cross_validate net on d as a { folds = 2, epochs = 1 }\n"
        "cross_validate net on d as b { folds = 2, epochs = 2, verbose = 0 }\nprint compare(a, b)\n"))))
    clean("sweep", run(NNLC, "run", program("sweep", (
        'sweep net on d as s { over = ["optimizer": [SGD(0.1), Adam(0.01)]], epochs = 1 }\nprint s.best\n'))))
    clean("pictures", run(NNLC, "run", program("pictures", (
        f"let names = [{names}]\n"
        "fit net on d as r { epochs = 2, verbose = 0 }\npredict net on d.train as p { verbose = 0 }\n"
        "plot r to terminal { title = names[0] }\nplot [1, 2, 3, 4, 5] to terminal { kind = bar, names = names }\n"
        "show d.train[0..4] { predicted = p, shape = (1, 2) }\n"
        "plot confusion_matrix(d.train.targets, p) to terminal\n"
        'plot r.loss to "title.svg" { title = names[1], x_label = names[3], labels = [names[0]] }\n'
        'show d.train[0..4] to "rows.svg" { predicted = p, shape = (1, 2) }\n'
        'plot confusion_matrix(d.train.targets, p) to "matrix.svg"\n'))))
    report("SVG", all(valid_svg(name) for name in ("title.svg", "rows.svg", "matrix.svg")))
    clean("describe, evaluate", run(NNLC, "run", program("report", (
        'data e { train = csv("odd.csv", target="kind"), inputs = normalize() }\ndescribe e\ncompile net { loss = '
        "sparse_categorical_crossentropy }\nevaluate net on e.train { report = true }\n"))))
    put("missing.csv", read("odd.csv").replace(b"\n5,", b"\n\x1b[2J,"))
    program("broken", "evaluate net on d.train\n", DATA.replace("odd", "missing") + NET)
    clean("cells", run(NNLC, "run", "broken.nn"))


def terminal():
    """Bars of a terminal: only our own escape sequences, and no name."""
    program("bar", "fit net on d { epochs = 2 }\nevaluate net on d.train { report = true }\n"
            'sweep net on d as s { over = ["optimizer": [SGD(0.1), Adam(0.01)]], epochs = 1 }\n')
    run(NNLC, "bar.nn", "-o", "bar")
    os.environ["TERM"] = "xterm"
    os.environ.pop("NO_COLOR", None)
    drawn = on_terminal.run(["./bar"], 100)
    os.environ["TERM"] = "dumb"
    clean("terminal", re.sub(rb"\x1b\[[0-9;]*m|\r|\x08", b"", drawn))


# ---- logs ----

def field(number, data):
    """Of a message, fewer than 128 bytes."""
    return bytes([number << 3 | 2, len(data)]) + data


def event(step, tag, value):
    """A record of TensorBoard's event files."""
    summary = field(1, field(1, tag) + b"\x15" + struct.pack("<f", value))
    data = b"\x10" + bytes([step]) + field(5, summary)
    head = struct.pack("<Q", len(data))
    return head + struct.pack("<I", events.masked(head)) + data + struct.pack("<I", events.masked(data))


def event_files():
    os.makedirs("board\x1b/train", exist_ok=True)
    tags = [b"epoch_" + name.encode() for name in NAMES] + [b"epoch_\xff\xfe\x1b"]
    put("board\x1b/train/events.out.tfevents.1.host",
        b"".join(event(step, tag, 1 / (step + 1)) for step in range(3) for tag in tags))
    output = run(NNLC, "plot", "board\x1b")
    clean("plot events", output)
    report("tags", all(text in output for text in (b"\\x1b", b"\\xff\\xfe")))
    run(NNLC, "plot", "board\x1b", "-o", "board.svg")
    report("its SVG", valid_svg("board.svg"))


def logs():
    """A name of a run is that of its file."""
    event_files()
    made = {
        "log\x1b[2J.csv": f'epoch,"{NAMES[0]}",loss\r\n0,1,2\r\n1,2,3\r\n',
        "log.jsonl": "".join(json.dumps({"event": "epoch", "model": NAMES[1], "command": "fit", "epoch": i, NAMES[3]: i,
                                         "loss": 1 - i / 3}) + "\n" for i in range(3)),
        "history.json": json.dumps({NAMES[2]: [1, 2, 3], "val_" + NAMES[2]: [3, 2, 1], "\x7f": [1, 2, 3]}),
    }
    for name, text in made.items():
        put(name, text)
        clean(f"plot {name.partition('.')[2]}", run(NNLC, "plot", name))
        run(NNLC, "plot", name, "-o", "log.svg")
        report("its SVG", valid_svg("log.svg"))
    clean("plot, wrong metric", run(NNLC, "plot", "history.json", "--metric=\x1b[2J"))


# ---- files of weights ----

def npy():
    head = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }".ljust(117) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head.encode() + bytes(8)


def weights():
    with zipfile.ZipFile("names.npz", "w") as archive:
        for name in NAMES:
            archive.writestr(zipfile.ZipInfo(name + ".npy"), npy())
    put("bytes.npz", read("names.npz").replace(b"red\x1b", b"r\xff\xfe\x1b"))
    header = {name: {"dtype": "F32", "shape": [2], "data_offsets": [8 * i, 8 * i + 8]} for i, name in enumerate(NAMES)}
    header["__metadata__"] = {NAMES[0]: NAMES[1], "format": NAMES[2], "producer": NAMES[3]}
    text = json.dumps(header).encode()
    put("names.safetensors", struct.pack("<Q", len(text)) + text + bytes(8 * len(NAMES)))
    program("fits", 'fit net on d as r { epochs = 1, verbose = 0, callbacks = [CSVLogger("log.csv")] }\n'
            'predict net on d.train to "own.csv" as p { verbose = 0 }\npredict net on d.train to "own.jsonl" as q\n'
            'save net to "own.safetensors"\nsave net to "own.npz"\n')
    run(NNLC, "fits.nn", "-o", "fits")
    run("./fits", "-q", "--checkpoint=own.ck", "--log=own.log")
    for name in ("names.npz", "bytes.npz", "names.safetensors", "own.safetensors", "own.npz", "own.ck"):
        clean(f"info {name}", run(NNLC, "info", name))
    for name in ("names.npz", "bytes.npz", "names.safetensors"):
        clean(f"load {name}", run("./fits", "predict", "odd.csv", "--weights=" + name))
    clean("trainer info", run("./fits", "info"))


def for_programs():
    """What is not for people is raw, and valid."""
    with open("own.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    report("csv", sorted(rows[0][1:]) == sorted(CLASSES) and {row[0] for row in rows[1:]} <= set(CLASSES))
    rows = [json.loads(line) for line in read("own.jsonl").splitlines()]
    report("jsonl", len(rows) == 15 and all(set(row["scores"]) == set(CLASSES) for row in rows))
    report("log", all(json.loads(line) for line in read("own.log").splitlines()))
    for name in ("own.safetensors", "own.ck"):
        data = read(name)
        header = json.loads(data[8:8 + struct.unpack("<Q", data[:8])[0]])["__metadata__"]
        report(name, all(json.loads(text) is not None for text in header.values() if text[:1] in "{["))
    run("./fits", "predict", "odd.csv", "--weights=own.npz", "-o", "all.csv")
    out = [run("./fits", "predict", "odd.csv", "--weights=own.npz", *more) for more in ((), ("-o", "-"))]
    report("predict", out[0] == out[1] == read("all.csv") and CLASSES[0].encode() in out[0])
    row = run("./fits", "predict", NAMES[0] + "=1", NAMES[1] + "=2", "--weights=own.npz")
    report("predict NAME=VALUE", row.startswith(out[0].partition(b"\n\"")[0][:9]) and row.count(b",") == 6)
    clean("predict, wrong name", run("./fits", "predict", NAMES[0] + "=1", "\x1b[2J=2", "--weights=own.npz"))
    clean("predict, wrong value", run("./fits", "predict", NAMES[0] + "=\x1b[2J", NAMES[1] + "=2", "--weights=own.npz"))


# ---- names on the command line, in programs that are written ----

def new():
    """The program that nnlc new writes names the columns as they are, and runs."""
    lines = [",".join(f'"{name}"' for name in NAMES[:4] + ["kind"])]
    lines += [f'{i % 9},{i * i % 7},"{CLASSES[i % 3]}",{i % 5},{i % 2}' for i in range(60)]
    put("new\x1b\nprint 1.csv", "\n".join(lines) + "\n")
    made = "new\u202e\nprint 2.nn"
    clean("new", run(NNLC, "new", "new\x1b\nprint 1.csv", "--target=kind", "-o", made))
    text = read(made).decode()
    report("its text", not hidden(text) and "\nprint" not in text)
    done = subprocess.run([NNLC, "run", made], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    report("its status", done.returncode == 0)
    clean("new, target", run(NNLC, "new", "new\x1b\nprint 1.csv", "--target=" + NAMES[0], "-o", made))


def command_line():
    clean("value of an option", run(NNLC, "run", program("option", "option n = 3\n", ""), "--", "--n=\x1b[2J"))
    clean("value of -D", run(NNLC, "check", "-D", "n\x1b=2", "option.nn"))
    predict = ["predict", "odd.csv", "--weights=own.npz"]
    for what, words in (
            ("weights", ["predict", "odd.csv", "--weights=\x1b.npz"]),
            ("input", ["predict", "\x1b.csv", "--weights=own.npz"]),
            ("output", predict + ["-o", "\x1b/a.csv"]), ("kind of output", predict + ["-o", "a.\x1b"]),
            ("kept column", predict + ["--keep=\x1b"]), ("folder", ["--out-dir=\x1b"]),
            ("checkpoint", ["--checkpoint=\x1b/a"]), ("log", ["--log=\x1b/a"]), ("command", ["\x1b[2J"])):
        clean(f"trainer, {what}", run("./fits", "-q", *words))
    for what, words in (
            ("program", ["run", "\x1b\n.nn"]), ("output", ["bar.nn", "-o", "\x1b\n/a"]), ("stage", ["--emit=\x1b", "bar.nn"]),
            ("weights", ["bar.nn", "--embed-weights=\x1b\n", "-o", "a"]), ("target", ["bar.nn", "--target=\x1b\n", "-o", "a"]),
            ("linker", ["bar.nn", "--linker=\x1b\n", "-o", "a"]), ("processor", ["bar.nn", "--mcpu=\x1b\n", "-o", "a"]),
            ("model", ["import", "\x1b\n.keras"]), ("example", ["new", "\x1b\n"]), ("warning", ["check", "-Wno-\x1b", "bar.nn"])):
        clean(f"nnlc, {what}", run(NNLC, *words))
    put("\x1b\n.nn", DATA + NET + "fit nex on d\n")
    clean("name of the program", run(NNLC, "check", "\x1b\n.nn"))
    put("import\x1b.nn", "let a = b\n")
    put("imports.nn", 'import "import\\x1b.nn"\nimport "none\\x1b.nn"\n')
    clean("imports", run(NNLC, "check", "imports.nn"))


# ---- long names ----

def long_names():
    """What is wrong stands behind a name of any length, and no line of a table is as long as the name."""
    name = "\x1by" * 30000
    table("long.csv", [name, "b", "kind"])
    put("long.csv", read("long.csv").replace(b'"red\x1b', b'"red' + b"y" * 1000000))
    lines = run(NNLC, "run", program("long", (
        "describe d\nfit net on d { epochs = 1, verbose = 2 }\nevaluate net on d.train { report = true }\n"
        'predict net on d.train as p\nplot confusion_matrix(d.train.targets, p) to terminal\nsave net to "long.npz"\n'),
        DATA.replace("odd", "long") + NET)).decode().split("\n")
    report("tables", len(lines) > 40 and max(map(len, lines)) < 1200)
    header = json.dumps({name: {"dtype": "F9", "shape": [2], "data_offsets": [0, 8]}}).encode()
    put("long.safetensors", struct.pack("<Q", len(header)) + header + bytes(8))
    put("long.nn", f"let a = {'y' * 70000}\n")
    for what, message, words in (
            ("path", "File name too long", [NNLC, "run", name[:40000] + ".nn"]),
            ("trainer's path", "File name too long", ["./fits", "predict", name[:40000] + ".csv", "--weights=own.npz"]),
            ("type", "is not supported", [NNLC, "info", "long.safetensors"]),
            ("column", "it has", [NNLC, "new", "odd.csv", "--target=" + name]),
            ("word", "unknown name 'yyy", [NNLC, "check", "long.nn"])):
        text = run(*words).decode()
        report(what, message in text and max(map(len, text.split("\n"))) < 1200)


def long_words():
    """Words of the command line that are wrong."""
    word = "x" * 100000
    for words in (["doc", word], ["--" + word], [word], ["-O" + word, "bar.nn"], ["--emit=" + word, "bar.nn"], ["-D" + word, "bar.nn"],
                  ["check", "-Wno-" + word, "bar.nn"], ["bar.nn", "--mcpu=" + word, "-o", "a"], ["bar.nn", "--linker=" + word, "-o", "a"],
                  ["bar.nn", "--target=" + word, "-o", "a"], ["bar.nn", "--color=" + word], ["new", "--example=" + word]):
        text = run(NNLC, *words).decode()
        report(f"nnlc {' '.join(words)[:16]}", 10 < max(map(len, text.split("\n"))) < 1200)
    for word in ("--" + word, word, "--threads=" + word, "--seed=" + word, "--log=" + word, "--model=" + word):
        report(f"trainer {word[:16]}", 10 < max(map(len, run("./fits", word).decode().split("\n"))) < 1200)


# ---- files of Keras ----

def keras():
    """Names of layers out of a configuration, and out of groups of HDF5."""
    for name in NAMES + ["x" * 70000]:
        with zipfile.ZipFile(os.path.join(GOLDEN, "layers.keras")) as old, zipfile.ZipFile("names.keras", "w") as made:
            for part in old.namelist():
                made.writestr(part, old.read(part).replace(b'"first"', json.dumps(name).encode()))
        program("summary", 'let m = load_model("names.keras")\nsummary m\nplot m to "m.svg"\nplot m to terminal\n', "")
        outputs = [run(NNLC, "run", "summary.nn"), run(NNLC, "import", "names.keras"), run(NNLC, "info", "names.keras")]
        seen = "".join(output.decode() for output in outputs) + read("m.svg").decode()
        report(f"keras {name[:12]!r}", not hidden(seen) and b"Total params" in outputs[0] and b"model net" in outputs[1])
    for name in ("nested.weights.h5", "keras2_weights.h5"):
        put(name, read(os.path.join(GOLDEN, name)).replace(b"first", b"fi\x1b\xfft"))
        clean(name, run(NNLC, "info", name))
    program("legacy", 'load net from "layers.h5"\n')
    for name in (b"f\x1b[2J", b"f\xe2\x80\xae\n", b"fi\x1b\xfft"):
        put("layers.h5", read(os.path.join(GOLDEN, "layers.h5")).replace(b"first", name))
        for words in (["info", "layers.h5"], ["run", "legacy.nn"], ["import", "layers.h5"]):
            output = run(NNLC, *words).decode()
            report(f"{words[0]} {name}", len(output) > 30 and not hidden(output))
    program("saves", 'fit net on d { epochs = 1, verbose = 0 }\nsave net to "own.keras"\nsave net to "own.weights.h5"\n')
    run(NNLC, "run", "saves.nn")
    for name in ("own.keras", "own.weights.h5"):
        clean(f"info {name}", run(NNLC, "info", name))
    with zipfile.ZipFile("own.keras") as archive:
        parts = [part for part in archive.namelist() if part.endswith(".json")]
        report("own.keras", len(parts) > 1 and all(json.loads(archive.read(part)) for part in parts))


def main():
    table("odd.csv", [NAMES[0], NAMES[1], "kind"])
    if "keras" in sys.argv[3:]:
        keras()
        return
    for part in (commands, terminal, logs, weights, for_programs, new, command_line, long_names, long_words):
        part()


main()
