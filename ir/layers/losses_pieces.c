/* losses_pieces.c: what several formulas of losses have in common. */
#include "ir/layers/losses.h"

static const double FUZZ = 1e-7;

Node *sum_over_axis(Builder *b, Node *x, int axis)
{
    int64_t axes[] = {axis};
    return g_sum(b, x, axes, 1, x->dtype);
}

Node *mean_over_axis(Builder *b, Node *x, int axis)
{
    Node *total = sum_over_axis(b, x, axis);
    return g_div(b, total, g_const_like(b, total, (double)x->shape.dim[axis].n));
}

Node *one_minus(Builder *b, Node *x)
{
    return g_sub(b, g_const_like(b, x, 1), x);
}

Node *scaled(Builder *b, Node *x, double c)
{
    return g_mul(b, x, g_const_like(b, x, c));
}

Node *clipped(Builder *b, Node *x, double low, double high)
{
    x = g_binary(b, OP_max, x, g_const_like(b, x, low));
    return g_binary(b, OP_min, x, g_const_like(b, x, high));
}

Node *clipped_probability(Builder *b, Node *p)
{
    return clipped(b, p, FUZZ, 1 - FUZZ);
}

Node *smoothed(const LossCx *lx, Node *y, double k)
{
    double s = loss_number(lx, "label_smoothing");
    if (s == 0)
        return y;
    y = scaled(lx->b, y, 1 - s);
    return g_add(lx->b, y, g_const_like(lx->b, y, s / k));
}

/* Powers below 1 have an infinite slope at 0: they begin at 1e-7. */
Node *power_of(Builder *b, Node *x, double power)
{
    if (power == 0)
        return g_const_like(b, x, 1);
    if (power == 1)
        return x;
    if (power == 2)
        return g_mul(b, x, x);
    if (power < 1)
        x = g_binary(b, OP_max, x, g_const_like(b, x, FUZZ));
    return g_binary(b, OP_pow, x, g_const_like(b, x, power));
}

Node *shares(Builder *b, Node *p, int axis)
{
    return g_div(b, p, g_broadcast_over(b, sum_over_axis(b, p, axis), p->shape, axis));
}

/* The others are replaced by 0 and all are added. */
Node *pick(Builder *b, Node *v, Node *label, int axis)
{
    Node *hit = g_binary(b, OP_eq, g_iota(b, RT_i32, v->shape, axis),
                         g_broadcast_over(b, label, v->shape, axis));
    return sum_over_axis(b, g_select(b, hit, v, g_const_like(b, v, 0)), axis);
}
