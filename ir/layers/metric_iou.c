/* metric_iou.c: intersection over union, from a matrix of targets by outputs. */
#include "ir/layers/metrics.h"
#include "ir/layers/targets.h"

/* Class numbers [N, ...] as i32. */
typedef struct Classes {
    Node *y, *p;
} Classes;

static Node *as_classes(MetricCx *m, Node *x)
{
    return g_cast(&m->cx->b, x, RT_i32);
}

/* x with its axis of classes as the last one. */
static Node *axis_last(Builder *b, Node *x, int64_t axis)
{
    int64_t order[MAX_RANK];
    int rank = x->shape.rank, n = 0;
    for (int i = 0; i < rank; i++)
        if (i != axis)
            order[n++] = i;
    order[n] = axis;
    return axis == rank - 1 ? x : g_transpose(b, x, order);
}

static Node *largest(MetricCx *m, Node *x, int64_t axis)
{
    return g_argmax(&m->cx->b, x, (int)axis);
}

/* Targets are vectors, outputs are not: as many of one as of the other. */
static Node *vectors_beside(MetricCx *m, const Node *p)
{
    BuildCx *cx = m->cx;
    int last = m->y->shape.rank - 1;
    Node *y = last > 0 ? largest(m, m->y, last) : m->y;
    Shape have = row_of_shape(&y->shape), want = row_of_shape(&p->shape);
    if (last > 0 && shape_count(&have, 1) == shape_count(&want, 1))
        return g_reshape(&cx->b, y, p->shape);
    diag_error(
        cx->diags, m->call->range,
        "the metric %s needs a vector for each output, but the targets are %s and the outputs "
        "%s",
        m->call->row->name, shape_for_user(cx->arena, &m->y->shape),
        shape_for_user(cx->arena, &p->shape));
    return NULL;
}

static bool find_classes(MetricCx *m, bool sparse_y, bool sparse_p, Classes *out)
{
    BuildCx *cx = m->cx;
    const ArgValue *given = call_given(m->call, "axis");
    Node *p = m->p, *y;
    Axes axis = {.n = 0};
    if (sparse_p) {
        y = sparse_y ? targets_fit(cx, m->call, RT_NEED_NUMBERS, m->y, p, "metric")
                     : vectors_beside(m, p);
        if (!y && sparse_y && last_dim(p) > 1)
            diag_help(cx->diags, "outputs are taken as class numbers; if they are scores, write "
                                 "sparse_y_pred = false");
        *out = (Classes){y ? as_classes(m, y) : NULL, as_classes(m, p)};
        return y;
    }
    if (!axes_of_argument(cx, given, arena_printf(cx->arena, "'%s'", m->call->row->name), &p->shape,
                          &axis))
        return false;
    if (sparse_y)
        p = axis_last(&cx->b, p, axis.at[0]);
    y = targets_fit(cx, m->call, sparse_y ? RT_NEED_CLASSES : RT_NEED_VECTORS, m->y, p, "metric");
    if (!y)
        return false;
    *out = sparse_y ? (Classes){y, largest(m, p, p->shape.rank - 1)}
                    : (Classes){largest(m, y, axis.at[0]), largest(m, p, axis.at[0])};
    return true;
}

/* Outputs from the threshold on are class 1. */
static bool find_two(MetricCx *m, Classes *out)
{
    Builder *b = &m->cx->b;
    Node *y = metric_targets(m);
    if (!y)
        return false;
    Node *above =
        g_binary(b, OP_le, g_const_like(b, m->p, call_given(m->call, "threshold")->f), m->p);
    *out = (Classes){as_classes(m, y), as_classes(m, above)};
    return true;
}

static Node *in_bounds(Builder *b, Node *class, int64_t n)
{
    Node *low = g_binary(b, OP_le, g_const_like(b, class, 0), class);
    return g_binary(b, OP_and, low, g_binary(b, OP_lt, class, g_const_like(b, class, (double)n)));
}

/* Adds samples up by target * n + output; classes outside 0 ... n - 1 do not count. */
static const char *matrix(MetricCx *m, const char *what, const Classes *c, int64_t n)
{
    Builder *b = &m->cx->b;
    const ArgValue *ignore = call_given(m->call, "ignore_class");
    Node *counts = g_binary(b, OP_and, in_bounds(b, c->y, n), in_bounds(b, c->p, n));
    if (ignore) {
        Node *same = g_binary(b, OP_eq, c->y, g_const_like(b, c->y, (double)ignore->i));
        counts = g_binary(b, OP_and, counts, g_unary(b, OP_not, same));
    }
    Node *index = g_add(b, g_mul(b, c->y, g_const_like(b, c->y, (double)n)), c->p);
    Node *weight = metric_weights_like(m, index), *once = g_cast(b, counts, RT_f64);
    index = g_select(b, counts, index, g_const_like(b, index, 0));
    return metric_cells(m, "matrix", what, index, weight ? g_mul(b, weight, once) : once, n * n);
}

/* The classes that count: those of the argument, else all. */
static bool counted_classes(MetricCx *m, int64_t n, uint32_t *n_ids, double **ids)
{
    const ArgValue *given = call_given(m->call, "target_class_ids");
    *n_ids = given ? given->n : (uint32_t)n;
    *ids = ARENA_ARRAY(m->cx->arena, double, *n_ids + 1);
    for (uint32_t i = 0; i < *n_ids; i++) {
        (*ids)[i] = given ? (double)given->ints[i] : (double)i;
        if ((*ids)[i] < (double)n)
            continue;
        diag_error(m->cx->diags, given->range,
                   "class %lld of 'target_class_ids' does not exist: '%s' has num_classes = %lld",
                   (long long)given->ints[i], m->call->row->name, (long long)n);
        return false;
    }
    return true;
}

bool metric_iou(MetricCx *m)
{
    bool two = m->call->row->id == METRIC_binary_iou;
    int64_t n = metric_int(m, "num_classes", 2);
    bool sparse_y = metric_int(m, "sparse_y_true", 0), sparse_p = metric_int(m, "sparse_y_pred", 0);
    const ArgValue *ignore = call_given(m->call, "ignore_class"),
                   *threshold = call_given(m->call, "threshold");
    Classes classes;
    uint32_t n_ids;
    double *ids;
    if (!counted_classes(m, n, &n_ids, &ids) ||
        !(two ? find_two(m, &classes) : find_classes(m, sparse_y, sparse_p, &classes)))
        return false;
    const char *what = arena_printf(
        m->cx->arena, "matrix weighted=%d two=%d n=%lld y=%d p=%d axis=%lld ignore=%s%lld at=%.17g",
        m->weights != NULL, two, (long long)n, sparse_y, sparse_p,
        (long long)metric_int(m, "axis", -1), ignore ? "" : "none ",
        (long long)(ignore ? ignore->i : 0), threshold ? threshold->f : 0);
    const char *sum = metric_sum_find(m, what);
    if (!sum)
        sum = matrix(m, what, &classes, n);
    metric_value(m, RT_RULE_iou, n_ids, ids, 1, &sum);
    return true;
}
