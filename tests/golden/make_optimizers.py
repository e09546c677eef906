#!/usr/bin/env python3
"""Makes the trajectories of Keras's optimizers in float64 that tests/unit/optimizers.c compares with. Needs keras and
jax (pip install keras jax).

    python3 make_optimizers.py > optimizers.h

Each run takes 50 steps from the same weights along the same gradients, with one optimizer and its options. Kept is,
after every step, one sum over all weights, each times a factor of its own; behind these the same sum over the moving
averages, 0 without them. Runs without options that all optimizers share keep the last weights, too.

Gradients: `plain`: normal, one column always 0, most rows of the table 0, all 0 in three steps; `huge`: the same, some
steps times 1e8, others times 1e-8; `broken`: one element infinite in step 41.
"""
import os
import sys

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_ENABLE_X64"] = "1"
os.environ["JAX_PLATFORMS"] = "cpu"
import jax
import keras
import numpy as np
from keras.src.backend.common import dtypes

# Outside TensorFlow Keras computes what mixes types in float32 at most: here it must not.
dtypes.BIT64_TO_BIT32_DTYPE["float64"] = "float64"
keras.config.set_floatx("float64")

STEPS, BROKEN_AT = 50, 40
WEIGHTS = [("tall", "kernel", (4, 3)), ("tall", "bias", (3,)), ("one", "gain", (1,)), ("cube", "kernel", (2, 3, 2)),
           ("embedding", "table", (5, 2)), ("wide", "kernel", (2, 4))]

COMMON = [dict(clipnorm=0.5), dict(clipvalue=0.1), dict(global_clipnorm=0.5), dict(weight_decay=0.02),
          dict(weight_decay=0.1, exclude_from_weight_decay=["bias", "ai"]), dict(use_ema=True),
          dict(use_ema=True, ema_momentum=0.8, ema_overwrite_frequency=3), dict(loss_scale_factor=128.0),
          dict(gradient_accumulation_steps=3)]
COMBINED = [dict(global_clipnorm=0.7, weight_decay=0.03, use_ema=True, ema_momentum=0.9, loss_scale_factor=4.0,
                 gradient_accumulation_steps=2),
            dict(clipnorm=0.7, weight_decay=0.03, use_ema=True, ema_momentum=0.9, ema_overwrite_frequency=2,
                 gradient_accumulation_steps=4)]

