"""folds_killed.py PROGRAM: kills a cross-validation once its third fold is done, and goes on: each fold is trained once, and
the run says the same as one that nobody killed."""
import json
import re
import subprocess
import sys

program = sys.argv[1]


def run(*options):
    done = subprocess.run([program, *options], stdout=subprocess.PIPE, check=True, text=True)
    return re.sub(r"- \d+s -|going on from.*\n", "", done.stdout)


whole = run()
killed = subprocess.Popen([program, "--checkpoint=k.safetensors", "--log=k.jsonl"], stdout=subprocess.PIPE, text=True)
for line in killed.stdout:
    if line.startswith("Fold 3/"):
        break
killed.kill()
killed.wait()
again = run("--resume=k.safetensors", "--checkpoint=k.safetensors", "--log=k.jsonl")
print("the same:", again == whole)
folds = [json.loads(line)["fold"] for line in open("k.jsonl") if "cross_validate" in line]
print("folds in the log:", folds)

