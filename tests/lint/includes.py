"""Who may include whom: the table of folders in docs/internals.md, read off the #include lines."""
import os
import re

import sources

EVERYBODY = {"support"}
TABLE = "docs/internals.md"
ROW = re.compile(r"^\| `([\w/]+)/` \| ((?:nothing|`[\w/]+/`).*) \|$", re.MULTILINE)


def table_of_folders():
    """Folder -> the folders that it may include, besides itself and support."""
    text = sources.read(TABLE)
    return {folder: set(re.findall(r"`([\w/]+)/`", others))
            for folder, others in ROW.findall(text[text.index("| folder | includes"):].split("\n\n")[0])}


ALLOWED = table_of_folders()
# What else one folder may read, file by file.
SINGLE = {
    "ir/program": {"parser/ast.h", "parser/parser.h"},
}
RUNTIME = "runtime"
LLVM_USERS = {"codegen/emit", "codegen/target"}
FREE = ("driver", "tests", "bench", "docs", "examples")

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)


def is_own(path):
    """A path of this project, or a file that the build generates into it."""
    return path.split("/")[0] in {"support", "lexer", "parser", "ir", "codegen", "runtime", "driver",
                                  "tests"}


def wrong_arrow(folder, target):
    """Why a file in `folder` may not include `target`, or None."""
    into = os.path.dirname(target)
    if folder.split("/")[0] in FREE:
        return "a header of what only its siblings need" if (
            target.endswith("_internal.h") and into != folder and folder != "tests/unit") else None
    if into == folder:
        return None
    if target.endswith("_internal.h"):
        return "a header of what only its siblings need"
    if folder.split("/")[0] == RUNTIME and folder != "runtime/abi":
        return None if into.split("/")[0] == RUNTIME else "the runtime knows only itself and libc"
    if into in EVERYBODY and folder != "runtime/abi":
        return None
    if into in ALLOWED.get(folder, set()):
        single = SINGLE.get(folder)
        if single and into == "parser" and target not in single:
            return "of the parser only " + " and ".join(sorted(single))
        return None
    allowed = sorted(ALLOWED.get(folder, set()) | (EVERYBODY - {folder}))
    return f"'{folder}' may include only {', '.join(allowed) or 'libc'}"


def main():
    findings = []
    for path in sources.files(".c", ".h", ".def", ".l", ".y"):
        folder = os.path.dirname(path)
        text = sources.without_comments(sources.read(path))
        for found in INCLUDE.finditer(text):
            place = f"{path}:{sources.line_of(text, found.start())}"
            bracket, target = found.groups()
            if target.startswith("llvm-c/") and folder not in LLVM_USERS and \
                    folder.split("/")[0] not in ("tests",):
                findings.append(f"{place}: '{target}': only {' and '.join(sorted(LLVM_USERS))} use LLVM")
            if bracket == "<":
                continue
            if not is_own(target):
                findings.append(f"{place}: '{target}': project headers are named by their full path")
                continue
            why = wrong_arrow(folder, target)
            if why:
                findings.append(f"{place}: '{target}': {why}")
    sources.finish(findings)


if __name__ == "__main__":
    main()
