/* softmax_layer.c: Softmax as a layer. */
#include "ir/layers/build_internal.h"
#include "ir/layers/softmax.h"

bool build_Softmax(BuildCx *cx, const Layer *layer, const Flow *in, size_t n_in, Flow *out)
{
    nnl_assert(n_in == 1);
    Node *x = in[0].value;
    const ArgValue *arg = layer_arg(layer, ARG_Softmax_axis);
    const char *who = arena_printf(cx->arena, "layer '%s'", layer->name);
    Axes axes;
    if (!axes_of_argument(cx, arg, who, &x->shape, &axes))
        return false;
    *out = (Flow){over_axes(&cx->b, x, axes.at, axes.n, softmax_node), NULL};
    return true;
}
