/* losses_margins.c: losses of scores that ask for a margin, not for a probability. */
#include "ir/layers/losses.h"

/* 0 and 1 become -1 and 1 if all targets of the batch are 0 or 1. */
static Node *signs(Builder *b, Node *y)
{
    Node *zero = g_binary(b, OP_eq, y, g_const_like(b, y, 0));
    Node *one = g_binary(b, OP_eq, y, g_const_like(b, y, 1));
    Node *other = g_cast(b, g_unary(b, OP_not, g_binary(b, OP_or, zero, one)), y->dtype);
    Node *n = g_sum_all(b, other, y->dtype);
    Node *all = g_splat(b, g_binary(b, OP_eq, n, g_const_like(b, n, 0)), y->shape);
    Node *mapped = g_sub(b, scaled(b, y, 2), g_const_like(b, y, 1));
    return g_select(b, all, mapped, y);
}

/* max(x, 0) */
static Node *positive_part(Builder *b, Node *x)
{
    return g_binary(b, OP_max, x, g_const_like(b, x, 0));
}

/* max(1 - y p, 0) */
static Node *shortfall(Builder *b, Node *y, Node *p)
{
    return positive_part(b, one_minus(b, g_mul(b, signs(b, y), p)));
}

Node *loss_hinge(LossCx *lx, Node *y, Node *p)
{
    return mean_over_axis(lx->b, shortfall(lx->b, y, p), lx->axis);
}

Node *loss_squared_hinge(LossCx *lx, Node *y, Node *p)
{
    Node *short_by = shortfall(lx->b, y, p);
    return mean_over_axis(lx->b, g_mul(lx->b, short_by, short_by), lx->axis);
}

/* max(max((1 - y) p) - sum of y p + 1, 0) */
Node *loss_categorical_hinge(LossCx *lx, Node *y, Node *p)
{
    Builder *b = lx->b;
    Node *right = sum_over_axis(b, g_mul(b, y, p), lx->axis);
    Node *wrong = g_reduce_max(b, g_mul(b, one_minus(b, y), p), lx->axis);
    Node *gap = g_sub(b, wrong, right);
    return positive_part(b, g_add(b, gap, g_const_like(b, gap, 1)));
}
