"""What a process may find itself in: closed standard files, full disks, signals that its parent ignores, few open files, a
small stack, no current folder, no /proc, odd paths, variables and terminals. nnlc and a trainer work, or say what is
missing.

    surroundings.py NNLC PROGRAM.nn [FILES] [hdf5] [landlock]

The program trains with output and saves net.npz, with FILES also files of HDF5: that many open files the linker needs
for it. Further words: what there is here."""
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import on_terminal      # pylint: disable=wrong-import-position

NNLC, PROGRAM = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
OPEN_FILES = next((word for word in sys.argv[3:] if word.isdigit()), None)
HDF5, LANDLOCK = "hdf5" in sys.argv, "landlock" in sys.argv
FILES = {
    "rows.csv": "x,y\n1,2\n3,4\n",
    "log.csv": "epoch,loss\n0,1\n1,0.5\n",
    "table.csv": "a,b,y\n" + "".join(f"{i % 7},{i % 5},{('no', 'yes')[i % 7 > 3]}\n" for i in range(60)),
    "wrong.nn": "let a = b\n",
    "hdf5.nn": 'data d { train = moons(40, seed=1) }\nmodel net { Dense(1, activation=sigmoid) }\ncompile net { loss = bce }\n'
               'fit net on d { epochs = 1, verbose = 0 }\nsave net to "net.weights.h5"\nload net from "net.weights.h5"\n',
}
wrong = []
count = 0


def run(command, before=None, shell=None, **options):
    command = ["sh", "-c", f'{shell}; exec "$0" "$@"', *command] if shell else command
    options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    return subprocess.run(command, preexec_fn=before, check=False, timeout=120, **options)


def expect(what, done, status, message=b"", saved="net.npz"):
    """`saved`: a file that must be there now; it is removed."""
    global count
    count += 1
    err = done.stderr or b""
    if done.returncode != status or message not in err or (not message and err):
        wrong.append(f"{what}: exit status {done.returncode}, not {status}; {err.decode(errors='replace')}")
    elif saved and not os.path.exists(saved):
        wrong.append(f"{what}: '{saved}' is not there")
    if saved and os.path.exists(saved):
        os.unlink(saved)


# ---- standard files ----

def commands():
    """Name, words, the file that is written, does it print."""
    predict = ["./t", "predict", "rows.csv", "--weights=kept.npz"]
    return [("nnlc", [NNLC, "t.nn", "-o", "u"], "u", False), ("nnlc run", [NNLC, "run", "t.nn"], "net.npz", True),
            ("nnlc check", [NNLC, "check", "t.nn"], None, False), ("nnlc --emit", [NNLC, "--emit=ir", "t.nn"], None, True),
            ("nnlc info", [NNLC, "info", "kept.npz"], None, True), ("nnlc plot", [NNLC, "plot", "log.csv"], None, True),
            ("nnlc doc", [NNLC, "doc", "--all"], None, True), ("nnlc --help", [NNLC, "--help"], None, True),
            ("nnlc --version", [NNLC, "--version"], None, True),
            ("nnlc new", [NNLC, "new", "table.csv", "--target=y"], None, True),
            ("a trainer", ["./t"], "net.npz", True), ("a trainer, -q", ["./t", "-q"], "net.npz", False),
            ("a trainer's log", ["./t", "-q", "--log=-"], "net.npz", True),
            ("a trainer's table", ["./c", "-q"], "net.npz", True), ("a trainer's hashes", ["./t", "-q", "--hash"], "net.npz", True), ("predict", predict, None, True),
            ("predict to a file", [*predict, "-o", "o.csv"], "o.csv", False), ("a trainer's info", ["./t", "info"], None, True),
            ("summary", ["./t", "summary"], None, True), ("a trainer's help", ["./t", "--help"], None, True),
            ("its version", ["./t", "--version"], None, True)]


def is_log(name):
    """A training whose log cannot be written ends, unless nobody reads it."""
    return "log" in name or "table" in name


def closer(closed):
    return lambda: [os.close(fd) for fd in closed]


def closed_files():
    """All combinations; whoever prints to a closed file fails, and says why where that can be said."""
    for name, words, saved, prints in commands():
        for mask in range(1, 8):
            closed = [fd for fd in range(3) if mask >> fd & 1]
            fails = prints and 1 in closed
            message = b"Bad file descriptor" if fails and 2 not in closed else b""
            stops = fails and is_log(name)
            expect(f"{name} without {closed}", run(words, closer(closed)), int(fails), message, None if stops else saved)
    expect("a text from no standard input", run([NNLC, "check", "-"], closer([0])), 1,
           b"nnlc: error: cannot read '-': Bad file descriptor\n", saved=None)


