/* binary.c: inputs of equal shape and type; broadcasting is written out. */
#include "ir/graph/rules.h"

static bool takes_integers(Op op)
{
    return op != OP_div && op != OP_pow && op != OP_fma;
}

bool shape_binary(ShapeCx *cx, Op op, uint32_t n_in, Node *const *in, const Attr *attr,
                  Shape *shape, RtDtype *dtype)
{
    (void)attr;
    *shape = in[0]->shape;
    *dtype = in[0]->dtype;
    for (uint32_t i = 1; i < n_in; i++)
        if (in[i]->dtype != *dtype || !shape_equal(&in[i]->shape, shape))
            return shape_error(cx, "%s needs operands of one shape and type, not %s and %s",
                               shape_op(cx, op), shape_of(cx, in[0]), shape_of(cx, in[i]));
    if (*dtype == RT_bool || (!rt_dtype(*dtype)->is_float && !takes_integers(op)))
        return shape_error(cx, "%s does not take %s", shape_op(cx, op), shape_of(cx, in[0]));
    return true;
}
