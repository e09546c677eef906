"""Targets beside losses, metrics and class weights: the file is there when compiling, or comes later.

For each case prints what both say about it; fails if they do not agree. Arguments: the compiler.
"""
import os
import re
import subprocess
import sys

import numpy as np

NNLC = sys.argv[1]
SIGMOID, SOFTMAX, DENSE = "Dense(1, activation=sigmoid)", "Dense(3, activation=softmax)", "Dense(1)"
BCE, SPARSE, CATEGORICAL = "bce", "sparse_categorical_crossentropy", "categorical_crossentropy"
NAN = float("nan")
ONES, HALVES = [0, 1, 1, 0], [0.5, 1.0, 0.0, 0.25]

# name, last layer, loss and what else compile takes, targets; data: entries of the data set, fit: settings.
CASES = [
    ("bce 0 1", SIGMOID, BCE, ONES, {}),
    ("bce -1 1", SIGMOID, BCE, [-1, 1, 1, -1], {}),
    ("bce -1 1 moved", SIGMOID, BCE, [-1, 1, 1, -1], {"data": "targets = [offset(1), scale(0.5)]"}),
    ("bce 1 2", SIGMOID, BCE, [1, 2, 2, 1], {}),
    ("bce 1 2 moved", SIGMOID, BCE, [1, 2, 2, 1], {"data": "targets = offset(-1)"}),
    ("bce 0 1 2", SIGMOID, BCE, [0, 1, 2, 1], {}),
    ("bce bytes", SIGMOID, BCE, np.array([0, 255, 255, 0], "u1"), {"data": "targets = scale(0.00392156862745098)"}),
    ("bce scaled too little", SIGMOID, BCE, [0, 4, 4, 0], {"data": "targets = scale(0.5)"}),
    ("bce floats", SIGMOID, BCE, HALVES, {}),
    ("bce floats above", SIGMOID, BCE, [0.5, 1.5, 0.0, 1.0], {}),
    ("bce floats below", SIGMOID, BCE, [0.5, -0.25, 0.0, 1.0], {}),
    ("bce nan", SIGMOID, BCE, [0.5, NAN, 0.0, 1.0], {}),
    ("bce rows", "Dense(2, activation=sigmoid)", BCE, [[0, 1], [1, 1], [0, 0], [1, 0]], {}),
    ("bce rows with 2", "Dense(2, activation=sigmoid)", BCE, [[0, 1], [2, 1], [0, 0], [1, 0]], {}),
    ("bce one text", SIGMOID, BCE, "aaaa", {}),
    ("bce two texts", SIGMOID, BCE, "abba", {}),
    ("bce three texts", SIGMOID, BCE, "abca", {}),
    ("bce of one_hot", SOFTMAX, BCE, "abca", {"data": "targets = one_hot(3)"}),
    ("bce validation", SIGMOID, BCE, ONES, {"validation": [0, 1, -1, 0]}),
    ("bce test part", SIGMOID, BCE, ONES, {"test": [0, 1, 1, 7]}),
    ("bce metric", DENSE, "mse, metrics = bce", [0, 1, 5, 1], {}),
    ("bce metric -1", DENSE, "mse, metrics = bce", [0.5, 1.0, -1.0, 1.0], {}),
    ("accuracy -1 1", DENSE, "mse, metrics = accuracy", [-1, 1, 1, -1], {}),
    ("accuracy floats", DENSE, "mse, metrics = accuracy", [-1.5, 1, 1, -1], {}),
    ("accuracy three texts", DENSE, "mse, metrics = accuracy", "abca", {}),
    ("sparse", SOFTMAX, SPARSE, [0, 1, 2, 1], {}),
    ("sparse column", SOFTMAX, SPARSE, [[0], [1], [2], [1]], {}),
    ("sparse high", SOFTMAX, SPARSE, [0, 1, 3, 1], {}),
    ("sparse low", SOFTMAX, SPARSE, [0, 1, -1, 1], {}),
    ("sparse fractions", SOFTMAX, SPARSE, HALVES, {}),
    ("sparse whole floats", SOFTMAX, SPARSE, [0.0, 1.0, 2.0, 1.0], {}),
    ("sparse vectors", SOFTMAX, SPARSE, [[0.0, 0.0, 1.0]] * 4, {}),
    ("sparse rows", SOFTMAX, SPARSE, [[0, 1]] * 4, {}),
    ("sparse texts", SOFTMAX, SPARSE, "abca", {}),
    ("sparse four texts", SOFTMAX, SPARSE, "abcd", {}),
    ("sparse labels", SOFTMAX, SPARSE, "abca", {"data": 'targets = labels(["a", "b", "c"])'}),
    ("sparse labels low", SOFTMAX, SPARSE, [0, 1, -1, 1], {"data": 'targets = labels(["a", "b", "c"])'}),
    ("sparse labels high", SOFTMAX, SPARSE, [0, 1, 3, 1], {"data": 'targets = labels(["a", "b", "c"])'}),
    ("sparse labels floats", SOFTMAX, SPARSE, HALVES, {"data": 'targets = labels(["a", "b", "c"])'}),
    ("sparse other text", SOFTMAX, SPARSE, "abda", {"data": 'targets = labels(["a", "b", "c"])'}),
    ("sparse validation text", SOFTMAX, SPARSE, "abca", {"validation": "abda"}),
    ("sparse validation high", SOFTMAX, SPARSE, [0, 1, 2, 1], {"validation": [0, 1, 3, 1]}),
    ("sparse validation of texts", SOFTMAX, SPARSE, [0, 1, 2, 1], {"validation": "abca"}),
    ("one_hot", SOFTMAX, CATEGORICAL, [0, 1, 2, 1], {"data": "targets = one_hot(3)"}),
    ("one_hot whole floats", SOFTMAX, CATEGORICAL, [0.0, 1.0, 2.0, 1.0], {"data": "targets = one_hot(3)"}),
    ("one_hot fractions", SOFTMAX, CATEGORICAL, HALVES, {"data": "targets = one_hot(3)"}),
    ("one_hot high", SOFTMAX, CATEGORICAL, [0, 1, 3, 1], {"data": "targets = one_hot(3)"}),
    ("one_hot low", SOFTMAX, CATEGORICAL, [0, 1, -1, 1], {"data": "targets = one_hot(3)"}),
    ("one_hot of a column", SOFTMAX, CATEGORICAL, [[0], [1], [2], [1]], {"data": "targets = one_hot(3)"}),
    ("categorical", SOFTMAX, CATEGORICAL, [[0.0, 0.5, 0.5]] * 4, {}),
    ("categorical numbers", SOFTMAX, CATEGORICAL, [0, 1, 2, 1], {}),
    ("mse", DENSE, "mse", [1.5, -2, 0, 7], {}),
    ("mse integers", DENSE, "mse", [1, -2, 0, 7], {}),
    ("mse two texts", DENSE, "mse", "abba", {}),
    ("mse three texts", DENSE, "mse", "abca", {}),
    ("mse labels", DENSE, "mse", "abca", {"data": 'targets = labels(["a", "b", "c"])'}),
    ("mse rows", DENSE, "mse", [[1.5, 2]] * 4, {}),
    ("weights", SOFTMAX, SPARSE, [0, 1, 1, 0], {"fit": "class_weight = [0: 2, 1: 1]"}),
    ("weights of no class", SOFTMAX, SPARSE, [0, 1, 1, 0], {"fit": "class_weight = [0: 2, 2: 1]"}),
    ("weights of no vector", SOFTMAX, CATEGORICAL, [[0.0, 0.0, 1.0]] * 4, {"fit": "class_weight = [3: 1]"}),
    ("weights of one_hot", SOFTMAX, CATEGORICAL, [0, 1, 1, 0], {"data": "targets = one_hot(3)", "fit": "class_weight = [2: 1]"}),
    ("weights of numbers", DENSE, "mse", [-3.5, 2.5, 0, 1], {"fit": "class_weight = [9: 1]"}),
    ("weights by name", SOFTMAX, SPARSE, "abca", {"data": 'targets = labels(["a", "b", "c"])', "fit": 'class_weight = ["c": 2]'}),
    ("weights of no name", SOFTMAX, SPARSE, "abba", {"fit": "class_weight = [2: 1]"}),
]


