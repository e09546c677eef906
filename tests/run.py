#!/usr/bin/env python3
"""Runs every test of a build and adds up what they say.

    tests/run.py BUILD                    unit programs, lit tests, lint
    tests/run.py BUILD --only=lit         one suite (unit, lit, lint, fuzz)
    tests/run.py BUILD --lint=messages    one lint program
    tests/run.py BUILD --filter=parser    lit tests whose name matches; unit programs likewise
    tests/run.py BUILD --only=fuzz --seconds=20    each fuzz target for so much CPU time

A unit program's last line is "N passed, N failed"; a lit test counts as one, and so does a lint
program. What this machine cannot run is listed by name and counted as skipped. The last line is
"N passed, N failed[, N skipped]"; the exit status is 0 only if nothing failed and something ran.
"""
import argparse
import glob
import json
import math
import os
import re
import resource
import subprocess
import sys
import time

TESTS = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(TESTS)
LINT_DEFAULT = ["includes", "hygiene", "headers", "lengths", "paths", "format", "messages", "callers", "writing", "printing"]
UNIT_TIMEOUT = 600
LINT_TIMEOUT = 3600                      # clang-tidy is slow
LINT_SKIPPED = 77
MORE_SEEDS = {"source": ["examples", "tests/ir", "tests/lexer", "tests/parser"],
              "graph": ["tests/ir/graph", "tests/ir/ops"]}
TEXT_LENGTH = 4096                       # longer programs and graphs make a fuzzer slow


class Totals:
    """What has been counted so far, with the names of failed and skipped tests."""

    def __init__(self):
        self.passed = 0
        self.failures = 0
        self.failed_names = []
        self.skipped_names = []

    def fail(self, name, count=1):
        self.failures += count
        self.failed_names.append(name)

    def skip(self, name, reason):
        self.skipped_names.append(f"{name} ({reason})")


def note(text):
    print(text, flush=True)


def run_program(command, timeout, **options):
    """The exit status and everything printed; a hang is status 124."""
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=timeout, cwd=ROOT, **options)
        return done.returncode, done.stdout.decode(errors="replace")
    except subprocess.TimeoutExpired as hang:
        text = (hang.stdout or b"").decode(errors="replace")
        return 124, text + f"\nstill running after {timeout} s\n"


def sources_of(folder, build, prefix, pattern):
    """(name, program) for every C file of a folder; programs of deleted files are not run."""
    if not os.path.isdir(folder):
        return
    names = sorted(file[:-2] for file in os.listdir(folder) if file.endswith(".c"))
    for name in names:
        if re.search(pattern, f"{os.path.basename(folder)}/{name}"):
            yield name, os.path.join(build, prefix, f"{prefix}_{name}")


def run_unit(build, totals, pattern):
    for name, program in sources_of(os.path.join(TESTS, "unit"), build, "unit", pattern):
        if not os.path.exists(program):
            note(f"FAIL: unit/{name}: {program} was not built")
            totals.fail(f"unit/{name}")
            continue
        status, text = run_program([program], UNIT_TIMEOUT)
        counts = re.findall(r"^(\d+) passed, (\d+) failed$", text, re.MULTILINE)
        passed, failed = map(int, counts[-1]) if counts else (0, 0)
        totals.passed += passed
        if status != 0 or failed or not counts:
            note(f"FAIL: unit/{name} (exit status {status})\n{text}")
            totals.fail(f"unit/{name}", max(failed, 1))
        else:
            note(f"PASS: unit/{name} ({passed} checks)")


def find_lit(llvm_tools):
    """Debian has it in llvm-N-tools; any version does."""
    places = [os.path.join(llvm_tools, "..")] + sorted(glob.glob("/usr/lib/llvm-*"))
    for place in places:
        lit = os.path.join(place, "build", "utils", "lit", "lit.py")
        if os.path.exists(lit):
            return [sys.executable, os.path.normpath(lit)]
    return ["lit"]


def site_setting(site, name):
    with open(site, encoding="utf-8") as file:
        return re.search(rf'config\.{name} = r"(.*)"', file.read()).group(1)


def run_lit(build, totals, pattern):
    site = os.path.join(build, "tests", "lit.site.cfg.py")
    results = os.path.join(build, "tests", "lit.json")
    if os.path.exists(results):
        os.remove(results)
    command = find_lit(site_setting(site, "llvm_tools"))
    command += ["-v", "--order=lexical", f"--output={results}", os.path.dirname(site)]
    if pattern:
        command.insert(-1, f"--filter={pattern}")
    status = subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode
    if not os.path.exists(results):
        note(f"FAIL: lit ended with status {status} and left no results")
        totals.fail("lit")
        return
    with open(results, encoding="utf-8") as file:
        tests = json.load(file)["tests"]
    for test in tests:
        name = test["name"].replace("nnlc :: ", "")
        if test["code"] in ("PASS", "XFAIL", "FLAKYPASS"):
            totals.passed += 1
        elif test["code"] in ("UNSUPPORTED", "SKIPPED", "EXCLUDED"):
            if test["code"] == "UNSUPPORTED":
                totals.skip(name, reason_of(test["output"]))
        else:
            totals.fail(name)


