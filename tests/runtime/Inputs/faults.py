"""Lets every single call of a trainer that changes files fail, one per run, and looks at what is left.

    faults.py FOLDER FILE,FILE,... PROGRAM ARGUMENT ...

FOLDER is where the program runs, and holds the FILEs that it writes, as an earlier run left them. Each run must either
end with a message that names one of the files and the reason, and leave every file whole, the one it names as it
was; or end well with all of them new. No file is left beside them. A run that is killed may leave some, which the next
run removes."""
import errno
import os
import shutil
import signal
import subprocess
import sys
import tempfile

SHIM = os.path.join(os.path.dirname(os.path.abspath(__file__)), "faults.c")
HOWS = {"full": errno.ENOSPC, str(errno.EIO): errno.EIO, str(errno.EDQUOT): errno.EDQUOT}


class Trainer:
    """The program, with a library before libc's, and the files as they were and as they shall be."""

    def __init__(self, scratch, folder, files, command):
        self.folder, self.files, self.command = folder, files, command
        self.shim, self.log = os.path.join(scratch, "faults.so"), os.path.join(scratch, "log")
        subprocess.run([os.environ.get("CC", "cc"), "-shared", "-fPIC", "-O1", SHIM, "-o", self.shim, "-ldl"],
                       check=True)
        self.old = self.contents()
        self.listing = sorted(os.listdir(folder))

    def contents(self):
        found = {}
        for name in self.files:
            with open(os.path.join(self.folder, name), "rb") as file:
                found[name] = file.read()
        return found

    def restore(self):
        for name in set(os.listdir(self.folder)) - set(self.listing):
            os.unlink(os.path.join(self.folder, name))
        for name, content in self.old.items():
            with open(os.path.join(self.folder, name), "wb") as file:
                file.write(content)

    def run(self, at, how):
        """(exit status, what it printed, its calls, the one that failed)"""
        if os.path.exists(self.log):
            os.unlink(self.log)
        done = subprocess.run(self.command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=60, check=False,
                              env=dict(os.environ, LD_PRELOAD=self.shim, FAULT_AT=str(at), FAULT_HOW=how,
                                       FAULT_LOG=self.log))
        with open(self.log, encoding="utf-8") as file:
            calls = file.read().split("\n")[:-1]
        hit = [call for call in calls if call.startswith("!")] or [call for call in calls if call.startswith("?")]
        return done.returncode, done.stdout, len(calls), hit[-1] if hit else ""

    def left(self):
        return sorted(set(os.listdir(self.folder)) - set(self.listing))

    def wrong_files(self, new, named=""):
        """What is neither old nor new, or new though it could not be written."""
        now = self.contents()
        return [name for name in self.files
                if now[name] != self.old[name] and (now[name] != new[name] or name == named)]

    def failing(self, at, how, new):
        """Why a run with a failing call is wrong, or None."""
        self.restore()
        status, text, _, hit = self.run(at, how)
        if self.left():
            return f"{hit}: leaves {self.left()}"
        if status == 0:
            harmless = hit.startswith(("!close ", "?"))      # of what is synced; no call has failed
            return None if harmless and self.contents() == new else f"{hit}: exit status 0"
        named = [name for name in self.files if f"cannot write '{name}': {os.strerror(HOWS[how])}" in text]
        if status != 1 or len(named) != 1:
            return f"{hit}: exit status {status}: {text}"
        wrong = self.wrong_files(new, "" if hit == "!fsync folder" else named[0])
        return f"{hit}: {wrong} are changed" if wrong else None

    def killed(self, at, new):
        """The same for a run that ends at a call, and the next one."""
        self.restore()
        status, text, _, hit = self.run(at, "kill")
        wrong = self.wrong_files(new)
        if status != -signal.SIGKILL or wrong:
            return f"{hit}: exit status {status}, {wrong} are changed: {text}"
        status, text, _, _ = self.run(0, "0")
        if status or self.left() or self.contents() != new:
            return f"after {hit}: exit status {status}, leaves {self.left()}: {text}"
        return None


def main():
    folder, files, command = sys.argv[1], sys.argv[2].split(","), sys.argv[3:]
    scratch = tempfile.mkdtemp()
    trainer = Trainer(scratch, folder, files, command)
    status, text, n_calls, _ = trainer.run(0, "0")
    new = trainer.contents()
    if status or trainer.left() or any(new[name] == trainer.old[name] for name in files):
        sys.exit(f"the run without failures is none: exit status {status}: {text}")
    wrong = []
    for how in HOWS:
        for at in range(1, n_calls + 1):
            wrong.append(trainer.failing(at, how, new))
    print(f"{len(wrong)} runs with a failure, {sum(map(bool, wrong))} wrong", *filter(None, wrong), sep="\n")
    wrong = [trainer.killed(at, new) for at in range(1, n_calls + 1)]
    print(f"{len(wrong)} killed runs, {sum(map(bool, wrong))} wrong", *filter(None, wrong), sep="\n")
    trainer.restore()
    status, text, _, _ = trainer.run(0, "short")
    print("short and interrupted calls:", "fine" if not status and trainer.contents() == new else text)
    shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
