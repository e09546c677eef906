/* folds.h: rows in k folds, each of which is held out once. Without a shuffle the folds are those of scikit-learn:
 * KFold, StratifiedKFold, GroupKFold. */
#ifndef NNLC_RUNTIME_DATA_FOLDS_H
#define NNLC_RUNTIME_DATA_FOLDS_H

#include <stdbool.h>
#include <stdint.h>

#include "runtime/abi/status.h"

typedef enum {
    RT_FOLDS_plain,      /* runs of rows, the first ones larger by one where they do not go up */
    RT_FOLDS_stratified, /* each class in equal shares */
    RT_FOLDS_groups /* no group in two folds, the largest groups first, each to the lightest fold */
} RtFoldsKind;

typedef struct RtFolds {
    RtFoldsKind kind;
    int64_t rows;
    uint32_t n; /* folds, at least 2 */
    bool shuffle;
    uint64_t seed;
    const int64_t
        *keys;      /* of each row: its class; its group, numbered in the order of their names */
    int64_t rarest; /* set by rt_folds_draw: rows of the smallest class */
} RtFolds;

/* The fold of each row, from 0, into fold[rows]. More folds than rows, than rows of every class, or than groups
 * are errors. */
RtStatus rt_folds_draw(RtFolds *f, uint32_t *fold, RtError *error) RT_MUST_USE;

#endif
