"""Foreign text reaches a terminal in one way (runtime/abi/shown.h): rt_print and what is built on it show a name of a
file, column, class or layer as a person may see it. Nothing else prints but literals, and what stands in the table;
nothing else makes the text of a message."""
import re

import sources

OUTSIDE = ("tests/", "bench/", "cmake/")

# Files that print past rt_print, and why they may.
WRITERS = {
    "runtime/abi/shown_format.c": "the function itself",
    "support/diag.c": "messages that diag_text.c and diag_json.c have made of shown texts",
    "runtime/train/progress.c": "lines made of shown texts and of escape sequences of their own",
    "runtime/commands/commands.c": "what the program prints is raw",
    "driver/files.c": "a stage of the compiler, as data",
    "driver/process.c": "a literal, from a handler of signals",
    "runtime/files/stream.c": "bytes of a file",
    "runtime/files/events.c": "TensorBoard's events",
    "runtime/files/zip_write.c": "ZIP",
    "runtime/files/npy_write.c": "NPY",
    "runtime/files/safetensors_write.c": "safetensors",
    "runtime/files/csv_write.c": "CSV",
    "runtime/files/jsonl_write.c": "JSON",
    "runtime/files/text.c": "numbers and texts of CSV and JSON",
    "runtime/files/hdf5/child.c": "from process to process",
    "runtime/files/hdf5/items.c": "from process to process",
    "runtime/files/hdf5/layout.c": "from process to process",
    "runtime/callbacks/csv_logger.c": "CSV",
    "runtime/commands/log.c": "JSON",
    "runtime/train/saved.c": "JSON",
    "runtime/plot/svg.c": "SVG",
    "runtime/plot/png_cairo.c": "PNG",
    "runtime/cli/predict_input.c": "CSV in memory",
    "runtime/data/readings.c": "a key in memory",
    "runtime/checkpoint/collect.c": "a table in memory",
}
CALL = re.compile(r"(?<![\w.>])(v?f?printf|v?dprintf|f?puts|f?putc|putchar|fwrite|(?:fputs|fputc|putc|putchar|puts|fwrite)_unlocked|"
                  r"write|pwrite|writev|send|sendto|perror|psignal)\s*\(")
DECLARED = re.compile(r"^[\w ]*\b(?:int|void|bool|size_t|ssize_t|RtStatus)\s+\**$")
LITERAL = r"(?:\"(?:\\.|[^\"\\\n])*\"\s*|'(?:\\.|[^'\\\n])*'\s*|[A-Z][A-Z0-9_]+\s*)+"
OWN = re.compile(rf"\s*(?:[^?:\"']*\?\s*)?{LITERAL}(?::\s*{LITERAL})?\s*")
OF_LITERALS = {"fputs", "puts", "fputc", "putc", "putchar"}
# A text that becomes a message has its foreign parts shown: arena_shown.
MESSAGE = re.compile(r"(?:\b(?:message|fault|wrong|why|problem|reason)\s*=\s*|\b(?:report|fail|complain)\s*\()[^;]*?"
                     r"\b(arena_printf|snprintf)\s*\(")

# What the rules say of a piece of C: refused or not.
SAMPLES = [
    ('void f(void)\n{\n    printf("%s", name);\n}\n', True),
    ('    fprintf(stderr, "%d", 1);\n', True),
    ('    fputs(name, stdout);\n', True),
    ('    fputs(i ? name : "", stdout);\n', True),
    ('    if (x)\n        putchar(c);\n', True),
    ('    return !fwrite(text, 1, n, out);\n', True),
    ('    (void)!write(1, text, n);\n', True),
    ('    puts("a " WHAT);\n    fputs(i ? ", " : "", out);\n    putchar(\'\\n\');\n', False),
    ('    fputs("a"\n          "b", out);\n    rt_print(out, "%s", name);\n', False),
    ('    snprintf(text, 3, "%s", name);\n    w->write(name);\n    writes(name);\n', False),
    ('int write(int fd);\n', False),
    ('    *message = arena_printf(a, "no \'%s\'", name);\n', True),
    ('    report(s, arena_printf(s->arena, "no \'%s\'", name));\n', True),
    ('    *message = arena_shown(a, "no \'%s\'", name);\n    path = arena_printf(a, "%s", name);\n', False),
]


def text_argument(name, text, at):
    """What a call prints: the first argument; `at` is behind its opening parenthesis."""
    depth, start = 0, at
    while at < len(text):
        token = sources.C_TOKEN.match(text, at)
        at = token.end() if token else at
        if at >= len(text) or token:
            continue
        c = text[at]
        if depth == 0 and c in ",)":
            return text[start:at]
        depth += (c in "([{") - (c in ")]}")
        at += 1
    return ""


def findings_of(path, text):
    for found in MESSAGE.finditer(text):
        yield found.start(1), f"'{found.group(1)}' makes a message; arena_shown does that"
    if path in WRITERS:
        return
    for found in CALL.finditer(text):
        name = found.group(1)
        line = text[text.rfind("\n", 0, found.start()) + 1:found.start()]
        literal = name in OF_LITERALS and OWN.fullmatch(text_argument(name, text, found.end()))
        if not literal and not DECLARED.match(line):
            yield found.start(), f"'{name}' prints what may be foreign; rt_print shows it"


def check_samples():
    for text, refused in SAMPLES:
        if bool(list(findings_of("sample.c", text))) != refused:
            yield f"tests/lint/printing.py: {'lets through' if refused else 'refuses'} {text!r}"


def main():
    findings, used = list(check_samples()), set()
    for path in sources.files(".c", ".h", ".l", ".y"):
        if path.startswith(OUTSIDE):
            continue
        text = sources.without_comments(sources.read(path))
        findings += [f"{path}:{sources.line_of(text, at)}: {what}" for at, what in findings_of(path, text)]
        used.update({path} if path in WRITERS and any(findings_of("", text)) else ())
    findings += [f"tests/lint/printing.py: '{path}' needs no place in the table" for path in sorted(set(WRITERS) - used)]
    sources.finish(findings)


if __name__ == "__main__":
    main()
