/* metrics.h: what a metric adds up, and how its value comes of that.
 *
 * A sum is a state of role metric. Metrics of one compile that add up the same share it: `what` says what is
 * added, in full. */
#ifndef NNLC_IR_LAYERS_METRICS_H
#define NNLC_IR_LAYERS_METRICS_H

#include "ir/layers/build_internal.h"

typedef struct MetricSum {
    const char *what, *state;
} MetricSum;

typedef struct MetricSums {
    Vec(MetricSum) made;
} MetricSums;

/* One metric while it is built. */
typedef struct MetricCx {
    BuildCx *cx;
    const Call *call;
    const char *key; /* in the logs */
    Node *y, *p;     /* targets as the data has them, outputs */
    Node *weights;   /* [N, ...]; NULL: each sample counts once */
    bool up;
    MetricSums *sums;
} MetricCx;

/* ---- metrics.c ---- */
static inline int64_t metric_int(const MetricCx *m, const char *name, int64_t otherwise)
{
    const ArgValue *v = call_given(m->call, name);
    return v ? v->i : otherwise;
}
/* The state that holds such a sum; NULL: there is none so far. */
const char *metric_sum_find(const MetricCx *m, const char *what);
/* A state of its own, to which every batch adds `more` (f64): "metric.KEY.WHICH". */
const char *metric_sum(MetricCx *m, const char *which, const char *what, Node *more);
/* The same of an array of cells, [n]: each element adds its weight (NULL: 1) to the cell with its index (i32). */
const char *metric_cells(MetricCx *m, const char *which, const char *what, Node *index,
                         Node *weight, int64_t n);
/* Values [N, K], in the type of the computation, as f64 times the weights of their samples, added up over the
 * batch: a row of K sums for each. */
const char *metric_columns(MetricCx *m, const char *which, const char *what, uint32_t n,
                           Node *const *values);
/* The weights of the elements of x, f64 in its shape; NULL: each counts once. */
Node *metric_weights_like(MetricCx *m, const Node *x);
/* The value of the metric, or one of its list. */
void metric_value(MetricCx *m, RtMetricRule rule, uint32_t n_params, const double *params,
                  uint32_t n_sums, const char *const *sums);
void metric_list_value(MetricCx *m, int64_t element, RtMetricRule rule, uint32_t n_params,
                       const double *params, uint32_t n_sums, const char *const *sums);
/* The outputs must be [N, K]; false after an error. */
bool metric_needs_columns(MetricCx *m);
/* Targets with the shape of the outputs: vectors, or of one output numbers; NULL after errors. */
Node *metric_targets(MetricCx *m);

/* ---- a family each; false after errors ---- */
bool metric_counts(MetricCx *m); /* metric_counts.c: outputs above thresholds */
bool metric_f_beta(MetricCx *m); /* metric_columns.c */
bool metric_r2(MetricCx *m);
bool metric_one_vs_rest(MetricCx *m);
bool metric_iou(MetricCx *m); /* metric_iou.c */

/* ---- top_k.c ---- */
/* Which elements are among the k largest along the last axis; of equal ones the first. */
Node *in_top_k(Builder *b, Node *x, int64_t k);

#endif
