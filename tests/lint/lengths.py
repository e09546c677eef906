"""Files of at most 800 lines and functions of at most 80; tables are excepted, and what a program made
("do not edit" in its first line)."""
import re

import sources

FILE_MAX, FUNCTION_MAX = 800, 80


def long_functions(path, text):
    """Our functions open with a brace of its own in column 0 and end with one."""
    name, opened = "", 0
    for number, line in enumerate(text.split("\n"), 1):
        found = re.match(r"[A-Za-z_].*?(\w+)\(", line)
        if found:
            name = found.group(1)
        if line == "{":
            opened = number
        elif line.startswith("}") and opened:
            if number - opened - 1 > FUNCTION_MAX:
                yield f"{path}:{opened}: '{name}' has {number - opened - 1} lines, at most {FUNCTION_MAX}"
            opened = 0


def main():
    findings = []
    for path in sources.files(".c", ".h", ".l", ".y", ".py"):
        text = sources.read(path)
        lines = text.count("\n")
        if lines > FILE_MAX and "do not edit" not in text.partition("\n")[0]:
            findings.append(f"{path}:1: the file has {lines} lines, at most {FILE_MAX}")
        if path.endswith((".c", ".h")):
            findings += long_functions(path, text)
    sources.finish(findings)


if __name__ == "__main__":
    main()
