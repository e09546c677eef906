/* metrics.h: the metrics of an entry: their sums in a model's block, and the values that rules make of them. */
#ifndef NNLC_RUNTIME_TRAIN_METRICS_H
#define NNLC_RUNTIME_TRAIN_METRICS_H

#include <stdbool.h>

#include "runtime/abi/image.h"
#include "runtime/train/progress.h"

typedef struct RtMetrics {
    const ImgEntry *entry;
    uint32_t n;
    RtMeasure *figures; /* one per metric; rt_metrics_read fills them */
    uint32_t n_sums;    /* states, each once however many metrics take it: */
    const ImgState **sums;
    double **values; /* of each sum, as it was read */
    uint32_t
        *of; /* the sums of all metrics, one metric after the other; IMG_NONE: not in this model */
} RtMetrics;

/* False: no memory. Close it in any case. */
bool rt_metrics_open(RtMetrics *m, const ImgEntry *entry, const ImgInstance *instance);
void rt_metrics_close(RtMetrics *m);
/* All sums to zero. */
void rt_metrics_reset(const RtMetrics *m, void *block);
void rt_metrics_read(RtMetrics *m, const void *block);
/* Values of the list that the one with number i begins; 1: it is alone. */
uint32_t rt_metrics_list(const RtMetrics *m, uint32_t i);
/* Elements of all sums; copies them to `values`, or back. */
int64_t rt_metrics_size(const RtMetrics *m);
void rt_metrics_keep(const RtMetrics *m, const void *block, double *values);
void rt_metrics_put_back(const RtMetrics *m, void *block, const double *values);

#endif
