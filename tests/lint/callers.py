"""Every function has a caller outside of its test.

Comes in: C, grammar and scanner sources and tables, without tests/ and bench/. A name counts as used where it
stands anywhere but in its own definition, in declarations, and inside its own body. Names that tables put
together count by their parts: `vjp_##id` uses every vjp_X of which X is a row of some table, `rt_##row##_##event`
every rt_X_Y of which X and Y are."""
import re

import sources

CALLED_ELSEWHERE = {
    "main",
    "nn_scan_alloc", "nn_scan_realloc", "nn_scan_free",  # by the scanner that Flex makes
    "nn_lex", "nn_error",                                # by the parser that Bison makes
    "interp_run",     # the interpreter is what tests compare compiled code with
    "pass_is_exact",  # what a pass promises; tests hold it to that
    "arena_used",     # shows tests that a reset frees
}
DEFINED = re.compile(r"^(?!static\b|typedef\b)[A-Za-z_][\w *]*?\b(\w+)\([^;{}]*\)\n\{\n.*?^\}", re.MULTILINE | re.DOTALL)
DECLARED = re.compile(r"^(?!return\b|static\b)[A-Za-z_][\w *]*?\b(\w+)\([^;{}]*\)[\w ,()]*;", re.MULTILINE)
PASTED = re.compile(r"\b(\w+?)##\w+(?:##(\w+?)(?:##(\w+))?)?(?![\w#])")
WORD = re.compile(r"\b[A-Za-z_]\w*\b")


def blank(text, found):
    """The text with a match made blank, lines kept."""
    return text[:found.start()] + re.sub(r"[^\n]", " ", found.group()) + text[found.end():]


def main():
    defined, words, own_uses, pasted, rows = {}, {}, {}, set(), set()
    for path in sources.files(".c", ".h", ".y", ".l", ".def"):
        if path.startswith(("tests/", "bench/")):
            continue
        text = sources.without_comments(sources.read(path))
        if path.endswith(".def"):
            rows.update(WORD.findall(text))
        pasted.update(PASTED.findall(text))
        for found in list(DEFINED.finditer(text)):
            defined[found.group(1)] = f"{path}:{sources.line_of(text, found.start())}"
            own = len(re.findall(rf"\b{found.group(1)}\b", found.group()))
            own_uses[found.group(1)] = own_uses.get(found.group(1), 0) + own
        for found in list(DECLARED.finditer(text)):
            own_uses[found.group(1)] = own_uses.get(found.group(1), 0) + 1
        for word in WORD.findall(text):
            words[word] = words.get(word, 0) + 1

    def is_row(name):
        for before, after, second in pasted:
            if not name.startswith(before):
                continue
            rest = name[len(before):]
            if second and any(rest[:at.start()] in rows and rest[at.end():] in rows
                              for at in re.finditer(re.escape(after), rest)):
                return True
            if not second and rest.endswith(after) and rest[:len(rest) - len(after)] in rows:
                return True
        return False

    findings = [f"{place}: nothing calls '{name}'" for name, place in defined.items()
                if name not in CALLED_ELSEWHERE and words[name] <= own_uses[name] and not is_row(name)]
    sources.finish(sorted(findings))


if __name__ == "__main__":
    main()
