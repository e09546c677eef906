/* prelu.c: PReLU: max(x, 0) - alpha * max(-x, 0), with a weight alpha per element of a sample.
 *
 * Along a shared axis alpha has size 1. */
#include "ir/layers/build_internal.h"

/* alpha's shape; false after an error. */
static bool alpha_shape(BuildCx *cx, const Layer *layer, const Node *x, Shape *shape)
{
    const ArgValue *shared = layer_arg(layer, ARG_PReLU_shared_axes);
    Shape row = row_of_shape(&x->shape);
    *shape = row;
    for (uint32_t i = 0; !shared->none && i < shared->n; i++) {
        int64_t axis = shared->ints[i];
        if (axis < 1 || axis > row.rank) {
            diag_error(cx->diags, shared->range,
                       "layer '%s' cannot share axis %lld: samples of shape %s have axes 1 to %d",
                       layer->name, (long long)axis, shape_for_user(cx->arena, &row), row.rank);
            return false;
        }
        shape->dim[axis - 1].n = 1;
    }
    return true;
}

/* alpha over all of x: axes of size 1 are taken away, then repeated. */
static Node *alpha_over(BuildCx *cx, Node *alpha, const Node *x)
{
    Shape kept = {0};
    int64_t axes[MAX_RANK];
    for (int i = 0; i < alpha->shape.rank; i++) {
        if (alpha->shape.dim[i].n == 1 && x->shape.dim[i + 1].n != 1)
            continue;
        axes[kept.rank] = i + 1;
        kept.dim[kept.rank++] = alpha->shape.dim[i];
    }
    if (kept.rank != alpha->shape.rank)
        alpha = g_reshape(&cx->b, alpha, kept);
    return g_broadcast(&cx->b, alpha, x->shape, axes);
}

bool build_PReLU(BuildCx *cx, const Layer *layer, const Flow *in, size_t n_in, Flow *out)
{
    nnl_assert(n_in == 1);
    Builder *b = &cx->b;
    Node *x = in[0].value;
    Shape shape;
    if (!alpha_shape(cx, layer, x, &shape))
        return false;
    Node *alpha =
        weight_read(cx, "alpha", shape, layer_arg(layer, ARG_PReLU_alpha_initializer)->calls[0]);
    if (!alpha)
        return false;
    Node *zero = g_const_like(b, x, 0);
    Node *low = g_binary(b, OP_max, g_unary(b, OP_neg, x), zero);
    Node *y = g_sub(b, g_binary(b, OP_max, x, zero), g_mul(b, alpha_over(cx, alpha, x), low));
    *out = (Flow){y, in[0].mask};
    return true;
}
