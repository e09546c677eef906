/* scores.h: figures of several trainings: one after another as they end, and their means. */
#ifndef NNLC_RUNTIME_TRAIN_SCORES_H
#define NNLC_RUNTIME_TRAIN_SCORES_H

#include <stdint.h>
#include <stdio.h>

#include "runtime/train/progress.h"

/* A figure of each training. */
typedef struct RtScores {
    const char *name;
    const double *values;
} RtScores;

/* The mean of n values, and their standard deviation as that of a whole population. */
double rt_mean(const double *values, int64_t n);
double rt_deviation(const double *values, int64_t n);

/* A figure as Keras shows it; at least `width` columns, below 0: it stands on the left. */
void rt_measure_print(FILE *out, double value, int width);
/* " - loss: 0.1234 - accuracy: 0.9000" */
void rt_measures_print(FILE *out, const RtMeasure *figures, uint32_t n);
/* A line for each figure: mean, deviation, lowest, highest. `title`: of the first column. */
void rt_scores_print(FILE *out, const char *title, uint32_t n, const RtScores *scores,
                     int64_t trainings);

#endif
