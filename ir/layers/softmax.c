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

static Node *part_of(Builder *b, Node *x, int axis, int64_t begin, int64_t end)
{
    int64_t from[MAX_RANK], to[MAX_RANK], step[MAX_RANK];
    for (int i = 0; i < x->shape.rank; i++) {
        from[i] = i == axis ? begin : 0;
        to[i] = i == axis ? end : x->shape.dim[i].n;
        step[i] = 1;
    }
    Attr attr[MAX_ATTRS] = {{0}};
    uint32_t rank = x->shape.rank;
    op_default_attrs(b->g, OP_slice, attr);
    attr[op_attr_index(OP_slice, "begin")].ints = (IntList){rank, from};
    attr[op_attr_index(OP_slice, "end")].ints = (IntList){rank, to};
    attr[op_attr_index(OP_slice, "step")].ints = (IntList){rank, step};
    return graph_must(b->g, OP_slice, 1, &x, attr, b->origin);
}

Node *glu_node(Builder *b, Node *x, int axis)
{
    int64_t half = x->shape.dim[axis].n / 2;
    Node *gate = g_unary(b, OP_sigmoid, part_of(b, x, axis, half, 2 * half));
    return g_mul(b, part_of(b, x, axis, 0, half), gate);
}
