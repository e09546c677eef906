/* vjp_reduce.c: gradients of sums and maxima. */
#include "ir/grad/rules.h"

/* v, without the reduced axes, repeated along them. */
static Node *spread(Grad *gr, Node *v, const Node *x, IntList axes)
{
    int64_t places[MAX_RANK];
    uint32_t n = 0;
    for (int d = 0; d < x->shape.rank; d++) {
        bool reduced = false;
        for (uint32_t i = 0; i < axes.n; i++)
            reduced |= axes.at[i] == d;
        if (!reduced)
            places[n++] = d;
    }
    return g_broadcast(&gr->b, v, x->shape, places);
}

/* y = sum x  =>  dx = dy everywhere */
void vjp_sum(Grad *gr, const Node *y, Node *dy)
{
    Node *x = y->in[0];
    grad_add(gr, x, g_cast(&gr->b, spread(gr, dy, x, y->attr[0].ints), x->dtype));
}

/* y = max x  =>  dy to the first maximum along one axis; over several axes the input is seen as one
 * axis, in row-major order. */
void vjp_reduce_max(Grad *gr, const Node *y, Node *dy)
{
    Builder *b = &gr->b;
    Node *x = y->in[0];
    IntList axes = y->attr[0].ints;
    Node *v = x;
    int axis = axes.n ? (int)axes.at[0] : 0;
    Shape merged = x->shape;
    if (!axes.n) {
        grad_add(gr, x, dy);
        return;
    }
    for (uint32_t i = 1; i < axes.n; i++) {
        merged.dim[axis].n *= merged.dim[axis + 1].n;
        merged.dim[axis].batch |= merged.dim[axis + 1].batch;
        for (int d = axis + 1; d + 1 < merged.rank; d++)
            merged.dim[d] = merged.dim[d + 1];
        merged.rank--;
    }
    v = g_reshape(b, x, merged);
    Node *first = g_broadcast_over(b, g_argmax(b, v, axis), merged, axis);
    Node *is_first = g_binary(b, OP_eq, g_iota(b, RT_i32, merged, axis), first);
    Node *dv = g_select(b, is_first, g_broadcast_over(b, dy, merged, axis), g_const_like(b, v, 0));
    grad_add(gr, x, g_reshape(b, dv, x->shape));
}
