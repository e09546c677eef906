"""Every row of support/habits.def is found by a program, and its help is what the program is told.

    habits.py NNLC HABITS_DEF FORMS      FORMS: programs, one a line (\\n: a line end), each with the helps
                                         that it gets in the lines below (`= HELP`)

Programs with a syntax error are written out in FORMS, those for words, arguments and characters are made here.
"""
import ast
import re
import subprocess
import sys

nnlc, table, forms = sys.argv[1:4]
START = """data d { train = blobs(60, classes=3, features=4, seed=1) }
model net { Dense(3, activation=softmax) }
compile net { loss = sparse_categorical_crossentropy }
fit net on d as r { verbose = 0 }
"""
PLACES = {
    "command": "%s 1\n",
    "value": "print 1 + %s\n",
    "member": START + "print r.%s\n",
    "file": START + "save net to net.%s\n",
    "entry": "data e { train = blobs(9), %s = 1 }\n",
}
CALLS = {
    "fit": START + "fit net on d { %s = 1 }\n",
    "evaluate": START + "evaluate net on d.train { %s = 1 }\n",
    "predict": START + "predict net on d.train { %s = 1 }\n",
    "compile": START + "compile net { loss = mse, %s = 1 }\n",
    "csv": "data e { train = csv(\"a.csv\", %s=1) }\n",
    "split": "data e { train = blobs(9), test = split(0.5, %s=1) }\n",
    "learning_rate": START + "compile net { loss = mse, optimizer = Adam(%s=1) }\n",
    "rate": "model m { Input(2); Dropout(%s=1) }\n",
}
wrong = []


def told(program):
    """The helps that a program gets."""
    with open("habits.tmp.nn", "w", encoding="utf-8") as file:
        file.write(program)
    done = subprocess.run([nnlc, "check", "habits.tmp.nn"], capture_output=True, text=True, check=False)
    if done.returncode != 1:
        wrong.append(f"{program!r}: exit status {done.returncode}")
    return re.findall(r"^help: (.*)$", done.stderr, re.MULTILINE)


def expect(program, help_text):
    helps = told(program)
    if help_text not in helps:
        wrong.append(f"{program!r}: told {helps}, not {help_text!r}")


def rows(name):
    """The arguments of each row of a kind."""
    for found in re.finditer(rf"^{name}\((.*)\)$", open(table, encoding="utf-8").read(), re.MULTILINE):
        text = re.sub(r"^(command|value|member|file|entry),", r'"\1",', found.group(1))
        yield ast.literal_eval(f"({text})")


def check_forms():
    helps = []
    program = None
    for line in open(forms, encoding="utf-8").read().split("\n"):
        if line.startswith("= "):
            expect(program, line[2:])
            helps.append(line[2:])
        elif line and not line.startswith("#"):
            program = line.replace("\\n", "\n") + "\n"
    for pattern, _, _, help_text in rows("FORM"):
        wanted = re.sub(r"\\\$\d", ".+", re.escape(help_text))
        if not any(re.fullmatch(wanted, one) for one in helps):
            wrong.append(f"no program for {pattern!r}: {help_text}")


check_forms()
for place, words, help_text in rows("WORD"):
    for word in words.split():
        expect(PLACES[place] % word, help_text)
for row, name, instead, help_text in rows("ARGUMENT"):
    call = CALLS.get(row or instead, "model m { Input(2); %s(1, %%s=1) }\n" % (row or "Dense"))
    expect(call % name, help_text)
for code, instead, help_text in rows("CHARACTER"):
    expect(f"print 1 {chr(code) if isinstance(code, int) else code} 2\n", help_text)
print("\n".join(wrong) or "all rows are told")