def full_disk():
    for name, words, saved, prints in commands():
        with open("/dev/full", "wb") as full:
            expect(f"{name} > /dev/full", run(words, stdout=full), int(prints), b"No space left on device" if prints else b"",
                   None if prints and is_log(name) else saved)
            expect(f"{name} 2> /dev/full", run(words, stderr=full), 0, saved=saved)


def ignore_pipe():
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)


def gone_output():
    """A training goes on, saves, and ends as by SIGPIPE, whatever its parent does with that signal."""
    for name, words, saved, prints in commands():
        for ignored in (False, True):
            reading, writing = os.pipe()
            os.close(reading)
            done = run(words, ignore_pipe if ignored else None, stdout=writing)
            os.close(writing)
            dies = words[0] != NNLC or name == "nnlc run" or not ignored
            status = 0 if not prints else -signal.SIGPIPE if dies else 1
            expect(f"{name} | true, SIGPIPE ignored: {ignored}", done, status, b"Broken pipe" if status == 1 else b"", saved)
    with open("many.csv", "w", encoding="ascii") as file:
        file.write("x,y\n" + "1,2\n" * 200000)
    with subprocess.Popen(["./t", "predict", "many.csv", "--weights=kept.npz"], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, bufsize=0) as child:
        child.stdout.read(1)
        child.stdout.close()
        err = child.stderr.read()
        status = child.wait(120)
    expect("predict | head -1", subprocess.CompletedProcess([], status, b"", err), -signal.SIGPIPE, saved=None)


# ---- signals and limits ----

def signals():
    def ignore():
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)

    def block():
        signal.pthread_sigmask(signal.SIG_BLOCK, set(signal.Signals))

    for name, before in (("ignores SIGCHLD", ignore), ("blocks all signals", block)):
        expect(f"nnlc, a parent that {name}", run([NNLC, "t.nn", "-o", "u"], before), 0, saved="u")
        expect(f"a trainer, a parent that {name}", run(["./t", "-q"], before), 0)
        if HDF5:
            expect(f"HDF5, a parent that {name}", run([NNLC, "run", "hdf5.nn"], before), 0, saved="net.weights.h5")


def few_processes():
    """Limits of this kind do not hold for the superuser."""
    os.setgid(65534)
    os.setuid(65534)
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def limits():
    expect("a trainer with 16 open files", run(["./t", "-q"], shell="ulimit -n 16"), 0)
    expect("nnlc run with 16 open files", run([NNLC, "run", "t.nn", "--", "-q"], shell="ulimit -n 16"), 0)
    expect("nnlc with few open files", run([NNLC, "t.nn", "-o", "u"], shell=f"ulimit -n {OPEN_FILES or 16}"), 0, saved="u")
    if HDF5:
        expect("HDF5 with 16 open files", run([NNLC, "run", "hdf5.nn"], shell="ulimit -n 16"), 0, saved="net.weights.h5")
    for name, words in (("a trainer", ["./t", "-q"]), ("nnlc", [NNLC, "t.nn", "-o", "u"])):
        expect(f"{name} with 4 open files", run(words, shell="ulimit -n 4"), 1, b"': Too many open files", saved=None)
        expect(f"{name} that writes no files", run(words, shell="ulimit -f 0"), 1, b"': File too large", saved=None)
    left = [name for name in os.listdir(".") if ".nnlc-" in name]
    expect(f"what is left: {left}", subprocess.CompletedProcess([], len(left), b"", b""), 0, saved=None)
    expect("a trainer with little memory to address", run(["./t", "-q"], shell="ulimit -v 100000"), 0)
    expect("a trainer with a small stack", run(["./t", "-q", "--threads=2"], shell="ulimit -s 64"), 0)
    expect("nnlc with a small stack", run([NNLC, "t.nn", "-o", "u"], shell="ulimit -s 256"), 1,
           b"nnlc: error: the stack is limited to 256 KiB, but nnlc needs 1024 KiB; 'ulimit -s 8192' sets the usual size",
           saved=None)
    expect("nnlc with a stack that can grow", run([NNLC, "t.nn", "-o", "u"], shell="ulimit -Ss 256"), 0, saved="u")
    expect("nnlc with just enough stack", run([NNLC, "t.nn", "-o", "u"], shell="ulimit -s 1024"), 0, saved="u")
    reachable = os.getuid() == 0 and not run([NNLC, "--version"], few_processes_only_user).returncode
    if reachable:
        os.chmod(".", 0o777)
        expect("no more processes", run([NNLC, "t.nn", "-o", "u"], few_processes), 1,
               b"cannot start 'cc': Resource temporarily unavailable", saved=None)
        expect("no more threads", run(["./t", "-q", "--threads=4"], few_processes), 1,
               b"cannot start 4 threads: Resource temporarily unavailable", saved=None)
        if not OPEN_FILES:
            expect("a trainer that may start nothing", run(["./t", "-q", "--threads=1"], few_processes), 0)


