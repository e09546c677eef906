/* index.c: gather takes slices of x along an axis, scatter_add adds them back. */
#include "ir/graph/rules.h"

/* x with `axis` replaced by the axes of the index. */
static bool replaced(const Shape *x, const Shape *index, int64_t axis, Shape *out)
{
    *out = shape_scalar();
    if (x->rank - 1 + index->rank > MAX_RANK)
        return false;
    for (int d = 0; d < axis; d++)
        out->dim[out->rank++] = x->dim[d];
    for (int d = 0; d < index->rank; d++)
        out->dim[out->rank++] = index->dim[d];
    for (int d = (int)axis + 1; d < x->rank; d++)
        out->dim[out->rank++] = x->dim[d];
    int n = 0;
    for (int d = 0; d < out->rank; d++)
        n += out->dim[d].batch;
    return n <= 1;
}

bool shape_index(ShapeCx *cx, Op op, uint32_t n_in, Node *const *in, const Attr *attr, Shape *shape,
                 RtDtype *dtype)
{
    const Node *x = in[0], *index = in[1];
    int64_t axis = attr[0].i;
    Shape slices;
    (void)n_in;
    *dtype = x->dtype;
    if (axis < 0 || axis >= x->shape.rank || x->shape.dim[axis].batch || !x->shape.dim[axis].n)
        return shape_error(cx, "'%s' has no axis %lld in %s", op_info(op)->name, (long long)axis,
                           shape_of(cx, x));
    if (index->dtype != RT_i32 && index->dtype != RT_i64)
        return shape_error(cx, "'%s' needs an index of i32 or i64, not %s", op_info(op)->name,
                           shape_of(cx, index));
    if (!replaced(&x->shape, &index->shape, axis, &slices))
        return shape_error(cx,
                           "'%s' of %s by %s: the result would have too many axes, or the batch "
                           "twice",
                           op_info(op)->name, shape_of(cx, x), shape_of(cx, index));
    *shape = op == OP_gather ? slices : x->shape;
    if (op == OP_scatter_add && (in[2]->dtype != x->dtype || !shape_equal(&in[2]->shape, &slices)))
        return shape_error(cx, "'scatter_add' into %s by %s needs updates of %s, not %s",
                           shape_of(cx, x), shape_of(cx, index),
                           type_text(cx->g->arena, x->dtype, &slices), shape_of(cx, in[2]));
    return true;
}
