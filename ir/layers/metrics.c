/* metrics.c: the rows of metrics.def as nodes: a total and a count per metric, in double, as states.
 *
 * A value is total / count over all batches since both were set to 0 by the runtime: at the start of
 * an epoch and of an evaluation. The loss is one of them, its batches weighted by their rows. */
#include "ir/layers/targets.h"

#include <string.h>

static const char *sum_state(BuildCx *cx, const char *name, const char *which)
{
    const char *full = intern(cx->names, arena_printf(cx->arena, "metric.%s.%s", name, which));
    State s = {.name = full,
               .dtype = RT_f64,
               .shape = shape_scalar(),
               .role = ROLE_metric,
               .origin = cx->b.origin};
    graph_state_add(cx->g, s);
    return full;
}

/* total += sum, count += n. */
static void metric_writes(BuildCx *cx, const char *name, Node *sum, bool up)
{
    Builder *b = &cx->b;
    const char *total = sum_state(cx, name, "total"), *count = sum_state(cx, name, "count");
    Node *n = g_cast(b, g_scalar(b, SCALAR_n, RT_i64), RT_f64);
    g_write(b, total, g_add(b, g_read(b, total), sum), NULL);
    g_write(b, count, g_add(b, g_read(b, count), n), NULL);
    vec_push(cx->arena, &cx->out->metrics,
             (MetricUse){.name = name, .total_state = total, .count_state = count, .up = up});
}

/* The sum over the batch of each sample's mean, in double. */
static Node *sum_of_samples(BuildCx *cx, Node *values)
{
    Builder *b = &cx->b;
    Shape row = row_of_shape(&values->shape);
    Node *sum = g_sum_all(b, g_cast(b, values, RT_f64), RT_f64);
    int64_t each = shape_count(&row, 1);
    return each == 1 ? sum : g_div(b, sum, g_const(b, RT_f64, (double)each));
}

static void sort_metrics(BuildResult *out)
{
    for (size_t i = 1; i < out->metrics.n; i++) {
        MetricUse m = out->metrics.at[i];
        size_t k = i;
        for (; k > 0 && strcmp(out->metrics.at[k - 1].name, m.name) > 0; k--)
            out->metrics.at[k] = out->metrics.at[k - 1];
        out->metrics.at[k] = m;
    }
}

bool metrics_build(BuildCx *cx, Node *loss, Node *y, Node *p)
{
    Builder *b = &cx->b;
    const Compile *c = cx->request->compile;
    bool right = true;
    cx->b.origin = (Origin){NULL, c->loss_range, PART_metric};
    Node *n = g_cast(b, g_scalar(b, SCALAR_n, RT_i64), RT_f64);
    metric_writes(cx, intern(cx->names, "loss"), g_mul(b, g_cast(b, loss, RT_f64), n), false);
    for (uint32_t i = 0; i < c->n_metrics; i++) {
        const Call *call = c->metrics[i];
        cx->b.origin = (Origin){NULL, call->range, PART_metric};
        Flow values;
        bool built = metric_values(cx, call, y, p, &values);
        cx->b.origin = (Origin){NULL, call->range, PART_metric};
        right = right && built;
        if (built)
            metric_writes(cx, c->keys[i], sum_of_samples(cx, values.value),
                          call->row && strcmp(call->row->kind_name, "up") == 0);
    }
    sort_metrics(cx->out);
    return right;
}
