/* activations.c: the rows of activations.def as nodes, and fn(x).
 *
 * Formulas are written so that they and their gradients hold everywhere: what stands in a branch not
 * taken is clamped, so that no Inf * 0 arises (docs/ir.md, compositions that look right and are wrong). */
#include "ir/layers/build_internal.h"
#include "ir/layers/softmax.h"

static Node *constant(Builder *b, const Node *x, double value)
{
    return g_const_like(b, x, value);
}

static Node *at_least(Builder *b, Node *x, double bound)
{
    return g_binary(b, OP_max, x, constant(b, x, bound));
}

static Node *at_most(Builder *b, Node *x, double bound)
{
    return g_binary(b, OP_min, x, constant(b, x, bound));
}

static Node *above(Builder *b, Node *x, double bound)
{
    return g_binary(b, OP_lt, constant(b, x, bound), x);
}

static Node *not_below_0(Builder *b, Node *x)
{
    return g_binary(b, OP_le, constant(b, x, 0), x);
}

static Node *times(Builder *b, Node *x, double factor)
{
    return g_mul(b, x, constant(b, x, factor));
}

static Node *plus(Builder *b, Node *x, double term)
{
    return g_add(b, x, constant(b, x, term));
}

/* x > t: x, with a bound between 0 and it; else slope * (x - t). A NaN stays. */
Node *relu_general(Builder *b, Node *x, double slope, bool bounded, double bound, double threshold)
{
    if (threshold == 0 && slope == 0) {
        Node *y = at_least(b, x, 0);
        return bounded ? at_most(b, y, bound) : y;
    }
    Node *low = times(b, plus(b, x, -threshold), slope);
    if (slope == 0)
        low = constant(b, x, 0);
    Node *high = bounded && threshold < 0 ? at_least(b, x, 0) : x;
    Node *not_above = g_binary(b, OP_le, x, constant(b, x, threshold));
    return g_select(b, not_above, low, bounded ? at_most(b, high, bound) : x);
}

Node *leaky_relu(Builder *b, Node *x, double slope)
{
    return g_select(b, not_below_0(b, x), x, times(b, x, slope));
}

Node *elu(Builder *b, Node *x, double alpha)
{
    Node *low = times(b, g_unary(b, OP_expm1, at_most(b, x, 0)), alpha);
    return g_select(b, not_below_0(b, x), x, low);
}

static Node *celu(Builder *b, Node *x, double alpha)
{
    Node *ratio = g_div(b, at_most(b, x, 0), constant(b, x, alpha));
    return g_select(b, not_below_0(b, x), x, times(b, g_unary(b, OP_expm1, ratio), alpha));
}

static Node *hard_sigmoid(Builder *b, Node *x)
{
    return at_most(b, at_least(b, plus(b, times(b, x, 1.0 / 6), 0.5), 0), 1);
}

static Node *soft_shrink(Builder *b, Node *x, double t)
{
    Node *below = g_binary(b, OP_lt, x, constant(b, x, -t));
    Node *low = g_select(b, below, plus(b, x, t), constant(b, x, 0));
    return g_select(b, above(b, x, t), plus(b, x, -t), low);
}

/* 0 up to -1, (x + 1)^2 / 4 up to 1, then x */
static Node *sparse_plus(Builder *b, Node *x)
{
    Node *u = plus(b, at_most(b, at_least(b, x, -1), 1), 1);
    Node *bend = times(b, g_mul(b, u, u), 0.25);
    return g_select(b, g_binary(b, OP_lt, x, constant(b, x, 1)), bend, x);
}

static Node *squareplus(Builder *b, Node *x, double c)
{
    Node *root = g_unary(b, OP_sqrt, plus(b, g_mul(b, x, x), c));
    return times(b, g_add(b, x, root), 0.5);
}

static Node *gelu(Builder *b, Node *x, bool approximate)
{
    Node *gate;
    if (approximate) {
        Node *cube = g_mul(b, x, g_mul(b, x, x));
        Node *inner = g_add(b, x, times(b, cube, 0.044715));
        gate = g_unary(b, OP_tanh, times(b, inner, 0.7978845608028654)); /* sqrt(2 / pi) */
    } else {
        gate = g_unary(b, OP_erf, times(b, x, 0.7071067811865476)); /* 1 / sqrt(2) */
    }
    return g_mul(b, times(b, x, 0.5), plus(b, gate, 1));
}

/* The axis of the call, from 0; -1 after an error. Counted as in Keras: the batch is axis 0. */
static int call_axis(BuildCx *cx, const Call *call, const ArgValue *arg, const Node *x)
{
    int64_t axis = arg->i < 0 ? arg->i + x->shape.rank : arg->i;
    if (axis >= 1 && axis < x->shape.rank)
        return (int)axis;
    if (axis == 0)
        diag_error(cx->diags, arg->range, "'%s' cannot go over axis %lld: that is the batch",
                   call->row->name, (long long)arg->i);
    else
        diag_error(cx->diags, arg->range, "'%s' over axis %lld of a value of shape %s",
                   call->row->name, (long long)arg->i, shape_for_user(cx->arena, &x->shape));
    return -1;
}

