#!/usr/bin/env python3
"""Makes folds by scikit-learn's KFold, StratifiedKFold and GroupKFold, for tests/unit/folds.c.

    python3 make_folds.py > folds.h
"""
import warnings

import numpy as np
import sklearn
from sklearn.model_selection import GroupKFold, KFold, StratifiedKFold

HEAD = """/* By make_folds.py with scikit-learn %s. Whole numbers: exact. */
#ifndef NNLC_TESTS_GOLDEN_FOLDS_H
#define NNLC_TESTS_GOLDEN_FOLDS_H

#include "runtime/data/folds.h"

/* The class or group of each row, and the fold that holds it out. */
typedef struct GoldenFolds {
    RtFoldsKind kind;
    uint32_t n;
    int64_t rows, rarest;
    const int64_t *keys;
    const uint32_t *fold;
} GoldenFolds;

/* clang-format off */"""

rng = np.random.default_rng(16)


def folds(splitter, keys, groups=None):
    out = np.zeros(len(keys), dtype=int)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for k, (_, test) in enumerate(splitter.split(np.zeros(len(keys)), keys, groups)):
            out[test] = k
    return out


def cases():
    for rows, n in ((2, 2), (10, 3), (11, 4), (50, 7), (7, 7)):
        yield "plain", n, np.zeros(rows, dtype=int), KFold(n)
    for rows, n, classes in ((20, 2, 2), (30, 5, 3), (47, 4, 6), (60, 7, 2), (33, 3, 9)):
        for sort in (False, True):
            keys = rng.integers(-2, classes - 2, rows) if classes > 3 else rng.choice(classes, rows, p=rng.dirichlet(np.ones(classes) * 3))
            keys = np.sort(keys)[::-1] if sort else keys
            if max(np.unique(keys, return_counts=True)[1]) >= n:
                yield "stratified", n, keys, StratifiedKFold(n)
    for rows, n, groups in ((20, 2, 2), (40, 3, 8), (90, 5, 40), (33, 4, 5), (64, 3, 64)):
        keys = rng.integers(0, groups, rows)
        if len(np.unique(keys)) >= n:
            yield "groups", n, keys, GroupKFold(n)


def main():
    print(HEAD % sklearn.__version__)
    rows = []
    for i, (kind, n, keys, splitter) in enumerate(cases()):
        fold = folds(splitter, keys, keys if kind == "groups" else None)
        rarest = min(np.unique(keys, return_counts=True)[1]) if kind == "stratified" else 0
        print(f"static const int64_t folds_keys_{i}[] = {{{', '.join(map(str, keys))}}};")
        print(f"static const uint32_t folds_of_{i}[] = {{{', '.join(map(str, fold))}}};")
        rows.append(f"    {{RT_FOLDS_{kind}, {n}, {len(keys)}, {rarest}, folds_keys_{i}, folds_of_{i}}},")
    print("static const GoldenFolds golden_folds[] = {")
    print("\n".join(rows))
    print("};\n/* clang-format on */\n\n#endif")


main()
