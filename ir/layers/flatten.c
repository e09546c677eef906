/* flatten.c: Flatten: [N, a, b, ..] -> [N, a * b * ..], row-major. */
#include "ir/layers/build_internal.h"

bool build_Flatten(BuildCx *cx, const Layer *layer, const Flow *in, size_t n_in, Flow *out)
{
    (void)layer;
    nnl_assert(n_in == 1);
    Node *x = in[0].value;
    Shape row = row_of_shape(&x->shape);
    int64_t count = shape_count(&row, 1);
    Shape flat = shape_of_dims(1, &count);
    *out = (Flow){row.rank == 1 ? x : g_reshape(&cx->b, x, shape_of_rows(&flat)), NULL};
    return true;
}
