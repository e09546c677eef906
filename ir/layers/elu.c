/* elu.c: ELU as a layer. */
#include "ir/layers/build_internal.h"

bool build_ELU(BuildCx *cx, const Layer *layer, const Flow *in, size_t n_in, Flow *out)
{
    nnl_assert(n_in == 1);
    *out = in[0];
    out->value = elu(&cx->b, in[0].value, layer_arg(layer, ARG_ELU_alpha)->f);
    return true;
}
