#!/usr/bin/env python3
"""Makes the values of Keras's metrics over several batches, for tests/unit/metrics.c. Needs keras and jax.

    python3 make_metrics.py > metrics.h

Every data set is targets and outputs of some rows, seen in batches of 8, the last of which is smaller. Computed in
float64. Left out is where nnlc differs on purpose (docs/language.md): r2 of a constant target.
"""
import os

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["JAX_ENABLE_X64"] = "1"
import keras
import numpy as np

keras.config.set_floatx("float64")
M = keras.metrics
BATCH = 8

HEAD = """#ifndef NNLC_TESTS_GOLDEN_METRICS_H
#define NNLC_TESTS_GOLDEN_METRICS_H

enum { METRIC_BATCH = 8 };

/* Rows of targets and outputs; sparse: targets are one class number for each row. */
typedef struct GoldenRows {
    const char *name;
    int rows, targets, outputs, sparse;
    const double *y, *p;
} GoldenRows;

/* A metric with its arguments, over one of these; weighted: rows count by golden_class_weights. */
typedef struct GoldenMetric {
    const char *metric, *arguments;
    int data, weighted, n;
    double values[8];
} GoldenMetric;

/* clang-format off */"""

random = np.random.default_rng(7)
WEIGHTS = [0.5, 2.0, 1.25, 3.0]


def softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def one_hot(labels, k):
    return np.eye(k)[labels]


def data_sets():
    labels = random.integers(0, 2, (29, 1)).astype(float)
    close = np.clip(0.5 + (labels - 0.5) * 0.4 + random.normal(0, 0.3, labels.shape), 0, 1)
    grid = random.integers(0, 21, (29, 1)) / 20  # on thresholds of 0.05, 0.1, 0.25, 0.5
    exact = random.integers(0, 200, (29, 1)) / 199  # on those of 200
    tiny = np.where(random.random((19, 1)) < 0.5, 1e-12, 1 - 1e-12)
    yield "binary", labels, close
    yield "on_thresholds", labels, grid
    yield "on_200", labels, exact
    yield "no_positives", np.zeros((11, 1)), close[:11]
    yield "no_negatives", np.ones((11, 1)), close[:11]
    yield "all_equal", labels[:13], np.full((13, 1), 0.5)
    yield "ends", labels[:19], np.where(labels[:19] > 0, close[:19] > 0.4, close[:19] > 0.6).astype(float)
    yield "tiny", labels[:19], tiny
    yield "outside", labels[:19], random.normal(0, 3, (19, 1))
    y = one_hot(random.integers(0, 4, 27), 4)
    p = softmax(random.normal(0, 1, y.shape) + 1.5 * y)
    p[3] = 0.25
    p[4] = [0.4, 0.4, 0.1, 0.1]
    p[5] = 0
    yield "classes", y, p
    y = y.copy()
    y[:, 2] = 0
    yield "empty_class", y, p * [1, 1, 0, 1]
    y = (random.random((21, 3)) < 0.4).astype(float)
    yield "labels", y, np.clip(0.3 + 0.4 * y + random.normal(0, 0.25, y.shape), 0, 1)
    y = random.normal(5, 2, (23, 3))
    yield "numbers", y, y + random.normal(0, [0.5, 1, 4], y.shape)
    yield "large", 1e6 + y, 1e6 + y + random.normal(0, 1, y.shape)
    yield "exact", y, y
    yield "far", y, y * 1e12
    yield "one", y[:1], y[:1] + 1
    yield "sparse", random.integers(0, 4, 25), softmax(random.normal(0, 1, (25, 4)))
    y = random.integers(-1, 6, (25, 1)).astype(float)
    yield "numbers_of_classes", y, np.where(random.random(y.shape) < 0.6, y, random.integers(-1, 6, y.shape)) + 0.25


def word(v):
    if isinstance(v, bool):
        return str(v).lower()
    if isinstance(v, (list, tuple)):
        return "[" + ",".join(word(x) for x in v) + "]"
    return "none" if v is None else str(v)


