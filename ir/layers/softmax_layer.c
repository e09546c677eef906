/* softmax_layer.c: Softmax as a layer. */
#include "ir/layers/build_internal.h"
#include "ir/layers/softmax.h"

bool build_Softmax(BuildCx *cx, const Layer *layer, const Flow *in, size_t n_in, Flow *out)
{
    nnl_assert(n_in == 1);
    Node *x = in[0].value;
    const ArgValue *arg = layer_arg(layer, ARG_Softmax_axis);
    int64_t axis = arg->i < 0 ? arg->i + x->shape.rank : arg->i;
    if (axis < 1 || axis >= x->shape.rank) {
        diag_error(cx->diags, arg->range, "layer '%s' over axis %lld of a value of shape %s",
                   layer->name, (long long)arg->i, shape_for_user(cx->arena, &x->shape));
        return false;
    }
    *out = (Flow){softmax_node(&cx->b, x, (int)axis), NULL};
    return true;
}
