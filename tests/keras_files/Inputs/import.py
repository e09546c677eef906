"""What nnlc makes of every model of tests/golden/keras_models: the texts, one behind the other. Each must be one that
nnlc takes without a warning.

    import.py NNLC GOLDEN FOLDER"""
import os
import subprocess
import sys

import archives


def main():
    nnlc, golden, folder = sys.argv[1:]
    for name, config in archives.models(os.path.join(golden, "models.jsonl")):
        path, text = os.path.join(folder, name + ".keras"), os.path.join(folder, name + ".nn")
        archives.write(path, archives.json.dumps(config))
        done = subprocess.run([nnlc, "import", path, "-o", text], capture_output=True, text=True)
        print("#", name)
        if done.returncode or done.stderr:
            print("status", done.returncode, done.stderr)
            continue
        with open(text, encoding="utf-8") as made:
            print(made.read(), end="")
        done = subprocess.run([nnlc, "check", "-Werror", text], capture_output=True, text=True)
        if done.returncode or done.stderr:
            print("check", done.returncode, done.stderr)


if __name__ == "__main__":
    main()
