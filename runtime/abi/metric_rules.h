/* metric_rules.h: names of the rules of metric_rules.def, and the words that their parameters stand for. */
#ifndef NNLC_RUNTIME_ABI_METRIC_RULES_H
#define NNLC_RUNTIME_ABI_METRIC_RULES_H

typedef enum {
#define RULE(id, sums, params) RT_RULE_##id,
#include "runtime/abi/metric_rules.def"
    RT_N_RULES
} RtMetricRule;

/* In the order of the choices of the rows in ir/defs/metrics.def. */
typedef enum { RT_CURVE_roc, RT_CURVE_pr, RT_CURVE_prgain } RtCurve;
typedef enum { RT_AREA_interpolation, RT_AREA_minoring, RT_AREA_majoring } RtArea;
typedef enum { RT_AVERAGE_none, RT_AVERAGE_micro, RT_AVERAGE_macro, RT_AVERAGE_weighted } RtAverage;
typedef enum { RT_AGGREGATE_uniform, RT_AGGREGATE_variance, RT_AGGREGATE_none } RtAggregate;

#endif
