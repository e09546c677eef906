"""Lets everything fail once: each system call and each request for memory of nnlc and trainers, and their lives.

    tests/faults/run [NNLC] [--part=calls|memory|kills] [--runs=N] [--kills=N] [--seed=N]

Without --runs each call fails in turn, once, and from then on; N: that many of them, drawn. No run may crash, hang, be
silent about a failure, leave a temporary file, or leave a file that is neither the old nor the new one; exit status 0
means that all files are the new ones. Calls are failed by strace(1)."""
import argparse
import collections
import concurrent.futures
import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
INPUTS = os.path.join(HERE, "Inputs")
SECONDS = 60                                 # longer is a hang
AT_ONCE = 3

# Not failed: what cannot fail, what ends the process, what libc itself answers by abort(), and brk, which does not fail
# by an error number.
NEVER = {"brk", "exit", "exit_group", "execve", "rt_sigreturn", "futex", "restart_syscall", "munmap", "set_robust_list", "rseq",
         "rt_sigprocmask", "rt_sigaction", "set_tid_address", "arch_prctl", "gettid", "getpid", "tgkill", "vfork",
         "sched_yield", "clock_nanosleep", "nanosleep", "geteuid", "getuid", "getgid", "getegid", "getppid"}
ERRNOS = collections.defaultdict(lambda: "EIO", {
    "mmap": "ENOMEM", "mremap": "ENOMEM", "mprotect": "ENOMEM", "madvise": "ENOMEM",
    "clone": "EAGAIN", "clone3": "EAGAIN", "write": "ENOSPC", "openat": "EMFILE", "pwrite64": "ENOSPC", "dup": "EMFILE",
    "fcntl": "EMFILE", "socketpair": "EMFILE", "memfd_create": "EMFILE", "getrandom": "EAGAIN", "mkdirat": "ENOSPC",
    "mkdir": "ENOSPC", "ftruncate": "EIO", "prlimit64": "EPERM", "fchown": "EPERM", "flock": "ENOLCK", "wait4": "EINTR"})
BEGIN = re.compile(r"fcntl\(0, F_GETFD\)")   # the first that main does
CALL = re.compile(r"^(\d+)\s+(\w+)\(")


