/* ftrl.c: Ftrl: follow the regularized leader.
 *
 *     h = g + 2 shrink w;  n' = n + g^2                     n starts at initial_accumulator_value
 *     z += h - (n'^-p - n^-p) / lr w                        p = learning_rate_power
 *     q = n'^-p / lr + 2 (l2 + beta / (2 lr))
 *     w = (clip(z, -l1, l1) - z) / q;  n = n' */
#include "ir/optim/update.h"

void prepare_Ftrl(UpdateCx *u)
{
    Builder *b = &u->b;
    const ArgValue *args = u->optimizer->args;
    Node *two = g_const(b, RT_f64, 2);
    Node *beta = g_const(b, RT_f64, args[ARG_Ftrl_beta].f);
    Node *l2 = g_const(b, RT_f64, args[ARG_Ftrl_l2_regularization_strength].f);
    l2 = g_add(b, l2, g_div(b, beta, g_mul(b, two, u->rate_f64)));
    u->shared[0] = update_scalar(u, g_mul(b, two, l2));
}

/* x^-p */
static Node *power(UpdateCx *u, Node *x)
{
    double p = u->optimizer->args[ARG_Ftrl_learning_rate_power].f;
    if (p == -0.5)
        return g_unary(&u->b, OP_sqrt, x);
    return g_binary(&u->b, OP_pow, x, update_const(u, -p));
}

Node *update_Ftrl(UpdateCx *u, const State *w, Node *value, Node *g)
{
    Builder *b = &u->b;
    const ArgValue *args = u->optimizer->args;
    double shrink = args[ARG_Ftrl_l2_shrinkage_regularization_strength].f;
    Node *l1 = update_const(u, args[ARG_Ftrl_l1_regularization_strength].f);
    Node *old = slot_read(u, w, "accumulator", args[ARG_Ftrl_initial_accumulator_value].f);
    Node *h = g_add(b, g, g_mul(b, update_const(u, 2 * shrink), value));
    Node *now = g_add(b, old, g_mul(b, g, g)), *root = power(u, now);
    slot_write(u, w, "accumulator", now);
    Node *growth = g_div(b, g_sub(b, root, power(u, old)), u->rate);
    Node *z = slot_read(u, w, "linear", 0);
    z = g_add(b, z, g_sub(b, h, g_mul(b, growth, value)));
    slot_write(u, w, "linear", z);
    Node *q = g_add(b, g_div(b, root, u->rate), u->shared[0]);
    Node *most = g_unary(b, OP_neg, l1);
    Node *clipped = g_binary(b, OP_min, g_binary(b, OP_max, z, most), l1);
    return g_div(b, g_sub(b, clipped, z), q);
}
