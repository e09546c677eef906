/* move.c: reshape, transpose, broadcast, slice, pad, concat, reverse. None touches the batch axis
 * but reshape, which may join it with the axes behind it or split them off again. */
#include "ir/graph/rules.h"

static bool fail(ShapeCx *cx, Op op, const Node *x, const char *why)
{
    return shape_error(cx, "%s of %s: %s", shape_op(cx, op), shape_of(cx, x), why);
}

/* Elements before the batch axis, and elements per row of the batch from it on. */
static void split_at_batch(const Shape *s, int64_t *before, int64_t *row)
{
    *before = *row = 1;
    int b = shape_batch_axis(s);
    for (int d = 0; d < s->rank; d++)
        *(d < b ? before : row) *= s->dim[d].n;
}

static bool shape_reshape(ShapeCx *cx, const Node *x, Shape want, Shape *shape)
{
    int64_t before_x, row_x, before_w, row_w;
    if ((shape_batch_axis(&x->shape) >= 0) != (shape_batch_axis(&want) >= 0))
        return fail(cx, OP_reshape, x, "the batch must stay");
    if (shape_count(&x->shape, 1) != shape_count(&want, 1))
        return shape_error(cx, "%s: cannot reshape %s into %s: %lld values against %lld",
                           shape_who(cx, OP_reshape), shape_text(cx->g->arena, &x->shape),
                           shape_text(cx->g->arena, &want), (long long)shape_count(&x->shape, 1),
                           (long long)shape_count(&want, 1));
    split_at_batch(&x->shape, &before_x, &row_x);
    split_at_batch(&want, &before_w, &row_w);
    if (shape_batch_axis(&want) >= 0 && before_x != before_w)
        return fail(cx, OP_reshape, x, "rows of the batch must stay whole");
    *shape = want;
    return true;
}

static bool shape_transpose(ShapeCx *cx, const Node *x, IntList order, Shape *shape)
{
    unsigned seen = 0;
    shape->rank = x->shape.rank;
    if (order.n != x->shape.rank)
        return fail(cx, OP_transpose, x, "order must name every axis once");
    for (uint32_t i = 0; i < order.n; i++) {
        if (order.at[i] < 0 || order.at[i] >= x->shape.rank || seen >> order.at[i] & 1)
            return fail(cx, OP_transpose, x, "order must name every axis once");
        seen |= 1u << order.at[i];
        shape->dim[i] = x->shape.dim[order.at[i]];
    }
    return true;
}

static bool shape_broadcast(ShapeCx *cx, const Node *x, const Attr *attr, Shape *shape)
{
    IntList axes = attr[1].ints;
    *shape = *attr[0].dims;
    if (axes.n != x->shape.rank)
        return fail(cx, OP_broadcast, x, "axes must name a place for every axis");
    for (uint32_t i = 0; i < axes.n; i++) {
        Dim d = x->shape.dim[i];
        if (axes.at[i] < 0 || axes.at[i] >= shape->rank || (i && axes.at[i] <= axes.at[i - 1]) ||
            shape->dim[axes.at[i]].n != d.n || shape->dim[axes.at[i]].batch != d.batch)
            return shape_error(cx, "%s: cannot broadcast %s to %s", shape_who(cx, OP_broadcast),
                               shape_of(cx, x), shape_text(cx->g->arena, shape));
    }
    return true;
}

static bool shape_slice(ShapeCx *cx, const Node *x, const Attr *attr, Shape *shape)
{
    IntList begin = attr[0].ints, end = attr[1].ints, step = attr[2].ints;
    int r = x->shape.rank;
    if (begin.n != (uint32_t)r || end.n != (uint32_t)r || (step.n && step.n != (uint32_t)r))
        return fail(cx, OP_slice, x, "begin, end and step need one figure for every axis");
    *shape = x->shape;
    for (int d = 0; d < r; d++) {
        int64_t s = step.n ? step.at[d] : 1, n = x->shape.dim[d].n;
        bool whole = begin.at[d] == 0 && end.at[d] == n && s == 1;
        if (x->shape.dim[d].batch && !whole)
            return fail(cx, OP_slice, x, "the batch axis is not cut");
        if (s < 1 || begin.at[d] < 0 || begin.at[d] > end.at[d] || end.at[d] > n)
            return fail(cx, OP_slice, x, "a bound is outside");
        n = end.at[d] - begin.at[d];
        shape->dim[d].n = n / s + (n % s != 0);
    }
    return true;
}