class Scenario:
    """A command in a folder, and the files that it writes: as they were, and as they shall be."""

    def __init__(self, name, root, command, inputs, old):
        self.name, self.command = name, command
        self.model = os.path.join(root, name)
        os.makedirs(self.model)
        for path in inputs:
            shutil.copy(path, self.model)
        self.old = self.contents(self.model)
        done = self.run(self.model)
        if done.returncode:
            sys.exit(f"{name}: the run without failures is none: {done.stderr}")
        self.new, self.out = self.contents(self.model), done.stdout
        self.old.update({file: b"old\n" for file in old if file in self.new})

    def contents(self, folder):
        found = {}
        for where, _, names in os.walk(folder):
            for file in names:
                path = os.path.join(where, file)
                with open(path, "rb") as stream:
                    found[os.path.relpath(path, folder)] = stream.read()
        return found

    def folder(self):
        path = tempfile.mkdtemp(prefix=self.name + "-", dir=".")
        for file, content in self.old.items():
            with open(os.path.join(path, file), "wb") as stream:
                stream.write(content)
            os.chmod(os.path.join(path, file), 0o755)
        return path

    def run(self, folder, prefix=(), **more):
        with subprocess.Popen([*prefix, *self.command], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, errors="replace", start_new_session=True,
                              env=dict(os.environ, **more)) as child:
            try:
                out, err = child.communicate(timeout=SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                raise
        return subprocess.CompletedProcess(child.args, child.returncode, out, err)

    def judge(self, done, folder, lost):
        """What is wrong, or None. `lost`: a call that fails each time, or in several threads: without write there is no message, nor without
        fcntl, which tells that standard error is open; without unlinkat no file can be removed."""
        now = self.contents(folder)
        left = [file for file in now if ".tmp" in file]
        torn = [file for file in now if file not in left and now[file] not in (self.old.get(file), self.new.get(file))]
        if done.returncode < 0 or done.returncode in (134, 135, 139):
            return f"ended by signal {-done.returncode}: {done.stderr}"
        if left and lost != "unlinkat":
            return f"leaves {left}"
        if torn and not all(grows(file) for file in torn):
            return f"torn {torn}"
        now = {file: content for file, content in now.items() if file not in left}
        if done.returncode == 0 and (now != self.new or done.stdout != self.out):
            return f"exit status 0, other files {[f for f in self.new if now.get(f) != self.new[f]]}"
        if done.returncode and not done.stderr.strip() and lost not in ("write", "fcntl"):
            return f"exit status {done.returncode} without a message"
        return None

    def attempt(self, what, prefix=(), lost=None, **more):
        folder = self.folder()
        try:
            wrong = self.judge(self.run(folder, prefix, **more), folder, lost)
        except subprocess.TimeoutExpired:
            wrong = "hangs"
        shutil.rmtree(folder, ignore_errors=True)
        return f"{self.name}: {what}: {wrong}" if wrong else None


def grows(file):
    return file == "log.csv"


# ---- system calls ----

def calls_of(scenario):
    """(name, K) of each call of some thread, K from its start, that is none of the loader in the main thread."""
    folder, log = scenario.folder(), os.path.abspath(scenario.name + ".strace")
    scenario.run(folder, ["strace", "-f", "-b", "execve", "-o", log])
    shutil.rmtree(folder)
    before, counts, found = None, collections.Counter(), set()   # before: calls of the loader
    with open(log, encoding="utf-8", errors="replace") as stream:
        for line in stream:
            call = CALL.match(line)
            if BEGIN.search(line) and before is None:
                before = collections.Counter({name: n for (_, name), n in counts.items()})
            if call:
                counts[call.groups()] += 1
                at = counts[call.groups()]
                if before is not None and call[2] not in NEVER and at > before[call[2]]:
                    found.add((call[2], at))
    return sorted(found)


def fail_call(scenario, name, at, always):
    when = f"{at}+" if always else str(at)
    prefix = ["strace", "-f", "-b", "execve", "-o", "/dev/null", "-e", "signal=none", "-e", f"trace={name}",
              "-e", f"inject={name}:error={ERRNOS[name]}:when={when}"]
    return scenario.attempt(f"{name} {when} {ERRNOS[name]}", prefix, lost=name if always or name == "write" else None)


# ---- memory ----

def build_shim():
    shim = os.path.abspath("mallocs.so")
    subprocess.run([os.environ.get("CC", "cc"), "-shared", "-fPIC", "-O1", os.path.join(INPUTS, "mallocs.c"), "-o", shim],
                   check=True)
    return shim


CHILD = {"FAULT_CHILD": "1"}                 # the requests of children that use libhdf5, instead of the program's own


def mallocs_of(scenario, shim, where):
    """A child may write no file."""
    folder, count = scenario.folder(), os.path.abspath(scenario.name + ".mallocs")
    done = scenario.run(folder, LD_PRELOAD=shim, FAULT_COUNT="/dev/stderr" if where else count, **where)
    shutil.rmtree(folder)
    if where:
        return max(map(int, done.stderr.split()), default=0)
    with open(count, encoding="ascii") as file:
        return int(file.read())


def fail_malloc(scenario, shim, where, at, always):
    more = {"FAULT_ALWAYS": "1", **where} if always else where
    what = "child's request" if where else "request"
    return scenario.attempt(f"{what} for memory {at}{'+' if always else ''}", LD_PRELOAD=shim, FAULT_AT=str(at), **more)


# ---- kills ----

def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).digest()


