/* reshape.c: Reshape: [N, a, ..] -> [N, target..], row-major; one size may be -1: whatever is left. */
#include "ir/layers/build_internal.h"

bool build_Reshape(BuildCx *cx, const Layer *layer, const Flow *in, size_t n_in, Flow *out)
{
    nnl_assert(n_in == 1);
    Node *x = in[0].value;
    const ArgValue *target = layer_arg(layer, ARG_Reshape_target_shape);
    Shape from = row_of_shape(&x->shape);
    int64_t dims[RT_MAX_ROW_RANK], count = shape_count(&from, 1);
    nnl_assert(target->n <= RT_MAX_ROW_RANK);
    if (!rt_reshape(target->ints, target->n, count, dims)) {
        diag_error(cx->diags, target->range,
                   "layer '%s' cannot make samples of shape %s from shape %s with %lld elements",
                   layer->name, row_shape_text(cx->arena, target->n, target->ints),
                   shape_for_user(cx->arena, &from), (long long)count);
        return false;
    }
    Shape row = shape_of_dims(target->n, dims);
    *out = (Flow){g_reshape(&cx->b, x, shape_of_rows(&row)), NULL};
    return true;
}
