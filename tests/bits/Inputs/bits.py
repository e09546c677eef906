"""One training, every way to run it: the weights' hashes are those of tests/golden/hashes.

    bits.py NNLC PROGRAM.nn SCRATCH            by JIT and as an executable, levels, threads, x86-64-v3
    bits.py NNLC PROGRAM.nn SCRATCH --cpu=CPU  compiled for that CPU
    bits.py NNLC PROGRAM.nn SCRATCH --aarch64  compiled for another system, run by an emulator
    bits.py NNLC PROGRAM.nn SCRATCH --write    prints the lines for tests/golden/hashes
"""
import os
import re
import subprocess
import sys

HASHES = os.path.join(os.path.dirname(__file__), "..", "..", "golden", "hashes")


def output_of(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: exit status {done.returncode}\n{done.stdout}")
    return re.findall(r"^hash (\S+) ([0-9a-f]{16})$", done.stdout, re.MULTILINE)


def by_jit(nnlc, program, options, threads):
    return output_of([nnlc, "run", *options, program, "--", "--hash", f"--threads={threads}"])


def as_executable(nnlc, program, options, threads, scratch, emulator=()):
    subprocess.run([nnlc, *options, program, "-o", scratch], check=True)
    return output_of([*emulator, scratch, "--hash", f"--threads={threads}"])


def expected(name):
    with open(HASHES, encoding="ascii") as file:
        rows = [line.split() for line in file if not line.startswith("#")]
    return [(model, value) for program, model, value in rows if program == name]


def on_aarch64(nnlc, program, scratch):
    emulator = ["qemu-aarch64", "-L", "/usr/aarch64-linux-gnu"]
    for level, threads in ((0, 2), (2, 1), (3, 3)):
        options = ["--target=aarch64-linux-gnu", f"-O{level}"]
        yield options, as_executable(nnlc, program, options, threads, scratch, emulator)
    options = ["--target=aarch64-linux-gnu", "--mcpu=cortex-a72", "--static"]
    yield options, as_executable(nnlc, program, options, 7, scratch, emulator[:1])


def trials(nnlc, program, scratch, cpu):
    if cpu == "--aarch64":
        yield from on_aarch64(nnlc, program, scratch)
        return
    if cpu:
        for level in (0, 2):
            yield [f"--mcpu={cpu}", f"-O{level}"], by_jit(nnlc, program, [f"--mcpu={cpu}", f"-O{level}"], 2)
        yield [f"--mcpu={cpu}", "-o"], as_executable(nnlc, program, [f"--mcpu={cpu}"], 3, scratch)
        return
    for level, threads in ((0, 1), (1, 2), (2, 3), (3, 7)):
        options = [f"-O{level}"]
        yield options + [f"threads {threads}"], by_jit(nnlc, program, options, threads)
    yield ["-o"], as_executable(nnlc, program, [], 1, scratch)
    yield ["-o", "threads 7"], as_executable(nnlc, program, ["--mcpu=x86-64-v3"], 7, scratch)


def main():
    nnlc, program, scratch = sys.argv[1:4]
    more = sys.argv[4] if len(sys.argv) > 4 else ""
    name = os.path.basename(program)
    if more == "--write":
        for model, value in by_jit(nnlc, program, [], 1):
            print(name, model, value)
        return
    want = expected(name)
    if not want:
        sys.exit(f"tests/golden/hashes has no line for {name}")
    wrong = 0
    for what, found in trials(nnlc, program, scratch, more.removeprefix("--cpu=")):
        wrong += found != want
        print(f"{'ok' if found == want else 'DIFFERS'}: {' '.join(what)}: {found}")
    if wrong:
        sys.exit(f"{wrong} differ from {want}")


main()
