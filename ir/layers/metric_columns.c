/* metric_columns.c: metrics with a few sums per output: F-scores, r2, and the accuracy of each output by itself. */
#include "ir/layers/metrics.h"
#include "ir/layers/targets.h"

/* The rule's last parameter is the element of the list. */
static void column_values(MetricCx *m, RtMetricRule rule, double *params, uint32_t n_sums,
                          const char *const *sums)
{
    int64_t n = metric_list(m->call) ? last_dim(m->p) : 0;
    if (!n)
        metric_value(m, rule, 3, params, n_sums, sums);
    for (int64_t i = 0; i < n; i++) {
        params[2] = (double)i;
        metric_list_value(m, i, rule, 3, params, n_sums, sums);
    }
}

/* Which outputs say yes: those above the threshold, else the largest one of the sample, unless it is 0. */
static Node *guesses(MetricCx *m, const ArgValue *threshold)
{
    Builder *b = &m->cx->b;
    Node *p = m->p;
    int last = p->shape.rank - 1;
    if (threshold)
        return g_binary(b, OP_lt, g_const_like(b, p, threshold->f), p);
    Node *most = g_broadcast_over(b, g_reduce_max(b, p, last), p->shape, last);
    Node *not_0 = g_binary(b, OP_lt, g_const_like(b, p, 1e-9), g_unary(b, OP_abs, p));
    return g_binary(b, OP_and, g_binary(b, OP_le, most, p), not_0);
}

bool metric_f_beta(MetricCx *m)
{
    Builder *b = &m->cx->b;
    const ArgValue *threshold = call_given(m->call, "threshold"),
                   *beta = call_given(m->call, "beta");
    double params[] = {beta ? beta->f : 1, (double)metric_int(m, "average", RT_AVERAGE_none), 0};
    const char *what = arena_printf(m->cx->arena, "hits weighted=%d threshold=%.17g",
                                    m->weights != NULL, threshold ? threshold->f : -1);
    Node *y = metric_needs_columns(m) ? metric_targets(m) : NULL;
    if (!y)
        return false;
    const char *sum = metric_sum_find(m, what);
    if (!sum) {
        Node *guess = g_cast(b, guesses(m, threshold), m->cx->request->compute);
        Node *values[] = {g_mul(b, guess, y), guess, y};
        sum = metric_columns(m, "hits", what, 3, values);
    }
    column_values(m, RT_RULE_f_beta, params, 1, &sum);
    return true;
}

bool metric_one_vs_rest(MetricCx *m)
{
    Builder *b = &m->cx->b;
    const ArgValue *threshold = call_given(m->call, "threshold");
    const char *what = arena_printf(m->cx->arena, "right weighted=%d threshold=%.17g",
                                    m->weights != NULL, threshold->f);
    Node *is = metric_needs_columns(m) ? positive_of(m->cx, m->call, m->y, m->p, "metric") : NULL;
    if (!is)
        return false;
    const char *sum = metric_sum_find(m, what);
    if (!sum) {
        Node *yes = g_binary(b, OP_lt, g_const_like(b, m->p, threshold->f), m->p);
        Node *right = g_cast(b, g_binary(b, OP_eq, yes, is), m->cx->request->compute);
        Node *values[] = {right, g_const_like(b, right, 1)};
        sum = metric_columns(m, "right", what, 2, values);
    }
    for (int64_t i = 0; i < last_dim(m->p); i++) {
        double element = (double)i;
        metric_list_value(m, i, RT_RULE_column_mean, 1, &element, 1, &sum);
    }
    return true;
}

bool metric_r2(MetricCx *m)
{
    Builder *b = &m->cx->b;
    static const char squares_of[] = "squares", samples_of[] = "samples";
    double params[] = {(double)metric_int(m, "class_aggregation", RT_AGGREGATE_uniform),
                       (double)metric_int(m, "num_regressors", 0), 0};
    Node *y = metric_needs_columns(m)
                  ? targets_fit(m->cx, m->call, RT_NEED_NUMBERS, m->y, m->p, "metric")
                  : NULL;
    if (!y)
        return false;
    const char *weighted = m->weights ? "weighted " : "";
    const char *what = arena_printf(m->cx->arena, "%s%s", weighted, squares_of);
    const char *sums[] = {metric_sum_find(m, what), metric_sum_find(m, samples_of)};
    if (!sums[0]) {
        Node *wide = g_cast(b, y, RT_f64), *d = g_sub(b, wide, g_cast(b, m->p, RT_f64));
        Node *values[] = {wide, g_mul(b, wide, wide), g_mul(b, d, d), g_const_like(b, wide, 1)};
        sums[0] = metric_columns(m, squares_of, what, 4, values);
    }
    if (!sums[1]) {
        Node *n = g_cast(b, g_scalar(b, SCALAR_n, RT_i64), RT_f64);
        n = g_mul(b, n, g_const(b, RT_f64, (double)last_dim(m->p)));
        sums[1] = metric_sum(m, samples_of, samples_of, n);
    }
    column_values(m, RT_RULE_r2, params, 2, sums);
    return true;
}
