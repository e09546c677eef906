/* progress.h: what training shows: Keras's bar on a terminal, one line per epoch elsewhere. */
#ifndef NNLC_RUNTIME_TRAIN_PROGRESS_H
#define NNLC_RUNTIME_TRAIN_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "runtime/exec/clock.h"

/* A value in the order it is shown. */
typedef struct RtMeasure {
    const char *name;
    double value;
} RtMeasure;

typedef enum { PROGRESS_silent, PROGRESS_bar, PROGRESS_line } RtProgressStyle;

typedef struct RtProgress {
    FILE *out;
    RtProgressStyle style;
    int64_t steps;                       /* of the whole, known beforehand */
    double start, first_step, last_draw; /* seconds */
    int64_t done;
    int visible; /* characters of the line drawn last */
} RtProgress;

/* now: a clock in seconds, given in so that tests can set it. */
void rt_progress_begin(RtProgress *p, FILE *out, RtProgressStyle style, int64_t steps, double now);
/* Would the next step draw? It does if 0.05 s have passed since the last time. */
bool rt_progress_draws(const RtProgress *p, double now);
/* After step `done`. */
void rt_progress_step(RtProgress *p, int64_t done, const RtMeasure *figures, int n, double now);
/* Ends a line that is drawn but not final: something else is said now. */
void rt_progress_leave(RtProgress *p);
/* The final line. */
void rt_progress_end(RtProgress *p, const RtMeasure *figures, int n, double now);
/* Is it a terminal that takes colours and lines drawn again? Not with TERM=dumb or NO_COLOR. */
bool rt_takes_escapes(FILE *out);

#endif
