/* metric_values.c: metrics that are the mean of a value per sample: what each sample gives. */
#include "ir/layers/losses.h"

/* 1 where the condition holds, else 0. */
static Node *as_01(BuildCx *cx, Node *condition)
{
    return g_cast(&cx->b, condition, cx->request->compute);
}

static Node *above(BuildCx *cx, const Call *call, double threshold, Node *y, Node *p)
{
    Builder *b = &cx->b;
    y = targets_fit(cx, call, RT_NEED_ANSWERS, y, p, "metric");
    if (!y)
        return NULL;
    Node *guess = as_01(cx, g_binary(b, OP_lt, g_const_like(b, p, threshold), p));
    return as_01(cx, g_binary(b, OP_eq, guess, y));
}

static Node *binary_accuracy(BuildCx *cx, const Call *call, Node *y, Node *p)
{
    return above(cx, call, call->args[METRIC_ARG_binary_accuracy_threshold].f, y, p);
}

static Node *sparse_accuracy(BuildCx *cx, const Call *call, Node *y, Node *p)
{
    y = targets_fit(cx, call, RT_NEED_CLASSES, y, p, "metric");
    if (!y)
        return NULL;
    return as_01(cx, g_binary(&cx->b, OP_eq, y, g_argmax(&cx->b, p, p->shape.rank - 1)));
}

static Node *categorical_accuracy(BuildCx *cx, const Call *call, Node *y, Node *p)
{
    int last = p->shape.rank - 1;
    y = targets_fit(cx, call, RT_NEED_VECTORS, y, p, "metric");
    if (!y)
        return NULL;
    return as_01(cx, g_binary(&cx->b, OP_eq, g_argmax(&cx->b, y, last), g_argmax(&cx->b, p, last)));
}

/* "accuracy": the shapes decide; of the loss only whether one score is a margin, made with signs(y, p). */
static Node *accuracy(BuildCx *cx, const Call *call, Node *y, Node *p)
{
    if (last_dim(p) == 1)
        return above(cx, call, loss_has_signs(cx->request->compile->loss) ? 0 : 0.5, y, p);
    if (y->shape.rank < p->shape.rank || last_dim(y) == 1)
        return sparse_accuracy(cx, call, y, p);
    return categorical_accuracy(cx, call, y, p);
}

/* 1 where output and target are equal. */
static Node *exact_accuracy(BuildCx *cx, const Call *call, Node *y, Node *p)
{
    y = targets_fit(cx, call, RT_NEED_NUMBERS, y, p, "metric");
    if (!y)
        return NULL;
    if (cx->pair == PAIR_data)
        exactness_check(cx, call);
    return as_01(cx, g_binary(&cx->b, OP_eq, y, p));
}

/* ---- top k ---- */

/* The class is among the k best if fewer than k scores are larger than its own. No score that is NaN is. */
static Node *among_best(BuildCx *cx, Node *class, Node *p, int64_t k)
{
    Builder *b = &cx->b;
    int last = p->shape.rank - 1;
    Node *own = pick(b, p, class, last);
    Node *better = as_01(cx, g_binary(b, OP_lt, g_broadcast_over(b, own, p->shape, last), p));
    Node *rank = sum_over_axis(b, better, last);
    Node *in = g_binary(b, OP_lt, rank, g_const_like(b, rank, (double)k));
    return as_01(cx, g_binary(b, OP_and, in, g_binary(b, OP_eq, own, own)));
}

static Node *top_k_accuracy(BuildCx *cx, const Call *call, Node *y, Node *p)
{
    int64_t k = call->args[METRIC_ARG_top_k_categorical_accuracy_k].i;
    y = targets_fit(cx, call, RT_NEED_VECTORS, y, p, "metric");
    return y ? among_best(cx, g_argmax(&cx->b, y, p->shape.rank - 1), p, k) : NULL;
}

/* The outputs are class numbers, best first. */
static Node *among_first(BuildCx *cx, Node *class, Node *p, int64_t k)
{
    Builder *b = &cx->b;
    int last = p->shape.rank - 1;
    Node *wanted = g_broadcast_over(b, g_cast(b, class, p->dtype), p->shape, last);
    Node *place = g_iota(b, RT_i32, p->shape, last);
    Node *first = g_binary(b, OP_lt, place, g_const_like(b, place, (double)k));
    Node *hit = as_01(cx, g_binary(b, OP_and, first, g_binary(b, OP_eq, wanted, p)));
    return g_reduce_max(b, hit, last);
}

static Node *sparse_top_k_accuracy(BuildCx *cx, const Call *call, Node *y, Node *p)
{
    int64_t k = call->args[METRIC_ARG_sparse_top_k_categorical_accuracy_k].i;
    bool sorted = call->args[METRIC_ARG_sparse_top_k_categorical_accuracy_from_sorted_ids].i;
    y = targets_fit(cx, call, sorted ? RT_NEED_LABELS : RT_NEED_CLASSES, y, p, "metric");
    if (!y)
        return NULL;
    return sorted ? among_first(cx, y, p, k) : among_best(cx, y, p, k);
}

/* ---- similarities along an axis ---- */

