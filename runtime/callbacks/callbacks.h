/* callbacks.h: what acts at the events of a training: rows of runtime/abi/callbacks.def.
 *
 * A row gives the arguments, what the callback remembers, and the events at which it acts; its functions are in
 * a file of its own. Each fit has callbacks of its own, so nothing goes from one fit to the next. */
#ifndef NNLC_RUNTIME_CALLBACKS_CALLBACKS_H
#define NNLC_RUNTIME_CALLBACKS_CALLBACKS_H

#include "runtime/files/append.h"
#include "runtime/train/copy.h"
#include "runtime/train/training.h"

/* An argument, computed when the fit begins. */
typedef struct RtCallbackArg {
    bool none;
    double number;
    int64_t count;    /* the same as a whole number */
    const char *text; /* of the image or, of an option, of the run */
    uint32_t expr;    /* EPOCH_FN */
} RtCallbackArg;

typedef enum {
    RT_STATE_NUMBER,
    RT_STATE_TEXT,
    RT_STATE_LINES,
    RT_STATE_WEIGHTS,
    RT_STATE_FILE
} RtStateKind;

/* What a callback remembers; the member of its kind. */
typedef struct RtSlot {
    double number;  /* NaN: not set. FILE: its length, of a run that is resumed */
    char *text;     /* NULL: not set; owned */
    RtCopy weights; /* empty: none yet */
    RtAppend *file; /* NULL: not open */
} RtSlot;

typedef struct RtCallback {
    const struct RtCallbackRow *row;
    const ImgCall *call;
    RtCallbackArg *args;
    RtSlot *slots;
} RtCallback;

typedef RtStatus RtAct(RtTraining *t, RtCallback *cb);
/* Before the first command: can it write? *alone: what nobody else may write, in malloc memory. */
typedef RtStatus RtWrites(RtRun *run, const ImgCommand *c, const RtCallback *cb, char **alone);

typedef struct RtStateRow {
    const char *name;
    RtStateKind kind;
} RtStateRow;

typedef struct RtCallbackRow {
    const char *name;
    uint32_t n_states;
    const RtStateRow *states;
    bool sets_rate; /* the learning rate, so that the logs have it */
    RtWrites *writes;
    RtAct *open;
    RtAct *act[RT_N_EVENTS]; /* NULL: it does nothing there */
} RtCallbackRow;

typedef struct RtCallbacks {
    uint32_t n;
    RtCallback *at;
    bool has[RT_N_EVENTS]; /* one of them acts there */
    bool sets_rate;        /* one of them sets the learning rate */
    const char *monitor;   /* of the first EarlyStopping; NULL: there is none */
    int64_t mode;          /* ... index of auto, min, max */
} RtCallbacks;

/* Those of the setting `callbacks` of a fit. The caller closes *out, also after a failure. */
RtStatus rt_callbacks_open(RtCallbacks *out, RtRun *run, const ImgCommand *c);
/* What its callbacks write is checked before the first command; see RtWrites. */
RtStatus rt_callback_writes(RtRun *run, const ImgCommand *c, const RtCallback *cb, char **alone);
/* Once the training is open, and what it remembers of an earlier run is in its slots. */
RtStatus rt_callbacks_begin(RtCallbacks *cbs, RtTraining *t);
/* Closes files; those that cannot be written completely are an error. */
RtStatus rt_callbacks_close(RtCallbacks *cbs, RtRun *run);
/* All of them in their order; for RtHear. */
RtStatus rt_callbacks_act(RtCallbacks *cbs, RtTraining *t, RtEvent event);

/* Arguments and slots of the rows: CB_EarlyStopping_patience, SLOT_EarlyStopping_best, from 0 in each row. */
#define ROW(id, ...) CB_START_##id = -1,
#define ARG(row, name, ...) CB_##row##_##name,
enum {
#include "runtime/abi/callbacks.def"
    CB_END
};
#define ROW(id, ...) SLOT_START_##id = -1,
#define STATE(row, name, kind) SLOT_##row##_##name,
enum {
#include "runtime/abi/callbacks.def"
    SLOT_END
};

#define WRITES(row) RtWrites rt_##row##_writes;
#define OPENS(row) RtStatus rt_##row##_open(RtTraining *t, RtCallback *cb);
#define ON(row, event) RtStatus rt_##row##_##event(RtTraining *t, RtCallback *cb);
#include "runtime/abi/callbacks.def"

/* ---- for the callbacks ---- */

/* A line of a callback with verbose=1; not with --quiet. */
void rt_callback_say(const RtTraining *t, const char *format, ...) RT_PRINTF(2, 3);
/* "Epoch 3: WHAT learning rate to 0.01." */
void rt_callback_say_rate(const RtTraining *t, const char *what, double rate);
/* A path of an output file, in --out-dir; folders on the way are made. In malloc memory. */
RtStatus rt_callback_path(RtTraining *t, const char *path, char **out);
/* Can a file be written there, once folders are made? *out: the path in --out-dir, in malloc memory. */
RtStatus rt_callback_path_check(RtRun *run, const char *path, char **out);

/* A figure that is watched. */
typedef struct RtMonitor {
    const char *name;
    bool up; /* more is better */
    double delta;
} RtMonitor;

/* `mode`: index of auto, min, max. */
RtMonitor rt_monitor(const RtTraining *t, const RtCallbackArg *name, const RtCallbackArg *mode,
                     double min_delta);
/* The figure's value in this epoch; NULL: it was not measured, which is told once. */
const double *rt_monitor_value(const RtTraining *t, const RtCallback *cb, const RtMonitor *m,
                               RtSlot *warned);
/* Is it better than `best` by more than delta? NaN never is; everything else is better than NaN. */
bool rt_monitor_better(const RtMonitor *m, double value, double best);

#endif
