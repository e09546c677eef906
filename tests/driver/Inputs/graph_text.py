"""Prints graphs, reads them back and prints them again: the text must be the same.

    graph_text.py NNLC ROOT SCRATCH

Takes every .nnir file below ROOT/tests and ROOT/examples that nnlc accepts (the tests hold wrong ones
too), and --emit=ir and --emit=train-ir of every example whose data files are there."""
import glob
import os
import subprocess
import sys

nnlc, root, scratch = sys.argv[1:4]
AT_LEAST = 20       # graphs that must have been compared, so that this test cannot pass on nothing


def printed(*arguments):
    """What nnlc prints, or None if it refuses the file."""
    done = subprocess.run([nnlc, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"nnlc {' '.join(arguments)}: exit status {done.returncode}")
    return done.stdout.decode() if done.returncode == 0 else None


def sources():
    for folder in ("tests", "examples"):
        for path in sorted(glob.glob(os.path.join(root, folder, "**", "*.nnir"), recursive=True)):
            yield "ir", path
    for path in sorted(glob.glob(os.path.join(root, "examples", "*.nn"))):
        yield "ir", path
        yield "train-ir", path


def main():
    compared = wrong = 0
    os.makedirs(scratch, exist_ok=True)
    again = os.path.join(scratch, "again.nnir")
    for stage, path in sources():
        first = printed(f"--emit={stage}", path)
        if first is None:
            continue
        with open(again, "w", encoding="utf-8") as file:
            file.write(first)
        compared += first.count("graph @")
        if printed("--emit=ir", again) != first:
            print(f"--emit={stage} {path}: reading what was printed gives another text")
            wrong += 1
    print(f"{compared} graphs")
    if wrong or compared < AT_LEAST:
        sys.exit(1)


main()
