/* vjp_reduce.c: gradients of sums and maxima. */
#include "ir/grad/rules.h"

static bool is_among(IntList axes, int64_t axis)
{
    for (uint32_t i = 0; i < axes.n; i++)
        if (axes.at[i] == axis)
            return true;
    return false;
}

/* v, without the reduced axes, repeated along them. */
static Node *spread(Grad *gr, Node *v, const Node *x, IntList axes)
{
    int64_t places[MAX_RANK];
    uint32_t n = 0;
    for (int d = 0; d < x->shape.rank; d++)
        if (!is_among(axes, d))
            places[n++] = d;
    return g_broadcast(&gr->b, v, x->shape, places);
}

/* y = sum x  =>  dx = dy everywhere */
void vjp_sum(Grad *gr, const Node *y, Node *dy)
{
    Node *x = y->in[0];
    grad_add(gr, x, g_cast(&gr->b, spread(gr, dy, x, y->attr[0].ints), x->dtype));
}

/* The axes of x with the reduced ones last; true if that is another order than x's own. */
static bool reduced_last(const Node *x, IntList axes, int64_t *order)
{
    int n = 0;
    bool moved = false;
    for (int last = 0; last < 2; last++)
        for (int d = 0; d < x->shape.rank; d++)
            if (is_among(axes, d) == (last == 1))
                order[n++] = d;
    for (int d = 0; d < n; d++)
        moved |= order[d] != d;
    return moved;
}

/* n axes from `axis` on become one. */
static Shape merge_axes(Shape s, int axis, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++) {
        s.dim[axis].n *= s.dim[axis + 1].n;
        s.dim[axis].batch |= s.dim[axis + 1].batch;
        for (int d = axis + 1; d + 1 < s.rank; d++)
            s.dim[d] = s.dim[d + 1];
        s.rank--;
    }
    return s;
}

/* y = max of x over n axes from `axis` on  =>  dy to the first maximum in row-major order */
static Node *to_first_maximum(Builder *b, Node *x, Node *dy, int axis, uint32_t n)
{
    Shape merged = merge_axes(x->shape, axis, n);
    Node *v = g_reshape(b, x, merged);
    Node *first = g_broadcast_over(b, g_argmax(b, v, axis), merged, axis);
    Node *is_first = g_binary(b, OP_eq, g_iota(b, RT_i32, merged, axis), first);
    Node *dv = g_select(b, is_first, g_broadcast_over(b, dy, merged, axis), g_const_like(b, v, 0));
    return g_reshape(b, dv, x->shape);
}

/* Axes that lie apart are brought together first. */
void vjp_reduce_max(Grad *gr, const Node *y, Node *dy)
{
    Node *x = y->in[0];
    IntList axes = y->attr[0].ints;
    int64_t order[MAX_RANK], back[MAX_RANK];
    if (!axes.n) {
        grad_add(gr, x, dy);
        return;
    }
    bool adjacent = axes.at[axes.n - 1] - axes.at[0] + 1 == axes.n;
    if (adjacent || !reduced_last(x, axes, order)) {
        grad_add(gr, x, to_first_maximum(&gr->b, x, dy, (int)axes.at[0], axes.n));
        return;
    }
    for (int d = 0; d < x->shape.rank; d++)
        back[order[d]] = d;
    Node *v = g_transpose(&gr->b, x, order);
    Node *dv = to_first_maximum(&gr->b, v, dy, x->shape.rank - (int)axes.n, axes.n);
    grad_add(gr, x, g_transpose(&gr->b, dv, back));
}