def files_of(part, targets):
    if isinstance(targets, str):
        return 'csv("%s.csv", target="y")' % part
    return 'npy("%s_x.npy", "%s_y.npy")' % (part, part)


def write(part, targets):
    if isinstance(targets, str):
        with open(part + ".csv", "w") as f:
            f.write("a,b,y\n" + "".join("%d,%d,%s\n" % (i, 2 * i, t) for i, t in enumerate(targets)))
    else:
        np.save(part + "_x.npy", np.arange(2 * len(targets), dtype="f4").reshape(-1, 2))
        np.save(part + "_y.npy", np.array(targets))


def run(*argv):
    r = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return r.returncode, r.stdout.decode(), r.stderr.decode()


def words(text):
    """The first error without its place, and what its help says."""
    found, help = re.search(r"error: (.*)", text), re.search(r"^help: (.*)", text, re.MULTILINE)
    said = found.group(1) + (" [%s]" % help.group(1) if help else "") if found else text
    return re.sub(r"'\S*/(\w+\.\w+)'", r"'\1'", said)


def same(late, early):
    return late == early or re.sub(r"; see (line|row) \d+ of '\w+\.\w+'(?= \[|$)", "", late) == early


def judge(last, loss, targets, more):
    parts = {p: more[p] for p in ("validation", "test") if p in more}
    entries = ["%s = %s" % (p, files_of(p, y)) for p, y in {"train": targets, **parts}.items()]
    with open("p.nn", "w") as f:
        f.write("data d { %s }\nmodel net { Input(2); %s }\ncompile net { loss = %s }\nfit net on d { %s }\n"
                % (", ".join(entries + [more["data"]] if "data" in more else entries), last, loss,
                   more.get("fit", "epochs = 1")))
    for name in os.listdir("."):
        if name.endswith((".csv", ".npy")):
            os.remove(name)
    code, out, err = run(NNLC, "p.nn", "-o", "p")
    if code:
        return "does not compile without its files: " + words(err), None
    for p, y in {"train": targets, **parts}.items():
        write(p, y)
    early, late = run(NNLC, "check", "p.nn"), run("./p")
    if "loss:" in late[1] and late[0]:
        return "refused after the first batch", words(early[2])
    return words(late[2]) if late[0] else "taken", words(early[2]) if early[0] else "taken"


wrong = 0
for name, last, loss, targets, more in CASES:
    late, early = judge(last, loss, targets, more)
    print("%s: %s" % (name, late))
    if not same(late, early or ""):
        print("  but when compiling: %s" % early)
        wrong += 1
sys.exit(1 if wrong else 0)
