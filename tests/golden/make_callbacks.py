#!/usr/bin/env python3
"""Makes what Keras's callbacks say and do on made-up metrics, for tests/unit/callbacks.c. Needs keras and jax.

    python3 make_callbacks.py > callbacks.h

Each row is one training: a callback with drawn arguments, and the metric that it watches, epoch by epoch; NaN is
not a number, MISSING was not measured. Kept are its messages, the number of epochs, and at the end the epoch whose
weights the model has and the learning rate. Numbers are multiples of 1/32, so that float32 and double compare
alike. Left out is where nnlc differs on purpose: NaN as the first value, and ModelCheckpoint without its metric.
"""
import contextlib
import io
import math
import os
import random
import warnings

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_PLATFORMS"] = "cpu"
import keras

warnings.simplefilter("ignore")
MISSING = object()
HEAD = """#ifndef NNLC_TESTS_GOLDEN_CALLBACKS_H
#define NNLC_TESTS_GOLDEN_CALLBACKS_H

#include <math.h>

#define MISSING INFINITY

/* A training: a callback, its arguments, and the metric it watches; then what comes of it. */
typedef struct GoldenCallback {
    const char *callback, *arguments;
    int n;
    double values[14];
    const char *messages;
    int epochs, weight; /* the epoch whose weights the model has at the end */
    double rate;
} GoldenCallback;

/* clang-format off */
static const GoldenCallback golden_callbacks[] = {"""
ROWS = {"EarlyStopping": 200, "ReduceLROnPlateau": 150, "ModelCheckpoint": 60}


class Metric:
    def __init__(self, name, direction):
        self.name, self._direction = name, direction


class Optimizer:
    learning_rate = 0.5


class Model:
    """Its only weight is the number of the epoch."""

    def __init__(self):
        self.optimizer, self.stop_training, self.weight = Optimizer(), False, 0
        group = keras.src.trainers.compile_utils.MetricsList([])
        group.metrics = [Metric("accuracy", "up")]
        self.metrics = [group]

    def get_weights(self):
        return self.weight

    def set_weights(self, weight):
        self.weight = weight

    def save_weights(self, path, overwrite):
        pass


def grid(draw, low, high):
    return draw.randint(low * 32, high * 32) / 32


def draw_arguments(draw, name):
    args = {"monitor": draw.choice(["val_loss", "val_accuracy", "loss"]), "mode": draw.choice(["auto", "auto", "min", "max"])}
    if name == "EarlyStopping":
        args["patience"] = draw.randint(0, 3)
        args["min_delta"] = draw.choice([0, 0, grid(draw, -1, 1)])
        args["restore_best_weights"] = draw.choice([False, True])
        args["start_from_epoch"] = draw.choice([0, 0, 0, 2, 3])
        if draw.random() < 0.3:
            args["baseline"] = grid(draw, 0, 3)
    elif name == "ReduceLROnPlateau":
        args["patience"] = draw.randint(0, 3)
        args["factor"] = draw.choice([0.5, 0.25, 0.1])
        args["min_delta"] = draw.choice([0, 0, grid(draw, -1, 1)])
        args["cooldown"] = draw.choice([0, 0, 1, 2, 3])
        args["min_lr"] = draw.choice([0, 0, 0.0625, 0.3])
    else:
        args["save_best_only"] = draw.choice([True, True, True, False])
        if draw.random() < 0.4:
            args["initial_value_threshold"] = grid(draw, 0, 3)
    return args


def draw_values(draw, name, args):
    values, missing_too = [], name != "ModelCheckpoint"
    seen = False
    for epoch in range(draw.randint(1, 14)):
        value = draw.choice([grid(draw, 0, 3), grid(draw, 0, 3), 1 + 1 / 32, 1.0])
        chance = draw.random()
        if chance < 0.1 and missing_too:
            value = MISSING
        elif chance < 0.2 and (seen or "initial_value_threshold" in args):
            value = math.nan
        seen = seen or (value is not MISSING and epoch >= args.get("start_from_epoch", 0))
        values.append(value)
    return values


def run(name, args, values):
    """Messages, epochs that ran, the epoch of the weights, the learning rate."""
    given = dict(args, verbose=1)
    if name == "ModelCheckpoint":
        given.update(filepath="w.weights.h5", save_weights_only=True)
    callback, model, out, epochs = getattr(keras.callbacks, name)(**given), Model(), io.StringIO(), 0
    callback.set_model(model)
    keras.utils.enable_interactive_logging()
    with contextlib.redirect_stdout(out):
        callback.on_train_begin()
        for value in values:
            logs = {} if value is MISSING else {args["monitor"]: value}
            model.weight = epochs + 1
            callback.on_epoch_begin(epochs)
            callback.on_epoch_end(epochs, logs)
            epochs += 1
            if model.stop_training:
                break
        callback.on_train_end()
    return out.getvalue().replace(".weights.h5", ".npz"), epochs, model.weight, float(model.optimizer.learning_rate)


def c_number(value):
    return "MISSING" if value is MISSING else "NAN" if math.isnan(value) else repr(value)


def main():
    draw = random.Random(1)
    print(f"/* callbacks.h: made by make_callbacks.py, do not edit. keras {keras.__version__}. */")
    print(HEAD)
    for name, n in ROWS.items():
        for _ in range(n):
            args = draw_arguments(draw, name)
            values = draw_values(draw, name, args)
            text, epochs, weight, rate = run(name, args, values)
            args["verbose"] = 1
            if name == "ModelCheckpoint":
                args["filepath"] = "w.npz"
            arguments = " ".join(f"{k}={v if isinstance(v, str) else repr(v + 0)}" for k, v in args.items())
            lines = [line.replace('"', '\\"') for line in text.split("\n")]
            quoted = "\n     ".join(f'"{line}\\n"' for line in lines[:-1]) or '""'
            print(f'    {{"{name}", "{arguments}",')
            print(f"     {len(values)}, {{{', '.join(map(c_number, values))}}},")
            print(f"     {quoted},\n     {epochs}, {weight}, {rate!r}}},")
    print("};\n/* clang-format on */\n\n#endif")


if __name__ == "__main__":
    main()
