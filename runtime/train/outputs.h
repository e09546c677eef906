/* outputs.h: a model's outputs as a table of predictions: names of classes and columns, the class of each
 * row. */
#ifndef NNLC_RUNTIME_TRAIN_OUTPUTS_H
#define NNLC_RUNTIME_TRAIN_OUTPUTS_H

#include "runtime/abi/outputs.h"
#include "runtime/files/predictions.h"
#include "runtime/train/run.h"

/* The names of the classes of a model's scores: its own, else those of the data set that `meaning` names as
 * far as it was read. Fewer than classes, or none: the others go by their numbers. */
const RtNames *rt_classes(const RtRun *run, const RtModel *m, const ImgOutputs *meaning);
/* At a fit: the data set's, if the model is a classifier and knows none so far. */
RtStatus rt_classes_learn(RtRun *run, RtModel *m, uint32_t data) RT_MUST_USE;

/* Outputs of rows of a part. */
typedef struct RtOutputs {
    const RtModel *model;
    const ImgOutputs *meaning;
    const NnlEntry *entry;
    int64_t rows;
    const void *data;   /* [rows, ...] in the output's dtype */
    const RtPart *part; /* columns that are kept come from its table */
    uint32_t n_keep;
    const char *const *keep;
} RtOutputs;

typedef struct RtPredicted {
    RtPredictions table;
    RtKeptColumn *kept;
    const char **texts; /* [n_kept][rows] */
    double *values;
    int64_t *labels;
    RtNames columns;
} RtPredicted;

/* The columns of `table.values` are named; caller closes, also after an error. */
RtStatus rt_predicted_open(RtRun *run, const RtOutputs *o, RtPredicted *out) RT_MUST_USE;
void rt_predicted_close(RtPredicted *p);

#endif
