/* reshape.c: Reshape: [N, a, ..] -> [N, target..], row-major; one size may be -1: whatever is left. */
#include "ir/layers/build_internal.h"

/* False if no whole size is left, or the products differ. */
static bool reshape_target(const ArgValue *target, int64_t count, Shape *row)
{
    int64_t known = 1, open = -1;
    row->rank = (uint8_t)target->n;
    for (uint32_t i = 0; i < target->n; i++) {
        row->dim[i] = (Dim){target->ints[i], false};
        if (target->ints[i] < 0)
            open = i;
        else if (__builtin_mul_overflow(known, target->ints[i], &known))
            return false;
    }
    if (open < 0)
        return known == count;
    if (known == 0 || count % known != 0)
        return false;
    row->dim[open].n = count / known;
    return true;
}

bool build_Reshape(BuildCx *cx, const Layer *layer, const Flow *in, size_t n_in, Flow *out)
{
    nnl_assert(n_in == 1);
    Node *x = in[0].value;
    const ArgValue *target = layer_arg(layer, ARG_Reshape_target_shape);
    Shape from = row_of_shape(&x->shape), row = {0};
    nnl_assert(target->n < MAX_RANK);
    if (!reshape_target(target, shape_count(&from, 1), &row)) {
        diag_error(cx->diags, target->range,
                   "layer '%s' cannot make samples of shape %s from shape %s with %lld elements",
                   layer->name, shape_for_user(cx->arena, &row), shape_for_user(cx->arena, &from),
                   (long long)shape_count(&from, 1));
        return false;
    }
    *out = (Flow){g_reshape(&cx->b, x, shape_of_rows(&row)), NULL};
    return true;
}
