"""Tries every word that `nnlc doc --all` calls known, but not built yet.

    not_built_words.py NNLC FILE.nn    FILE.nn is written anew for every group of words
"""
import re
import subprocess
import sys

HEAD = ["data d { train = blobs(60) }", "model net { Dense(2) }", "compile net { loss = mse }"]
# Section of the reference -> what the message calls such a word, and a line that uses it.
LINES = {
    "Commands": ("command", "WORD"),
    "Layers": ("layer", "model mN { WORD }"),
    "Initializers": ("initializer", "model mN { Dense(2, kernel_initializer=WORD) }"),
    "Regularizers": ("regularizer", "model mN { Dense(2, kernel_regularizer=WORD) }"),
    "Constraints": ("constraint", "model mN { Dense(2, kernel_constraint=WORD) }"),
    "Losses": ("loss", "compile net { loss = WORD }"),
    "Metrics": ("metric", "compile net { loss = mse, metrics = WORD }"),
    "Optimizers": ("optimizer", "compile net { loss = mse, optimizer = WORD }"),
    "Schedules": ("schedule", "compile net { loss = mse, optimizer = SGD(WORD) }"),
    "Callbacks": ("callback", "fit net on d { callbacks = WORD }"),
    "Sources": ("source", "data dN { train = WORD } ; describe dN"),
    "Transforms": ("transform", "data dN { train = blobs(60), inputs = WORD } ; describe dN"),
}
GROUP = 20    # as many errors as the compiler shows


def words(nnlc):
    """(section, word) of the reference."""
    section = None
    for line in subprocess.run([nnlc, "doc", "--all"], check=True, capture_output=True,
                               text=True).stdout.split("\n"):
        if line.startswith("## "):
            section = line[3:]
        elif line.startswith("Known, but not built yet:"):
            for word in re.findall(r"`(\w+)`", line):
                yield section, word


def uses(nnlc):
    """(line, column of the word, expected message)."""
    for number, (section, word) in enumerate(words(nnlc)):
        kind, line = LINES[section]
        for form in [word] if section == "Commands" else [word, f"{word}(1)"]:
            text = line.replace("N", f"{number}{len(form)}").replace("WORD", form)
            message = f"error: the {kind} '{word}' is not built yet"
            yield text, line.replace("N", f"{number}{len(form)}").index("WORD") + 1, message


def main():
    nnlc, path = sys.argv[1:]
    all_uses = list(uses(nnlc))
    for start in range(0, len(all_uses), GROUP):
        group = all_uses[start:start + GROUP]
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(HEAD + [line for line, _, _ in group]) + "\n")
        done = subprocess.run([nnlc, "--emit=program", path], capture_output=True, text=True)
        shown = [line for line in done.stderr.split("\n") if line.startswith(path + ":")]
        expected = [f"{path}:{number}:{column}: {message}" for number, (_, column, message)
                    in enumerate(group, len(HEAD) + 1)]
        if done.returncode == 0 or shown != expected:
            for line in sorted(set(expected) ^ set(shown)):
                print("missing:" if line in expected else "too much:", line)
            sys.exit(1)
    print(len(set(words(nnlc))), "words")


if __name__ == "__main__":
    main()