def cases():
    """metric, class, arguments, data sets, weighted or not."""
    one = ["binary", "on_thresholds", "no_positives", "no_negatives", "all_equal", "ends", "tiny", "outside"]
    many = ["classes", "empty_class", "labels"]
    for name, cls in [
        ("true_positives", M.TruePositives),
        ("true_negatives", M.TrueNegatives),
        ("false_positives", M.FalsePositives),
        ("false_negatives", M.FalseNegatives),
        ("precision", M.Precision),
        ("recall", M.Recall),
    ]:
        yield name, cls, {}, one + many
        yield name, cls, {"thresholds": 0.25}, ["on_thresholds", "labels"]
        yield name, cls, {"thresholds": [0.9, 0.1, 0.5]}, ["on_thresholds", "tiny", "ends", "classes"]
        yield name, cls, {"thresholds": [0.0, 0.25, 0.5, 0.75, 1.0]}, ["on_thresholds", "tiny", "outside", "ends"]
        yield name, cls, {"thresholds": [0.3, 0.3]}, ["binary"]
    for name, cls in ("precision", M.Precision), ("recall", M.Recall):
        yield name, cls, {"class_id": 2}, many
        yield name, cls, {"class_id": 0}, ["binary", "classes"]
        for k in 1, 2, 3:
            yield name, cls, {"top_k": k}, many
        yield name, cls, {"top_k": 2, "class_id": 1}, ["classes"]
        yield name, cls, {"top_k": 2, "thresholds": [0.2, 0.6]}, ["classes"]
    for name, cls, argument in [
        ("sensitivity_at_specificity", M.SensitivityAtSpecificity, "specificity"),
        ("specificity_at_sensitivity", M.SpecificityAtSensitivity, "sensitivity"),
        ("precision_at_recall", M.PrecisionAtRecall, "recall"),
        ("recall_at_precision", M.RecallAtPrecision, "precision"),
    ]:
        yield name, cls, {argument: 0.5}, one + many + ["on_200"]
        yield name, cls, {argument: 0.8}, ["binary", "labels"]
        yield name, cls, {argument: 0.0}, ["binary", "no_positives"]
        yield name, cls, {argument: 1.0}, ["binary", "no_negatives", "ends"]
        yield name, cls, {argument: 0.6, "num_thresholds": 1}, ["binary", "all_equal"]
        yield name, cls, {argument: 0.6, "num_thresholds": 2}, ["binary", "ends"]
        yield name, cls, {argument: 0.6, "num_thresholds": 21, "class_id": 1}, ["classes"]
        yield name, cls, {argument: 0.6, "num_thresholds": 21}, ["on_thresholds"]
    for curve in "ROC", "PR", "PRGAIN":
        yield "auc", M.AUC, {"curve": curve}, one + many + ["on_200"]
        for method in "minoring", "majoring":
            yield "auc", M.AUC, {"curve": curve, "summation_method": method}, ["binary", "no_positives", "ends", "labels"]
        yield "auc", M.AUC, {"curve": curve, "thresholds": [0.7, 0.1, 0.4]}, ["on_thresholds", "no_negatives", "classes"]
        yield "auc", M.AUC, {"curve": curve, "thresholds": [0.25, 0.5, 0.75]}, ["on_thresholds", "ends"]
        yield "auc", M.AUC, {"curve": curve, "thresholds": [0.05, 0.1, 0.2, 0.3, 0.4, 0.55, 0.6, 0.75, 0.95]}, ["on_thresholds"]
        yield "auc", M.AUC, {"curve": curve, "num_thresholds": 2}, ["binary"]
        yield "auc", M.AUC, {"curve": curve, "num_thresholds": 3}, ["binary", "ends"]
        yield "auc", M.AUC, {"curve": curve, "from_logits": True}, ["outside"]
        yield "auc", M.AUC, {"curve": curve, "multi_label": True, "num_thresholds": 50}, ["classes", "empty_class", "labels", "binary"]
        weights = {"label_weights": [0.5, 2.0, 0.0], "num_thresholds": 21}
        yield "auc", M.AUC, {"curve": curve, **weights}, ["labels"]
        yield "auc", M.AUC, {"curve": curve, "multi_label": True, "num_labels": 3, **weights}, ["labels"]
    for average in None, "micro", "macro", "weighted":
        for threshold in None, 0.4, 1.0:
            given = {"average": average, "threshold": threshold}
            yield "f1_score", M.F1Score, given, ["binary", "all_equal", "no_positives", "tiny"] + many
            yield "fbeta_score", M.FBetaScore, {"beta": 2.0, **given}, ["classes", "labels"]
            yield "fbeta_score", M.FBetaScore, {"beta": 0.25, **given}, ["classes", "empty_class"]
    for how in "uniform_average", "variance_weighted_average", None:
        given = {"class_aggregation": how}
        yield "r2_score", M.R2Score, given, ["numbers", "large", "exact", "far"]
        yield "r2_score", M.R2Score, {"num_regressors": 5, **given}, ["numbers", "large"]
        yield "r2_score", M.R2Score, {"num_regressors": 69, **given}, ["numbers"]
        yield "r2_score", M.R2Score, {"num_regressors": 68, **given}, ["numbers"]
    yield "r2_score", M.R2Score, {}, ["binary"]
    classes = {"num_classes": 4}
    ids = {"target_class_ids": [3, 1]}
    yield "io_u", M.IoU, {**classes, **ids}, ["numbers_of_classes"]
    yield "io_u", M.IoU, {**classes, "target_class_ids": [2], "ignore_class": 1}, ["numbers_of_classes"]
    yield "io_u", M.IoU, {**classes, **ids, "sparse_y_pred": False}, ["sparse"]
    yield "io_u", M.IoU, {**classes, **ids, "sparse_y_pred": False, "sparse_y_true": False}, ["classes", "empty_class"]
    yield "mean_io_u", M.MeanIoU, {"num_classes": 5, "ignore_class": -1}, ["numbers_of_classes"]
    yield "mean_io_u", M.MeanIoU, {"num_classes": 3}, ["numbers_of_classes"]
    yield "mean_io_u", M.MeanIoU, {"num_classes": 6, "sparse_y_pred": False, "axis": -1}, ["sparse"]
    yield "one_hot_io_u", M.OneHotIoU, {**classes, **ids}, ["classes", "empty_class"]
    yield "one_hot_io_u", M.OneHotIoU, {**classes, "target_class_ids": [2], "ignore_class": 0}, ["classes"]
    yield "one_hot_mean_io_u", M.OneHotMeanIoU, classes, ["classes", "empty_class"]
    yield "one_hot_mean_io_u", M.OneHotMeanIoU, {**classes, "ignore_class": 3, "axis": -1}, ["classes"]
    yield "binary_io_u", M.BinaryIoU, {}, ["binary", "on_thresholds", "no_positives", "all_equal", "labels"]
    yield "binary_io_u", M.BinaryIoU, {"target_class_ids": [1], "threshold": 0.25}, ["on_thresholds", "labels"]
    yield "binary_io_u", M.BinaryIoU, {"target_class_ids": [0]}, ["no_negatives"]


