"""The same five rows through one model, in every way that there is: all outputs must be equal bytes.

    one_result.py NNLC      in a scratch folder

For each list of transforms, for a table and for an array: a model is trained, and its outputs for the rows
are written as .npy in each way. The rows also lie in the training file, so that parts can show them."""
import os
import shutil
import subprocess
import sys

import numpy as np

nnlc = sys.argv[1]
LISTS = ["none", "scale(1/3)", "offset(-2.5)", "normalize()", "normalize(axis=none)",
         "[scale(0.1), offset(3), normalize()]", "[normalize(), scale(2)]",
         "[normalize(), reshape(2, 2)]", "[reshape(2, 2), normalize()]"]
generator = np.random.default_rng(5)
WORDS = ["ant", "bee", "cat"]


def run(*words, **more):
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)
    if done.returncode:
        sys.exit(f"{' '.join(words)}: exit status {done.returncode}\n{done.stdout}")
    return done.stdout


def table(name, columns, rows, labels=None, order=None, extra=False):
    """A table of these rows, with its columns in this order."""
    order = order or columns
    with open(name, "w", encoding="utf-8") as out:
        heads = (["note"] if extra else []) + order + (["kind"] if labels is not None else [])
        out.write(",".join(heads) + "\n")
        for i, row in enumerate(rows):
            cells = (["some text"] if extra else []) + [repr(float(row[columns.index(c)])) for c in order]
            out.write(",".join(cells + ([WORDS[labels[i]]] if labels is not None else [])) + "\n")


def program(source, transforms, tail):
    inputs = f"inputs = {transforms}" if transforms != "none" else ""
    return f"""config {{ seed = 4 }}
data d {{ train = {source("train")}, test = {source("rows")}, {inputs} }}
data own {{ train = {source("rows")}, {inputs} }}
data view from d {{ validation = {source("rows")}, test = none }}
model net {{ Flatten(); Dense(5, activation=tanh); Dense(3, activation=softmax) }}
let twin = net()
for m in [net, twin] {{ compile m {{ loss = sparse_categorical_crossentropy, optimizer = Adam(0.02) }} }}
{tail}"""


TRAIN = """fit net on d { epochs = 3, verbose = 0 }
predict net on d.test to "test.npy" { verbose = 0 }
predict net on own.train to "own.npy" { verbose = 0 }
predict net on view.validation to "view.npy" { verbose = 0, batch_size = 2 }
predict net on d.train to "all.npy" { verbose = 0 }
save net to "w.safetensors"
save net to "w.npz"
fit twin on d { epochs = 3, verbose = 0 }
predict twin on d.test to "twin.npy" { verbose = 0 }
load twin from "w.npz"
fit twin on own { epochs = 1, verbose = 0 }
load twin from "w.safetensors"
predict twin on own.train to "two.npy" { verbose = 0 }
"""


def check(kind, transforms):
    columns = ["a", "b", "c", "d"]
    x = generator.normal(size=(40, 4)) * [1, 1000, 1e-3, 7] + [0, 1e6, 5, -3]
    y = generator.integers(0, 3, 40)
    y[:3] = [0, 1, 2]
    rows, labels = x[:5], y[:5]
    if kind == "csv":
        table("train.csv", columns, x, y)
        table("rows.csv", columns, rows, labels, order=["c", "a", "d", "b"])
        source = lambda name: f'csv("{name}.csv", target="kind")'
    else:
        for name, part, targets in (("train", x, y), ("rows", rows, labels)):
            np.save(f"{name}.npy", part.astype("f4"))
            np.save(f"{name}_y.npy", targets.astype("i4"))
        source = lambda name: f'npy("{name}.npy", "{name}_y.npy")'
    with open("p.nn", "w", encoding="utf-8") as out:
        out.write(program(source, transforms, TRAIN))
    run(nnlc, "run", "p.nn", "--", "-q")
    results = {name: np.load(f"{name}.npy") for name in ("test", "own", "view", "twin", "two")}
    results["train"] = np.load("all.npy")[:5]
    run(nnlc, "p.nn", "-o", "t")
    run("./t", "-q")
    results["trainer"] = np.load("test.npy")
    run(nnlc, "p.nn", "-o", "e", "--embed-weights=net=w.npz")
    by_file(kind, results, columns, rows, "with")
    shutil.rmtree("away", ignore_errors=True)
    os.mkdir("away")
    for name in ("t", "e", "w.safetensors", "w.npz"):
        shutil.copy(name, "away")
    os.chdir("away")
    by_file(kind, results, columns, rows, "without")
    os.chdir("..")
    if kind == "csv":
        table("train.csv", columns, np.concatenate([x, x[:9] * 3]), np.concatenate([y, y[:9]]))
        by_file(kind, results, columns, rows, "grown")
    first = results["test"]
    for name, values in results.items():
        if values.dtype != first.dtype or values.tobytes() != first.tobytes():
            sys.exit(f"{kind}, inputs = {transforms}: '{name}' gives other outputs than a test part:\n"
                     f"{values}\n{first}")


def by_file(kind, results, columns, rows, when):
    """A trainer's predict: with files of weights and with those inside; columns turned, and more of them."""
    if kind == "csv":
        table("plain.csv", columns, rows)
        table("turned.csv", columns, rows, order=["d", "c", "b", "a"])
        table("more.csv", columns, rows, labels=[0] * 5, order=["b", "d", "a", "c"], extra=True)
        files = ["plain.csv", "turned.csv", "more.csv"]
    else:
        np.save("plain.npy", rows.astype("f4"))
        files = ["plain.npy"]
    for file in files:
        for weights in ("w.safetensors", "w.npz"):
            run("./t", "predict", file, "--model=net", f"--weights={weights}", "-o", "out.npy")
            results[f"{when} {file} {weights}"] = np.load("out.npy")
        run("./e", "predict", file, "--model=net", "-o", "out.npy")
        results[f"{when} {file} embedded"] = np.load("out.npy")


for transforms in LISTS:
    check("csv", transforms)
    check("npy", transforms)
print(f"{2 * len(LISTS)} lists of transforms: one result")
