"""lit tests that would pass without checking anything.

Finds: `not` without FileCheck; CHECK lines in a file that never runs FileCheck; suffixes that
FileCheck does not know and passes over; prefixes that no run asks for; a first line that does not
say what the test shows."""
import re

import sources

PLAIN_TOOLS = {"cmp", "diff", "grep", "ls", "test"}
SUFFIX = re.compile(r"(?:NEXT|SAME|NOT|DAG|LABEL|EMPTY|COUNT-\d+)?(?:\{LITERAL\})?$")
LIT_WORDS = {"RUN", "REQUIRES", "UNSUPPORTED", "XFAIL", "DEFINE", "REDEFINE", "ALLOW_RETRIES", "END"}
DIRECTIVE = re.compile(r"^\s*(?:#|;|//)?\s*([A-Z][A-Z0-9_]*)(?:([-_])([A-Za-z0-9_{}-]+))?\s*:(?!:)")


def run_commands(text):
    """The RUN lines, each with its continuation lines, and their line numbers."""
    joined, start = "", 0
    for number, line in enumerate(text.split("\n"), 1):
        found = re.search(r"\bRUN:\s*(.*)$", line)
        if not found:
            continue
        start = start or number
        part = found.group(1).rstrip()
        joined += part.rstrip("\\") + " "
        if not part.endswith("\\"):
            yield start, joined
            joined, start = "", 0


def prefixes_of(commands):
    """Every prefix that a FileCheck of this file looks for."""
    prefixes = set()
    for _, command in commands:
        for call in re.split(r"[|;]|&&", command):
            if "FileCheck" not in call:
                continue
            given = re.findall(r"--?check-prefix(?:es)?[= ]([A-Za-z0-9_,-]+)", call)
            prefixes |= {name for names in given for name in names.split(",")} or {"CHECK"}
    return prefixes


def check_not(path, commands):
    for number, command in commands:
        for call in re.split(r"&&|;", command):
            found = re.search(r"\bnot\s+(?:--crash\s+)?(\S+)", call)
            if found and found.group(1) not in PLAIN_TOOLS and "FileCheck" not in call:
                yield f"{path}:{number}: 'not' without FileCheck passes on any failure"


def check_directives(path, text, prefixes):
    split = False
    for number, line in enumerate(text.split("\n"), 1):
        split = split or line.startswith("#---")
        found = DIRECTIVE.match(line)
        if not found or "RUN:" in line or found.group(1) in LIT_WORDS:
            continue
        word, joint, suffix = found.groups()
        whole = f"{word}{joint}{suffix}" if joint else word
        if whole in prefixes:
            continue
        if word in prefixes and joint:
            if joint == "_" or not SUFFIX.match(suffix):
                yield f"{path}:{number}: FileCheck does not know '{whole}:' and passes over it"
        elif any(whole.startswith(name + "-") for name in prefixes):
            rest = next(whole[len(name) + 1:] for name in prefixes if whole.startswith(name + "-"))
            if not SUFFIX.match(rest):
                yield f"{path}:{number}: FileCheck does not know '{whole}:' and passes over it"
        elif not split:
            what = "no FileCheck run looks for" if prefixes else "the file never runs FileCheck, but has"
            yield f"{path}:{number}: {what} '{whole}:'"


def check_opening(path, text):
    first = text.split("\n", 1)[0].strip()
    if not re.match(r"(?:#|;|//)\s*\S", first) or "RUN:" in first:
        yield f"{path}:1: the first line does not say what the test shows"


def main():
    findings = []
    for path in sources.files(".nn", ".nnir", ".test", under="tests"):
        if "/Inputs/" in path or path.startswith(("tests/fuzz/", "tests/golden/")):
            continue
        text = sources.read(path)
        commands = list(run_commands(text))
        findings += check_not(path, commands)
        findings += check_directives(path, text, prefixes_of(commands))
        findings += check_opening(path, text)
    sources.finish(findings)


if __name__ == "__main__":
    main()
