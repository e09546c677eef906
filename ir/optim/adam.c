/* adam.c: Adam.
 *
 *     alpha = lr sqrt(1 - beta2^t) / (1 - beta1^t)          in double, once a step
 *     m += (g - m)(1 - beta1);  v += (g^2 - v)(1 - beta2)
 *     amsgrad: h = max(h, v), used instead of v
 *     w -= alpha m / (sqrt(v) + eps)
 *
 * eps is added to the root of the uncorrected v. */
#include "ir/optim/update.h"

/* 1 - beta^t */
static Node *correction(UpdateCx *u, double beta)
{
    Builder *b = &u->b;
    Node *power = g_binary(b, OP_pow, g_const(b, RT_f64, beta), u->step_f64);
    return g_sub(b, g_const(b, RT_f64, 1), power);
}

Node *prepare_Adam(UpdateCx *u)
{
    Builder *b = &u->b;
    const ArgValue *args = u->optimizer->args;
    Node *root = g_unary(b, OP_sqrt, correction(u, args[ARG_Adam_beta_2].f));
    Node *alpha = g_div(b, g_mul(b, u->rate_f64, root), correction(u, args[ARG_Adam_beta_1].f));
    return u->dtype == RT_f64 ? alpha : g_cast(b, alpha, u->dtype);
}

/* old + (x - old)(1 - beta) */
static Node *moved(UpdateCx *u, Node *old, Node *x, double beta)
{
    Builder *b = &u->b;
    return g_add(b, old, g_mul(b, g_sub(b, x, old), update_const(u, 1 - beta)));
}

Node *update_Adam(UpdateCx *u, const State *w, Node *value, Node *g)
{
    Builder *b = &u->b;
    const ArgValue *args = u->optimizer->args;
    Node *m = moved(u, slot_read(u, w, "momentum", 0), g, args[ARG_Adam_beta_1].f);
    slot_write(u, w, "momentum", m);
    Node *v = moved(u, slot_read(u, w, "velocity", 0), g_mul(b, g, g), args[ARG_Adam_beta_2].f);
    slot_write(u, w, "velocity", v);
    if (args[ARG_Adam_amsgrad].i) {
        v = g_binary(b, OP_max, slot_read(u, w, "velocity_hat", 0), v);
        slot_write(u, w, "velocity_hat", v);
    }
    Node *root = g_add(b, g_unary(b, OP_sqrt, v), update_const(u, args[ARG_Adam_epsilon].f));
    return g_sub(b, value, g_div(b, g_mul(b, m, u->shared), root));
}
