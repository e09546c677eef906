"""Lets every call on files of a trainer that keeps checkpoints fail once, then goes on with it.

    faulty.py TRAINER SHIM_SOURCE

Each run with a failure must end with exit status 1 and a message that has a file and the reason, and leave no temporary
file; the run after it, without failures, must leave what a run from start to end leaves."""
import concurrent.futures
import errno
import os
import re
import shutil
import signal
import subprocess
import sys

TRAINER, SOURCE = os.path.abspath(sys.argv[1]), sys.argv[2]
SHIM = os.path.abspath("faults.so")
AT_ONCE = 6                                # they wait for the disk most of the time
HOWS = {"full": errno.ENOSPC, str(errno.EIO): errno.EIO}
TIMES = re.compile(rb'"(time|seconds)": *[0-9.e+-]+')
EVENTS = re.compile(r"events\.out\.tfevents\.[^/]*")


def run(folder, at, how):
    """(exit status, what it printed, calls, the one that failed)"""
    log = os.path.abspath(folder + ".calls")
    with open(log, "w", encoding="utf-8"):
        pass
    os.makedirs(folder, exist_ok=True)
    environment = dict(os.environ, LD_PRELOAD=SHIM, FAULT_AT=str(at), FAULT_HOW=how, FAULT_LOG=log)
    done = subprocess.run([TRAINER, "--hash", "--checkpoint=run.ck", "--resume=run.ck", "--log=run.jsonl"],
                          cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, timeout=60, check=False, env=environment)
    with open(log, encoding="utf-8") as file:
        calls = file.read().split("\n")[:-1]
    hit = [call for call in calls if call[0] in "!?"]
    return done.returncode, done.stderr, done.stdout, calls, hit[0] if hit else ""


def contents(folder):
    found = {}
    for root, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(root, name), "rb") as file:
                data = file.read()
            key = EVENTS.sub("events", os.path.relpath(os.path.join(root, name), folder))
            found[key] = len(data) if "events" in key else TIMES.sub(rb"", data)
    return found


def hashes(out):
    return [line for line in out.split("\n") if line.startswith("hash")]


def wrong_failure(at, how, expected, whole):
    """What is wrong after the failure of a call, or None."""
    folder = f"run-{how}-{at}"
    status, err, _, _, hit = run(folder, at, how)
    harmless = hit.startswith(("!close ", "?", "!mkdir ")) or not hit
    said = re.search(r"cannot (write|make the folder) '[^']+': (.*)\n", err)
    if how == "kill":
        if status != -signal.SIGKILL:
            return f"{hit}: exit status {status}"
    elif status == 0 and not harmless:
        return f"{hit}: exit status 0"
    elif status and (status != 1 or not said or said[2] != os.strerror(HOWS[how])):
        return f"{hit}: exit status {status}: {err}"
    if how != "kill" and [name for name in contents(folder) if ".tmp" in name]:
        return f"{hit}: leaves {sorted(contents(folder))}"
    status, err, out, _, _ = run(folder, 0, "0")
    if status or hashes(out) != expected:
        return f"after {hit}: exit status {status}, {hashes(out)}: {err}"
    left = {name: data for name, data in contents(folder).items() if ".tmp" not in name}
    shutil.rmtree(folder)
    differ = [name for name in sorted(set(left) | set(whole)) if left.get(name) != whole.get(name)]
    return f"after {hit}: {differ} differ" if differ else None


def main():
    subprocess.run([os.environ.get("CC", "cc"), "-shared", "-fPIC", "-O1", SOURCE, "-o", SHIM, "-ldl"], check=True)
    status, err, out, calls, _ = run("whole", 0, "0")
    if status:
        sys.exit(f"the run without failures is none: {err}")
    expected, whole = hashes(out), contents("whole")
    pool = concurrent.futures.ThreadPoolExecutor(AT_ONCE)
    for how in [*HOWS, "kill"]:
        tasks = [pool.submit(wrong_failure, at, how, expected, whole) for at in range(1, len(calls) + 1)]
        wrong = [task.result() for task in tasks]
        print(f"{how}: {len(wrong)} runs, {sum(map(bool, wrong))} wrong", *filter(None, wrong), sep="\n")


if __name__ == "__main__":
    main()
