/* compare.c: eq, lt, le, is_finite: bool of the operands' shape. */
#include "ir/graph/rules.h"

bool shape_compare(ShapeCx *cx, Op op, uint32_t n_in, Node *const *in, const Attr *attr,
                   Shape *shape, RtDtype *dtype)
{
    (void)attr;
    *shape = in[0]->shape;
    *dtype = RT_bool;
    if (n_in > 1 && (in[1]->dtype != in[0]->dtype || !shape_equal(&in[1]->shape, shape)))
        return shape_error(cx, "%s needs operands of one shape and type, not %s and %s",
                           shape_op(cx, op), shape_of(cx, in[0]), shape_of(cx, in[1]));
    if (in[0]->dtype == RT_bool && op != OP_eq)
        return shape_error(cx, "%s does not take %s", shape_op(cx, op), shape_of(cx, in[0]));
    return true;
}
