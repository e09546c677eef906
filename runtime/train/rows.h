/* rows.h: the rows of a part as a model takes them: its columns, its transforms, its fitted values. */
#ifndef NNLC_RUNTIME_TRAIN_ROWS_H
#define NNLC_RUNTIME_TRAIN_ROWS_H

#include "runtime/data/chain.h"
#include "runtime/train/run.h"

typedef struct RtModelRows {
    const RtPart *part;
    uint32_t *columns; /* tables: where the model's columns stand; NULL: as the data set's do */
    int32_t **maps;    /* what numbers their texts have; NULL: there are none */
    uint32_t n_maps;
    RtChain chain;
    double *values; /* room for one row on its way */
} RtModelRows;

/* For the list of transforms of the data set `data` (IMG_NONE: none), with the fitted values that the model
 * has now. The caller closes *out, also after a failure. */
RtStatus rt_rows_open(RtRun *run, const RtModel *m, uint32_t data, const RtPart *part,
                      RtModelRows *out) RT_MUST_USE;
void rt_rows_close(RtModelRows *rows);
/* A stored row (an entry of the part's index) behind the transforms: chain.n_out values, which stay until
 * the next call. */
const double *rt_rows_get(const RtModelRows *rows, int64_t stored);

/* What the model learns from the training rows of a data set before its weights do: its signature where it
 * has none, fitted values where it has none (`again`: also where it has some). */
RtStatus rt_model_fit(RtRun *run, RtModel *m, uint32_t data, bool again) RT_MUST_USE;
/* Before the model is used on a part of the data set: without fitted values it gets the data set's own,
 * for this command. */
RtStatus rt_model_lend(RtRun *run, RtModel *m, uint32_t data) RT_MUST_USE;
/* Is any of the model's transforms of inputs fitted? Of targets? */
bool rt_model_has_fitted(const RtModel *m);
bool rt_model_has_scales(const RtModel *m);

/* The data set's transforms with values fitted on its own training rows; they belong to the run. */
RtStatus rt_data_chain(RtRun *run, uint32_t data, const RtChain **out) RT_MUST_USE;

/* Missing and infinite values among the inputs of a part are named, once, as a warning. */
void rt_inputs_check(RtRun *run, uint32_t data, RtPartId part);

#endif
