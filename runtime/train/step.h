/* step.h: an entry made ready to run batches: arena, scratch, scalar values, input pointers. */
#ifndef NNLC_RUNTIME_TRAIN_STEP_H
#define NNLC_RUNTIME_TRAIN_STEP_H

#include "runtime/train/classes.h"
#include "runtime/train/metrics.h"
#include "runtime/train/rows.h"

typedef struct RtStep {
    RtRun *run; /* where the program, its options and its data are; steps do not change it */
    RtModel *model;
    RtPool *pool;   /* NULL: the calling thread alone */
    RtError *error; /* of the run, unless somebody else holds the step */
    const NnlEntry *entry;
    const ImgEntry *image;
    void *arena, *scratch;
    NnlScalar *scalars;
    uint32_t *expr_of; /* per scalar; IMG_NONE: not an expression */
    const void **inputs;
    RtConverted *converted; /* per input, where the data has another type than the code takes */
    RtConverted renumbered; /* targets whose class numbers are those of another data set */
    void **outputs;
    uint32_t *index;          /* entry->batch rows */
    const RtPart *as_targets; /* the part whose inputs were looked at as targets */
    RtModelRows rows;         /* where rows are prepared batch by batch: */
    bool prepares;            /* ... they are */
    void **staged;            /* ... per input: the rows of a batch, else NULL */
    uint32_t *counting;       /* ... 0, 1, 2, … */
    int64_t counted;          /* ... as far as it was needed */
    RtMetrics metrics;
    double *balance; /* weights of classes by their counts in the part, where the code takes them */
    uint32_t n_balance;
} RtStep;

/* `model`: whose weights it works on; NULL: those of the run's own instance. */
RtStatus rt_step_open(RtStep *s, RtRun *run, uint32_t entry, RtModel *model);
void rt_step_close(RtStep *s);
/* Points inputs x, y at a part's stores, or at copies in the type that the code takes: without the files
 * the compiler could only guess it. Rows of tables, and rows whose transforms the graph does not hold, are
 * prepared batch by batch. */
RtStatus rt_step_bind(RtStep *s, const RtPart *part);
/* A row that the next batch takes: it may be on its way to the cache by then. */
void rt_step_prefetch(const RtStep *s, uint32_t row);
/* Runs one batch of n rows, their store rows in s->index. `step`: optimizer steps done before. Several steps
 * may run at once if each has a pool, an error and a model of its own. */
RtStatus rt_step_run(RtStep *s, int64_t n, int64_t step);

/* The learning rate of the step after `step` optimizer steps; NaN if the entry has none. */
RtStatus rt_step_rate(RtStep *s, int64_t step, double *rate);

/* Sums of metrics to zero; the values so far, into s->metrics.figures. */
void rt_step_reset_metrics(const RtStep *s);
void rt_step_figures(RtStep *s);

#endif
