/* bits.c: and, or, xor, not on bool and integers; shl, shr, rem on integers. */
#include "ir/graph/rules.h"

bool shape_bits(ShapeCx *cx, Op op, uint32_t n_in, Node *const *in, const Attr *attr, Shape *shape,
                RtDtype *dtype)
{
    (void)attr;
    *shape = in[0]->shape;
    *dtype = in[0]->dtype;
    if (n_in > 1 && (in[1]->dtype != *dtype || !shape_equal(&in[1]->shape, shape)))
        return shape_error(cx, "%s needs operands of one shape and type, not %s and %s",
                           shape_op(cx, op), shape_of(cx, in[0]), shape_of(cx, in[1]));
    bool arithmetic = op == OP_shl || op == OP_shr || op == OP_rem;
    if (rt_dtype(*dtype)->is_float || (arithmetic && *dtype == RT_bool))
        return shape_error(cx, "%s does not take %s", shape_op(cx, op), shape_of(cx, in[0]));
    return true;
}
