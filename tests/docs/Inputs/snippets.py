"""Runs what a page shows and compares what is printed with what the page says.

    snippets.py NNLC ROOT SCRATCH PAGE.md

Blocks between ``` are taken in their order, in one folder, which has copies of examples/ and,
as data/, of examples/data:

* ```nn and ```nnir: a program. The first line names its file ("# rows.nn: ..."); a .nn file is run, a
  block without a name and a .nnir file are checked. A block without a word that follows at once
  is what the run prints.
* ```python: a program, written to the file that its first line names ("# make.py: ..."); sessions run it.
* A block without a word whose first line is "$ COMMAND": a session; below each command stands what it
  prints. It runs in a shell.
* A block without a word that begins as a dump of a graph: lines of `--emit=train-ir` of one of the
  programs above.
* ```text and other words, and indented blocks: not looked at.

A line "..." stands for any lines. Times ("0s", "7us/step") are not compared. The exit status must be 0
exactly if no "error:" is shown."""
import difflib
import os
import re
import shutil
import subprocess
import sys

nnlc, root, scratch, page = map(os.path.abspath, sys.argv[1:5])
TIMES = re.compile(r"\b\d+(?:s|ms|us)(/step)?\b")
DUMP = re.compile(r"graph @|  (?:%|state @|write @)")
NAMED = re.compile(r"# (\S+\.(?:nn|nnir|py))(?::|$)")


class Block:
    def __init__(self, line, word, text, follows):
        self.line, self.word, self.lines, self.follows = line, word, text, follows
        first = text[0] if text else ""
        self.is_session = not word and first.startswith("$ ")
        self.is_dump = not word and bool(DUMP.match(first))
        self.is_output = not word and follows and not self.is_session and not self.is_dump


def blocks(text):
    """The blocks of a page; `follows`: nothing but blank lines stands between it and the last one."""
    found, inside, start, prose = [], None, 0, True
    for number, line in enumerate(text.split("\n"), 1):
        if inside is None and line.startswith("```"):
            inside, start, word = [], number, line[3:].strip()
        elif inside is not None and line.rstrip() == "```":
            found.append(Block(start, word, inside, not prose))
            inside, prose = None, False
        elif inside is not None:
            inside.append(line)
        elif line.strip():
            prose = True
    return found


def run(command):
    """What a shell command prints, both streams in their order, and its exit status."""
    path = [os.path.dirname(nnlc), os.path.join(scratch, "python"), os.environ["PATH"]]
    environment = dict(os.environ, PATH=os.pathsep.join(path), NO_COLOR="1", COLUMNS="80")
    environment.pop("NNLC_DATA", None)
    done = subprocess.run(["sh", "-c", command], cwd=scratch, env=environment, check=False,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.stdout.decode("utf-8", errors="replace").split("\n"), done.returncode


def write(name, text):
    with open(os.path.join(scratch, name), "w", encoding="utf-8") as file:
        file.write(text)


def plain(lines):
    """Without times, ends of lines and blank lines at the end."""
    lines = [TIMES.sub(r"TIME\1", line.rstrip()) for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def agrees(shown, found):
    if "..." not in shown:
        return shown == found
    pattern = "".join("(?:.*\n)*?" if line == "..." else re.escape(line) + "\n" for line in shown)
    return re.fullmatch(pattern, "".join(line + "\n" for line in found)) is not None


class Page:
    def __init__(self):
        self.n_compared = self.n_wrong = 0
        self.programs = []

    def wrong(self, line, what, detail=()):
        self.n_wrong += 1
        print(f"{os.path.relpath(page, root)}:{line}: {what}")
        for text in detail:
            print("    " + text)

    def compare(self, line, command, shown):
        """Runs a command and compares; `shown` None: prints what it likes."""
        found, status = run(command)
        found = plain(found)
        self.n_compared += 1
        fails = any("error:" in text for text in (found if shown is None else shown))
        if (status != 0) != fails or (shown is None and fails):
            self.wrong(line, f"'{command}' ends with status {status}", found)
        elif shown is not None and not agrees(plain(shown), found):
            difference = difflib.unified_diff(plain(shown), found, "the page", "printed", lineterm="")
            self.wrong(line, f"'{command}' prints something else", difference)

    def take_program(self, block, output):
        named = NAMED.match(block.lines[0]) if block.lines else None
        name = named.group(1) if named else f"unnamed.{block.word}"
        write(name, "\n".join(block.lines) + "\n")
        if block.word == "nn":
            self.programs.append(name)
        if not named or block.word == "nnir":
            self.compare(block.line, f"nnlc check {name}", output and output.lines)
        else:
            self.compare(block.line, f"nnlc run {name}", output and output.lines)

    def take_session(self, block):
        commands = [i for i, line in enumerate(block.lines) if line.startswith("$ ")] + [len(block.lines)]
        for start, end in zip(commands, commands[1:]):
            self.compare(block.line + 1 + start, block.lines[start][2:], block.lines[start + 1:end])

    def take_excerpt(self, block):
        self.n_compared += 1
        part = "\n".join(plain(block.lines)) + "\n"
        for name in self.programs:
            found, _ = run(f"nnlc --emit=train-ir {name}")
            if part in "\n".join(plain(found)) + "\n":
                return
        self.wrong(block.line, f"none of {self.programs} has these lines in its --emit=train-ir")

    def take(self, all_blocks):
        for block, after in zip(all_blocks, all_blocks[1:] + [None]):
            if block.word == "python":
                write(NAMED.match(block.lines[0]).group(1), "\n".join(block.lines) + "\n")
            elif block.word in ("nn", "nnir"):
                self.take_program(block, after if after and after.is_output else None)
            elif block.is_session:
                self.take_session(block)
            elif block.is_dump:
                self.take_excerpt(block)
            elif not block.word and not block.is_output:
                self.wrong(block.line, "nothing says what this block is; is it ```text?")


def main():
    shutil.rmtree(scratch, ignore_errors=True)
    for name in ("examples", "data"):
        source = os.path.join(root, "examples", "data" if name == "data" else "")
        shutil.copytree(source, os.path.join(scratch, name))
    os.mkdir(os.path.join(scratch, "python"))                 # python3 of a session is the one that runs this
    write("python/python3", f"#!/bin/sh\nexec '{sys.executable}' \"$@\"\n")
    os.chmod(os.path.join(scratch, "python", "python3"), 0o755)
    with open(page, encoding="utf-8") as file:
        found = blocks(file.read())
    checked = Page()
    checked.take(found)
    print(f"{len(found)} blocks, {checked.n_compared} compared, {checked.n_wrong} wrong")
    sys.exit(1 if checked.n_wrong or not checked.n_compared else 0)


main()
