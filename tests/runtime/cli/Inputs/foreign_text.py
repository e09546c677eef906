"""Runs what prints names over a table whose names are hostile, and looks at every character that comes out."""
import json
import os
import re
import subprocess
import sys
import unicodedata

NNLC = sys.argv[1]
os.environ["TERM"] = "dumb"
NAMES = ["\x1b]0;title\x07", "a\u202eb", "red\x1b[2J\r", "\u009b31m", "last\u2066\n\u200f"]


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=False)
    return done.stdout


def clean(what, output):
    """OUTPUT is UTF-8 without control characters and direction marks, and shows at least one of them."""
    wrong = {c for c in output.decode() if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")}
    shown = re.search(rb"\\x1b|\\u202e|\\u009b|\\xff", output)
    print(f"{what}: {'clean' if shown and not wrong else output}")


def table(path, columns):
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(",".join(f'"{name}"' for name in columns) + "\n")
        for i in range(30):
            file.write(f'{i},{i * i % 7},"{NAMES[2 + i % 3]}"\n')


def main():
    table("odd.csv", [NAMES[0], NAMES[1], "kind"])
    output = run(NNLC, "run", "p.nn")
    own = b"own \x1b[1mtext\x1b[0m\n"
    clean("run", output.replace(own, b""))
    run(NNLC, "p.nn", "-o", "p\x1b[2J")
    clean("trainer", run("./p\x1b[2J").replace(own, b""))
    clean("help", run("./p\x1b[2J", "--help"))
    clean("info", run(NNLC, "info", "odd.safetensors"))
    table("other.csv", [NAMES[0], "b\x1b", "kind"])
    clean("renamed column", run("./p\x1b[2J", "predict", "other.csv", "--weights=odd.safetensors"))
    clean("no such file", run(NNLC, "info", b"none\xff\x1b"))
    clean("unknown option", run(NNLC, "--none\x1b[2J"))
    header = json.dumps({NAMES[0]: {"dtype": "U8", "shape": [2], "data_offsets": [0, 2]}}).encode()
    with open("w\x1b.safetensors", "wb") as file:
        file.write(len(header).to_bytes(8, "little") + header + b"ab")
    clean("weights", run("./p\x1b[2J", "predict", "odd.csv", "--weights=w\x1b.safetensors"))
    clean("new", run(NNLC, "new", "odd.csv", "--target=none\x1b"))
    clean("doc", run(NNLC, "doc", "none\x1b"))
    with open(b"d\xff.nn", "wb") as file:
        file.write(b'let a = "\xff\x1b\n')
    clean("diagnostic", run(NNLC, "--emit=tokens", b"d\xff.nn"))
    lines = run(NNLC, "--emit=tokens", "--error-format=json", b"d\xff.nn").decode().splitlines()
    print("JSON diagnostic:", "valid" if lines and all(json.loads(line) for line in lines) else lines)
    with open("odd.jsonl", encoding="utf-8") as file:
        print("jsonl:", "valid" if all(json.loads(line) for line in file) else "empty")
    print("own text stays:", own in output)
    rows = [line for line in output.decode().splitlines() if re.match(r"\s*(red|\\u009b31m|last)\S*\s+\d\.\d\d ", line)]
    print("aligned:", len(rows) == 3 and len({len(line) for line in rows}) == 1)


if __name__ == "__main__":
    main()
