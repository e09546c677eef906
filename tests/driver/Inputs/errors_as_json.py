"""What --error-format=json prints: read as JSON, and compared with what an editor would need.

    errors_as_json.py NNLC      in an empty folder"""
import json
import subprocess
import sys

nnlc = sys.argv[1]
TEXT = """let relu = 3
model größe { Input(4); Dense(2, activation=rellu) }
model größe { }
"""


def messages(*arguments):
    done = subprocess.run([nnlc, "--error-format=json", *arguments], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    assert done.stdout == b"", done.stdout
    return done.returncode, [json.loads(line) for line in done.stderr.decode("utf-8").splitlines()]


def texts(edits, text):
    """The text with the edits made, as an editor makes them: from the last to the first."""
    lines = text.split("\n")
    for e in sorted(edits, key=lambda e: (e["line"], e["column"]), reverse=True):
        line = lines[e["line"] - 1]
        lines[e["line"] - 1] = line[:e["column"] - 1] + e["replacement"] + line[e["end_column"] - 1:]
    return "\n".join(lines)


def expect(found, wanted, what):
    if found != wanted:
        sys.exit(f"{what}: found {found}, not {wanted}")


def main():
    with open("wrong.nn", "w", encoding="utf-8") as file:
        file.write(TEXT)
    status, found = messages("check", "wrong.nn")
    expect(status, 1, "exit status")
    expect([m["severity"] for m in found], ["warning", "error", "error"], "severities")
    expect([(m["file"], m["line"], m["column"], m["end_line"], m["end_column"]) for m in found],
           [("wrong.nn", 1, 5, 1, 9), ("wrong.nn", 2, 45, 2, 50), ("wrong.nn", 3, 7, 3, 12)],
           "places, in code points from 1, the end behind the last character")
    shadow, unknown, twice = found
    expect(shadow["name"], "shadow", "the name of the warning")
    expect(unknown["message"], "unknown activation 'rellu'; did you mean 'relu'?", "message")
    expect("name" in unknown, False, "an error has a name")
    repaired = texts([m["fix"] for m in found if "fix" in m], TEXT)
    expect(repaired, TEXT.replace("rellu", "relu"), "the text after the fixes")
    expect([(n["file"], n["line"], n["column"]) for n in twice["notes"]], [("wrong.nn", 2, 7)], "notes")

    status, found = messages("check", "-Werror", "wrong.nn")
    expect((found[0]["severity"], found[0]["name"]), ("error", "shadow"), "a warning made an error")

    for arguments in (["check", "missing.nn"], ["wrong.nn", "--emit=tokens", "-o", "missing/x"]):
        status, found = messages(*arguments)
        expect((status, len(found)), (1, 1), f"messages of {arguments}")
        expect("line" in found[0] or "file" in found[0], False, f"{arguments} have a place")
        expect("No such file or directory" in found[0]["message"], True, f"{arguments}: {found}")

    with open("right.nn", "w", encoding="utf-8") as file:
        file.write("let a = 1\n")
    expect(messages("check", "right.nn"), (0, []), "a right program")


main()
