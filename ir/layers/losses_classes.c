/* losses_classes.c: losses of a score or a probability per class.
 *
 * Those of probabilities are built as Keras writes them: normalized, clipped to [1e-7, 1 - 1e-7], logarithm,
 * which is marked `unclip`. Over an explicit softmax the pass softmax_xent puts the stable form of the
 * scores in place of what is marked here. */
#include "ir/layers/losses.h"
#include "ir/layers/softmax.h"

/* log of p / sum(p), clipped */
static Node *log_shares(const LossCx *lx, Node *p)
{
    if (loss_flag(lx, "from_logits"))
        return log_softmax_node(lx->b, p, lx->axis);
    return g_log_unclip(lx->b, clipped_probability(lx->b, shares(lx->b, p, lx->axis)));
}

static double n_classes(const LossCx *lx, const Node *p)
{
    return (double)p->shape.dim[lx->axis].n;
}

/* -log p[y]. Where the target is the class to be ignored the value is 0 and does not count. */
Node *loss_sparse_categorical_crossentropy(LossCx *lx, Node *y, Node *p)
{
    Builder *b = lx->b;
    const ArgValue *ignore = loss_arg(lx, "ignore_class");
    Node *values = g_unary(b, OP_neg, pick(b, log_shares(lx, p), y, lx->axis));
    if (!ignore || ignore->none)
        return values;
    Node *class = g_const_like(b, y, (double)ignore->i);
    lx->mask = g_unary(b, OP_not, g_binary(b, OP_eq, y, class));
    return g_select(b, lx->mask, values, g_const_like(b, values, 0));
}

/* -sum of y log p */
Node *loss_categorical_crossentropy(LossCx *lx, Node *y, Node *p)
{
    Builder *b = lx->b;
    y = smoothed(lx, y, n_classes(lx, p));
    Node *terms = g_mul(b, y, log_shares(lx, p));
    return g_unary(b, OP_neg, sum_over_axis(b, terms, lx->axis));
}

/* A factor for each class: one for all, or a list along the axis. NULL after an error. */
static Node *class_factor(LossCx *lx, const Node *p)
{
    Builder *b = lx->b;
    const ArgValue *alpha = loss_arg(lx, "alpha");
    Shape row = shape_of_dims(1, (int64_t[]){p->shape.dim[lx->axis].n});
    if (alpha->n == 1)
        return g_const_like(b, p, alpha->floats[0]);
    if (alpha->n != row.dim[0].n) {
        diag_error(lx->cx->diags, alpha->range,
                   "'alpha' of '%s' has %u numbers, but there are %lld classes",
                   lx->call->row->name, alpha->n, (long long)row.dim[0].n);
        return NULL;
    }
    Node *index = g_iota(b, RT_i32, row, 0), *factor = g_splat(b, g_const(b, p->dtype, 0), row);
    for (uint32_t i = 0; i < alpha->n; i++)
        factor = g_select(b, g_binary(b, OP_eq, index, g_const_like(b, index, i)),
                          g_const_like(b, factor, alpha->floats[i]), factor);
    return g_broadcast(b, factor, p->shape, (int64_t[]){lx->axis});
}

/* sum of alpha (1 - p)**gamma (-y log p) */
Node *loss_categorical_focal_crossentropy(LossCx *lx, Node *y, Node *p)
{
    Builder *b = lx->b;
    Node *factor = class_factor(lx, p);
    if (!factor)
        return NULL;
    y = smoothed(lx, y, n_classes(lx, p));
    Node *share =
        loss_flag(lx, "from_logits") ? softmax_node(b, p, lx->axis) : shares(b, p, lx->axis);
    Node *miss = one_minus(b, clipped_probability(b, share));
    factor = g_mul(b, factor, power_of(b, miss, loss_number(lx, "gamma")));
    Node *terms = g_mul(b, factor, g_mul(b, y, log_shares(lx, p)));
    return g_unary(b, OP_neg, sum_over_axis(b, terms, lx->axis));
}

/* sum of y (log y - log p), both clipped to [1e-7, 1] */
Node *loss_kl_divergence(LossCx *lx, Node *y, Node *p)
{
    Builder *b = lx->b;
    y = clipped(b, y, 1e-7, 1);
    Node *gap = g_sub(b, g_unary(b, OP_log, y), g_log_unclip(b, clipped(b, p, 1e-7, 1)));
    return sum_over_axis(b, g_mul(b, y, gap), lx->axis);
}

/* (1 - exp(q log p[y])) / q: unlike those of p[y]**q its slopes are finite where p is 0. */
Node *loss_categorical_generalized_cross_entropy(LossCx *lx, Node *y, Node *p)
{
    Builder *b = lx->b;
    double q = loss_number(lx, "q");
    Node *log_p = pick(b, g_log_unclip(b, p), y, lx->axis);
    return scaled(b, one_minus(b, g_unary(b, OP_exp, scaled(b, log_p, q))), 1 / q);
}