def reason_of(output):
    found = re.search(r"requires[^:]*features: (.*)", output)
    return f"needs {found.group(1).strip()}" if found else output.strip() or "unsupported here"


def run_lint(build, totals, names):
    for name in names:
        program = os.path.join(TESTS, "lint", f"{name}.py")
        status, text = run_program([sys.executable, program, build], LINT_TIMEOUT)
        if status == LINT_SKIPPED:
            totals.skip(f"lint/{name}", text.strip())
        elif status:
            note(f"FAIL: lint/{name}\n{text}")
            totals.fail(f"lint/{name}")
        else:
            note(f"PASS: lint/{name}")
            totals.passed += 1


def write_dictionary(path):
    """The words of all tables, for targets that read text."""
    words = set()
    for table in glob.glob(f"{ROOT}/ir/defs/*.def") + glob.glob(f"{ROOT}/runtime/abi/*.def"):
        with open(table, encoding="utf-8") as file:
            for row in re.findall(r"^[A-Z_]+\((.*)", file.read(), re.MULTILINE):
                words |= set(re.findall(r"\b[A-Za-z]\w+", row.split('"')[0]))
                words |= set(re.findall(r'"([\w.]+)"', row))
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(f'"{word}"\n' for word in sorted(words))


def cpu_seconds():
    """What all programs that were run have used so far, their own children too."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def last_number(pattern, text):
    found = re.findall(pattern, text)
    return int(found[-1]) if found else 0


def run_target(command, seconds):
    """Runs a target until it has used so many seconds of CPU time; the last exit status, all of its output,
    and what was done."""
    start = cpu_seconds()
    text, used, runs = "", 0.0, 0
    while True:
        left = math.ceil(seconds - used)
        status, output = run_program(command[:1] + [f"-max_total_time={left}"] + command[1:], left + 120)
        text += output
        runs += last_number(r"stat::number_of_executed_units: +(\d+)", output)
        used = cpu_seconds() - start
        if status or used >= seconds:
            edges = last_number(r"cov: (\d+)", text)
            return status, text, f"{used:.0f} CPU seconds, {runs} runs, {edges} edges"


def run_fuzz(build, totals, pattern, seconds):
    """Each target starts from its kept inputs, tests/fuzz/corpus/NAME, and writes to the build."""
    for name, program in sources_of(os.path.join(TESTS, "fuzz"), build, "fuzz", pattern):
        found = os.path.join(build, "fuzz", "found", name)
        os.makedirs(found, exist_ok=True)
        seeds = [os.path.join(ROOT, folder)
                 for folder in [f"tests/fuzz/corpus/{name}"] + MORE_SEEDS.get(name, [])]
        command = [program, "-timeout=25", "-rss_limit_mb=4096", "-print_final_stats=1",
                   f"-artifact_prefix={build}/fuzz/{name}-", found]
        command += [folder for folder in seeds if os.path.isdir(folder)]
        if name in MORE_SEEDS:
            dictionary = os.path.join(build, "fuzz", "words.dict")
            write_dictionary(dictionary)
            command += [f"-dict={dictionary}", f"-max_len={TEXT_LENGTH}"]
        status, text, done = run_target(command, seconds)
        if status:
            note(f"FAIL: fuzz/{name} ({done})\n{text[-6000:]}")
            totals.fail(f"fuzz/{name}")
        else:
            note(f"PASS: fuzz/{name} ({done})")
            totals.passed += 1


def report(totals, seconds):
    for name in totals.skipped_names:
        note(f"skipped: {name}")
    for name in totals.failed_names:
        note(f"failed: {name}")
    note(f"took {seconds:.0f} s")
    line = f"{totals.passed} passed, {totals.failures} failed"
    if totals.skipped_names:
        line += f", {len(totals.skipped_names)} skipped"
    note(line)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("build", help="a configured and built folder, such as build/dev")
    parser.add_argument("--only", choices=["unit", "lit", "lint", "fuzz"])
    parser.add_argument("--lint", metavar="NAME", help="this lint program alone")
    parser.add_argument("--filter", default="", metavar="REGEX")
    parser.add_argument("--seconds", type=int, default=10, help="CPU time for each fuzz target")
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    build = os.path.abspath(arguments.build)
    if not os.path.exists(os.path.join(build, "CMakeCache.txt")):
        sys.exit(f"run.py: error: '{arguments.build}' is no build folder")
    totals = Totals()
    start = time.monotonic()
    suite = "lint" if arguments.lint else arguments.only
    if suite in (None, "unit"):
        run_unit(build, totals, arguments.filter)
    if suite in (None, "lit"):
        run_lit(build, totals, arguments.filter)
    if suite == "lint" or (suite is None and not arguments.filter):
        run_lint(build, totals, [arguments.lint] if arguments.lint else LINT_DEFAULT)
    if suite == "fuzz":
        run_fuzz(build, totals, arguments.filter, arguments.seconds)
    report(totals, time.monotonic() - start)
    sys.exit(1 if totals.failures or not totals.passed else 0)


if __name__ == "__main__":
    main()
