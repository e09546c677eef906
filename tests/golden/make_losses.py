#!/usr/bin/env python3
"""Makes the losses and metrics of Keras in float64 that tests/unit/losses.c compares with. Needs keras and jax (pip
install keras jax).

    python3 make_losses.py > losses.h

A case is a loss with arguments over outputs p and targets y; kept are the loss of the batch and its gradient by p. A
case with weights gives each sample the weight of its class, as class_weight does. Cases of metrics keep the value
after several batches of which the last one is short. Numbers lie at kinks, far out, at 0 and 1, in rows of zeros.

Cases with `own` follow a formula of ours, where we differ: at a kink the gradient is 0, where Keras on JAX takes one
side or the middle; where Keras gives NaN it is the limit; categorical_focal_crossentropy does not clip the
logarithms of scores. What differs is printed to stderr.
"""
import os
import sys

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_ENABLE_X64"] = "1"
os.environ["JAX_PLATFORMS"] = "cpu"
import jax
import jax.numpy as jnp
import keras
import numpy as np
from keras.src.backend.common import dtypes

# Outside TensorFlow Keras computes what mixes types in float32 at most: here it must not.
dtypes.BIT64_TO_BIT32_DTYPE["float64"] = "float64"
keras.config.set_floatx("float64")
VERSIONS = f"keras {keras.__version__}, jax {jax.__version__}, numpy {np.__version__}, float64"

RNG = np.random.default_rng(13)


def softmax(x, axis=-1):
    e = np.exp(x - x.max(axis, keepdims=True))
    return e / e.sum(axis, keepdims=True)


def one_hot(labels, n, axis=-1):
    return np.moveaxis(np.eye(n)[labels], -1, axis)


# name: outputs, targets
VALUES = (np.array([[0.5, -1.25, 3.0], [1.0, 2.0, -2.0], [1e-8, -1e-4, 30.0], [1e6, -1e5, 0.0], [-7.5, 0.25, 19.5]]),
          np.array([[0.25, 1.5, 3.5], [1.0, 2.0, -2.0], [0.0, 1e-4, -15.0], [-1e6, 1e5, 4.0], [0.0, 0.0, -0.5]]))
COUNTS = (np.array([[0.5, 1.25, 3.0], [1e-9, 2.0, 1e6], [4.0, 1e-4, 30.0], [0.0, 7.0, 1e-7]]),
          np.array([[0.0, 1.0, 3.0], [1.0, 2.0, 1e6], [4.0, 0.0, 15.0], [2.0, 0.5, 1.0]]))
VECTORS = (np.array([[0.5, -1.25, 3.0], [0.0, 0.0, 0.0], [1e-9, 0.0, -1e-9], [1e6, -1e5, 0.0], [2.0, 1.0, -1.0]]),
           np.array([[0.25, 1.5, 3.5], [1.0, 2.0, -2.0], [3.0, 1.0, 2.0], [-1e6, 1e5, 4.0], [0.0, 0.0, 0.0]]))
SCORES = np.array([[2.0, -1.0, 0.5, 0.0], [0.25, 0.25, 1.5, -3.0], [50.0, -50.0, 10.0, 0.0], [-100.0, 90.0, 3.0, 2.0],
                   [0.0, 0.5, 0.0, 0.25], [1.0, 2.0, 3.0, 4.0]])
PROBABILITIES = np.array([[0.7, 0.1, 0.15, 0.05], [0.2, 0.2, 0.5, 0.1], [1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 1e-9, 1.0],
                          [0.5, 0.5, 0.5, 0.5], [0.25, 0.25, 0.4, 0.1]])
