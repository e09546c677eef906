/* history.h: what a training has measured: for each figure its values, epoch by epoch, as far as it was measured. */
#ifndef NNLC_RUNTIME_TRAIN_HISTORY_H
#define NNLC_RUNTIME_TRAIN_HISTORY_H

#include <stdint.h>

#include "runtime/abi/status.h"

typedef struct RtSeries {
    char *name;
    int64_t n, room;
    double *values;
    int64_t *epochs; /* of the values, from 0 */
} RtSeries;

/* Series in the order in which they were opened. */
typedef struct RtHistory {
    uint32_t n;
    RtSeries *series;
    int64_t first;  /* the first epoch, from 0 */
    int64_t epochs; /* how many are over */
} RtHistory;

/* A series without a value; one that is there stays. */
RtStatus rt_history_open(RtHistory *h, const char *name, RtError *error) RT_MUST_USE;
/* The value of the present epoch. */
RtStatus rt_history_add(RtHistory *h, const char *name, double value, RtError *error) RT_MUST_USE;
const RtSeries *rt_history_find(const RtHistory *h, const char *name);
void rt_history_free(RtHistory *h);
/* The epoch (from 1) with the best value of a series, the first of equal ones; 0 if there is none. A value that
 * is no number is never the best; if all are, the last epoch counts. */
int64_t rt_history_best(const RtHistory *h, const char *name, int up);

#endif
