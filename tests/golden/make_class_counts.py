#!/usr/bin/env python3
"""Makes confusion matrices, accuracies and areas under ROC curves by scikit-learn, for tests/unit/class_counts.c.

    python3 make_class_counts.py > class_counts.h
"""
import numpy as np
import sklearn
from sklearn.metrics import accuracy_score, confusion_matrix, roc_auc_score

HEAD = """/* By make_class_counts.py with scikit-learn %s. All numbers are exact but the areas: they may differ by rounding. */
#ifndef NNLC_TESTS_GOLDEN_CLASS_COUNTS_H
#define NNLC_TESTS_GOLDEN_CLASS_COUNTS_H

#include <math.h>

/* Targets and scores of `rows` rows; auc: of class 1 of two, else NAN. */
typedef struct GoldenClasses {
    const char *name;
    int rows, classes, outputs;
    double accuracy, auc;
    const double *y, *p, *matrix;
} GoldenClasses;

/* clang-format off */"""

rng = np.random.default_rng(5)


def case(name, y, p, classes):
    labels = (p[:, 0] > 0.5).astype(int) if p.shape[1] == 1 else p.argmax(axis=1)
    matrix = confusion_matrix(y, labels, labels=range(classes))
    auc = roc_auc_score(y, p[:, -1]) if classes == 2 else None
    return name, y, p, matrix, classes, accuracy_score(y, labels), auc


def numbers(values):
    return ", ".join(repr(float(v)) for v in np.asarray(values).ravel())


def main():
    two = rng.integers(0, 2, 40)
    three = rng.integers(0, 3, 50)
    coarse = np.round(rng.random((40, 1)) * 0.6 + 0.4 * two[:, None], 1)
    scores = rng.random((40, 1)) * 0.7 + 0.3 * two[:, None]
    cases = [
        case("one score", two, scores, 2),
        case("equal scores", two, coarse, 2),
        case("two scores", two, np.hstack([1 - scores, scores]), 2),
        case("three classes", three, rng.random((50, 3)) + np.eye(3)[three] * 0.5, 3),
        case("a class that is never predicted", three, np.hstack([rng.random((50, 2)), np.zeros((50, 1))]), 3),
    ]
    print(HEAD % sklearn.__version__)
    for i, (_, y, p, matrix, _, _, _) in enumerate(cases):
        print("static const double y_%d[] = {%s};" % (i, numbers(y)))
        print("static const double p_%d[] = {%s};" % (i, numbers(p)))
        print("static const double matrix_%d[] = {%s};" % (i, numbers(matrix)))
    print("static const GoldenClasses golden_classes[] = {")
    for i, (name, y, p, _, classes, accuracy, auc) in enumerate(cases):
        print('    {"%s", %d, %d, %d, %r, %s, y_%d, p_%d, matrix_%d},'
              % (name, len(y), classes, p.shape[1], float(accuracy), "NAN" if auc is None else repr(float(auc)), i, i, i))
    print("};\n\n#endif")


main()
