/* normalization.c: Normalization: (x - mean) / max(sqrt(variance), 1e-7), or the way back.
 *
 * Mean and variance have the shape of the axes that they belong to. They are constants, or weights that
 * training leaves alone; the weight `count`, which is 0 and which nothing reads, stands in Keras's files. */
#include "ir/layers/build_internal.h"

static const double least_deviation = 1e-7;

/* Both arguments or none, with as many numbers. */
static bool given_fit(BuildCx *cx, const Layer *layer, const ArgValue *mean,
                      const ArgValue *variance)
{
    if (mean->none && variance->none)
        return true;
    if (mean->none || variance->none)
        diag_error(cx->diags, mean->none ? variance->range : mean->range,
                   "layer '%s' has a %s but no %s", layer->name, mean->none ? "variance" : "mean",
                   mean->none ? "mean" : "variance");
    else if (mean->n != variance->n)
        diag_error(cx->diags, variance->range,
                   "layer '%s' has %u numbers as mean but %u as variance", layer->name, mean->n,
                   variance->n);
    else
        return true;
    return false;
}

static bool axes_kept(BuildCx *cx, const Layer *layer, const Node *x, Axes *axes)
{
    const ArgValue *arg = layer_arg(layer, ARG_Normalization_axis);
    const char *who = arena_printf(cx->arena, "layer '%s'", layer->name);
    *axes = (Axes){.count = 1};
    if (arg->none)
        return true;
    if (x->shape.rank > 1)
        return axes_of_argument(cx, arg, who, &x->shape, axes);
    diag_error(cx->diags, layer->range, "%s has no axis to go over: samples are single numbers",
               who);
    diag_help(cx->diags, "write axis=none");
    return false;
}

/* Given numbers over all of x; NULL after an error. */
static Node *given(BuildCx *cx, const Layer *layer, const ArgValue *arg, const Axes *axes,
                   Node *(*of)(Builder *b, Node *value), const Node *x)
{
    Builder *b = &cx->b;
    int64_t last = axes->n ? x->shape.dim[axes->at[axes->n - 1]].n : 1;
    Shape shape = {0};
    Node *value = g_row(b, x->dtype, arg->n, arg->floats);
    if (arg->n == 1) {
        value = of(b, g_reshape(b, value, shape));
        return g_splat(b, value, x->shape);
    }
    if (arg->n == axes->count) {
        for (uint32_t i = 0; i < axes->n; i++)
            shape.dim[shape.rank++] = x->shape.dim[axes->at[i]];
        value = axes->n > 1 ? g_reshape(b, value, shape) : value;
        return g_broadcast(b, of(b, value), x->shape, axes->at);
    }
    if (arg->n == last)
        return g_broadcast(b, of(b, value), x->shape, &axes->at[axes->n - 1]);
    if (axes->n)
        diag_error(cx->diags, arg->range, "layer '%s' has %u numbers for %lld places", layer->name,
                   arg->n, (long long)axes->count);
    else
        diag_error(cx->diags, arg->range, "layer '%s' has %u numbers, but axis=none takes one",
                   layer->name, arg->n);
    return NULL;
}

static Node *itself(Builder *b, Node *value)
{
    (void)b;
    return value;
}

static Node *deviation(Builder *b, Node *variance)
{
    Node *root = g_unary(b, OP_sqrt, variance);
    return g_binary(b, OP_max, root, g_const_like(b, root, least_deviation));
}

/* The weights over all of x; false after an error. */
static bool learned(BuildCx *cx, const Axes *axes, const Node *x, Node **mean, Node **scale)
{
    Shape shape = {0};
    for (uint32_t i = 0; i < axes->n; i++)
        shape.dim[shape.rank++] = x->shape.dim[axes->at[i]];
    const State *m = weight_fixed(cx, "mean", x->dtype, shape, false);
    const State *v = weight_fixed(cx, "variance", x->dtype, shape, true);
    if (!m || !v || !weight_fixed(cx, "count", RT_i32, shape_scalar(), false))
        return false;
    *mean = g_broadcast(&cx->b, state_read(cx, m->name), x->shape, axes->at);
    *scale = g_broadcast(&cx->b, deviation(&cx->b, state_read(cx, v->name)), x->shape, axes->at);
    return true;
}

bool build_Normalization(BuildCx *cx, const Layer *layer, const Flow *in, size_t n_in, Flow *out)
{
    nnl_assert(n_in == 1);
    Builder *b = &cx->b;
    Node *x = in[0].value, *mean = NULL, *scale = NULL;
    const ArgValue *given_mean = layer_arg(layer, ARG_Normalization_mean);
    const ArgValue *given_variance = layer_arg(layer, ARG_Normalization_variance);
    Axes axes;
    if (!given_fit(cx, layer, given_mean, given_variance) || !axes_kept(cx, layer, x, &axes))
        return false;
    if (given_mean->none && !learned(cx, &axes, x, &mean, &scale))
        return false;
    if (!given_mean->none) {
        mean = given(cx, layer, given_mean, &axes, itself, x);
        scale = mean ? given(cx, layer, given_variance, &axes, deviation, x) : NULL;
        if (!scale)
            return false;
    }
    bool invert = layer_arg(layer, ARG_Normalization_invert)->i != 0;
    Node *y = invert ? g_add(b, mean, g_mul(b, x, scale)) : g_div(b, g_sub(b, x, mean), scale);
    *out = (Flow){y, in[0].mask};
    return true;
}
