/* step.h: an entry made ready to run batches: arena, scratch, scalar values, input pointers. */
#ifndef NNLC_RUNTIME_TRAIN_STEP_H
#define NNLC_RUNTIME_TRAIN_STEP_H

#include "runtime/train/run.h"

enum { STEP_SCALARS = 64, STEP_INPUTS = 8 };

typedef struct RtStep {
    RtRun *run;
    RtModel *model;
    const NnlEntry *entry;
    const ImgEntry *image;
    void *arena, *scratch;
    NnlScalar scalars[STEP_SCALARS];
    uint32_t expr_of[STEP_SCALARS]; /* IMG_NONE: not an expression */
    const void *inputs[STEP_INPUTS];
    void *outputs[STEP_INPUTS];
    uint32_t *index; /* entry->batch rows */
} RtStep;

RtStatus rt_step_open(RtStep *s, RtRun *run, uint32_t entry);
void rt_step_close(RtStep *s);
/* Points inputs x, y at a part's stores. */
RtStatus rt_step_bind(RtStep *s, const RtDataset *d, const RtPart *part);
/* Runs one batch of n rows, their store rows in s->index. `step`: optimizer steps done before. */
RtStatus rt_step_run(RtStep *s, int64_t n, int64_t step);

/* Metric states to zero; their values in the order of the entry's metrics. */
void rt_metrics_reset(const RtStep *s);
double rt_metric_value(const RtStep *s, uint32_t metric);

#endif
