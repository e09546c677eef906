/* dense.c: Dense: act(x * kernel + bias) on the last axis.
 *
 * [N, .., k] x [k, units] -> [N, .., units]. The bias is where the sums start: it is the dot's init. */
#include "ir/layers/build_internal.h"

static bool dense_fits(BuildCx *cx, const Layer *layer, const Node *x)
{
    if (x->shape.rank >= 2 && rt_dtype(x->dtype)->is_float)
        return true;
    diag_error(cx->diags, layer->range, "layer '%s' needs rows of numbers, but is fed %s",
               layer->name, type_text(cx->arena, x->dtype, &x->shape));
    if (x->shape.rank == 1)
        diag_help(cx->diags, "Flatten() makes a row of each single number");
    return false;
}

bool build_Dense(BuildCx *cx, const Layer *layer, const Flow *in, size_t n_in, Flow *out)
{
    nnl_assert(n_in == 1);
    Node *x = in[0].value;
    if (!dense_fits(cx, layer, x))
        return false;
    int64_t units = layer_arg(layer, ARG_Dense_units)->i;
    Shape kernel_shape = shape_of_dims(2, (int64_t[]){last_dim(x), units});
    Node *kernel = weight_read(cx, "kernel", kernel_shape,
                               layer_arg(layer, ARG_Dense_kernel_initializer)->calls[0]);
    Shape y_shape = shape_with_last(&x->shape, units);
    Node *bias = NULL;
    if (!kernel)
        return false;
    if (layer_arg(layer, ARG_Dense_use_bias)->i) {
        bias = weight_read(cx, "bias", shape_of_dims(1, &units),
                           layer_arg(layer, ARG_Dense_bias_initializer)->calls[0]);
        if (!bias)
            return false;
        bias = broadcast_last(cx, bias, &y_shape);
    }
    Node *y = g_matmul(&cx->b, x, kernel, bias);
    const ArgValue *activation = layer_arg(layer, ARG_Dense_activation);
    if (!activation->none)
        y = build_activation(cx, activation->calls[0], y);
    *out = (Flow){y, in[0].mask};
    return y != NULL;
}