LABELS = np.array([0, 2, 0, 1, 3, 2])
SOFT = softmax(RNG.normal(size=(6, 4)))
SOFT[1] = [0.0, 0.0, 1.0, 0.0]
ODDS = np.array([[0.5, -1.25, 3.0], [20.0, -20.0, 0.0], [60.0, -60.0, 1.0], [-0.5, 0.75, 2.0]])
CHANCES = np.array([[0.5, 0.125, 0.9], [0.0, 1.0, 0.3], [1.0, 0.0, 1e-9], [0.4, 0.75, 1.0 - 1e-9]])
ANSWERS = np.array([[1.0, 0.0, 1.0], [1.0, 0.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.5]])
YES_NO = np.array([[1.0, 0.0, 1.0], [1.0, 0.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
MARGINS = np.array([[0.5, -1.25, 3.0], [2.0, -0.75, 0.25], [-0.5, 0.5, -4.0], [0.125, -0.25, 1e6]])
BOXES = softmax(RNG.normal(size=(3, 2, 4)))
BOX_LABELS = np.array([[0, 3], [1, 1], [2, 0]])
SQUARES = RNG.normal(size=(3, 4, 4))
MASKS = 1 / (1 + np.exp(-RNG.normal(size=(3, 4, 2))))
MASKS_WANTED = (RNG.normal(size=(3, 4, 2)) > 0).astype(float)
MASKS[1] = 0
MASKS_WANTED[1] = 0
BLOCKS = (RNG.normal(size=(3, 2, 4)), RNG.normal(size=(3, 2, 4)))
EMBEDDINGS = RNG.normal(size=(6, 3))
EMBEDDINGS /= np.linalg.norm(EMBEDDINGS, axis=1, keepdims=True)


REDUCTIONS = ["sum_over_batch_size", "mean", "mean_with_sample_weight", "sum"]
CLASS_WEIGHTS = [0.5, 1.0, 3.0, 0.25]      # of the cases with weights


class Case:
    def __init__(self, name, p, y, weighted=False, own=None, like=None, **args):
        self.name, self.p, self.y, self.weighted = name, p, y, weighted
        self.own, self.like, self.args = own, like or name, args


def size(d):
    """abs, with the slope 0 at 0."""
    return jnp.where(d == 0, 0 * d, jnp.abs(d))


def flat_at(x, low, high):
    """clip, with the slope 0 at its ends."""
    return jnp.where((x > low) & (x < high), x, jax.lax.stop_gradient(jnp.clip(x, low, high)))


def own_mae(y, p):
    return size(y - p).mean()


def own_mape(y, p):
    return (100 * size((y - p) / jnp.maximum(jnp.abs(y), 1e-7))).mean()


def own_msle(y, p):
    return ((jnp.log1p(flat_at(p, 1e-7, 1e30)) - jnp.log1p(jnp.maximum(y, 1e-7))) ** 2).mean()


def own_kl(y, p):
    y = jnp.clip(y, 1e-7, 1)
    return (y * jnp.log(y / flat_at(p, 1e-7, 1))).sum(-1).mean()


def own_cosine(y, p):
    def unit(v):
        return v * jax.lax.rsqrt(jnp.maximum((v * v).sum(-1, keepdims=True), 1e-14))
    return -(unit(y) * unit(p)).sum(-1).mean()


def own_focal(gamma):
    def value(y, x):
        miss = 1 - jnp.clip(jax.nn.softmax(x), 1e-7, 1 - 1e-7)
        return -(0.25 * miss ** gamma * y * jax.nn.log_softmax(x)).sum(-1).mean()
    return value


def own_circle(gamma, margin, without_itself):
    """Samples without partners of both kinds are left out before anything is computed of them."""
    def value(y, p):
        equal = y.reshape(-1, 1) == y.reshape(1, -1)
        same = equal & ~np.eye(len(y), dtype=bool) if without_itself else equal
        d = jnp.maximum(1 - p @ p.T, 0)
        values = [0 * p.sum()]
        for i in np.flatnonzero(same.any(1) & (~equal).any(1)):
            near, far = d[i][same[i]], d[i][~equal[i]]
            pull = jax.nn.logsumexp(gamma * (margin + near) * (near - margin))
            push = jax.nn.logsumexp(gamma * jnp.maximum(1 + margin - far, 0) * (1 - margin - far))
            values.append(jax.nn.softplus(pull + push))
        return sum(values) / max(1, sum(v > 0 for v in values))
    return value


def own_bce(y, p):
    p = jnp.clip(p, 1e-7, 1 - 1e-7)
    return -(y * jnp.log(p) + (1 - y) * jnp.log(1 - p)).mean()


def losses():
    cases = [Case(n, *VALUES) for n in ("mean_squared_error", "huber", "log_cosh")]
    cases += [Case("mean_absolute_error", *VALUES, own=own_mae),
              Case("mean_absolute_percentage_error", *VALUES, own=own_mape),
              Case("mean_squared_logarithmic_error", *COUNTS, own=own_msle), Case("poisson", *COUNTS)]
    cases += [Case("huber", *VALUES, delta=d) for d in (0.1, 2.5, 1e7)]
    cases += [Case(n, *BLOCKS) for n in ("mean_squared_error", "mean_absolute_error", "huber", "log_cosh")]
    cases += [Case("mean_squared_error", np.array([[0.5], [1.5], [-2.0]]), np.array([0.0, 2.0, -3.0]))]
    cases += [Case("cosine_similarity", *VECTORS, own=own_cosine),
              Case("cosine_similarity", *BLOCKS, axis=1), Case("cosine_similarity", *BLOCKS, axis=-1)]
    sparse, dense = "sparse_categorical_crossentropy", "categorical_crossentropy"
    cases += [Case(sparse, PROBABILITIES, LABELS), Case(sparse, SCORES, LABELS, from_logits=True),
              Case(sparse, PROBABILITIES, LABELS[:, None]), Case(sparse, BOXES, BOX_LABELS),
              Case(sparse, SQUARES, np.array([[0, 3, 1, 2], [1, 1, 0, 3], [2, 0, 2, 2]]), axis=1, from_logits=True),
              Case(sparse, SCORES, LABELS, from_logits=True, ignore_class=0),
              Case(sparse, PROBABILITIES, LABELS - (LABELS == 1) * 2, ignore_class=-1),
              Case(sparse, SCORES, np.zeros(6, int), from_logits=True, ignore_class=0),
              Case(sparse, BOXES, BOX_LABELS, ignore_class=1)]
    cases += [Case(sparse, SCORES, LABELS, from_logits=True, ignore_class=2, reduction=r, weighted=w)
              for r in REDUCTIONS for w in (False, True)]
    hot = one_hot(LABELS, 4)
    cases += [Case(dense, PROBABILITIES, hot), Case(dense, PROBABILITIES, SOFT, label_smoothing=0.1),
              Case(dense, SCORES, SOFT, from_logits=True), Case(dense, BOXES, one_hot(BOX_LABELS, 4)),
              Case(dense, SCORES, hot, from_logits=True, label_smoothing=0.25),
              Case(dense, SQUARES, softmax(RNG.normal(size=(3, 4, 4)), 1), axis=1, from_logits=True,
                   label_smoothing=0.25)]
    focal = "categorical_focal_crossentropy"
    cases += [Case(focal, PROBABILITIES, hot), Case(focal, SCORES, SOFT, from_logits=True, own=own_focal(2.0)),
              Case(focal, PROBABILITIES, SOFT, alpha=1.5, gamma=3.5, label_smoothing=0.2),
              Case(focal, PROBABILITIES, hot, alpha=[0.25, 1.0, 0.5, 2.0], gamma=0.5),
              Case(focal, SCORES, hot, gamma=0.0, from_logits=True, own=own_focal(0.0)),
              Case(focal, SCORES, hot, gamma=1.0, from_logits=True, own=own_focal(1.0)),
              Case(focal, SQUARES, softmax(RNG.normal(size=(3, 4, 4)), 1), axis=1, from_logits=True)]
    cases += [Case("kl_divergence", PROBABILITIES, SOFT, own=own_kl),
              Case("kl_divergence", PROBABILITIES, hot, own=own_kl),
              Case("kl_divergence", BOXES, softmax(RNG.normal(size=(3, 2, 4)))),
              Case("categorical_hinge", SCORES, hot), Case("categorical_hinge", BLOCKS[0], one_hot(BOX_LABELS, 4))]
    general = "categorical_generalized_cross_entropy"
    open_ = np.clip(PROBABILITIES, 1e-12, 1)
    cases += [Case(general, open_, LABELS, q=q) for q in (0.5, 0.01, 0.9)] + [Case(general, BOXES, BOX_LABELS, q=0.5)]
    binary, binary_focal = "binary_crossentropy", "binary_focal_crossentropy"
    cases += [Case(binary, CHANCES, ANSWERS), Case(binary, ODDS, ANSWERS, from_logits=True),
              Case(binary, CHANCES, ANSWERS, label_smoothing=0.1), Case(binary, MASKS, MASKS_WANTED, axis=1),
              Case(binary, CHANCES[:, :1], ANSWERS[:, 0]), Case(binary, ODDS, YES_NO, from_logits=True, label_smoothing=1.0)]
    inside = np.clip(CHANCES, 1e-8, 1 - 1e-8)
    cases += [Case(binary_focal, CHANCES, YES_NO), Case(binary_focal, ODDS, ANSWERS, from_logits=True),
              Case(binary_focal, CHANCES, ANSWERS, apply_class_balancing=True),
              Case(binary_focal, ODDS, YES_NO, from_logits=True, apply_class_balancing=True, alpha=0.9, gamma=1.0),
              Case(binary_focal, inside, ANSWERS, gamma=3.5, label_smoothing=0.2),
              Case(binary_focal, MASKS, MASKS_WANTED, axis=1, gamma=0.0, own=own_bce)]
    cases += [Case(n, MARGINS, y) for n in ("hinge", "squared_hinge")
              for y in (YES_NO, 2 * YES_NO - 1, 2 * YES_NO - 0.5 * ANSWERS, np.ones((4, 3)), np.zeros((4, 3)))]
    cases += [Case("crossentropy", CHANCES[:, :1], ANSWERS[:, 0], like=binary),
              Case("crossentropy", PROBABILITIES, LABELS, like=sparse),
              Case("crossentropy", PROBABILITIES, hot, like=dense)]
    cases += [Case("hinge", BLOCKS[0], 1.0 * (BLOCKS[1] > 0))]
    for n in ("dice", "tversky"):
        cases += [Case(n, MASKS, MASKS_WANTED), Case(n, MASKS, MASKS_WANTED, axis=1),
                  Case(n, MASKS, MASKS_WANTED, axis=[1, 2]), Case(n, MASKS, MASKS_WANTED, axis=[0, 1]),
                  Case(n, MASKS, MASKS_WANTED, axis=[-3, -2, -1])]
    cases += [Case("tversky", MASKS, MASKS_WANTED, alpha=0.3, beta=0.7),
              Case("tversky", MASKS, MASKS_WANTED, axis=[1, 2], alpha=0.0, beta=1.5)]
    pairs = np.array([0, 1, 0, 1, 2, 0])
    cases += [Case("circle", EMBEDDINGS, pairs, gamma=2.0, own=own_circle(2.0, 0.4, True)),
              Case("circle", EMBEDDINGS, pairs, own=own_circle(80.0, 0.4, True)),
              Case("circle", EMBEDDINGS, pairs, gamma=3.0, margin=0.25, remove_diagonal=False),
              Case("circle", EMBEDDINGS[:4], pairs[:4, None], gamma=2.0, margin=0.5),
              Case("circle", EMBEDDINGS, np.zeros(6, int), own=own_circle(80.0, 0.4, True))]
    for r in REDUCTIONS:
        cases += [Case("mean_absolute_error", SCORES + 0.125, hot, reduction=r),
                  Case("mean_absolute_error", SCORES + 0.125, hot, reduction=r, weighted=True),
                  Case("dice", softmax(SCORES), hot, reduction=r),
                  Case("dice", softmax(SCORES), hot, reduction=r, weighted=True),
                  Case(sparse, BOXES, BOX_LABELS, reduction=r)]
    return cases


def metrics():
    hot = one_hot(LABELS, 4)
    ranks = np.array([[0.1, 0.4, 0.4, 0.1], [0.2, 0.3, 0.25, 0.25], [0.0, 0.0, 0.0, 0.0], [np.nan, 1.0, 2.0, 0.5],
                      [4.0, 3.0, 2.0, 1.0], [np.nan, np.nan, 2.0, 1.0]])
    ids = np.array([[2.0, 0.0, 1.0, 3.0], [2.0, 2.0, 2.0, 2.0], [1.0, 2.0, 3.0, 0.0], [0.0, 1.0, 2.0, 3.0],
                    [0.0, 1.0, 2.0, 3.0], [2.0, 3.0, 0.0, 1.0]])
    wide = (RNG.normal(size=(5, 6)), RNG.normal(size=(5, 6)))
    cases = [Case("MeanSquaredError", *VALUES), Case("MeanAbsoluteError", *VALUES),
             Case("MeanAbsolutePercentageError", *VALUES), Case("MeanSquaredLogarithmicError", *COUNTS),
             Case("RootMeanSquaredError", *VALUES), Case("RootMeanSquaredError", *BLOCKS),
             Case("CosineSimilarity", *VECTORS), Case("CosineSimilarity", *BLOCKS, axis=1),
             Case("LogCoshError", *VALUES), Case("KLDivergence", PROBABILITIES, SOFT), Case("Poisson", *COUNTS),
             Case("Hinge", MARGINS, 2 * YES_NO - 1), Case("SquaredHinge", MARGINS, 2 * YES_NO - 1),
             Case("CategoricalHinge", SCORES, hot),
             Case("BinaryCrossentropy", ODDS, ANSWERS, from_logits=True, label_smoothing=0.1),
             Case("CategoricalCrossentropy", SQUARES, softmax(SQUARES[::-1], 1), axis=1, from_logits=True),
             Case("SparseCategoricalCrossentropy", BOXES, BOX_LABELS),
             Case("SparseCategoricalCrossentropy", SCORES, LABELS, from_logits=True, ignore_class=0),
             Case("SparseCategoricalCrossentropy", BOXES, BOX_LABELS, ignore_class=1),
             Case("Accuracy", np.array([[0.0, 1.0], [2.0, 2.0], [-1.0, 0.5]]), np.array([[0.0, 1.0], [2.0, 1.0], [-1.0, 0.25]])),
             Case("BinaryAccuracy", CHANCES, YES_NO, threshold=0.3), Case("CategoricalAccuracy", ranks, hot),
             Case("SparseCategoricalAccuracy", SCORES, LABELS)]
    cases += [Case("TopKCategoricalAccuracy", ranks, hot, k=k) for k in (1, 2, 3, 9)]
    cases += [Case("SparseTopKCategoricalAccuracy", ranks, LABELS, k=k) for k in (1, 2, 4)]
    cases += [Case("SparseTopKCategoricalAccuracy", BOXES, BOX_LABELS, k=2)]
    cases += [Case("SparseTopKCategoricalAccuracy", ids, LABELS, k=k, from_sorted_ids=True) for k in (1, 2, 7)]
    for n in ("PearsonCorrelation", "ConcordanceCorrelation"):
        cases += [Case(n, *wide), Case(n, *BLOCKS, axis=1)]
    cases += [Case("ConcordanceCorrelation", *VECTORS)]
    return cases


def c_args(args):
    """Arguments as text: "delta=2.5 axis=1,2 reduction=sum"."""
    def text(v):
        return v if isinstance(v, str) else ",".join(text(w) for w in v) if isinstance(v, list) else repr(float(v))
    return " ".join(f"{k}={text(v)}" for k, v in args.items())


def array(name, values):
    flat = np.asarray(values, dtype=np.float64).ravel()
    body = ", ".join("NAN" if np.isnan(v) else repr(float(v)) for v in flat)
    print(f"static const double {name}[] = {{{body}}};\n")


KNOWN = {}


def known(values):
    """The name of an array that holds these, printed once."""
    key = np.asarray(values, np.float64).tobytes()
    if key not in KNOWN:
        KNOWN[key] = f"in_{len(KNOWN)}"
        array(KNOWN[key], values)
    return KNOWN[key]


def dims(shape):
    return f"{len(shape) - 1}, {{{', '.join(map(str, shape[1:])) or '0'}}}"


def keras_args(args):
    return {k: tuple(v) if k == "axis" and isinstance(v, list) else v for k, v in args.items()}


def weights_of(case):
    if not case.weighted:
        return None
    labels = case.y if case.y.ndim == 1 else case.y.argmax(-1)
    return np.array(CLASS_WEIGHTS)[labels]


def report(case, theirs, ours, their_slopes, our_slopes):
    """To stderr: where we differ."""
    places = np.flatnonzero(~np.isclose(their_slopes, our_slopes, rtol=1e-12, atol=1e-12))
    print(f"{case.name} {case.args}: loss {theirs!r} here {ours!r}, gradient at {places}", file=sys.stderr)


def loss_row(i, case):
    words = "".join(w.capitalize() for w in case.like.split("_"))
    words = {"KlDivergence": "KLDivergence"}.get(words, words)
    loss = getattr(keras.losses, words)(dtype="float64", **keras_args(case.args))
    weights = weights_of(case)

    def value(p):
        return loss(case.y, p, sample_weight=weights)

    p = jnp.asarray(case.p)
    result, gradient = jax.value_and_grad(value)(p)
    if case.own:
        theirs, gradient = gradient, jax.grad(lambda q: case.own(case.y, q))(p)
        result = case.own(case.y, p)
        report(case, float(value(p)), float(result), theirs, gradient)
    assert np.isfinite(gradient).all(), (case.name, case.args)
    array(f"gradient_{i}", gradient)
    whole = "true" if case.y.dtype.kind == "i" else "false"
    return f'    {{"{case.name}", "{c_args(case.args)}", {len(case.p)}, {dims(case.p.shape)}, {known(case.p)}, {whole}, ' \
           f'{dims(case.y.shape)}, {known(case.y)}, {"true" if case.weighted else "false"}, ' \
           f'{float(result)!r}, gradient_{i}}},'


BATCH = 2


def metric_row(case):
    metric = getattr(keras.metrics, case.name)(dtype="float64", **keras_args(case.args))
    for k in range(0, len(case.p), BATCH):
        y, p = case.y[k:k + BATCH], case.p[k:k + BATCH]
        # Without weights Keras counts the samples of the class to be ignored as 0.
        metric.update_state(y, p, sample_weight=np.ones(y.shape) if "ignore_class" in case.args else None)
    whole = "true" if case.y.dtype.kind == "i" else "false"
    return f'    {{"{case.name}", "{c_args(case.args)}", {len(case.p)}, {dims(case.p.shape)}, {known(case.p)}, {whole}, ' \
           f'{dims(case.y.shape)}, {known(case.y)}, false, {float(metric.result())!r}, NULL}},'


def main():
    print(f"""/* losses.h: made by make_losses.py, do not edit. {VERSIONS}.
 *
 * Tolerance of the comparison: 1e-12, relative to 1 + the value; both sides compute in double, in different orders. */
#ifndef NNLC_TESTS_GOLDEN_LOSSES_H
#define NNLC_TESTS_GOLDEN_LOSSES_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {{ METRIC_BATCH = {BATCH} }};
""")
    array("golden_class_weights", CLASS_WEIGHTS)
    rows = [loss_row(i, c) for i, c in enumerate(losses())]
    metric_rows = [metric_row(c) for c in metrics()]
    print("""typedef struct Golden {
    const char *name, *args;
    int64_t rows;
    uint32_t p_rank;
    int64_t p_dims[3];
    const double *p;
    bool whole; /* the targets are class numbers */
    uint32_t y_rank;
    int64_t y_dims[3];
    const double *y;
    bool weighted;
    double value;
    const double *gradient;
} Golden;
""")
    print("static const Golden golden_losses[] = {\n" + "\n".join(rows) + "\n};\n")
    print("static const Golden golden_metrics[] = {\n" + "\n".join(metric_rows) + "\n};\n\n#endif")


if __name__ == "__main__":
    main()
