/* dropout.c: Dropout: in training y = x / (1 - rate) with probability 1 - rate, else 0.
 *
 * An element is dropped if its 32 random bits are below rate * 2^32. A rate that is a number is folded
 * here; one that depends on options is a scalar of the run, compared in double. */
#include "ir/layers/build_internal.h"

static Node *random_bits(BuildCx *cx, const Layer *layer, const Node *x)
{
    Node *seed = seed_node(cx, layer_arg(layer, ARG_Dropout_seed));
    Node *step = g_scalar(&cx->b, SCALAR_step, RT_i64);
    return g_rng(&cx->b, seed, step, stream_of(cx, "dropout"), x->shape);
}

static Node *drop_fixed(BuildCx *cx, const Layer *layer, Node *x, double rate)
{
    Builder *b = &cx->b;
    Node *zero = g_const_like(b, x, 0);
    if (rate >= 1)
        return zero;
    Node *bits = random_bits(cx, layer, x);
    double bound = rate * 4294967296.0;
    Node *dropped = g_binary(b, OP_lt, bits,
                             g_const_like(b, bits, bound > 4294967295.0 ? 4294967295.0 : bound));
    return g_select(b, dropped, zero, g_mul(b, x, g_const_like(b, x, 1 / (1 - rate))));
}

static Node *drop_by_option(BuildCx *cx, const Layer *layer, Node *x, Node *rate)
{
    Builder *b = &cx->b;
    Node *one = g_const(b, RT_f64, 1);
    Node *keep = g_sub(b, one, rate);
    Node *some = g_binary(b, OP_lt, g_const(b, RT_f64, 0), keep);
    Node *factor = g_div(b, one, g_select(b, some, keep, one));
    factor = g_select(b, some, factor, g_const(b, RT_f64, 0));
    Node *bound = g_mul(b, rate, g_const(b, RT_f64, 4294967296.0));
    Node *bits = g_cast(b, random_bits(cx, layer, x), RT_f64);
    Node *dropped = g_binary(b, OP_lt, bits, g_splat(b, bound, x->shape));
    factor = g_splat(b, g_cast(b, factor, x->dtype), x->shape);
    return g_select(b, dropped, g_const_like(b, x, 0), g_mul(b, x, factor));
}

bool build_Dropout(BuildCx *cx, const Layer *layer, const Flow *in, size_t n_in, Flow *out)
{
    nnl_assert(n_in == 1);
    const Expr *rate = layer_arg(layer, ARG_Dropout_rate)->expr;
    stream_of(cx, "dropout"); /* streams do not depend on the use */
    *out = in[0];
    if (cx->request->use != USE_train || (rate->op == EX_number && rate->value <= 0))
        return true;
    if (rate->op == EX_number)
        out->value = drop_fixed(cx, layer, in[0].value, rate->value);
    else
        out->value = drop_by_option(cx, layer, in[0].value, expr_scalar(cx, rate));
    return true;
}
