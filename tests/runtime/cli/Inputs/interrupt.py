"""Sends signals to trainers that were compiled into the working folder.

    interrupt.py NNLC ENDLESS.NN

An endless training is running when its second epoch begins. A program that reads pipe.csv waits until
this one opens it, too. Prints what the program writes besides epochs, and the exit status of a shell."""
import os
import signal
import subprocess
import sys

NNLC, ENDLESS = sys.argv[1:]
ROWS = "x,y\n1,2.5\n2,3.5\n3,4.5\n4,5.5\n5,6.5\n6,7.5\n"


def start(command, ignored):
    """Children inherit what is ignored; whoever runs the tests may have ignored SIGINT."""
    signal.signal(signal.SIGINT, signal.SIG_IGN if ignored else signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def wait_for_epoch(process, number):
    for line in process.stdout:
        if line.startswith("Epoch") and int(line.split()[1].split("/")[0]) >= number:
            return number
    sys.exit("the training ended by itself")


def finish(process):
    for line in process.stdout.read().split("\n"):
        if line and not line.startswith("Epoch") and "/step" not in line:
            print(line)
    code = process.wait(timeout=60)
    print("exit status", 128 - code if code < 0 else code)


def endless(name, command):
    print(name, "nnlc run" if len(command) > 1 else command[0])
    process = start(command, ignored=False)
    wait_for_epoch(process, 2)
    process.send_signal(getattr(signal, "SIG" + name))
    finish(process)


def from_pipe(name, program):
    print(name, program, "-q")
    os.mkfifo("pipe.csv")
    process = start([program, "-q"], ignored=False)
    with open("pipe.csv", "w", encoding="ascii") as pipe:
        process.send_signal(getattr(signal, "SIG" + name))
        pipe.write(ROWS)
    finish(process)
    os.remove("pipe.csv")


def ignored():
    print("ignored INT, then TERM ./endless")
    process = start(["./endless"], ignored=True)
    wait_for_epoch(process, 2)
    process.send_signal(signal.SIGINT)
    wait_for_epoch(process, 300)
    print("still running after INT")
    process.send_signal(signal.SIGTERM)
    finish(process)


for each in ("INT", "TERM", "HUP"):
    endless(each, ["./endless"])
for each in ("INT", "TERM"):
    endless(each, [NNLC, "run", ENDLESS])
from_pipe("INT", "./slow_fit")
from_pipe("TERM", "./slow_evaluate")
from_pipe("INT", "./slow_predict")
from_pipe("INT", "./slow_describe")
ignored()