static bool shape_pad(ShapeCx *cx, Node *const *in, const Attr *attr, Shape *shape)
{
    const Node *x = in[0];
    uint32_t r = x->shape.rank;
    if (attr[0].ints.n != r || attr[1].ints.n != r || attr[2].ints.n != r)
        return fail(cx, OP_pad, x, "low, high and interior need one figure for every axis");
    if (in[1]->shape.rank || in[1]->dtype != x->dtype)
        return fail(cx, OP_pad, x, "the value must be one element of the same type");
    *shape = x->shape;
    for (uint32_t d = 0; d < r; d++) {
        int64_t low = attr[0].ints.at[d], high = attr[1].ints.at[d], in_d = attr[2].ints.at[d];
        int64_t n = x->shape.dim[d].n;
        if (x->shape.dim[d].batch && (low || high || in_d))
            return fail(cx, OP_pad, x, "the batch axis is not padded");
        if (low > MAX_ELEMENTS || low < -MAX_ELEMENTS || high > MAX_ELEMENTS ||
            high < -MAX_ELEMENTS || in_d < 0 || in_d > MAX_ELEMENTS / (n + 1))
            return fail(cx, OP_pad, x, "a figure is out of range");
        shape->dim[d].n = n + low + high + (n ? (n - 1) * in_d : 0);
        if (shape->dim[d].n < 1)
            return fail(cx, OP_pad, x, "nothing would be left of an axis");
    }
    return true;
}

static bool shape_concat(ShapeCx *cx, uint32_t n_in, Node *const *in, int64_t axis, Shape *shape)
{
    *shape = in[0]->shape;
    if (axis < 0 || axis >= shape->rank || shape->dim[axis].batch)
        return fail(cx, OP_concat, in[0], "no such axis, or the batch axis");
    for (uint32_t i = 1; i < n_in; i++) {
        Shape a = in[i]->shape, b = *shape;
        bool same_rank = a.rank == b.rank;
        int64_t more = same_rank ? a.dim[axis].n : 0;
        if (same_rank)
            a.dim[axis].n = b.dim[axis].n;
        if (!same_rank || !shape_equal(&a, &b) || in[i]->dtype != in[0]->dtype)
            return shape_error(cx, "%s: cannot join %s and %s along axis %lld",
                               shape_who(cx, OP_concat), shape_of(cx, in[0]), shape_of(cx, in[i]),
                               (long long)axis);
        shape->dim[axis].n += more;
    }
    return true;
}

static bool shape_reverse(ShapeCx *cx, const Node *x, IntList axes, Shape *shape)
{
    *shape = x->shape;
    for (uint32_t i = 0; i < axes.n; i++)
        if (axes.at[i] < 0 || axes.at[i] >= x->shape.rank || x->shape.dim[axes.at[i]].batch)
            return fail(cx, OP_reverse, x, "no such axis, or the batch axis");
    return true;
}

bool shape_move(ShapeCx *cx, Op op, uint32_t n_in, Node *const *in, const Attr *attr, Shape *shape,
                RtDtype *dtype)
{
    *dtype = in[0]->dtype;
    switch ((int)op) {
    case OP_reshape:
        return shape_reshape(cx, in[0], *attr[0].dims, shape);
    case OP_transpose:
        return shape_transpose(cx, in[0], attr[0].ints, shape);
    case OP_broadcast:
        return shape_broadcast(cx, in[0], attr, shape);
    case OP_slice:
        return shape_slice(cx, in[0], attr, shape);
    case OP_pad:
        return shape_pad(cx, in, attr, shape);
    case OP_concat:
        return shape_concat(cx, n_in, in, attr[0].i, shape);
    default:
        return shape_reverse(cx, in[0], attr[0].ints, shape);
    }
}