# name, its own arguments
OWN = {
    "SGD": [dict(learning_rate=0.1), dict(learning_rate=0.05, momentum=0.9),
            dict(learning_rate=0.05, momentum=0.9, nesterov=True)],
    "RMSprop": [dict(learning_rate=0.01), dict(learning_rate=0.01, momentum=0.5, centered=True, rho=0.8)],
    "Adagrad": [dict(learning_rate=0.1), dict(learning_rate=0.1, initial_accumulator_value=0.0, epsilon=1e-3)],
    "Adam": [dict(learning_rate=0.02), dict(learning_rate=0.02, beta_1=0.5, beta_2=0.9, epsilon=1e-3, amsgrad=True)],
    "AdamW": [dict(learning_rate=0.02), dict(learning_rate=0.02, weight_decay=0.3, amsgrad=True)],
    "Adamax": [dict(learning_rate=0.02), dict(learning_rate=0.02, beta_1=0.5, beta_2=0.9, epsilon=1e-3)],
    "Nadam": [dict(learning_rate=0.02), dict(learning_rate=0.02, beta_1=0.5, beta_2=0.9, epsilon=1e-3)],
    "Ftrl": [dict(learning_rate=0.1),
             dict(learning_rate=0.1, learning_rate_power=-0.7, initial_accumulator_value=0.01, beta=0.2,
                  l1_regularization_strength=0.05, l2_regularization_strength=0.1,
                  l2_shrinkage_regularization_strength=0.02),
             dict(learning_rate=0.02, learning_rate_power=0.0, l1_regularization_strength=10.0)],
    "Lion": [dict(learning_rate=0.01), dict(learning_rate=0.01, beta_1=0.5, beta_2=0.8),
             dict(learning_rate=0.01, beta_1=1.0)],
    "Lamb": [dict(learning_rate=0.02), dict(learning_rate=0.02, beta_1=0.5, beta_2=0.9, epsilon=1e-3)],
    "Adafactor": [dict(learning_rate=0.05),
                  dict(learning_rate=0.5, beta_2_decay=-0.5, epsilon_1=1e-6, epsilon_2=0.1, clip_threshold=0.5,
                       relative_step=False)],
    "Muon": [dict(learning_rate=0.02), dict(learning_rate=0.02, nesterov=False, rms_rate=None, weight_decay=None),
             dict(learning_rate=0.02, exclude_embeddings=False, adam_weight_decay=None, weight_decay=0.1),
             dict(learning_rate=0.02, exclude_layers=["wide", "tall"], adam_lr_ratio=0.5, adam_beta_1=0.5,
                  adam_beta_2=0.9, adam_weight_decay=0.2, epsilon=1e-3),
             dict(learning_rate=0.02, muon_a=2.0, muon_b=-1.5, muon_c=0.5, momentum=0.5, ns_steps=2, rms_rate=0.5)],
    "ScheduleFreeAdamW": [dict(learning_rate=0.02),
                          dict(learning_rate=0.02, beta_1=0.6, beta_2=0.9, epsilon=1e-3, warmup_steps=20)],
    "Adadelta": [dict(learning_rate=1.0), dict(learning_rate=2.0, rho=0.5, epsilon=1e-3)],
}


def functional(weights):
    flat = np.concatenate([np.asarray(w).ravel() for w in weights])
    return float((flat * (1 + np.arange(len(flat)) % 7)).sum())


def short(v):
    v = float(v)
    return "NAN" if np.isnan(v) else "INFINITY" if v == np.inf else "-INFINITY" if v == -np.inf else f"{v:.12g}"


def array(name, values):
    flat = [short(v) for v in np.asarray(values, dtype=np.float64).ravel()]
    body = ",\n    ".join(", ".join(flat[i:i + 6]) for i in range(0, len(flat), 6))
    print(f"static const double {name}[] = {{\n    {body}}};\n")


def gradients(rng):
    """[step][weight], with few digits, so that the text is exact."""
    out = []
    for step in range(STEPS):
        grads = [np.round(rng.normal(size=shape), 3) for _, _, shape in WEIGHTS]
        grads[0][:, 1] = 0
        grads[4][rng.permutation(5)[:3]] = 0
        if 10 <= step < 13:
            grads = [0 * g for g in grads]
        out.append(grads)
    return out


def scale_of(kind, step):
    return [1.0, 1e8, 1.0, 1e-8, 1.0][step % 5] if kind == "huge" else 1.0


def rate_of(step):
    return 0.05 / (1 + 0.1 * step)


