/* relu.c: ReLU and LeakyReLU as layers. */
#include "ir/layers/build_internal.h"

bool build_ReLU(BuildCx *cx, const Layer *layer, const Flow *in, size_t n_in, Flow *out)
{
    nnl_assert(n_in == 1);
    const ArgValue *bound = layer_arg(layer, ARG_ReLU_max_value);
    *out = in[0];
    out->value = relu_general(&cx->b, in[0].value, layer_arg(layer, ARG_ReLU_negative_slope)->f,
                              !bound->none, bound->f, layer_arg(layer, ARG_ReLU_threshold)->f);
    return true;
}

bool build_LeakyReLU(BuildCx *cx, const Layer *layer, const Flow *in, size_t n_in, Flow *out)
{
    nnl_assert(n_in == 1);
    *out = in[0];
    out->value = leaky_relu(&cx->b, in[0].value, layer_arg(layer, ARG_LeakyReLU_negative_slope)->f);
    return true;
}
