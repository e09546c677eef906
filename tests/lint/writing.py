"""Files are written in one place (runtime/files): whole or not at all, past no link, under no name that can be guessed.
Nothing else opens a file for writing, renames one or makes one."""
import re

import sources

# The module: what is opened there, and the folders that are made.
WRITERS = {"runtime/files/append.c", "runtime/files/beside.c", "runtime/files/place.c", "runtime/files/private.c",
           "runtime/exec/surroundings.c"}
MAKERS = WRITERS | {"runtime/files/folders.c", "driver/new_example.c"}
OUTSIDE = ("tests/", "bench/", "cmake/")
OPENS = re.compile(r"\b(?:open|openat|open64)\s*\(([^;{}]*)")
WRITES = re.compile(r"\bO_(?:WRONLY|RDWR|CREAT|TRUNC|APPEND|TMPFILE)\b")
STREAMS = re.compile(r"\b(?:fopen|freopen|fopen64)\s*\(([^;{}]*?),\s*([^,;()]+)[,)]")
OTHERS = re.compile(r"\b(rename|renameat|renameat2|creat|mkstemp|mkostemp|tmpfile|tmpnam|tempnam|truncate|link|linkat|symlink|"
                    r"symlinkat)\s*\(")
FOLDERS = re.compile(r"\b(mkdir|mkdirat|mkdtemp)\s*\(")


def findings_of(path, text):
    for found in STREAMS.finditer(text):
        if not re.fullmatch(r'"rb?e?"', found.group(2).strip()):
            yield found.start(), "opens a stream for something else than reading"
    if path not in MAKERS:
        yield from ((found.start(), f"'{found.group(1)}' makes a folder") for found in FOLDERS.finditer(text))
    if path in WRITERS:
        return
    for found in OPENS.finditer(text):
        if WRITES.search(found.group(1)):
            yield found.start(), "opens a file for writing"
    yield from ((found.start(), f"'{found.group(1)}' changes a folder") for found in OTHERS.finditer(text))


def main():
    findings = []
    for path in sources.files(".c", ".h", ".l", ".y"):
        if path.startswith(OUTSIDE):
            continue
        text = sources.without_comments(sources.read(path))
        findings += [f"{path}:{sources.line_of(text, at)}: {what}; runtime/files does that"
                     for at, what in findings_of(path, text)]
    sources.finish(findings)


if __name__ == "__main__":
    main()
