/* predictions.h: files with a line for each row of a prediction: .csv, .jsonl. */
#ifndef NNLC_RUNTIME_FILES_PREDICTIONS_H
#define NNLC_RUNTIME_FILES_PREDICTIONS_H

#include <stdint.h>

#include "runtime/abi/status.h"

/* A column that is carried along, in front of the others. */
typedef struct RtKeptColumn {
    const char *name;
    const char *const *texts; /* one per row */
} RtKeptColumn;

typedef struct RtPredictions {
    int64_t rows, cols;
    const double *values;     /* row-major [rows, cols] */
    const char *const *names; /* of the columns */
    const int64_t
        *labels;        /* of a classifier: the class of each row; NULL: the values are no scores */
    uint32_t n_classes; /* names of the classes 0, 1, …; others are shown as numbers */
    const char *const *classes;
    uint32_t n_kept;
    const RtKeptColumn *kept;
} RtPredictions;

/* A header line, then a line per row: KEPT…, class, NAME…. Numbers as rt_put_number writes them.
 * Path "-": standard output. */
RtStatus rt_predictions_csv(const char *path, const RtPredictions *p, RtError *error) RT_MUST_USE;
/* A JSON object per row: {KEPT: …, "class": …, "scores": {NAME: …}}, without classes {KEPT: …, NAME: …}.
 * The class is a string where it has a name, else a number; NaN and infinities are null. */
RtStatus rt_predictions_jsonl(const char *path, const RtPredictions *p, RtError *error) RT_MUST_USE;

#endif
