"""Makes random programs, stops their trainers at random moments, and lets them go on: what is left must be the same,
byte for byte, as after one run from start to end.

    random_runs.py NNLC SEED PROGRAMS

A program has models, some with a part in common, and a random list of commands: fits with callbacks and settings of
all kinds, in loops, compiles, evaluations, predictions, saves and loads, adapt, reset. A run is stopped by SIGKILL,
SIGTERM, SIGINT or SIGHUP; it goes on with --resume, or, in every third program, with BackupAndRestore alone."""
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

TIMES = re.compile(rb'"(time|seconds)": *[0-9.e+-]+')
EVENTS = re.compile(r"events\.out\.tfevents\.[^/]*")
SIGNALS = [signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP]
STOPS = 6          # of one program, at most


class Program:
    """The text of a program; `backup`: without --checkpoint."""

    def __init__(self, chance, backup):
        self.chance, self.backup = chance, backup
        self.lines, self.files, self.names, self.saved = [], 0, 0, []
        self.fitted = set()
        pick = chance.choice
        self.normal = pick(["", "inputs = normalize()"])
        self.vectors = pick([False, True])
        for name, rows in (("d", chance.randint(40, 90)), ("e", chance.randint(30, 60))):
            self.lines += [f"data {name} {{", f"  train = blobs({rows}, classes=3, features=4, seed={chance.randint(1, 9)})",
                           f"  validation = split({pick(['0.2', '0.3'])}{pick(['', ', stratify=true'])})",
                           f"  {self.normal}", "  targets = one_hot(3)" if self.vectors else "", "}"]
        self.lines += ["option rate = 0.02", "option much = 2",
                       f"model part {{ Input(4); Dense(5, activation=tanh, {self.rule('kernel')}) }}",
                       f"let shared = part()",
                       f"model net {{ {pick(['shared', 'part()'])}; {self.layers()}; Dense(3, activation=softmax) }}",
                       f"model other {{ {pick(['shared', 'Input(4)'])}; {self.layers()}; Dense(3, activation=softmax) }}",
                       "let net1 = net()", "let other1 = other()"]
        self.models = ["net1", "other1"]
        for model in self.models:
            self.compile(model)
        for _ in range(chance.randint(3, 7)):
            self.command(0)
        for model in self.models:
            self.lines.append(f'save {model} to "{model}.npz"')

    def layers(self):
        pick = self.chance.choice
        return "; ".join(pick(["Dense(6, activation=relu)", "Dropout(0.4)", "Dense(4)", "PReLU()",
                               "Dropout(0.2, seed=7)", "Normalization(mean=0.25, variance=2.0)", "LeakyReLU()",
                               "ActivityRegularization(l1=0.01, l2=0.02)",
                               f"Dense(4, {self.rule('kernel')}, {self.rule('bias')}, activity_regularizer=l2(0.01))",
                               f"PReLU({self.rule('alpha')})",
                               "Dense(4, kernel_regularizer=orthogonal_regularizer(mode=columns))"]) for _ in range(self.chance.randint(1, 3)))

    def rule(self, weight):
        pick = self.chance.choice
        return f"{weight}_regularizer={pick(['l1', 'l2(rate)', 'l1l2(0.01, 0.02)'])}, {weight}_constraint=" + \
            pick(["none", "non_neg", "max_norm(0.8)", "unit_norm(axis=none)", "min_max_norm(0.2, 1.0, rate=0.5)"])

    def options(self):
        """Options of any optimizer; checkpoints in the middle of an update have what they keep."""
        pick = self.chance.choice
        return (pick(["", f", gradient_accumulation_steps={pick([2, 3, 7])}"]) +
                pick(["", ", clipnorm=0.5", ", global_clipnorm=0.5"]) + pick(["", ", weight_decay=0.1"]) +
                pick(["", ", use_ema=true", ", use_ema=true, ema_momentum=0.7, ema_overwrite_frequency=3"]))

    def compile(self, model):
        pick = self.chance.choice
        self.by_epoch = None
        rate, free = pick([("rate", True), ("0.01", True), ("fn(step) => 0.05 / (1 + 0.1 * step)", False),
                           ("fn(step) => 0.03 if step < 9 else 0.01", False), ("CosineDecay(rate, 20, 0.1)", False),
                           ("CosineDecayRestarts(0.03, 5, m_mul=0.8)", False),
                           ("PiecewiseConstantDecay([4, 11], [rate, 0.01, 0.005])", False)])
        optimizer = pick([f"SGD({rate}, momentum=0.9)", f"SGD({rate}, momentum=0.8, nesterov=true)", f"Adam({rate})",
                          f"RMSprop({rate})", f"Adagrad({rate})", f"Adam({rate}, amsgrad=true)", f"SGD({rate})",
                          f"{pick(['AdamW', 'Adamax', 'Nadam', 'Adadelta', 'Ftrl', 'Lion', 'Lamb', 'Adafactor'])}"
                          f"({rate}{self.options()})", f"{pick(['Muon', 'ScheduleFreeAdamW'])}({rate}{self.options()})"])
        metrics = pick(["accuracy", "MeanIoU(3, sparse_y_pred=false)", "none", "SparseTopKCategoricalAccuracy(k=2)",
                        "SparseCategoricalCrossentropy(ignore_class=1)"])
        loss = pick(["sparse_categorical_crossentropy", "sparse_categorical_crossentropy(ignore_class=2)",
                     "crossentropy(reduction=sum)", "CategoricalGeneralizedCrossEntropy(q=0.3)", "circle(gamma=2)"])
        if self.vectors:
            metrics = pick(["[precision, AUC(num_thresholds=20)]", "[F1Score, accuracy]", "[R2Score, Recall(top_k=2)]",
                            "Precision(thresholds=[0.3, 0.6])"])
            loss = pick(["categorical_crossentropy", "kl_divergence", "dice(axis=-1)", "categorical_focal_crossentropy",
                         "huber(delta=0.3)", "categorical_hinge"])
        weighted = pick(["none", "accuracy"])
        self.free = getattr(self, "free", {})
        self.free[model] = free
        self.lines.append(f"compile {model} {{ optimizer = {optimizer}, loss = {loss}, "
                          f"metrics = {metrics}, weighted_metrics = {weighted} }}")

    def file(self, end):
        self.files += 1
        return f"f{self.files}{end}"

    def callbacks(self, model, has_validation, loop):
        pick, some = self.chance.choice, []
        monitor = "val_loss" if has_validation and pick([True, False]) else "loss"
        stem = self.file("")
        key = f'"{stem}" + k + ' if loop else f'"{stem}" + '
        path = lambda end: (key + f'"{end}"')
        offers = [
            f"EarlyStopping(monitor={monitor}, patience={pick([0, 1, 3])}, restore_best_weights={pick(['true', 'false'])}, "
            f"min_delta={pick(['0', '0.01'])}, start_from_epoch={pick([0, 1])})",
            f"ModelCheckpoint({path('-{epoch}-{loss:.3f}.safetensors')}, keep={pick([1, 2])})",
            f"ModelCheckpoint({path('best.npz')}, monitor={monitor}, save_best_only=true)",
            f"ModelCheckpoint({path('-{epoch}-{batch}.npz')}, save_freq={pick([1, 2, 5])}, keep={pick([1, 3])})",
            f"CSVLogger({path('.csv')})",
            f"TensorBoard({path('.logs')})",
            "TerminateOnNaN()",
        ]
        if not self.backup:
            offers.append('CSVLogger("all.csv", append=true)')
        if self.free[model]:
            offers.append("LearningRateScheduler(fn(epoch, rate) => rate * 0.9)")
            offers.append(f"ReduceLROnPlateau(monitor={monitor}, patience={pick([1, 2])}, factor=0.5)")
        self.chance.shuffle(offers)
        some = offers[:self.chance.randint(0, 4)]
        if self.backup:
            some.append(f"BackupAndRestore({path('.back')}, save_freq={pick(['epoch', '1', '3', '4'])})")
        elif self.chance.random() < 0.2:
            some.append(f"BackupAndRestore({path('.back')})")
        return some

    def fit(self, model, loop):
        pick, chance = self.chance.choice, self.chance
        data = pick(["d", "e"])
        settings = [f"epochs = {pick(['1', '2', '3', 'much', '5'])}", f"batch_size = {pick([4, 8, 16, 64])}", "verbose = 0"]
        has_validation = chance.random() < 0.7
        if not has_validation:
            settings.append("validation = none")
        elif chance.random() < 0.3:
            settings.append(f"validation_steps = {pick([1, 2])}")
        if chance.random() < 0.3:
            settings.append(f"steps_per_epoch = {pick([1, 2, 3, 7])}")
        if chance.random() < 0.3:
            settings.append("shuffle = false")
        if chance.random() < 0.2:
            settings.append("class_weight = [0: 1, 1: 2.5]")
        if chance.random() < 0.2:
            settings[0] = f"epochs = {pick([3, 4])}, initial_epoch = {pick([1, 2])}"
        some = self.callbacks(model, has_validation, loop)
        if some:
            settings.append("callbacks = [" + ", ".join(some) + "]")
        if chance.random() < 0.25:
            settings.append(f"on epoch_end {{ if last(r{self.names}.loss) < {pick(['1.0', '0.6'])} {{ stop }} }}")
        self.lines.append(f"fit {model} on {data} as r{self.names} {{ " + ", ".join(settings) + " }")
        self.lines.append(f"print r{self.names}.loss, r{self.names}.epochs")
        self.names += 1

    def command(self, depth, loop=False):
        pick = self.chance.choice
        kind = pick(["fit"] * 5 + ["evaluate", "predict", "save", "load", "compile", "adapt", "reset", "for", "if"])
        model, data = pick(self.models), pick(["d", "e"])
        if kind == "fit" or (kind in ("for", "if") and depth) or (kind == "if" and not self.names):
            self.fit(model, loop)
        elif kind == "evaluate":
            self.lines.append(f"evaluate {model} on {data}.validation {{ verbose = 0 }}")
        elif kind == "predict":
            self.lines.append(f'predict {model} on {data}.validation to "{self.file(".csv")}" {{ verbose = 0 }}')
        elif kind == "save":
            self.lines.append(f'save {model} to "{self.file(".safetensors")}"')
            self.saved.append((model, f"f{self.files}.safetensors"))
        elif kind == "load" and self.saved:
            model, name = pick(self.saved)
            self.lines.append(f'load {model} from "{name}"')
        elif kind == "compile":
            self.compile(model)
        elif kind == "adapt" and self.normal:
            self.lines.append(f"adapt {model} on {data}")
        elif kind == "reset":
            self.lines.append(f"reset {model}")
        elif kind == "for":
            self.lines.append('for k in ["1", "2"] {')
            for _ in range(self.chance.randint(1, 2)):
                self.fit(pick(self.models), True)
            self.lines.append("}")

    def text(self):
        return "\n".join(self.lines) + "\n"


