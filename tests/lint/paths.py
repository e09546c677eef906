"""No path that exists on one machine only, no file of ours that is not there, no leftovers: such lines mean
nothing to others. In the root of the checkout lies nothing but what belongs there."""
import os
import re

import sources

PRIVATE = re.compile(r"(?<![\w.])/(?:work|home|root|Users|mnt|tmp/[a-z]+/\.)/[\w.-]+")
NAMED = re.compile(r"(?<![\w./-])(?:bench|cmake|codegen|docs|driver|ir|lexer|parser|runtime|support|tests)"
                   r"/[a-z0-9_/]+\.(?:c|h|def|l|y|py|sh|md|cmake|test)\b(?!\.)")
LEFTOVER = re.compile(r"\b(?:TODO|FIXME|XXX)\b")
GENERATED = re.compile(r"generated/|include \"(?:lexer/scanner|parser/grammar)\.h\"")
CONFLICT = re.compile(r"^(?:<{7}|>{7}) ")
AT_ROOT = {".ci", ".clang-format", ".clang-tidy", ".gitignore", "CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md",
           "bench", "cmake", "codegen", "docs", "driver", "examples", "ir", "lexer", "parser", "runtime", "setup", "support",
           "test", "tests"}
BINARY = (".h5", ".gz", ".npy", ".npz", ".safetensors", ".png", ".bin")


def main():
    findings = [f"{path}:1: a test left it, or it belongs into a folder" for path in sources.files()
                if path.split("/")[0] not in AT_ROOT]
    for path in sources.files():
        if path.endswith(BINARY) or path.startswith("tests/fuzz/corpus/") or path == "tests/lint/paths.py":
            continue
        for number, line in enumerate(sources.read(path).split("\n"), 1):
            place = f"{path}:{number}"
            if PRIVATE.search(line):
                findings.append(f"{place}: '{PRIVATE.search(line).group()}' is a path of one machine")
            for named in NAMED.findall(line):
                if not os.path.exists(os.path.join(sources.ROOT, named)) and not GENERATED.search(line):
                    findings.append(f"{place}: there is no '{named}'")
            if LEFTOVER.search(line):
                findings.append(f"{place}: '{LEFTOVER.search(line).group()}': do it, or file an issue")
            if CONFLICT.search(line):
                findings.append(f"{place}: a merge conflict's mark")
    sources.finish(findings)


if __name__ == "__main__":
    main()
