#!/usr/bin/env python3
"""Time of one training step, nnlc beside PyTorch's eager mode, on the same network: Dense layers with relu,
softmax, cross-entropy, Adam. Needs torch (pip install torch).

    bench/step_time.py build/release/nnlc [--sizes=784,100,10] [--batch=32] [--threads=1] [--rounds=9]

Both train on 6400 random rows held in memory, shuffled anew each epoch; nnlc also reports loss and accuracy,
PyTorch only steps (no data loader, no metrics). Rounds alternate; the line printed at the end has the medians of
microseconds per step and of the ratio of a round's two figures.
"""
import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

ROWS, EPOCHS = 6400, 4

PROGRAM = """
data d {{ train = blobs({rows}, classes={classes}, features={features}, seed=1) }}
model net {{
{layers}
}}
compile net {{ optimizer = Adam(), loss = sparse_categorical_crossentropy, metrics = accuracy }}
fit net on d {{ epochs = {epochs}, batch_size = {batch} }}
"""


def instruction_set():
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
        text = file.read()
    flags = re.search(r"^flags\s*:(.*)$", text, re.MULTILINE)
    name = re.search(r"^model name\s*:\s*(.*)$", text, re.MULTILINE)
    kinds = [k for k in ("avx512f", "avx2") if flags and k in flags.group(1).split()]
    return f"{name.group(1) if name else 'unknown'}, {kinds[0] if kinds else 'no avx2'}"


def compile_nnlc(nnlc, sizes, batch, folder):
    layers = [f"    Dense({n}, activation={'softmax' if i == len(sizes) - 2 else 'relu'})"
              for i, n in enumerate(sizes[1:])]
    source = os.path.join(folder, "step.nn")
    with open(source, "w", encoding="ascii") as file:
        file.write(PROGRAM.format(rows=ROWS, classes=sizes[-1], features=sizes[0], epochs=EPOCHS, batch=batch,
                                  layers="\n".join(layers)))
    trainer = os.path.join(folder, "step")
    subprocess.run([nnlc, source, "-o", trainer], check=True)
    return trainer


def microseconds(text):
    value, unit = re.fullmatch(r"([0-9.]+)(us|ms|s)", text).groups()
    return float(value) * {"us": 1, "ms": 1e3, "s": 1e6}[unit]


def time_nnlc(trainer, threads):
    """The fastest epoch but the first, as reported by the program itself."""
    done = subprocess.run([trainer, f"--threads={threads}"], stdout=subprocess.PIPE, text=True, check=True)
    steps = re.findall(r" (\S+)/step", done.stdout)
    return min(microseconds(s) for s in steps[1:])


def time_torch(sizes, batch, threads):
    import torch
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    layers = []
    for i in range(len(sizes) - 1):
        layers += [torch.nn.Linear(sizes[i], sizes[i + 1])] + ([torch.nn.ReLU()] if i < len(sizes) - 2 else [])
    net = torch.nn.Sequential(*layers)
    x, y = torch.randn(ROWS, sizes[0]), torch.randint(sizes[-1], (ROWS,))
    optimizer, loss_of = torch.optim.Adam(net.parameters()), torch.nn.CrossEntropyLoss()
    best = float("inf")
    for _ in range(EPOCHS):
        order = torch.randperm(ROWS)
        start = time.perf_counter()
        for at in range(0, ROWS, batch):
            rows = order[at:at + batch]
            optimizer.zero_grad()
            loss_of(net(x[rows]), y[rows]).backward()
            optimizer.step()
        best = min(best, (time.perf_counter() - start) / -(-ROWS // batch))
    return 1e6 * best


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("nnlc")
    parser.add_argument("--sizes", default="784,100,10")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=9)
    a = parser.parse_args()
    sizes = [int(n) for n in a.sizes.split(",")]
    try:
        import torch
    except ImportError:
        sys.exit("step_time.py: error: torch is not installed (pip install torch)")
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as folder:
        trainer = compile_nnlc(os.path.abspath(a.nnlc), sizes, a.batch, folder)
        for _ in range(a.rounds):
            ours.append(time_nnlc(trainer, a.threads))
            theirs.append(time_torch(sizes, a.batch, a.threads))
    ratio = statistics.median(t / n for n, t in zip(ours, theirs))
    print(f"{instruction_set()}; torch {torch.__version__}; {'-'.join(map(str, sizes))}, batch {a.batch}, "
          f"{a.threads} thread(s), {a.rounds} rounds")
    print(f"us/step: nnlc {statistics.median(ours):.1f}, PyTorch eager {statistics.median(theirs):.1f}; "
          f"PyTorch / nnlc {ratio:.2f}")


if __name__ == "__main__":
    main()