class Falling(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return keras.ops.cast(0.05, "float64") / (1 + 0.1 * keras.ops.cast(step, "float64"))


def variables(start):
    made = []
    for (layer, name, _), value in zip(WEIGHTS, start):
        with keras.name_scope(layer):
            made.append(keras.Variable(value, dtype="float64", name=name))
    return made


def run(number, optimizer, args, kind, falls, keeps, start, grads):
    args = dict(args)
    excluded = args.pop("exclude_from_weight_decay", None)
    if falls:
        args["learning_rate"] = Falling()
    made = variables(start)
    opt = getattr(keras.optimizers, optimizer)(**args)
    if excluded:
        opt.exclude_from_weight_decay(var_names=excluded)
    opt.build(made)
    weights, states = [v.value for v in made], [v.value for v in opt.variables]
    apply = jax.jit(lambda s, g, w: opt.stateless_apply(s, g, w))
    sums = []
    for step in range(STEPS):
        now = [g * scale_of(kind, step) for g in grads[step]]
        if kind == "broken" and step == BROKEN_AT:
            now[0][2, 2] = np.inf
        weights, states = apply(states, now, weights)
        sums.append(functional(weights))
    averages = [s for v, s in zip(opt.variables, states) if v.name.endswith("_average")]
    assert len(averages) == (len(WEIGHTS) if args.get("use_ema") else 0)
    array(f"sums_{number}", sums + [functional(averages) if averages else 0.0])
    if keeps:
        array(f"last_{number}", np.concatenate([np.asarray(w).ravel() for w in weights]))
    last = f"last_{number}" if keeps else "NULL"
    if excluded:
        args["exclude_from_weight_decay"] = excluded
    return f'    {{"{optimizer}", "{c_args(args)}", GRADIENTS_{kind}, {int(falls)}, sums_{number}, {last}}},'


def c_args(args):
    """Arguments as text: "momentum=0.9 nesterov=1 rms_rate=none exclude_layers=a,b"."""
    def value(v):
        return "none" if v is None else ",".join(v) if isinstance(v, list) else repr(float(v))
    return " ".join(f"{k}={value(v)}" for k, v in args.items() if not callable(v))


def cases():
    for optimizer, own in OWN.items():
        usual = own[0]
        for args in own:
            yield optimizer, args, "plain", False, True
        yield optimizer, usual, "huge", False, False
        for options in COMMON:
            yield optimizer, {**usual, **options}, "plain", False, False
        for options in COMBINED:
            yield optimizer, {**usual, **options}, "plain", True, False
    for options in COMMON[:3]:
        yield "Adam", {**OWN["Adam"][0], **options}, "huge", False, False
        yield "SGD", {**OWN["SGD"][0], **options}, "broken", False, False


def main():
    only = sys.argv[1:]       # to look at some optimizers by themselves
    rng = np.random.default_rng(13)
    start = [np.round(rng.normal(size=shape), 3) for _, _, shape in WEIGHTS]
    grads = gradients(rng)
    print(f"""/* optimizers.h: made by make_optimizers.py, do not edit.
 *
 * keras {keras.__version__}, jax {jax.__version__}, numpy {np.__version__}, float64, numpy seed 13. Tolerance of the comparison: 1e-9, relative
 * to 1 + the value: both sides compute in double, in different orders, and 12 digits are kept. */
#ifndef NNLC_TESTS_GOLDEN_OPTIMIZERS_H
#define NNLC_TESTS_GOLDEN_OPTIMIZERS_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>

enum {{ STEPS = {STEPS}, BROKEN_AT = {BROKEN_AT}, N_WEIGHTS = {len(WEIGHTS)}, NUMBERS = {sum(w.size for w in start)} }};

static const struct {{
    const char *layer, *name;
    int rank;
    int64_t dims[3];
}} golden_weights[] = {{""")
    for layer, name, shape in WEIGHTS:
        print(f'    {{"{layer}", "{name}", {len(shape)}, {{{", ".join(map(str, shape))}}}}},')
    print("};\n")
    array("golden_start", np.concatenate([w.ravel() for w in start]))
    array("golden_gradients", np.concatenate([g.ravel() for step in grads for g in step]))
    rows = [run(i, *case, start, grads) for i, case in enumerate(cases()) if not only or case[0] in only]
    print("""typedef enum { GRADIENTS_plain, GRADIENTS_huge, GRADIENTS_broken } GradientKind;

typedef struct Golden {
    const char *optimizer, *args;
    GradientKind kind;
    int falls; /* the rate is 0.05 / (1 + 0.1 step) */
    const double *sums, *last;
} Golden;

static const Golden goldens[] = {""")
    print("\n".join(rows))
    print("};\n\n#endif")


if __name__ == "__main__":
    main()
