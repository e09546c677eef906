"""hostile_texts.py NNLC: texts of 60 MB, each of one thing again and again: an error or none, in little time and in less than
200 MB. The time is that of the processor, and bounded so that only growth with the square of the text passes it."""
import os
import subprocess
import sys

NNLC = sys.argv[1]
BYTES = 60000000
MEGABYTES = 200
SECONDS = 10
LIMIT = "the program has more than 1000000 tokens"


def again(text, before="", after="\n"):
    """In pieces: what this process holds counts as its children's."""
    yield before
    size = len(text.encode())
    for _ in range(BYTES // size // 1000):
        yield text * 1000
    yield after


def numbered(form, before="", after=""):
    yield before
    for i in range(BYTES // (len(form) + 4)):
        yield form % i
    yield after


def compared(setting, line, times=40000):
    yield setting
    for _ in range(times // 1000):
        yield line * 1000


LIST = "let a = [" + "1, " * 80000 + "2]\n"
LONG = 'let a = "' + "x" * 10000000 + '"\nlet b = "' + "x" * 10000000 + '"\n'
STEPS = "loops, calls, lists and comparisons take more than 1000000 steps in total"

# what the text is; what is said of it, None: nothing
TEXTS = [
    (lambda: again("1,", "let a = [", "1]\n"), LIMIT),
    (lambda: again("0.12345,", "let a = [", "1]\n"), LIMIT),
    (lambda: again('"a",', "let a = [", "1]\n"), LIMIT),
    (lambda: again('"a" ', "let a = "), LIMIT),
    (lambda: again("["), LIMIT),
    (lambda: again("a "), LIMIT),
    (lambda: again("1+", "let a = ", "1\n"), LIMIT),
    (lambda: again(".b", "let a = a"), LIMIT),
    (lambda: again("fit\n"), LIMIT),
    (lambda: again("= 1\n"), LIMIT),
    (lambda: again("if true {\n"), LIMIT),
    (lambda: again(" else if true { }", "if true { }"), LIMIT),
    (lambda: numbered("let a%d = 1\n"), LIMIT),
    (lambda: numbered("model m%d { Dense(1) }\n"), LIMIT),
    (lambda: numbered("a%d, ", "fn f(", "b) = 1\n"), LIMIT),
    (lambda: again("x", "#"), None),
    (lambda: again("#\n"), None),
    (lambda: again("\n"), None),
    (lambda: again(" "), None),
    (lambda: again("x", 'let a = "', '"\n'), None),
    (lambda: again("1", "let a = "), "integer 1111111111111111111111111111111111111111... is too large"),
    (lambda: again("$"), "at least 980 more errors are not shown"),
    (lambda: again("\u00a0"), "at least 1000 errors generated."),
    (lambda: again("\u202e"), "bidirectional control character U+202E"),
    (lambda: again("\\q", 'let a = "', '"\n'), "unknown escape"),
    (lambda: compared(LIST, "print 3 in a\n"), STEPS),
    (lambda: compared(LIST, "print a == a\n"), STEPS),
    (lambda: compared(LONG, "print a == b\n"), STEPS),
    (lambda: compared(LONG, "print a < b\n"), STEPS),
    (lambda: compared(LONG, 'print "y" in a\n'), STEPS),
    (lambda: again('"\n'), 'a string must end on its line with "'),
]


def peak_of(pid):
    _, status, usage = os.wait4(pid, 0)
    return os.waitstatus_to_exitcode(status), usage.ru_maxrss // 1024, usage.ru_utime + usage.ru_stime


def main():
    sanitized = b"__asan_init" in open(NNLC, "rb").read()
    wrong = 0
    for i, (make, said) in enumerate(TEXTS):
        with open("hostile.nn", "w", encoding="utf-8") as out:
            out.writelines(make())
        with open("hostile.out", "wb") as out:
            child = subprocess.Popen([NNLC, "check", "hostile.nn"], stdout=out, stderr=subprocess.STDOUT)
            code, megabytes, seconds = peak_of(child.pid)
        text = open("hostile.out", "rb").read().decode("utf-8", "replace")
        right = code == 0 and not text if said is None else code == 1 and said in text
        small = sanitized or (megabytes < MEGABYTES and seconds < SECONDS)
        if not right or not small:
            wrong += 1
            print(f"text {i}: status {code}, {megabytes} MB, {seconds:.1f} s: {text[:200]}")
    os.remove("hostile.nn")
    print(f"{len(TEXTS)} texts, {wrong} wrong")


if __name__ == "__main__":
    main()
