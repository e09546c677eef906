/* metric_rules.h: the value of a metric from its sums. */
#ifndef NNLC_RUNTIME_TRAIN_METRIC_RULES_H
#define NNLC_RUNTIME_TRAIN_METRIC_RULES_H

#include <stdint.h>

#include "runtime/abi/metric_rules.h"

enum { RT_METRIC_SUMS = 2 };

typedef struct RtMetricInput {
    uint32_t n_sums;
    const double *sums[RT_METRIC_SUMS];
    int64_t counts[RT_METRIC_SUMS]; /* elements */
    uint32_t n_params;
    const double *params;
} RtMetricInput;

/* By double arithmetic and the logarithm of runtime/math alone: the same on every machine. 0 where sums or
 * parameters are missing, or do not fit the rule. */
double rt_metric_value(uint32_t rule, const RtMetricInput *in);

#endif
