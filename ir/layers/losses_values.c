/* losses_values.c: losses of numbers: distances of outputs from targets. */
#include "ir/layers/losses.h"

static Node *mean_last(Builder *b, Node *x)
{
    return mean_over_axis(b, x, x->shape.rank - 1);
}

static Node *square(Builder *b, Node *x)
{
    return g_mul(b, x, x);
}

Node *loss_mean_squared_error(LossCx *lx, Node *y, Node *p)
{
    return mean_last(lx->b, square(lx->b, g_sub(lx->b, y, p)));
}

Node *loss_mean_absolute_error(LossCx *lx, Node *y, Node *p)
{
    return mean_last(lx->b, g_unary(lx->b, OP_abs, g_sub(lx->b, y, p)));
}

/* 100 mean of |(y - p) / max(|y|, 1e-7)| */
Node *loss_mean_absolute_percentage_error(LossCx *lx, Node *y, Node *p)
{
    Builder *b = lx->b;
    Node *size = g_unary(b, OP_abs, y);
    size = g_binary(b, OP_max, size, g_const_like(b, size, 1e-7));
    Node *part = g_unary(b, OP_abs, g_div(b, g_sub(b, y, p), size));
    return scaled(b, mean_last(b, part), 100);
}

/* log(max(x, 1e-7) + 1) */
static Node *log_of_one_more(Builder *b, Node *x)
{
    return g_unary(b, OP_log1p, g_binary(b, OP_max, x, g_const_like(b, x, 1e-7)));
}

Node *loss_mean_squared_logarithmic_error(LossCx *lx, Node *y, Node *p)
{
    Builder *b = lx->b;
    return mean_last(b, square(b, g_sub(b, log_of_one_more(b, p), log_of_one_more(b, y))));
}

/* With e = |p - y| and c = min(e, delta): c (e - c / 2), which is e**2 / 2 up to delta and delta e -
 * delta**2 / 2 beyond it, without a large difference. */
Node *loss_huber(LossCx *lx, Node *y, Node *p)
{
    Builder *b = lx->b;
    Node *e = g_unary(b, OP_abs, g_sub(b, p, y));
    Node *c = g_binary(b, OP_min, e, g_const_like(b, e, loss_number(lx, "delta")));
    return mean_last(b, g_mul(b, c, g_sub(b, e, scaled(b, c, 0.5))));
}

/* With e = |p - y|: log(cosh e) = log1p(2 sinh(e / 2)**2) for e <= 20, exact for small e, too; further out
 * one more for one more. 2 sinh(e / 2) = t + t / (t + 1) with t = exp(e / 2) - 1. */
Node *loss_log_cosh(LossCx *lx, Node *y, Node *p)
{
    Builder *b = lx->b;
    Node *e = g_unary(b, OP_abs, g_sub(b, p, y));
    /* At 20 the gradient goes to e: it is the second operand. */
    Node *near = g_binary(b, OP_min, g_const_like(b, e, 20), e);
    Node *t = g_unary(b, OP_expm1, scaled(b, near, 0.5));
    Node *r = g_add(b, t, g_div(b, t, g_add(b, t, g_const_like(b, t, 1))));
    Node *far = g_sub(b, e, near);
    return mean_last(b, g_add(b, g_unary(b, OP_log1p, scaled(b, square(b, r), 0.5)), far));
}

/* mean of p - y log(p + 1e-7) */
Node *loss_poisson(LossCx *lx, Node *y, Node *p)
{
    Builder *b = lx->b;
    Node *log_p = g_unary(b, OP_log, g_add(b, p, g_const_like(b, p, 1e-7)));
    return mean_last(b, g_sub(b, p, g_mul(b, y, log_p)));
}

/* v / sqrt(max(sum v**2, 1e-14)) */
static Node *of_length_one(Builder *b, Node *v, int axis)
{
    Node *sum = sum_over_axis(b, square(b, v), axis);
    Node *length = g_unary(b, OP_sqrt, g_binary(b, OP_max, sum, g_const_like(b, sum, 1e-14)));
    return g_div(b, v, g_broadcast_over(b, length, v->shape, axis));
}

Node *cosine_of(Builder *b, Node *y, Node *p, int axis)
{
    Node *product = g_mul(b, of_length_one(b, y, axis), of_length_one(b, p, axis));
    return sum_over_axis(b, product, axis);
}

Node *loss_cosine_similarity(LossCx *lx, Node *y, Node *p)
{
    return g_unary(lx->b, OP_neg, cosine_of(lx->b, y, p, lx->axis));
}
