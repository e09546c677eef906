"""Compares the head of --emit=plan with the lines at its end, with --emit=cost and with what `summary` of a
trained model prints.

    plan_summary.py NNLC PROGRAM.nn"""
import re
import subprocess
import sys

nnlc, program = sys.argv[1:]
ROW = re.compile(r"  (.{34}) (.{14}) (.{16})")


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def number(text):
    return int(text.replace(",", "") or 0)


def blocks(text):
    """Head line -> {row: (count, bytes)}."""
    found, rows = {}, None
    for line in text.split("\n\n")[0].split("\n"):
        if line.startswith("  "):
            name, count, size = (part.strip() for part in ROW.fullmatch(line).groups())
            rows[name] = number(count), number(size)
        else:
            rows = found.setdefault(re.split(r"  +", line)[0], {})
            rows[""] = line.split()[-1]
    return found


def equal(what, a, b):
    if a != b:
        sys.exit(f"{what}: {a} instead of {b}")


def main():
    plan = output(nnlc, "--emit=plan", program)
    found = blocks(plan)
    ends = {name: tuple(map(int, rest)) for name, *rest in
            re.findall(r"^memory of (\w+): state (\d+) \+ arena (\d+) \+ scratch (\d+) per thread bytes$", plan, re.M)}
    equal("the lines of --emit=cost", re.findall("^memory of.*", output(nnlc, "--emit=cost", program), re.M),
          re.findall("^memory of.*", plan, re.M))
    total = sum(size for _, size in list(found["data"].values())[1:])
    sides = found.get("trainings beside each other", {})
    sizes = {name: size for name, (_, size) in list(sides.items())[1:]}
    total += sizes.pop("the best point so far", 0) + max(sizes.values(), default=0)
    points = re.findall("up to (\\w+)", " ".join(sizes))
    for head, rows in found.items():
        if not head.startswith("model "):
            continue
        state = sum(rows.get(name, (0, 0))[1] for name in ("weights", "optimizer", "fitted preprocessing", "metrics",
                                                            "padding and alignment"))
        models = head[6:].split(", ")
        equal(f"{head}: state", rows["= state"][1], state)
        equal(f"{head}: state at the end", state, ends[models[0]][0])
        arena, scratch = rows["activations and gradients"][1], rows["scratch of each thread"][1]
        equal(f"{head}: arena", arena, sum(ends[name][1] for name in models))
        equal(f"{head}: scratch", scratch, sum(ends[name][2] for name in models))
        one = state + arena + scratch
        if models[0] in points or "folds of " + models[0] in sizes:
            equal(f"{head}: a training", sizes.get("points of a sweep, up to " + models[0], sizes.get("folds of " + models[0])), one)
        if models[0] in points:
            continue
        total += one + rows.get("optimizer: step and learning rate", (0, 0))[1]
    equal("total", number(found["total, with one thread"][""]), total)
    if "summary net" not in open(program).read():
        return
    printed = output(nnlc, "run", program)
    net = found["model net"]
    weights, slots, counters = net["weights"], net["optimizer"], net["optimizer: step and learning rate"]
    shown = re.search(r'Model: "net".*?Total params: (\S+) .*?Trainable params: (\S+) \((\S+) B\)'
                      r'.*?Optimizer params: (\S+) .*?Fitted values: (\S+)', printed, re.S)
    equal("total params", weights[0] + slots[0] + counters[0], number(shown[1]))
    equal("weights", weights, (number(shown[2]), int(float(shown[3]))))
    equal("optimizer", slots[0] + counters[0], number(shown[4]))
    equal("fitted values", net["fitted preprocessing"][0], number(shown[5]))


main()
