/* reduce.c: sum, reduce_max drop their axes; argmax drops one and gives i32. */
#include "ir/graph/rules.h"

static bool drop_axes(ShapeCx *cx, Op op, const Node *x, IntList axes, Shape *shape)
{
    *shape = shape_scalar();
    for (uint32_t i = 0; i < axes.n; i++)
        if (axes.at[i] < 0 || axes.at[i] >= x->shape.rank || (i && axes.at[i] <= axes.at[i - 1]))
            return shape_error(cx, "'%s': axes must be in order and inside %s", op_info(op)->name,
                               shape_of(cx, x));
    for (int d = 0; d < x->shape.rank; d++) {
        bool dropped = false;
        for (uint32_t i = 0; i < axes.n; i++)
            dropped |= axes.at[i] == d;
        if (!dropped)
            shape->dim[shape->rank++] = x->shape.dim[d];
        else if (op != OP_sum && !x->shape.dim[d].n)
            return shape_error(cx, "'%s' over an empty axis of %s", op_info(op)->name,
                               shape_of(cx, x));
    }
    return true;
}

bool shape_reduce(ShapeCx *cx, Op op, uint32_t n_in, Node *const *in, const Attr *attr,
                  Shape *shape, RtDtype *dtype)
{
    int64_t axis = op == OP_argmax ? attr[0].i : 0;
    IntList axes = op == OP_argmax ? (IntList){1, &axis} : attr[0].ints;
    (void)n_in;
    *dtype = op == OP_argmax ? RT_i32 : op == OP_sum ? attr[1].dtype : in[0]->dtype;
    if (in[0]->dtype == RT_bool)
        return shape_error(cx, "%s does not take %s", shape_op(cx, op), shape_of(cx, in[0]));
    return drop_axes(cx, op, in[0], axes, shape);
}
