"""Every message has a test.

Comes in: the calls of diag_error, diag_warning, rt_fail and of the functions around them (declared
with NNLC_PRINTF or RT_PRINTF and named so that they say so, or defined in the same file and handing
on a text), and what is assigned to *message, *why, *error. Each format becomes a pattern, its
conversions wildcards, and must be found in a CHECK line of a lit test, in a string of a unit test,
or in a file of expected output (tests/**/*.expected). What a line of FileCheck leaves open with
{{...}} or [[...]] matches conversions only: a test pins the text.

    tests/lint/messages.py BUILD [FOLDER]    the messages without a test, those of FOLDER only
"""
import re
import sys

import sources

DIRECT = {"diag_error": 2, "diag_warning": 3, "rt_fail": 1}      # name -> index of the format
NAMED_SO = re.compile(r"error|fail|warn|refuse|reject|wrong|complain|bad")
OPEN = "\x01"                                                     # what a CHECK line leaves open
DECLARED = re.compile(r"(\w+)\s*\([^;{}()]*\.\.\.\s*\)\s*(?:\w+\s+)*(?:NNLC|RT)_PRINTF\((\d+),\s*\d+\)")
DEFINED = re.compile(r"^\w[\w *]*?\b(\w+)\(([^;{}]*?)\)\n\{\n(.*?)^\}", re.MULTILINE | re.DOTALL)
ASSIGNED = re.compile(r"\*(?:\w+->)?(?:message|why|error) = ([^;]*);")
MESSAGE_TEXT = re.compile(r"text|why|message|what|format|problem")
STRING = re.compile(r'"((?:\\.|[^"\\\n])*)"')
CONVERSION = re.compile(r"%[-+ #0]*(?:\*|\d+)?(?:\.(?:\*|\d+))?(?:hh|h|ll|l|z|j|t|L)?[diouxXeEfFgGaAcspn]")
SCANNED = ("support/", "lexer/", "parser/", "ir/", "codegen/", "runtime/", "driver/")


def unescape(body):
    """The text of a C string literal's inside, also with octal and hexadecimal escapes."""
    raw = body.encode("utf-8")
    raw = re.sub(rb"\\([0-7]{1,3}|x[0-9a-fA-F]+|.)", unescape_one, raw, flags=re.DOTALL)
    return raw.decode("utf-8", errors="replace")


def unescape_one(found):
    what = found.group(1)
    if what[:1] == b"x" and len(what) > 1:
        return bytes([int(what[1:], 16) & 255])
    if what[:1].isdigit():
        return bytes([int(what, 8) & 255])
    return {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"a": b"\a", b"b": b"\b", b"f": b"\f",
            b"v": b"\v"}.get(what, what)


def squeezed(text):
    return re.sub(r"\s+", " ", text)


def arguments_at(text, at):
    """The arguments of a call, `at` just past its opening parenthesis."""
    arguments, depth, start, i = [], 0, at, at
    while i < len(text):
        token = sources.C_TOKEN.match(text, i)
        if token:
            i = token.end()
            continue
        c = text[i]
        if c in "([{":
            depth += 1
        elif c in ")]}":
            if depth == 0:
                return arguments + [text[start:i]]
            depth -= 1
        elif c == "," and depth == 0:
            arguments.append(text[start:i])
            start = i + 1
        i += 1
    return arguments


def alternatives(argument):
    """The formats that an argument may be: literals joined, those around ? and : apart. None where
    there is no literal. A macro between two literals (PRId64) belongs to a conversion."""
    argument = argument.strip()
    parts = re.split(r"[?:](?=\s*\(?\s*\")", STRING.sub(lambda m: m.group().replace(":", "\x02")
                                                       .replace("?", "\x03"), argument))
    formats = []
    for part in parts:
        literals = list(STRING.finditer(part))
        if not literals:
            continue
        text = ""
        for before, literal in zip([None] + literals, literals):
            if before and re.search(r"\w", part[before.end():literal.start()]):
                text += "d"
            text += literal.group(1)
        formats.append(unescape(text.replace("\x02", ":").replace("\x03", "?")))
    return formats or None