/* Targets of the shape of the outputs, and the axis; NULL after an error. */
static Node *along_axis(BuildCx *cx, const Call *call, Node *y, Node *p, int *axis)
{
    Axes axes;
    const char *who = arena_printf(cx->arena, "'%s'", call->row->name);
    if (!axes_of_argument(cx, &call->args[row_arg(call->row, "axis")], who, &p->shape, &axes))
        return NULL;
    *axis = (int)axes.at[0];
    return targets_fit(cx, call, RT_NEED_NUMBERS, y, p, "metric");
}

static Node *cosine_similarity(BuildCx *cx, const Call *call, Node *y, Node *p)
{
    int axis;
    y = along_axis(cx, call, y, p, &axis);
    return y ? cosine_of(&cx->b, y, p, axis) : NULL;
}

/* Mean and spread of values along an axis, both of their shape. */
typedef struct Spread {
    Node *mean, *off, *variance; /* off: x - mean */
} Spread;

static Spread spread_of(Builder *b, Node *x, int axis)
{
    Spread s;
    s.mean = g_broadcast_over(b, mean_over_axis(b, x, axis), x->shape, axis);
    s.off = g_sub(b, x, s.mean);
    Node *variance = mean_over_axis(b, g_mul(b, s.off, s.off), axis);
    s.variance = g_broadcast_over(b, variance, x->shape, axis);
    return s;
}

/* Of targets and outputs along the axis; false after an error. */
static bool spreads_of(BuildCx *cx, const Call *call, Node *y, Node *p, int *axis, Spread of[2])
{
    y = along_axis(cx, call, y, p, axis);
    if (!y)
        return false;
    if (p->shape.dim[*axis].n < 2) {
        diag_error(cx->diags, call->range,
                   "'%s' compares the outputs of one sample, but there is one along axis %d: %s",
                   call->row->name, *axis, shape_for_user(cx->arena, &p->shape));
        diag_help(cx->diags, "r2_score compares the samples");
        return false;
    }
    of[0] = spread_of(&cx->b, y, *axis);
    of[1] = spread_of(&cx->b, p, *axis);
    return true;
}

static Node *unit(Builder *b, const Spread *s)
{
    return g_div(b, s->off, g_unary(b, OP_sqrt, s->variance));
}

/* mean of (y - mean y) (p - mean p) / (std y std p) */
static Node *pearson(BuildCx *cx, const Call *call, Node *y, Node *p)
{
    Builder *b = &cx->b;
    int axis;
    Spread of[2];
    if (!spreads_of(cx, call, y, p, &axis, of))
        return NULL;
    return mean_over_axis(b, g_mul(b, unit(b, &of[0]), unit(b, &of[1])), axis);
}

/* mean of 2 (y - mean p) (p - mean p) / (var y + var p + (mean y - mean p)**2 + 1e-7): the mean of the
 * products is the covariance, whatever is taken off y. */
static Node *concordance(BuildCx *cx, const Call *call, Node *y, Node *p)
{
    Builder *b = &cx->b;
    int axis;
    Spread of[2];
    if (!spreads_of(cx, call, y, p, &axis, of))
        return NULL;
    Node *gap = g_sub(b, of[0].mean, of[1].mean);
    Node *norm = g_add(b, g_add(b, of[0].variance, of[1].variance), g_mul(b, gap, gap));
    norm = g_add(b, norm, g_const_like(b, norm, 1e-7));
    Node *product = scaled(b, g_mul(b, of[0].off, of[1].off), 2);
    return mean_over_axis(b, g_div(b, product, norm), axis);
}

/* ---- all of them ---- */

typedef Node *MetricRule(BuildCx *cx, const Call *call, Node *y, Node *p);

/* The others have the values of a loss. */
static const struct {
    MetricId id;
    MetricRule *rule;
} rules[] = {
    {METRIC_accuracy, accuracy},
    {METRIC_binary_accuracy, binary_accuracy},
    {METRIC_categorical_accuracy, categorical_accuracy},
    {METRIC_sparse_categorical_accuracy, sparse_accuracy},
    {METRIC_exact_accuracy, exact_accuracy},
    {METRIC_top_k_categorical_accuracy, top_k_accuracy},
    {METRIC_sparse_top_k_categorical_accuracy, sparse_top_k_accuracy},
    {METRIC_cosine_similarity, cosine_similarity},
    {METRIC_pearson_correlation, pearson},
    {METRIC_concordance_correlation, concordance},
};

/* That of its name, but for two. */
static const Row *loss_of_metric(const Row *metric)
{
    const char *name = metric->id == METRIC_log_cosh_error            ? "log_cosh"
                       : metric->id == METRIC_root_mean_squared_error ? "mean_squared_error"
                                                                      : metric->name;
    return vocab_find(VOCAB_loss, name);
}

bool metric_values(BuildCx *cx, const Call *call, Node *y, Node *p, Flow *out)
{
    *out = (Flow){NULL, NULL};
    if (!call->row) {
        out->value = fn_values(cx, call, y, p, "metric");
        return out->value != NULL;
    }
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (call->row->id == rules[i].id) {
            out->value = rules[i].rule(cx, call, y, p);
            return out->value != NULL;
        }
    const Row *loss = loss_of_metric(call->row);
    if (!loss)
        nnl_bug("metric '%s' is not built", call->row->name);
    return loss_values(cx, call, loss, y, p, "metric", out);
}
