/* rescaling.c: Rescaling: x * scale + offset, each one number or one per element of the last axis. */
#include "ir/layers/build_internal.h"

#include <string.h>

/* A constant [n] in the type of the computation. */
static Node *const_row(BuildCx *cx, const double *values, uint32_t n)
{
    RtDtype dtype = cx->request->compute;
    void *bytes = arena_array(cx->arena, n, rt_dtype(dtype)->size);
    for (uint32_t i = 0; i < n; i++) {
        if (dtype == RT_f64)
            ((double *)bytes)[i] = values[i];
        else
            ((float *)bytes)[i] = (float)values[i];
    }
    Shape shape = shape_of_dims(1, (int64_t[]){n});
    Attr attr[MAX_ATTRS] = {{0}};
    op_default_attrs(cx->g, OP_const, attr);
    attr[op_attr_index(OP_const, "dtype")].dtype = dtype;
    attr[op_attr_index(OP_const, "dims")].dims = &shape;
    attr[op_attr_index(OP_const, "data")].data = (ConstData){bytes, false};
    return graph_must(cx->g, OP_const, 0, NULL, attr, cx->b.origin);
}

/* The argument with the shape of x; NULL after an error. */
static Node *per_feature(BuildCx *cx, const Layer *layer, const ArgValue *arg, const Node *x)
{
    if (arg->n == 1)
        return g_const_like(&cx->b, x, arg->floats[0]);
    if (arg->n == last_dim(x))
        return broadcast_last(cx, const_row(cx, arg->floats, arg->n), &x->shape);
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
