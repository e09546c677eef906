/* adam.c: Adam, and AdamW, which is Adam with weight decay.
 *
 *     alpha = lr sqrt(1 - beta2^t) / (1 - beta1^t)          in double, once a step
 *     m += (g - m)(1 - beta1);  v += (g^2 - v)(1 - beta2)
 *     amsgrad: h = max(h, v), used instead of v
 *     w -= alpha m / (sqrt(v) + eps)
 *
 * eps is added to the root of the uncorrected v. */
#include "ir/optim/update.h"

Node *adam_alpha(UpdateCx *u, Node *rate, double beta_1, double beta_2)
{
    Builder *b = &u->b;
    Node *root = g_unary(b, OP_sqrt, correction(u, beta_2));
    return update_scalar(u, g_div(b, g_mul(b, rate, root), correction(u, beta_1)));
}

Node *adam_value(UpdateCx *u, Node *value, Node *m, Node *v, Node *alpha)
{
    Builder *b = &u->b;
    Node *root = g_add(b, g_unary(b, OP_sqrt, v), update_const(u, update_number(u, "epsilon")));
    return g_sub(b, value, g_div(b, g_mul(b, m, alpha), root));
}

void prepare_Adam(UpdateCx *u)
{
    u->shared[0] =
        adam_alpha(u, u->rate_f64, update_number(u, "beta_1"), update_number(u, "beta_2"));
}

Node *update_Adam(UpdateCx *u, const State *w, Node *value, Node *g)
{
    Builder *b = &u->b;
    Node *m = moving_mean(u, w, "momentum", g, update_number(u, "beta_1"));
    Node *v = moving_mean(u, w, "velocity", g_mul(b, g, g), update_number(u, "beta_2"));
    if (call_given(u->optimizer, "amsgrad")->i) {
        v = g_binary(b, OP_max, slot_read(u, w, "velocity_hat", 0), v);
        slot_write(u, w, "velocity_hat", v);
    }
    return adam_value(u, value, m, v, u->shared[0]);
}

void prepare_AdamW(UpdateCx *u)
{
    prepare_Adam(u);
}

Node *update_AdamW(UpdateCx *u, const State *w, Node *value, Node *g)
{
    return update_Adam(u, w, value, g);
}
