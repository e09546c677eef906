/* metrics.c: the rows of metrics.def as nodes: a total and a count per metric, in double, as states.
 *
 * A value is total / count over all batches since both were set to 0 by the runtime: at the start of
 * an epoch and of an evaluation. The loss is one of them, its batches weighted by their rows. */
#include "ir/layers/targets.h"

#include <string.h>

/* 1 where the condition holds, else 0. */
static Node *as_01(BuildCx *cx, Node *condition)
{
    return g_cast(&cx->b, condition, cx->request->compute);
}

static Node *binary_accuracy(BuildCx *cx, const Call *call, double threshold, Node *y, Node *p)
{
    Builder *b = &cx->b;
    y = targets_fit(cx, call, TARGET_answer, y, p, "metric");
    if (!y)
        return NULL;
    Node *guess = as_01(cx, g_binary(b, OP_lt, g_const_like(b, p, threshold), p));
    return as_01(cx, g_binary(b, OP_eq, guess, y));
}

static Node *sparse_accuracy(BuildCx *cx, const Call *call, Node *y, Node *p)
{
    y = targets_fit(cx, call, TARGET_class, y, p, "metric");
    if (!y)
        return NULL;
    return as_01(cx, g_binary(&cx->b, OP_eq, y, g_argmax(&cx->b, p, p->shape.rank - 1)));
}

static Node *categorical_accuracy(BuildCx *cx, const Call *call, Node *y, Node *p)
{
    int last = p->shape.rank - 1;
    y = targets_fit(cx, call, TARGET_one_hot, y, p, "metric");
    if (!y)
        return NULL;
    return as_01(cx, g_binary(&cx->b, OP_eq, g_argmax(&cx->b, y, last), g_argmax(&cx->b, p, last)));
}

/* "accuracy": the shapes decide, the loss plays no part. */
static Node *accuracy(BuildCx *cx, const Call *call, Node *y, Node *p)
{
    if (last_dim(p) == 1)
        return binary_accuracy(cx, call, 0.5, y, p);
    if (y->shape.rank < p->shape.rank || last_dim(y) == 1)
        return sparse_accuracy(cx, call, y, p);
    return categorical_accuracy(cx, call, y, p);
}

static Node *metric_loss(BuildCx *cx, const Call *call, LossId id, int logits, int smoothing,
                         Node *y, Node *p)
{
    LossArgs args = {.id = id,
                     .from_logits = logits >= 0 && call->args[logits].i,
                     .label_smoothing = smoothing >= 0 ? call->args[smoothing].f : 0};
    return loss_values(cx, call, &args, y, p, "metric");
}

Node *metric_values(BuildCx *cx, const Call *call, Node *y, Node *p)
{
    if (!call->row)
        return fn_values(cx, call, y, p, "metric");
    switch (call->row->id) {
    case METRIC_accuracy:
        return accuracy(cx, call, y, p);
    case METRIC_binary_accuracy:
        return binary_accuracy(cx, call, call->args[METRIC_ARG_binary_accuracy_threshold].f, y, p);
    case METRIC_categorical_accuracy:
        return categorical_accuracy(cx, call, y, p);
    case METRIC_sparse_categorical_accuracy:
        return sparse_accuracy(cx, call, y, p);
    case METRIC_sparse_categorical_crossentropy:
        return metric_loss(cx, call, LOSS_sparse_categorical_crossentropy,
                           METRIC_ARG_sparse_categorical_crossentropy_from_logits, -1, y, p);
    case METRIC_categorical_crossentropy:
        return metric_loss(cx, call, LOSS_categorical_crossentropy,
                           METRIC_ARG_categorical_crossentropy_from_logits,
                           METRIC_ARG_categorical_crossentropy_label_smoothing, y, p);
    case METRIC_binary_crossentropy:
        return metric_loss(cx, call, LOSS_binary_crossentropy,
                           METRIC_ARG_binary_crossentropy_from_logits,
                           METRIC_ARG_binary_crossentropy_label_smoothing, y, p);
    case METRIC_mean_squared_error:
        return metric_loss(cx, call, LOSS_mean_squared_error, -1, -1, y, p);
    }
    nnl_bug("metric '%s' is not built", call->row->name);
}

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
        Node *values = metric_values(cx, call, y, p);
        cx->b.origin = (Origin){NULL, call->range, PART_metric};
        right = right && values;
        if (values)
            metric_writes(cx, c->keys[i], sum_of_samples(cx, values),
                          call->row && strcmp(call->row->kind_name, "up") == 0);
    }
    sort_metrics(cx->out);
    return right;
}
