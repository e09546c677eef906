"""Has --help a line for every option, with its text, and no other?

    help.py OPTIONS.def HELP"""
import re
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    rows = re.findall(r'^OPTION\((\w+), "([^"]+)", "([^"]*)", "([^"]*)"\)$', file.read(), re.MULTILINE)
with open(sys.argv[2], encoding="utf-8") as file:
    lines = re.findall(r"^  (-\S+(?: [A-Z]+)?) +(\S.*)$", file.read().partition("options:\n")[2], re.MULTILINE)
found = [(left.rstrip(), doc) for left, doc in lines]
if len(rows) < 20 or len(rows) != len(found):
    sys.exit(f"{len(rows)} options, {len(found)} lines of help")
for (_, spelling, value, doc), (left, text) in zip(rows, found):
    if not left.startswith(spelling) or not left.endswith(value) or text != doc:
        sys.exit(f"{spelling}: '{left}' '{text}' instead of '{value}' '{doc}'")
