"""The files that the lint programs read, and C text without its comments.

Comes in: the checkout, found from this file's own place. Build folders and what git ignores are
left out. The programs print one line per finding, `path:line: what is wrong`, and exit with 1."""
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SKIPPED = 77


def files(*endings, under=""):
    """Paths from the root, sorted; all of the checkout's files, or those with an ending."""
    try:
        listing = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", under or "."],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout
        names = listing.decode().split("\0")[:-1]
    except (OSError, subprocess.CalledProcessError):
        names = walked(under)
    return sorted({name for name in names
                   if (not endings or name.endswith(endings))
                   and os.path.isfile(os.path.join(ROOT, name))})


def walked(under):
    """The same without git, as in an unpacked archive."""
    names = []
    for folder, folders, inside in os.walk(os.path.join(ROOT, under)):
        folders[:] = [name for name in folders if name not in ("build", "__pycache__", ".git")]
        names += [os.path.relpath(os.path.join(folder, name), ROOT) for name in inside]
    return names


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8", errors="replace") as file:
        return file.read()


C_TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)


def without_comments(text):
    """C text with comments made blank; line numbers and strings stay."""
    def blank(found):
        token = found.group()
        return token if token[0] in "\"'" else re.sub(r"[^\n]", " ", token)
    return C_TOKEN.sub(blank, text)


def line_of(text, at):
    return text.count("\n", 0, at) + 1


def finish(findings):
    for finding in findings:
        print(finding)
    if findings:
        print(f"{len(findings)} finding{'s' if len(findings) != 1 else ''}")
    sys.exit(1 if findings else 0)
