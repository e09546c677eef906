"""Every word that a table of the language holds is found by `nnlc doc WORD`: names and other spellings
of rows, their arguments, reserved words, entries of declarations, and the kinds themselves.

    doc_words.py NNLC ROOT"""
import re
import subprocess
import sys

nnlc, root = sys.argv[1:]


def read(path):
    with open(f"{root}/{path}", encoding="utf-8") as file:
        return file.read()


def words():
    text = subprocess.run([nnlc, "doc", "--all"], check=True, capture_output=True, text=True).stdout
    for line in text.split("\n"):
        if line.startswith("### ") and not line.startswith("### of "):
            yield line[4:]
        elif line.startswith("Also written: "):
            yield from line[14:].split()
        elif line.startswith("## "):
            yield line[3:]
        elif line.startswith("- `"):
            yield line.split("`")[1]
        elif line.startswith("Known, but not built yet: "):
            yield from re.findall(r"`(\w+)`", line)
    yield from re.findall(r'^WORD\(\w+, "(\w+)"', read("lexer/tokens.def"), re.MULTILINE)
    yield from re.findall(r'^(?:ENTRY|MEMBER)\([^,]+, "(\w+)"', read("ir/defs/entries.def"), re.MULTILINE)


missing = []
for word in sorted(set(words())):
    done = subprocess.run([nnlc, "doc", word.upper()], capture_output=True, text=True)
    if done.returncode or word.lower() not in done.stdout.lower():
        missing.append(word)
print(len(set(words())), "words")
sys.exit(f"not found: {missing}" if missing else 0)
