/* softmax.c: softmax, log_softmax, sparsemax, glu over one axis. */
#include "ir/layers/softmax.h"

static Node *sum_axis(Builder *b, Node *x, int axis)
{
    int64_t axes[] = {axis};
    return g_sum(b, x, axes, 1, x->dtype);
}

/* x - max(x): the maximum moves nothing, so no gradient goes through it. */
static Node *shifted(Builder *b, Node *x, int axis)
{
    Node *m = g_unary(b, OP_stop_gradient, g_reduce_max(b, x, axis));
    return g_sub(b, x, g_broadcast_over(b, m, x->shape, axis));
}

Node *softmax_node(Builder *b, Node *x, int axis)
{
    Node *e = g_unary(b, OP_exp, shifted(b, x, axis));
    return g_div(b, e, g_broadcast_over(b, sum_axis(b, e, axis), x->shape, axis));
}

Node *log_softmax_node(Builder *b, Node *x, int axis)
{
    Node *d = shifted(b, x, axis);
    Node *log_sum = g_unary(b, OP_log, sum_axis(b, g_unary(b, OP_exp, d), axis));
    return g_sub(b, d, g_broadcast_over(b, log_sum, x->shape, axis));
}

/* Moves `axis` to the end, or back. */
static Node *axis_moved(Builder *b, Node *x, int axis, bool back)
{
    int64_t order[MAX_RANK];
    int last = x->shape.rank - 1;
    if (axis == last)
        return x;
    for (int i = 0; i <= last; i++) {
        if (back)
            order[i] = i < axis ? i : i == axis ? last : i - 1;
        else
            order[i] = i < axis ? i : i == last ? axis : i + 1;
    }
    return g_transpose(b, x, order);
}

/* [N, a, b, .., last] -> [N, a * b * .., last]: room for one more axis. */
static Node *middle_joined(Builder *b, Node *x)
{
    Shape s = x->shape;
    while (s.rank > 3) {
        s.dim[1].n *= s.dim[2].n;
        s.rank--;
        for (int d = 2; d < s.rank; d++)
            s.dim[d] = s.dim[d + 1];
    }
    return g_reshape(b, x, s);
}

/* max(x - t, 0), where t makes the result add up to 1. An element belongs to the support exactly if
 * the others that are larger exceed it by less than 1 in sum, so no sorting is needed:
 *     in(i) = sum over j of max(x[j] - x[i], 0) < 1,  t = (sum of x over the support - 1) / its size
 * Which elements belong is constant almost everywhere: no gradient goes through the comparison. */
Node *sparsemax_node(Builder *b, Node *input, int axis)
{
    Node *moved = axis_moved(b, input, axis, false);
    Node *x = middle_joined(b, moved);
    int last = x->shape.rank - 1;
    Shape pairs = x->shape;
    pairs.dim[pairs.rank++] = x->shape.dim[last];
    Node *plain = g_unary(b, OP_stop_gradient, x);
    Node *excess = g_sub(b, g_broadcast_over(b, plain, pairs, last),
                         g_broadcast_over(b, plain, pairs, last + 1));
    excess = sum_axis(b, g_binary(b, OP_max, excess, g_const_like(b, excess, 0)), last + 1);
    Node *in = g_binary(b, OP_lt, excess, g_const_like(b, x, 1));
    Node *zero = g_const_like(b, x, 0);
    Node *count = sum_axis(b, g_select(b, in, g_const_like(b, x, 1), zero), last);
    Node *total = sum_axis(b, g_select(b, in, x, zero), last);
    Node *t = g_div(b, g_sub(b, total, g_const_like(b, total, 1)), count);
    Node *y = g_binary(b, OP_max, g_sub(b, x, g_broadcast_over(b, t, x->shape, last)), zero);
    return axis_moved(b, g_reshape(b, y, moved->shape), axis, true);
}

/* The axes of x with these ones last, and the way back. */
static void with_last(const Node *x, const int64_t *axes, uint32_t n, int64_t *order, int64_t *back)
{
    uint32_t at = 0, taken = 0;
    for (int d = 0; d < x->shape.rank; d++)
        if (taken < n && axes[taken] == d)
            taken++;
        else
            order[at++] = d;
    for (uint32_t i = 0; i < n; i++)
        order[at++] = axes[i];
    for (uint32_t d = 0; d < at; d++)
        back[order[d]] = d;
}

Node *over_axes(Builder *b, Node *x, const int64_t *axes, uint32_t n,
                Node *(*make)(Builder *b, Node *x, int axis))
{
    int64_t order[MAX_RANK] = {0}, back[MAX_RANK] = {0};
    if (n == 1)
        return make(b, x, (int)axes[0]);
    with_last(x, axes, n, order, back);
    Node *moved = g_transpose(b, x, order);
    Shape joined = moved->shape;
    while (n-- > 1) {
        joined.rank--;
        joined.dim[joined.rank - 1].n *= joined.dim[joined.rank].n;
    }
    Node *y = make(b, g_reshape(b, moved, joined), joined.rank - 1);
    return g_transpose(b, g_reshape(b, y, moved->shape), back);
}

Node *glu_node(Builder *b, Node *x, int axis)
{
    int64_t half = x->shape.dim[axis].n / 2;
    Node *gate = g_unary(b, OP_sigmoid, g_slice(b, x, axis, half, 2 * half));
    return g_mul(b, g_slice(b, x, axis, 0, half), gate);
}
