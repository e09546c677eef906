/* unary.c: one input, the same shape and type. */
#include "ir/graph/rules.h"

static bool takes_integers(Op op)
{
    return op == OP_neg || op == OP_abs || op == OP_sign || op == OP_floor || op == OP_round;
}

bool shape_unary(ShapeCx *cx, Op op, uint32_t n_in, Node *const *in, const Attr *attr, Shape *shape,
                 RtDtype *dtype)
{
    (void)n_in;
    (void)attr;
    *shape = in[0]->shape;
    *dtype = in[0]->dtype;
    if (!rt_dtype(*dtype)->is_float && (!takes_integers(op) || *dtype == RT_bool))
        return shape_error(cx, "%s does not take %s", shape_op(cx, op), shape_of(cx, in[0]));
    return true;
}
