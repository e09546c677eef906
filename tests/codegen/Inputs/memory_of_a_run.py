"""Compares what a trainer allocates with what --emit=plan says, and run with run.

    memory_of_a_run.py NNLC PROGRAM.nn      in a folder that holds allocations.so

The runtime puts every block at a multiple of LINE and leaves at least one LINE behind it; each thread's
scratch has one of its own. Arenas and scratch have up to two more in front."""
import os
import re
import subprocess
import sys

nnlc, program = sys.argv[1:3]
LINE = 64


def output_of(command, **more):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, check=False, **more)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: exit status {done.returncode}\n{done.stderr}")
    return done.stdout, done.stderr


def rounded(size):
    return (size + LINE - 1) // LINE * LINE


def plans(size):
    """Per use (train, eval, predict) its (block, arena, scratch), and the last line's three numbers."""
    text, _ = output_of([nnlc, f"-Dsize={size}", "--emit=plan", program])
    rows = re.findall(r"^plan @net\.(\w+)\.\d+: block (\d+), arena (\d+), scratch (\d+) bytes$", text, re.M)
    total = re.findall(r"^memory of net: state (\d+) \+ arena (\d+) \+ scratch (\d+) per thread bytes$", text, re.M)
    return {use: tuple(map(int, row)) for use, *row in rows}, tuple(map(int, total[0]))


def allocated(size, *arguments):
    """How many allocations a run makes, and the sizes of its blocks."""
    trainer = os.path.abspath(f"trainer{size}")
    if not os.path.exists(trainer):
        output_of([nnlc, f"-Dsize={size}", program, "-o", trainer])
    preload = dict(os.environ, LD_PRELOAD=os.path.abspath("allocations.so"))
    _, text = output_of([trainer, *arguments], env=preload)
    count = int(re.search(r"^allocations (\d+)$", text, re.M).group(1))
    return count, [int(n) for n in re.findall(r"^block (\d+)$", text, re.M)]


def check_plan(size, threads):
    plan, (state, arena, scratch) = plans(size)
    _, blocks = allocated(size, f"--threads={threads}")
    wanted = [rounded(plan["train"][0]) + LINE]
    for use in ("train", "eval"):
        wanted.append(plan[use][1] + 3 * LINE)
        wanted.append((rounded(plan[use][2]) + LINE) * threads + 3 * LINE)
    for want in wanted:
        if want not in blocks:
            sys.exit(f"size {size}, {threads} threads: no block of {want} bytes among {blocks}; plan {plan}")
        blocks.remove(want)
    sums = (plan["train"][0], max(plan["train"][1] + plan["eval"][1], plan["predict"][1]),
            plan["train"][2] + plan["eval"][2])
    if sums != (state, arena, scratch):
        sys.exit(f"size {size}: the last line says {(state, arena, scratch)}, the plans add up to {sums}")


def main():
    for size, threads in ((64, 1), (64, 2), (16, 3)):
        check_plan(size, threads)
    counts = {}
    for size in (1, 4, 16, 64):
        for threads in (1, 3):
            counts[size, threads], _ = allocated(size, f"--threads={threads}")
    for threads in (1, 3):
        if len({counts[size, threads] for size in (1, 4, 16, 64)}) != 1:
            sys.exit(f"the number of allocations depends on the number of batches: {counts}")
    if allocated(4, "--threads=3", "--epochs=9")[0] != counts[4, 3]:
        sys.exit("the number of allocations depends on the number of epochs")


main()
