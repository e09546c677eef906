/* dropout.c: Dropout: in training y = x / (1 - rate) with probability 1 - rate, else 0.
 *
 * noise_shape makes elements along an axis share their fate: bits are drawn for the axes that stay, and repeated.
 * An element is dropped if its 32 random bits are below rate * 2^32. A rate that is a number is folded
 * here; one that depends on options is a scalar of the run, compared in double. */
#include "ir/layers/build_internal.h"

/* The axes that elements of the mask are drawn for; along the others they repeat. */
typedef struct Mask {
    int64_t axes[MAX_RANK];
    uint32_t n;
} Mask;

/* As in Keras the list ends with the last axis, and begins with the batch where it is as long as the shape.
 * False after an error. */
static bool mask_of(BuildCx *cx, const Layer *layer, const Shape *x, Mask *out)
{
    const ArgValue *mask = layer_arg(layer, ARG_Dropout_noise_shape);
    uint32_t given = mask->none ? 0 : mask->n, missing = x->rank - given;
    bool fits = given <= x->rank;
    out->n = 0;
    for (uint32_t d = 0; d < x->rank && fits; d++) {
        int64_t size = mask->none ? -1 : d < missing ? 1 : mask->ints[d - missing];
        fits = size == 1 || (size < 0 && (mask->none || !missing)) ||
               (size == x->dim[d].n && !x->dim[d].batch);
        if (size < 0 || (size == x->dim[d].n && size > 1))
            out->axes[out->n++] = d;
    }
    if (fits)
        return true;
    diag_error(cx->diags, mask->range, "the mask of layer '%s' does not fit its input of shape %s",
               layer->name, shape_for_user(cx->arena, x));
    diag_help(cx->diags,
              "write a size for each axis: 1 to share the mask, none for the input's own "
              "size; for the batch 1 or none");
    return false;
}

static Node *random_bits(BuildCx *cx, const Layer *layer, const Node *x, const Mask *mask)
{
    Shape drawn = {.rank = (uint8_t)mask->n};
    for (uint32_t i = 0; i < mask->n; i++)
        drawn.dim[i] = x->shape.dim[mask->axes[i]];
    Node *seed = seed_node(cx, layer_arg(layer, ARG_Dropout_seed));
    Node *step = g_scalar(&cx->b, SCALAR_step, RT_i64);
    Node *bits = g_rng(&cx->b, seed, step, stream_of(cx, "dropout"), drawn);
    return mask->n == x->shape.rank ? bits : g_broadcast(&cx->b, bits, x->shape, mask->axes);
}

static Node *drop_fixed(BuildCx *cx, const Layer *layer, Node *x, const Mask *mask, double rate)
{
    Builder *b = &cx->b;
    Node *zero = g_const_like(b, x, 0);
    if (rate >= 1)
        return zero;
    Node *bits = random_bits(cx, layer, x, mask);
    double bound = rate * 4294967296.0;
    Node *dropped = g_binary(b, OP_lt, bits,
                             g_const_like(b, bits, bound > 4294967295.0 ? 4294967295.0 : bound));
    return g_select(b, dropped, zero, g_mul(b, x, g_const_like(b, x, 1 / (1 - rate))));
}

static Node *drop_by_option(BuildCx *cx, const Layer *layer, Node *x, const Mask *mask, Node *rate)
{
    Builder *b = &cx->b;
    Node *one = g_const(b, RT_f64, 1);
    Node *keep = g_sub(b, one, rate);
    Node *some = g_binary(b, OP_lt, g_const(b, RT_f64, 0), keep);
    Node *factor = g_div(b, one, g_select(b, some, keep, one));
    factor = g_select(b, some, factor, g_const(b, RT_f64, 0));
    Node *bound = g_mul(b, rate, g_const(b, RT_f64, 4294967296.0));
    Node *bits = g_cast(b, random_bits(cx, layer, x, mask), RT_f64);
    Node *dropped = g_binary(b, OP_lt, bits, g_splat(b, bound, x->shape));
    factor = g_splat(b, g_cast(b, factor, x->dtype), x->shape);
    return g_select(b, dropped, g_const_like(b, x, 0), g_mul(b, x, factor));
}

bool build_Dropout(BuildCx *cx, const Layer *layer, const Flow *in, size_t n_in, Flow *out)
{
    nnl_assert(n_in == 1);
    const Expr *rate = layer_arg(layer, ARG_Dropout_rate)->expr;
    Mask mask;
    stream_of(cx, "dropout"); /* streams do not depend on the use */
    *out = in[0];
    if (!mask_of(cx, layer, &in[0].value->shape, &mask))
        return false;
    if (cx->request->use != USE_train || (rate->op == EX_number && rate->value <= 0))
        return true;
    if (rate->op == EX_number)
        out->value = drop_fixed(cx, layer, in[0].value, &mask, rate->value);
    else
        out->value = drop_by_option(cx, layer, in[0].value, &mask, expr_scalar(cx, rate));
    return true;
}