def few_processes_only_user():
    os.chmod(".", 0o777)
    os.setuid(65534)


# ---- paths ----

def paths():
    here = os.getcwd()
    leave = f"mkdir gone && cd gone && rmdir '{here}/gone'"
    expect("a trainer without a folder", run([f"{here}/t", "-q"], shell=leave), 1,
           b"': No such file or directory", saved=None)
    expect("nnlc without a folder", run([NNLC, f"{here}/t.nn", "-o", f"{here}/u"], shell=leave), 0, saved="u")
    expect("nnlc run without a folder", run([NNLC, "run", f"{here}/t.nn", "--", "-q"], shell=leave), 1,
           b"': No such file or directory", saved=None)
    expect("nnlc check without a folder", run([NNLC, "check", f"{here}/t.nn"], shell=leave), 0, saved=None)
    odd = b"\xff \xe4\n'\"$;`id`"
    shutil.copy("t", odd)
    expect("a name that is no UTF-8", run([b"./" + odd, "-q"]), 0)
    os.unlink(odd)
    expect("an output that is no UTF-8", run([NNLC.encode(), b"t.nn", b"-o", odd]), 0, saved=odd)
    os.mkdir(odd)
    for name in (b"rows.csv", b"kept.npz", b"log.csv", b"t.nn", b"table.csv"):
        shutil.copy(name, odd)
    for folder in (odd + b"/", b"./" * 2040):
        in_folder(folder)
    shutil.rmtree(odd)
    expect("a path of 4,095 bytes", run([NNLC, "t.nn", "--emit=ir", "-o", "./" * 2046 + "abc"]), 0, saved="abc")
    expect("a path that is too long", run([NNLC, "t.nn", "--emit=ir", "-o", "./" * 2050 + "abc"]), 1,
           b"': File name too long", saved=None)
    expect("a path that is too long for a linker", run([NNLC, "t.nn", "-o", "./" * 2046 + "abc"]), 1,
           b"': File name too long", saved=None)


def in_folder(folder):
    """Every file that is named on a command line lies in this folder."""
    what = folder[:12]
    files = [b"--out-dir=" + folder, b"--log=" + folder + b"l.jsonl", b"--checkpoint=" + folder + b"c.ck"]
    expect(f"predict in {what}", run(["./t", "predict", folder + b"rows.csv", b"--weights=" + folder + b"kept.npz", "-o",
                                      folder + b"o.csv"]), 0, saved=folder + b"o.csv")
    expect(f"a trainer in {what}", run(["./t", "-q", *files]), 0, saved=folder + b"l.jsonl")
    expect(f"its second run in {what}", run(["./t", "-q", files[0], b"--resume=" + folder + b"c.ck"]), 0,
           saved=folder + b"c.ck")
    expect(f"nnlc run in {what}", run([NNLC, "run", folder + b"t.nn", "--", "-q"]), 0)
    expect(f"nnlc info in {what}", run([NNLC, "info", folder + b"kept.npz"]), 0, saved=None)
    expect(f"nnlc plot in {what}", run([NNLC, "plot", folder + b"log.csv", "-o", folder + b"p.svg"]), 0, saved=folder + b"p.svg")
    expect(f"nnlc new in {what}", run([NNLC, "new", folder + b"table.csv", "--target=y", "-o", folder + b"n.nn"]), 0,
           saved=folder + b"n.nn")


# ---- variables and terminals ----

def german():
    """A locale with a decimal comma, made where it can be."""
    if not shutil.which("localedef"):
        return {"LC_ALL": "de_DE.UTF-8"}
    os.mkdir("locales")
    run(["localedef", "-f", "UTF-8", "-i", "de_DE", "locales/de_DE.UTF-8"])
    return {"LC_ALL": "de_DE.UTF-8", "LOCPATH": os.path.abspath("locales")}


