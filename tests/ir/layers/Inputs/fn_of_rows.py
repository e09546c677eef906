"""Every activation as a word and called in a fn: both networks must learn the same weights, bit for bit.

    fn_of_rows.py NNLC ACTIVATIONS.DEF FOLDER"""
import os
import re
import subprocess
import sys

NEEDED = {"threshold": "threshold=0.2, default_value=0.1"}     # arguments without a default
GIVEN = {"relu": "negative_slope=0.1, max_value=2.0", "leaky_relu": "negative_slope=0.3", "elu": "alpha=0.5",
         "gelu": "approximate=true", "squareplus": "b=2", "soft_shrink": "threshold=0.1"}


def variants():
    with open(sys.argv[2], encoding="utf-8") as file:
        rows = re.findall(r'^ROW\((\w+), "\w+", "[^"]*", BUILT', file.read(), re.MULTILINE)
    for name in rows:
        yield name, NEEDED.get(name, "")
        if name in GIVEN:
            yield name, GIVEN[name]


def main():
    lines = ["data d { train = blobs(64, classes=4, features=4, seed=1) }",
             "model net(f) { Input(4); Dense(8, activation=f); Dense(4, activation=softmax) }"]
    pairs = list(variants())
    for i, (name, args) in enumerate(pairs):
        lines += [f"fn f{i}(x) = {name}(x{', ' if args else ''}{args})",
                  f"let by_word{i} = net({name + '(' + args + ')' if args else name})", f"let by_fn{i} = net(f{i})"]
        for m in (f"by_word{i}", f"by_fn{i}"):
            lines += [f"compile {m} {{ optimizer = SGD(0.1), loss = sparse_categorical_crossentropy }}",
                      f"fit {m} on d {{ epochs = 2, verbose = 0 }}"]
    path = os.path.join(sys.argv[3], "rows.nn")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    done = subprocess.run([sys.argv[1], "run", path, "--", "--hash"], stdout=subprocess.PIPE, check=True)
    hashes = dict(line.split()[1:] for line in done.stdout.decode().splitlines())
    for i, (name, args) in enumerate(pairs):
        if hashes[f"by_word{i}"] != hashes[f"by_fn{i}"]:
            sys.exit(f"{name}({args}) differs")
    if len(pairs) < 30 or len(set(hashes.values())) < 25:
        sys.exit(f"{len(pairs)} activations, {len(set(hashes.values()))} different results")


main()
