/* choose.c: select, cast, stop_gradient. */
#include "ir/graph/rules.h"

bool shape_choose(ShapeCx *cx, Op op, uint32_t n_in, Node *const *in, const Attr *attr,
                  Shape *shape, RtDtype *dtype)
{
    (void)n_in;
    *shape = in[0]->shape;
    *dtype = op == OP_cast ? attr[0].dtype : in[0]->dtype;
    if (op != OP_select)
        return true;
    *dtype = in[1]->dtype;
    if (in[0]->dtype != RT_bool || in[2]->dtype != *dtype || !shape_equal(&in[1]->shape, shape) ||
        !shape_equal(&in[2]->shape, shape))
        return shape_error(cx, "%s needs bool and two values of its shape, not %s, %s, %s",
                           shape_op(cx, op), shape_of(cx, in[0]), shape_of(cx, in[1]),
                           shape_of(cx, in[2]));
    return true;
}