def trainer_of(nnlc, name, extension):
    """Inputs/NAME.nn, saving in the format."""
    folder = os.path.abspath(f"{name}{extension}")
    os.makedirs(folder)
    with open(os.path.join(INPUTS, f"{name}.nn"), encoding="ascii") as file:
        text = file.read().replace(".npz", extension)
    with open(os.path.join(folder, "run.nn"), "w", encoding="ascii") as file:
        file.write(text)
    subprocess.run([nnlc, "run.nn", "-o", "run"], cwd=folder, check=True)
    begin = time.monotonic()
    subprocess.run(["./run"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return folder, time.monotonic() - begin


def snapshots(nnlc, extension):
    folder, _ = trainer_of(nnlc, "snapshots", extension)
    return {digest(os.path.join(folder, name)) for name in os.listdir(folder) if name.endswith(extension)}


def killed(trainer, file, whole, numbers, seconds, chance):
    """One life that ends by the signals; what is wrong with what it leaves, or None."""
    folder = tempfile.mkdtemp(prefix="kill-", dir=".")
    delay = chance.uniform(0, seconds)
    with subprocess.Popen([trainer], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as child:
        time.sleep(delay)
        for number in numbers:
            child.send_signal(number)
            time.sleep(chance.uniform(0, 0.002))
        err = child.stderr.read()
        status = child.wait(SECONDS)
    left = [name for name in os.listdir(folder) if ".tmp" in name]
    path = os.path.join(folder, file)
    names = "+".join(signal.Signals(number).name for number in numbers)
    wrong = None
    if status not in [-number for number in numbers] + [0]:
        wrong = f"exit status {status}: {err}"
    elif os.path.exists(path) and digest(path) not in whole:
        wrong = "the file is torn"
    elif signal.SIGKILL in numbers and left:
        with subprocess.Popen([trainer], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
            time.sleep(seconds / 4 + 0.1)
            child.send_signal(signal.SIGTERM)
        if set(left) & set(os.listdir(folder)):
            wrong = f"the next run leaves {left}"
    elif left and status:
        wrong = f"leaves {left}"
    shutil.rmtree(folder)
    return (status < 0, f"{names} after {delay:.3f} s: {wrong}" if wrong else None)


OTHERS = [[signal.SIGINT], [signal.SIGTERM], [signal.SIGHUP], [signal.SIGINT] * 2, [signal.SIGTERM] * 2,
          [signal.SIGHUP] * 2, [signal.SIGHUP, signal.SIGTERM], [signal.SIGXCPU], [signal.SIGQUIT], [signal.SIGUSR2],
          [signal.SIGALRM], [signal.SIGABRT], [signal.SIGSEGV], [signal.SIGRTMIN]]


def kills(nnlc, wanted, chance, pool, extension):
    whole = snapshots(nnlc, extension)
    folder, seconds = trainer_of(nnlc, "saver", extension)
    right = True
    for title, sets in (("SIGKILL", [[signal.SIGKILL]]), ("other signals", OTHERS)):
        tasks = [pool.submit(killed, os.path.join(folder, "run"), "w" + extension, whole, sets[i % len(sets)], seconds,
                             random.Random(chance.random())) for i in range(wanted)]
        results = [task.result() for task in tasks]
        wrong = [text for _, text in results if text]
        print(f"{extension}, {title}: {len(results)} runs, {sum(hit for hit, _ in results)} ended by one, {len(wrong)} wrong",
              *wrong, sep="\n", flush=True)
        right = right and not wrong
    return right


# ---- all ----

def scenarios(nnlc, root):
    """Their programs are made first."""
    made = os.path.join(root, "made")
    os.makedirs(made)
    job, small, hdf5 = (os.path.join(made, name) for name in ("job", "small", "hdf5"))
    with open(os.path.join(made, "t.csv"), "w", encoding="ascii") as file:
        file.write("a,b,y\n" + "".join(f"{i % 9},{i * i % 7},{i % 5}\n" for i in range(40)))
    with open(os.path.join(made, "first.nn"), "w", encoding="ascii") as file:
        file.write('data d { train = csv("t.csv", target="y", features=["a", "b"]) }\n'
                   "model net { Dense(8, activation=relu); Dense(1) }\ncompile net { loss = mse }\n"
                   'fit net on d { epochs = 1, verbose = 0 }\nsave net to "first.npz"\n')
    subprocess.run([nnlc, "run", "first.nn"], cwd=made, check=True, stdout=subprocess.DEVNULL)
    for name in ("job", "small", "hdf5"):
        shutil.copy(os.path.join(INPUTS, f"{name}.nn"), made)
        subprocess.run([nnlc, f"{name}.nn", "-o", name], cwd=made, check=True)
    table, first, text = (os.path.join(made, name) for name in ("t.csv", "first.npz", "small.nn"))
    written = ["log.csv", "best.npz", "w.npz", "w.safetensors", "w.weights.h5", "w.keras", "p.csv", "p.npy"]
    return [
        Scenario("save", root, [job, "--threads=2"], [table, first], written),
        Scenario("hdf5", root, [hdf5], [], ["w.weights.h5", "w.keras"]),
        Scenario("small", root, [small], [], ["w.npz"]),
        Scenario("predict", root, [job, "predict", "t.csv", "--weights=first.npz", "-o", "out.csv"], [table, first], ["out.csv"]),
        Scenario("run", root, [nnlc, "run", "small.nn"], [text], ["w.npz"]),
        Scenario("compile", root, [nnlc, "--no-source-dir", "small.nn", "-o", "out"], [text], ["out"]),
        Scenario("text", root, [nnlc, "--emit=ir", "small.nn", "-o", "out.ir"], [text], ["out.ir"]),
        Scenario("link", root, [nnlc, "--no-source-dir", "--linker=ld", "small.nn", "-o", "out"], [text], ["out"]),
    ]


def drawn(tasks, runs, chance):
    return tasks if runs is None or runs >= len(tasks) else chance.sample(tasks, runs)


def report(title, tasks, pool):
    begin = time.monotonic()
    results = [task.result() for task in [pool.submit(*task) for task in tasks]]
    wrong = [text for text in results if text]
    print(f"{title}: {len(results)} runs, {len(wrong)} wrong, {time.monotonic() - begin:.0f} s", *wrong, sep="\n", flush=True)
    return not wrong


def main():
    parse = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parse.add_argument("nnlc", nargs="?", default=os.path.join(HERE, "..", "..", "build", "dev", "nnlc"))
    parse.add_argument("--part", choices=["calls", "memory", "kills"])
    parse.add_argument("--only", help="one scenario")
    parse.add_argument("--runs", type=int)
    parse.add_argument("--kills", type=int, default=500)
    parse.add_argument("--seed", type=int, default=1)
    arguments = parse.parse_args()
    nnlc, chance = os.path.abspath(arguments.nnlc), random.Random(arguments.seed)
    signal.signal(signal.SIGINT, signal.SIG_DFL)      # lit's workers ignore it, and so would trainers
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    root = tempfile.mkdtemp(prefix="faults-", dir=".")
    os.chdir(root)
    right = True
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        every = [] if arguments.part == "kills" else scenarios(nnlc, os.getcwd())
        every = [s for s in every if arguments.only in (None, s.name)]
        if arguments.part in (None, "calls"):
            for s in every:
                tasks = [(fail_call, s, name, at, always) for name, at in calls_of(s) for always in (False, True)
                         if not (always and ERRNOS[name] == "EINTR")]     # it would wait for ever
                right = report(f"{s.name}, calls", drawn(tasks, arguments.runs, chance), pool) and right
        if arguments.part in (None, "memory"):
            shim = build_shim()
            for s in every:
                for where, title in (({}, "memory"), (CHILD, "memory of children")):
                    tasks = [(fail_malloc, s, shim, where, at, always) for at in range(1, mallocs_of(s, shim, where) + 1)
                             for always in (False, True)]
                    if tasks:
                        right = report(f"{s.name}, {title}", drawn(tasks, arguments.runs, chance), pool) and right
        if arguments.part in (None, "kills"):
            for extension in (".npz", ".weights.h5"):
                right = kills(nnlc, arguments.kills, chance, pool, extension) and right
    os.chdir("..")
    shutil.rmtree(root)
    sys.exit(0 if right else 1)


if __name__ == "__main__":
    main()
