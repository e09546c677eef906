"""Subcommands of a trainer give the same with --sandbox as without.

    sandboxed.py TRAINER"""
import subprocess
import sys

COMMANDS = [f"predict in/three.csv --weights=out/{name}" for name in ("a.npz", "a.safetensors", "a.keras", "a.weights.h5", "a.h5")]
COMMANDS += ["predict in/three.csv --weights=out/a.npz -o rows.csv", "predict - --weights=out/a.npz",
             "evaluate --weights=out/a.keras --data-dir=in", "info", "summary"]


def run(words):
    with open("in/three.csv", "rb") as rows:
        done = subprocess.run(words, stdin=rows, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return done.returncode, done.stdout


def main():
    same = 0
    for command in COMMANDS:
        plain, boxed = (run([sys.argv[1], *command.split(), *more]) for more in ([], ["--sandbox"]))
        same += plain == boxed and plain[0] == 0
        if plain != boxed or plain[0]:
            print(command, plain, boxed)
    print(f"{same} the same, {len(COMMANDS) - same} not")


main()
