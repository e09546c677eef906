/* training.h: one training as a value: a model, its rows, how far it is and what it has measured.
 *
 * rt_training_step advances it by one batch, or ends the epoch, and says what happened; fit is a loop around
 * it. Whoever acts at events (events.def) is given as RtHear. Several trainings may be held at once, each with a
 * model, a pool and an error of its own. */
#ifndef NNLC_RUNTIME_TRAIN_TRAINING_H
#define NNLC_RUNTIME_TRAIN_TRAINING_H

#include "runtime/files/background.h"
#include "runtime/train/history.h"
#include "runtime/train/pass.h"

typedef enum {
#define EVENT(id, doc) RT_EVENT_##id,
#include "runtime/abi/events.def"
    RT_N_EVENTS
} RtEvent;

typedef enum { RT_DID_batch, RT_DID_epoch, RT_DID_end } RtDid;

typedef struct RtTraining RtTraining;
typedef RtStatus RtHear(void *cx, RtTraining *t, RtEvent event);

struct RtTraining {
    RtRun *run;
    const ImgCommand *c;
    RtModel *model;
    RtStep train, eval;
    bool validates;
    const RtDataset *data, *data2;
    const RtPart *part, *part2;
    int64_t epoch_rows;        /* of the training part, in one pass */
    uint32_t *order;           /* rows of the training part, in the order of this pass */
    uint64_t order_of;         /* model->epochs_done when the pass began */
    bool shuffles;             /* each pass takes its rows in a new order */
    int64_t next;              /* rows of the pass that are done */
    int64_t first, last;       /* epochs first+1 … last */
    int64_t steps, eval_steps; /* batches of an epoch, and of a validation */
    int64_t freq;              /* validation after each freq epochs ... */
    const ImgArg *freq_list;   /* ... or after these, from 1 */
    int64_t epoch, batch;      /* the present epoch, from 0, and its batches that are done */
    bool in_epoch, is_begun, is_over;
    bool stops;        /* somebody asked for the end */
    bool warned_short; /* of an epoch that had fewer batches than it should */
    bool wants_backup; /* ... for a backup, once all have acted */
    RtMeasure *logs;   /* the figures of the epoch, as callbacks and users see them */
    char **log_names;  /* names that were made for them: val_loss */
    uint32_t n_logs, n_train, n_eval;
    bool logs_rate;       /* learning_rate is one of them */
    bool has_rate_series; /* something sets the learning rate, so that the history has it */
    double *sums;         /* of the training's metrics, while a validation uses their place */
    RtProgress progress;
    RtProgressStyle style;
    RtHistory history;
    char where[80];      /* "epoch 3 of 9" */
    RtBackground writer; /* of files that a callback writes while the training goes on */
    RtHear *hear;
    void *hear_cx;
};

/* Opens what `fit` says; the first step begins it. */
RtStatus rt_training_open(RtTraining *t, RtRun *run, const ImgCommand *c, RtHear *hear, void *cx);
void rt_training_close(RtTraining *t);
/* Waits until what the writer writes is written. */
RtStatus rt_training_settle(RtTraining *t);
/* Before the first step: as it was after `batch` batches of an epoch (in_epoch), or between two. The model is as it was
 * then already. `order_of`: training.order_of. */
void rt_training_resume(RtTraining *t, int64_t epoch, int64_t batch, int64_t next,
                        uint64_t order_of, bool in_epoch);
/* RT_END: interrupted, the error says where; the training may go on later. */
RtStatus rt_training_step(RtTraining *t, RtDid *did);

/* The figures so far in the epoch, as batch logs: running means. */
void rt_training_figures(RtTraining *t);
/* A value of the epoch's logs by name; NULL: it was not measured. */
const double *rt_training_log(const RtTraining *t, const char *name);
/* Is more better? By the name of a figure, with or without val_. */
bool rt_training_goes_up(const RtTraining *t, const char *name);
/* The rate of the next step; the error says why there is none. */
RtStatus rt_training_rate(RtTraining *t, double *rate);
void rt_training_set_rate(RtTraining *t, double rate);
/* The history has the learning rate, too: something sets it. */
RtStatus rt_training_log_rate(RtTraining *t);
/* The history into the result of the command. `monitor`: whose best epoch it is; NULL: val_loss or loss. `mode`:
 * 0 as the metric has it, 1 the lowest is best, 2 the highest. */
RtStatus rt_training_results(const RtTraining *t, const char *monitor, int64_t mode);

#endif