# Weights of Keras's matrices of classes are integers: those of IoU cannot be compared.
WITHOUT_WEIGHTS = {"io_u", "mean_io_u", "one_hot_io_u", "one_hot_mean_io_u", "binary_io_u"}
WITH_WEIGHTS = {"binary", "classes", "labels", "on_thresholds"}


def values(cls, given, y, p, weighted):
    metric = cls(**given)
    for at in range(0, len(y), BATCH):
        rows = slice(at, at + BATCH)
        label = y[rows].argmax(axis=1) if y.ndim > 1 and y.shape[1] > 1 else y[rows].reshape(-1).astype(int)
        weight = np.array(WEIGHTS)[label] if weighted else None
        metric.update_state(y[rows], p[rows], weight)
    return np.atleast_1d(np.asarray(metric.result(), float))


def numbers(x):
    return ", ".join(repr(float(v)) for v in np.asarray(x).reshape(-1))


def main():
    sets = list(data_sets())
    places = {name: i for i, (name, _, _) in enumerate(sets)}
    print(HEAD)
    print(f"static const double golden_class_weights[] = {{{numbers(WEIGHTS)}}};")
    for i, (name, y, p) in enumerate(sets):
        print(f"static const double golden_y_{name}[] = {{{numbers(y)}}};")
        print(f"static const double golden_p_{name}[] = {{{numbers(p)}}};")
    print("static const GoldenRows golden_rows[] = {")
    for name, y, p in sets:
        sparse = int(y.ndim == 1)
        print(f'    {{"{name}", {len(y)}, {1 if sparse else y.shape[1]}, {p.shape[1]}, {sparse}, golden_y_{name}, golden_p_{name}}},')
    print("};")
    print("static const GoldenMetric golden_metrics[] = {")
    for metric, cls, given, names in cases():
        text = " ".join(f"{k}={word(v)}" for k, v in given.items())
        line = []
        for name in names:
            _, y, p = sets[places[name]]
            for weighted in 0, 1:
                if weighted and (name not in WITH_WEIGHTS or metric in WITHOUT_WEIGHTS):
                    continue
                v = values(cls, given, y, p, weighted)
                line.append(f'{{"{metric}", "{text}", {places[name]}, {weighted}, {len(v)}, {{{numbers(v)}}}}},')
        print("   ", " ".join(line))
    print("};")
    print("/* clang-format on */\n\n#endif")


main()