static Node *over_axis(BuildCx *cx, const Call *call, Node *x)
{
    Builder *b = &cx->b;
    int axis = call_axis(cx, call, &call->args[0], x);
    if (axis < 0)
        return NULL;
    if (call->row->id == ACTIVATION_glu) {
        if (x->shape.dim[axis].n % 2 == 0)
            return glu_node(b, x, axis);
        diag_error(cx->diags, call->range, "'glu' halves its axis, which has %lld elements",
                   (long long)x->shape.dim[axis].n);
        return NULL;
    }
    return call->row->id == ACTIVATION_softmax       ? softmax_node(b, x, axis)
           : call->row->id == ACTIVATION_log_softmax ? log_softmax_node(b, x, axis)
                                                     : sparsemax_node(b, x, axis);
}

static Node *activation_node(BuildCx *cx, const Call *call, Node *x)
{
    Builder *b = &cx->b;
    const ArgValue *a = call->args;
    switch ((ActivationId)call->row->id) {
    case ACTIVATION_linear:
        return x;
    case ACTIVATION_relu:
        return relu_general(b, x, a[ARG_relu_negative_slope].f, !a[ARG_relu_max_value].none,
                            a[ARG_relu_max_value].f, a[ARG_relu_threshold].f);
    case ACTIVATION_relu6:
        return relu_general(b, x, 0, true, 6, 0);
    case ACTIVATION_leaky_relu:
        return leaky_relu(b, x, a[ARG_leaky_relu_negative_slope].f);
    case ACTIVATION_elu:
        return elu(b, x, a[ARG_elu_alpha].f);
    case ACTIVATION_celu:
        return celu(b, x, a[ARG_celu_alpha].f);
    case ACTIVATION_selu:
        return times(b, elu(b, x, 1.6732632423543772848170429916717),
                     1.0507009873554804934193349852946);
    case ACTIVATION_sigmoid:
        return g_unary(b, OP_sigmoid, x);
    case ACTIVATION_log_sigmoid:
        return g_unary(b, OP_neg, g_unary(b, OP_softplus, g_unary(b, OP_neg, x)));
    case ACTIVATION_hard_sigmoid:
        return hard_sigmoid(b, x);
    case ACTIVATION_sparse_sigmoid:
        return at_most(b, at_least(b, times(b, plus(b, x, 1), 0.5), 0), 1);
    case ACTIVATION_silu:
        return g_mul(b, x, g_unary(b, OP_sigmoid, x));
    case ACTIVATION_hard_silu:
        return g_mul(b, x, hard_sigmoid(b, x));
    case ACTIVATION_tanh:
        return g_unary(b, OP_tanh, x);
    case ACTIVATION_hard_tanh:
        return at_most(b, at_least(b, x, -1), 1);
    case ACTIVATION_tanh_shrink:
        return g_sub(b, x, g_unary(b, OP_tanh, x));
    case ACTIVATION_hard_shrink:
        return g_select(b, above(b, g_unary(b, OP_abs, x), a[ARG_hard_shrink_threshold].f), x,
                        constant(b, x, 0));
    case ACTIVATION_soft_shrink:
        return soft_shrink(b, x, a[ARG_soft_shrink_threshold].f);
    case ACTIVATION_threshold:
        return g_select(b, above(b, x, a[ARG_threshold_threshold].f), x,
                        constant(b, x, a[ARG_threshold_default_value].f));
    case ACTIVATION_softplus:
        return g_unary(b, OP_softplus, x);
    case ACTIVATION_softsign:
        return g_div(b, x, plus(b, g_unary(b, OP_abs, x), 1));
    case ACTIVATION_sparse_plus:
        return sparse_plus(b, x);
    case ACTIVATION_squareplus:
        return squareplus(b, x, a[ARG_squareplus_b].f);
    case ACTIVATION_gelu:
        return gelu(b, x, a[ARG_gelu_approximate].i != 0);
    case ACTIVATION_mish:
        return g_mul(b, x, g_unary(b, OP_tanh, g_unary(b, OP_softplus, x)));
    case ACTIVATION_exponential:
        return g_unary(b, OP_exp, x);
    case ACTIVATION_glu:
    case ACTIVATION_softmax:
    case ACTIVATION_log_softmax:
    case ACTIVATION_sparsemax:
        return over_axis(cx, call, x);
    case N_ACTIVATION:
        break;
    }
    nnl_bug("activation '%s' is not built", call->row->name);
}

/* fn(x): whatever it gives must still be rows of the batch. */
static Node *fn_activation(BuildCx *cx, const Call *call, Node *x)
{
    Node *y = expr_build(cx, call->body, &x, 1);
    if (!y)
        return NULL;
    if (y->shape.rank == 0)
        return g_splat(&cx->b, y, x->shape);
    return y;
}

Node *build_activation(BuildCx *cx, const Call *call, Node *x)
{
    return call->row ? activation_node(cx, call, x) : fn_activation(cx, call, x);
}

bool build_Activation(BuildCx *cx, const Layer *layer, const Flow *in, size_t n_in, Flow *out)
{
    nnl_assert(n_in == 1);
    const ArgValue *activation = layer_arg(layer, ARG_Activation_activation);
    *out = in[0];
    if (!activation->none)
        out->value = build_activation(cx, activation->calls[0], in[0].value);
    return out->value != NULL;
}
