/* adamax.c: Adamax: Adam with the largest gradient, forgotten slowly, instead of the mean square.
 *
 *     alpha = lr / (1 - beta1^t)                            in double, once a step
 *     m += (g - m)(1 - beta1);  n = max(beta2 n, |g|)
 *     w -= alpha m / (n + eps) */
#include "ir/optim/update.h"

void prepare_Adamax(UpdateCx *u)
{
    Node *c = correction(u, u->optimizer->args[ARG_Adamax_beta_1].f);
    u->shared[0] = update_scalar(u, g_div(&u->b, u->rate_f64, c));
}

Node *update_Adamax(UpdateCx *u, const State *w, Node *value, Node *g)
{
    Builder *b = &u->b;
    const ArgValue *args = u->optimizer->args;
    Node *m = moving_mean(u, w, "momentum", g, args[ARG_Adamax_beta_1].f);
    Node *faded = g_mul(b, update_const(u, args[ARG_Adamax_beta_2].f), slot_read(u, w, "norm", 0));
    Node *norm = g_binary(b, OP_max, faded, g_unary(b, OP_abs, g));
    slot_write(u, w, "norm", norm);
    Node *most = g_add(b, norm, update_const(u, args[ARG_Adamax_epsilon].f));
    return g_sub(b, value, g_div(b, g_mul(b, u->shared[0], m), most));
}