def pattern_of(form):
    """The format as a regular expression, or None if it has no words of its own."""
    pieces, words, last = [], "", 0
    form = squeezed(form.strip()).replace("%%", "\x04")
    for found in CONVERSION.finditer(form):
        pieces.append(re.escape(form[last:found.start()]))
        words += form[last:found.start()]
        last = found.end()
    pieces.append(re.escape(form[last:]))
    words += form[last:]
    if len(re.findall(r"[A-Za-z]{2,}", words)) < 2:
        return None
    return re.compile(".*?".join(pieces).replace("\x04", "%"))


def wrappers(paths):
    """Functions that take a format and pass it on as an error or a warning."""
    found = dict(DIRECT)
    for path in paths:
        for name, index in DECLARED.findall(sources.without_comments(sources.read(path))):
            if NAMED_SO.search(name):
                found[name] = int(index) - 1
    return found


def calls_of(formats):
    return re.compile(r"\b(" + "|".join(map(re.escape, formats)) + r")\s*\(")


def handed_on(body, formats):
    """What a function's body gives to messages."""
    for found in ASSIGNED.finditer(body):
        yield found.group(1).strip()
    for found in calls_of(formats).finditer(body):
        for argument in arguments_at(body, found.end())[formats[found.group(1)]:]:
            yield argument.strip()


def with_own(text, formats):
    """The formats, and the file's functions that hand a parameter on."""
    known = dict(formats)
    while True:
        before = len(known)
        for name, parameters, body in DEFINED.findall(text):
            names = [re.findall(r"\w+", one)[-1:] for one in parameters.split(",")]
            texts = [one.strip().startswith("const char *") for one in parameters.split(",")]
            given = set(handed_on(body, known))
            at = [i for i, one in enumerate(names) if texts[i] and given.intersection(one)]
            if at and name not in known and MESSAGE_TEXT.match(names[at[-1]][0]):
                known[name] = at[-1]
        if len(known) == before:
            return known


def messages(paths):
    """(path, line, format) of each message; format None where the call passes no literal."""
    everywhere = wrappers(paths)
    for path in paths:
        text = sources.without_comments(sources.read(path))
        formats = with_own(text, everywhere)
        call = calls_of(formats)
        for found in ASSIGNED.finditer(text):
            for form in alternatives(found.group(1)) or []:
                yield path, sources.line_of(text, found.start()), form
        for found in call.finditer(text):
            if in_string(text, found.start()):
                continue
            arguments = arguments_at(text, found.end())
            index = formats[found.group(1)]
            if len(arguments) <= index or "..." in arguments[-1]:
                continue
            for form in alternatives(arguments[index]) or []:
                yield path, sources.line_of(text, found.start()), form


def in_string(text, at):
    start = text.rfind("\n", 0, at) + 1
    return any(found.start() < at - start < found.end() for found in STRING.finditer(text[start:text.find("\n", at)]))


def tested_texts():
    """What the tests expect, one text per CHECK line, string of a unit test or expected line."""
    for path in sources.files(".nn", ".nnir", ".test", under="tests"):
        for line in sources.read(path).split("\n"):
            found = re.search(r"[A-Z0-9_-]+(?:\{LITERAL\})?:(.*)", line)
            if found and "RUN:" not in line:
                yield re.sub(r"\{\{.*?\}\}|\[\[.*?\]\]", OPEN, squeezed(found.group(1)))
    for path in sources.files(".c", under="tests/unit"):
        text = sources.without_comments(sources.read(path))
        for run in re.finditer(r'"(?:\\.|[^"\\\n])*"(?:\s*"(?:\\.|[^"\\\n])*")*', text):
            yield squeezed(unescape("".join(STRING.findall(run.group()))))
    for path in sources.files(".expected", under="tests"):
        yield from (squeezed(line) for line in sources.read(path).split("\n"))


def main():
    only = sys.argv[2] if len(sys.argv) > 2 else ""
    tested = "\n".join(text.replace("\n", " ") for text in tested_texts())
    paths = [path for path in sources.files(".c", ".h", ".l", ".y") if path.startswith(SCANNED)]
    findings, n_messages = [], 0
    for path, line, form in messages(paths):
        pattern = pattern_of(form)
        if not pattern:
            continue
        n_messages += 1
        if path.startswith(only) and not pattern.search(tested):
            findings.append(f"{path}:{line}: no test expects \"{squeezed(form.strip())}\"")
    print(f"{n_messages} messages")
    sources.finish(findings)


if __name__ == "__main__":
    main()