def environment():
    path = {"PATH": os.environ["PATH"]}
    predict = ["./t", "predict", "rows.csv", "--weights=kept.npz"]
    reference = run(predict).stdout
    surrounding = {"no variables": {}, "no such TMPDIR": dict(path, TMPDIR="/nowhere/\udcff\n"),
                   "no such HOME": dict(path, HOME="/nowhere"), "a locale with commas": dict(path, **german()),
                   "no such locale": dict(path, LC_ALL="xx"), "no such terminal": dict(path, TERM="\x1b[2J"),
                   "no terminal": dict(path, TERM="dumb")}
    for name, variables in surrounding.items():
        expect(f"a trainer, {name}", run(["./t", "-q"], env=variables), 0)
        expect(f"nnlc, {name}", run([NNLC, "t.nn", "-o", "u"], env=variables), 0, saved="u")
        expect(f"nnlc run, {name}", run([NNLC, "run", "t.nn", "--", "-q"], env=variables), 0)
        done = run(predict, env=variables)
        expect(f"predict, {name}: {done.stdout}", done, 0 if done.stdout == reference else -1, saved=None)


def terminals():
    plot, info = [NNLC, "plot", "log.csv"], [NNLC, "info", "kept.npz"]
    for columns in ("", "0", "-1", "1", "7", "abc", "1e3", "99999999999", "2147483647"):
        for words in (["./t", "summary"], plot, info, [NNLC, "--help"]):
            done = run(words, env=dict(os.environ, COLUMNS=columns))
            widest = max(map(len, done.stdout.decode().split("\n")))
            expect(f"COLUMNS={columns} {words}: {widest}", done, 0 if 0 < widest < 300 else -1, saved=None)
    for columns in (0, 1, 2, 5, 65535):
        for words, saved in ((["./t"], "net.npz"), (plot, None), (info, None), ([NNLC, "check", "wrong.nn"], None)):
            text = on_terminal.run(words, columns)
            expect(f"a terminal of {columns} columns: {words}", subprocess.CompletedProcess(words, int(not text)), 0, saved=saved)


# ---- folders of the system ----

def without_folders():
    """Only where this user may mount."""
    hide = ["unshare", "-m", "sh", "-c", 'mount -t tmpfs none /proc && exec "$0" "$@"']
    if run([*hide, "true"]).returncode:
        print("no /proc cannot be tried here")
        return
    folders = ["/proc", "/dev", "/sys"]
    if not os.getcwd().startswith("/tmp") and not NNLC.startswith("/tmp"):
        folders.append("/tmp")
    for folder in folders:
        hide[-1] = f'mount -t tmpfs -o ro none {folder} && exec "$0" "$@"'
        expect(f"a trainer without {folder}", run([*hide, "./t", "-q"]), 0)
        expect(f"nnlc without {folder}", run([*hide, NNLC, "t.nn", "-o", "u"]), 0, saved="u")
        expect(f"nnlc run without {folder}", run([*hide, NNLC, "run", "t.nn", "--", "-q"]), 0)
        if HDF5:
            expect(f"HDF5 without {folder}", run([*hide, NNLC, "run", "hdf5.nn"]), 0, saved="net.weights.h5")
        if HDF5 and LANDLOCK:
            expect(f"--sandbox without {folder}", run([*hide, "./h", "--sandbox"]), 0, saved="net.weights.h5")


def main():
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    folder = tempfile.mkdtemp(dir=".")
    os.chdir(folder)
    shutil.copy(PROGRAM, "t.nn")
    for name, text in FILES.items():
        with open(name, "w", encoding="ascii") as file:
            file.write(text)
    expect("nnlc", run([NNLC, "t.nn", "-o", "t"]), 0, saved=None)
    expect("a trainer", run(["./t", "-q"]), 0, saved=None)
    os.rename("net.npz", "kept.npz")
    with open("t.nn", encoding="utf-8") as source, open("c.nn", "w", encoding="utf-8") as file:
        file.write(source.read().replace("epochs = 40", 'epochs = 40, callbacks = CSVLogger("/dev/stdout")'))
    expect("nnlc with a table", run([NNLC, "c.nn", "-o", "c"]), 0, saved=None)
    if HDF5:
        expect("nnlc with HDF5", run([NNLC, "hdf5.nn", "-o", "h"]), 0, saved=None)
    for part in (closed_files, full_disk, gone_output, signals, limits, paths, environment, terminals, without_folders):
        part()
    print(f"{count} surroundings, {len(wrong)} wrong", *wrong, sep="\n")
    os.chdir("..")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
