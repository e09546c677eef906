/* rescaling.c: Rescaling: x * scale + offset, each one number or one per element of the last axis. */
#include "ir/layers/build_internal.h"

/* The argument with the shape of x; NULL after an error. */
static Node *per_feature(BuildCx *cx, const Layer *layer, const ArgValue *arg, const Node *x)
{
    if (arg->n == 1)
        return g_const_like(&cx->b, x, arg->floats[0]);
    if (arg->n == last_dim(x))
        return broadcast_last(cx, g_row(&cx->b, cx->request->compute, arg->n, arg->floats),
                              &x->shape);
    diag_error(cx->diags, arg->range, "layer '%s' has %u numbers for %lld features", layer->name,
               arg->n, (long long)last_dim(x));
    return NULL;
}

bool build_Rescaling(BuildCx *cx, const Layer *layer, const Flow *in, size_t n_in, Flow *out)
{
    nnl_assert(n_in == 1);
    Node *x = in[0].value;
    Node *scale = per_feature(cx, layer, layer_arg(layer, ARG_Rescaling_scale), x);
    Node *offset = per_feature(cx, layer, layer_arg(layer, ARG_Rescaling_offset), x);
    if (!scale || !offset)
        return false;
    *out = (Flow){g_add(&cx->b, g_mul(&cx->b, x, scale), offset), in[0].mask};
    return true;
}
