"""Compares the rates of trainings with those of Keras (tests/golden/make_schedules.py made them).

    schedules.py NNLC GOLDEN FILE.nn

A fit of one batch per epoch reports the rate of each step. Every sum of 8 rates, weighted with 1 to 8, agrees to
1e-14 times the largest of the sums: both sides compute in double, and may round pow, log and cos otherwise.
"""
import subprocess
import sys

EVERY, TOLERANCE = 8, 1e-14
HEAD = "data d { train = blobs(4) }\nmodel net { Dense(1, kernel_initializer=zeros) }\n"
PART = 1000    # as many elements as print shows


def golden(path):
    """(schedule, number of steps, sums)."""
    found = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("    "):
                found[-1][2].extend(map(float, line.split()))
            elif not line.startswith("#"):
                text, steps = line.rsplit(maxsplit=1)
                found.append((text, int(steps), []))
    return found


def program(schedules):
    text = HEAD
    for number, (schedule, steps, _) in enumerate(schedules):
        text += f"compile net {{ loss = mse, optimizer = SGD({schedule}) }}\n"
        for part in range(0, steps, PART):
            count = min(PART, steps - part)
            name = f"r{number}_{part}"
            text += \
                f"fit net on d as {name} {{ epochs = {count}, steps_per_epoch = 1, verbose = 0 }}\n" \
                f'print format("{{:.17g}}", {name}.learning_rate)\n'
    return text


def sums(rates):
    return [sum((k % EVERY + 1) * rates[k] for k in range(i, min(i + EVERY, len(rates))))
            for i in range(0, len(rates), EVERY)]


def main():
    nnlc, path, file = sys.argv[1:]
    schedules, wrong = golden(path), 0
    with open(file, "w", encoding="utf-8") as out:
        out.write(program(schedules))
    lines = iter(subprocess.run([nnlc, "run", file], check=True, capture_output=True, text=True).stdout.splitlines())
    for text, steps, expected in schedules:
        rates = []
        while len(rates) < steps:
            rates += map(float, next(lines).strip("[]").split(", "))
        found = sums(rates)
        most = max(abs(value) for value in expected)
        far = [i for i, (a, b) in enumerate(zip(found, expected)) if not abs(a - b) <= TOLERANCE * most]
        if far or len(found) != len(expected):
            print(f"{text}: steps from {far[0] * EVERY if far else len(found)} differ")
            wrong += 1
    print(len(schedules), "schedules,", wrong, "wrong")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
