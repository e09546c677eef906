#!/usr/bin/env python3
"""Bytes that one update moves per weight, beside the least possible, and its time, for each optimizer.

    bench/optimizer_bytes.py build/release/nnlc [--size=1024] [--threads=1] [--no-time]

The bytes are counted in --emit=kernels: every kernel reads what it loads once and writes what it stores once, of a
matrix of size x size weights with its slots and values as large; what has a batch axis belongs to the network. The
least: read and write the weight and its slots once, and never store the gradient. The time is that of a step with
one row less that of the same step without training, in nanoseconds per weight.
"""
import argparse
import os
import re
import statistics
import subprocess
import tempfile
import time

ROWS = 64
OPTIMIZERS = ["SGD(0.1)", "SGD(0.1, momentum=0.9)", "SGD(0.1, momentum=0.9, nesterov=true)", "RMSprop()",
              "RMSprop(centered=true, momentum=0.5)", "Adagrad()", "Adadelta()", "Adam()", "Adam(amsgrad=true)", "AdamW()",
              "Adamax()", "Nadam()", "Ftrl()", "Lion()", "Lamb()", "Adafactor()", "Muon()", "ScheduleFreeAdamW()",
              "Adam(clipvalue=1.0)", "Adam(clipnorm=1.0)", "Adam(global_clipnorm=1.0)", "Adam(use_ema=true)",
              "Adam(gradient_accumulation_steps=4)", "SGD(0.1, loss_scale_factor=256)"]

PROGRAM = """
data d {{ train = blobs({rows}, classes=3, features={size}, seed=1) }}
model net {{ Dense({size}, use_bias=false{frozen}) }}
compile net {{ optimizer = {optimizer}, loss = sparse_categorical_crossentropy(from_logits=true), metrics = none }}
fit net on d {{ epochs = 5, batch_size = 1, validation = none }}
"""
AXIS = re.compile(r"\bi(\d+)\b")
ACCESS = re.compile(r"(load|store|\ba|\bb) ([@%][\w.]*)\[([^\]]*)\]")


def source(folder, optimizer, size, frozen=False):
    path = os.path.join(folder, "bytes.nn")
    with open(path, "w", encoding="ascii") as file:
        file.write(PROGRAM.format(rows=ROWS, size=size, optimizer=optimizer,
                                  frozen=", trainable=false" if frozen else ""))
    return path


def kernels(nnlc, path):
    """(sizes of the axes, lines) of every kernel of the training step; a batch axis has the size 0."""
    text = subprocess.run([nnlc, "--emit=kernels", path], stdout=subprocess.PIPE, text=True, check=True).stdout
    train = text.split("kernels @net.train", 1)[1].split("\nkernels @", 1)[0]
    for kernel in re.split(r"\n  kernel ", train)[1:]:
        head, *lines = kernel.split("\n")
        axes = head.split(": ", 1)[1].split(",")[0].split(" ", 1)
        sizes = [w for w in (axes[1] if len(axes) > 1 else "").split(" x ")]
        yield [0 if "N" in w else int(w.split()[-1]) for w in sizes if w], lines


def moved(nnlc, path, size):
    """Bytes for each weight that are moved; the slots as large as the matrix."""
    total, slots = 0, set()
    for sizes, lines in kernels(nnlc, path):
        seen = set()
        for way, name, index in ACCESS.findall("\n".join(lines)):
            way = "store" if way == "store" else "load"
            elements = 1
            for axis in set(AXIS.findall(index)):
                elements *= sizes[int(axis)]
            if elements != size * size or (way, name) in seen:
                continue
            seen.add((way, name))
            total += 4
            if name.startswith("@net.kernel.") or name.startswith("@dense.kernel."):
                slots.add(name)
    return total, len(slots)


def step_time(nnlc, path, threads):
    """Nanoseconds of a step: the median of three times that five epochs more take."""
    program = path + ".out"
    subprocess.run([nnlc, path, "-o", program], check=True, stderr=subprocess.DEVNULL)

    def seconds(epochs):
        begin = time.perf_counter()
        subprocess.run([program, "-q", f"--threads={threads}", f"--epochs={epochs}"], check=True)
        return time.perf_counter() - begin

    seconds(1)
    return statistics.median(1e9 * (seconds(6) - seconds(1)) / (5 * ROWS) for _ in range(3))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("nnlc")
    parser.add_argument("--size", type=int, default=1024)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--no-time", action="store_true")
    a = parser.parse_args()
    nnlc = os.path.abspath(a.nnlc)
    with tempfile.TemporaryDirectory() as folder:
        forward, _ = moved(nnlc, source(folder, "SGD()", a.size, frozen=True), a.size)
        rest = 0 if a.no_time else step_time(nnlc, source(folder, "SGD()", a.size, frozen=True), a.threads)
        print(f"{'optimizer':38} {'bytes':>6} {'least':>6} {'ratio':>6} {'ns':>8}")
        for optimizer in OPTIMIZERS:
            path = source(folder, optimizer, a.size)
            total, slots = moved(nnlc, path, a.size)
            total, least = total - forward, 8 * (1 + slots)
            shown = "" if a.no_time else f"{(step_time(nnlc, path, a.threads) - rest) / a.size ** 2:8.2f}"
            print(f"{optimizer:38} {total:6} {least:6} {total / least:6.2f} {shown}", flush=True)


if __name__ == "__main__":
    main()
