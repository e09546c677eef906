"""No path that exists on one machine only, and no leftovers: such lines mean nothing to others."""
import re

import sources

PRIVATE = re.compile(r"(?<![\w.])/(?:work|home|root|Users|mnt|tmp/[a-z]+/\.)/[\w.-]+")
LEFTOVER = re.compile(r"\b(?:TODO|FIXME|XXX)\b")
CONFLICT = re.compile(r"^(?:<{7}|>{7}) ")
BINARY = (".gz", ".npy", ".npz", ".safetensors", ".png", ".bin")


def main():
    findings = []
    for path in sources.files():
        if path.endswith(BINARY) or path.startswith("tests/fuzz/corpus/") or path == "tests/lint/paths.py":
            continue
        for number, line in enumerate(sources.read(path).split("\n"), 1):
            place = f"{path}:{number}"
            if PRIVATE.search(line):
                findings.append(f"{place}: '{PRIVATE.search(line).group()}' is a path of one machine")
            if LEFTOVER.search(line):
                findings.append(f"{place}: '{LEFTOVER.search(line).group()}': do it, or file an issue")
            if CONFLICT.search(line):
                findings.append(f"{place}: a merge conflict's mark")
    sources.finish(findings)


if __name__ == "__main__":
    main()