def contents(folder):
    found = {}
    for root, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(root, name)
            with open(path, "rb") as file:
                data = file.read()
            key = EVENTS.sub("events", os.path.relpath(path, folder))
            if key.endswith(".jsonl"):
                data = TIMES.sub(rb'"\1":0', data)
            if "/events" in key:
                data = b"%d bytes" % len(data)
            if ".tmp" not in key:
                found[key] = data
    return found


def hashes(out):
    return [line for line in out.split(b"\n") if line.startswith(b"hash")]


def run(command, folder, delay, number):
    """What it printed; None: it was stopped."""
    child = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        out, err = child.communicate(timeout=delay)
    except subprocess.TimeoutExpired:
        child.send_signal(number)
        out, err = child.communicate(timeout=60)
        if child.returncode == -number:
            return None
    if child.returncode != 0:
        raise RuntimeError(f"exit status {child.returncode}: {err.decode()}{out.decode()}")
    return out


def one(nnlc, seed, index):
    """The number of stops, and what is wrong, of one program."""
    chance = random.Random(seed * 100003 + index)
    backup = index % 3 == 2
    text = Program(chance, backup).text()
    base = tempfile.mkdtemp(prefix=f"{seed}-{index}-", dir=".")
    with open(f"{base}/p.nn", "w", encoding="ascii") as file:
        file.write(text)
    made = subprocess.run([nnlc, "p.nn", "-o", "p"], cwd=base, stderr=subprocess.PIPE, text=True, check=False)
    if made.returncode:
        return 0, f"{base}: it does not compile: {made.stderr}"
    more = chance.choice([[], [], ["--rate=0.03"], ["--epochs=2"], ["--epochs=0"], ["--seed=5"], ["--threads=2"], ["--much=3"]])
    command = [os.path.abspath(f"{base}/p"), "--hash", *more]
    if not backup:
        command += ["--checkpoint=run.ck", "--resume=run.ck", "--log=run.jsonl"]
    os.mkdir(f"{base}/whole")
    start = time.monotonic()
    expected = hashes(run(command, f"{base}/whole", 100, signal.SIGKILL))
    seconds = time.monotonic() - start
    whole, stops = contents(f"{base}/whole"), 0
    for round_number in range(2):
        folder = f"{base}/round{round_number}"
        os.mkdir(folder)
        for attempt in range(STOPS + 1):
            every = [] if backup else [f"--checkpoint-every={chance.choice([1, 2, 5, 1000])}"] * chance.randint(0, 1)
            delay = chance.uniform(0, seconds * 1.1) if attempt < STOPS else 100
            try:
                out = run(command + every, folder, delay, chance.choice(SIGNALS))
            except RuntimeError as wrong:
                return stops, f"{folder}: {wrong}"
            if out is not None:
                break
            stops += 1
        if hashes(out) != expected:
            return stops, f"{folder}: other weights: {out} instead of {expected}"
        left = contents(folder)
        for name in sorted(set(whole) | set(left)):
            if whole.get(name) != left.get(name):
                return stops, f"{folder}: '{name}' differs"
    shutil.rmtree(base)
    return stops, None


def main():
    nnlc, seed, programs = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    wrong = stops = 0
    for index in range(programs):
        here, message = one(nnlc, seed, index)
        stops += here
        if message:
            print(message)
            wrong += 1
    print(f"{programs} programs, {stops} stops, {wrong} wrong")


if __name__ == "__main__":
    main()
