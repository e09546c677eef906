/* nadam.c: Nadam: Adam that looks ahead along its momentum.
 *
 *     mu_t = beta1 (1 - 0.96^t / 2);  P *= mu_t             P starts at 1, one number for all weights
 *     m += (g - m)(1 - beta1);  v += (g^2 - v)(1 - beta2)
 *     ahead = mu_(t+1) m / (1 - P mu_(t+1)) + (1 - mu_t) g / (1 - P)
 *     w -= lr ahead / (sqrt(v / (1 - beta2^t)) + eps)
 *
 * The three factors that do not depend on the weight are computed in double, once a step. */
#include "ir/optim/update.h"

static Node *less_one(UpdateCx *u, Node *x)
{
    return g_sub(&u->b, g_const(&u->b, RT_f64, 1), x);
}

/* mu_t of the update with this number */
static Node *momentum_at(UpdateCx *u, Node *t)
{
    Builder *b = &u->b;
    Node *half = g_mul(b, g_const(b, RT_f64, 0.5), power_of_t(u, 0.96, t));
    double beta_1 = u->optimizer->args[ARG_Nadam_beta_1].f;
    return g_mul(b, g_const(b, RT_f64, beta_1), less_one(u, half));
}

void prepare_Nadam(UpdateCx *u)
{
    Builder *b = &u->b;
    Node *one = g_const(b, RT_f64, 1), *now = momentum_at(u, u->t);
    Node *next = momentum_at(u, g_add(b, u->t, one));
    Node *last = slot_read_shaped(u, &all_weights, "u_product", shape_scalar(), 1);
    Node *product = g_mul(b, g_cast(b, last, RT_f64), now);
    slot_write(u, &all_weights, "u_product", update_scalar(u, product));
    Node *ahead = g_div(b, next, less_one(u, g_mul(b, product, next)));
    Node *here = g_div(b, less_one(u, now), less_one(u, product));
    u->shared[0] = update_scalar(u, ahead);
    u->shared[1] = update_scalar(u, here);
    u->shared[2] = update_scalar(u, correction(u, u->optimizer->args[ARG_Nadam_beta_2].f));
}

Node *update_Nadam(UpdateCx *u, const State *w, Node *value, Node *g)
{
    Builder *b = &u->b;
    const ArgValue *args = u->optimizer->args;
    Node *m = moving_mean(u, w, "momentum", g, args[ARG_Nadam_beta_1].f);
    Node *v = moving_mean(u, w, "velocity", g_mul(b, g, g), args[ARG_Nadam_beta_2].f);
    Node *ahead = g_add(b, g_mul(b, u->shared[0], m), g_mul(b, u->shared[1], g));
    Node *root = g_unary(b, OP_sqrt, g_div(b, v, u->shared[2]));
    root = g_add(b, root, update_const(u, args[ARG_Nadam_epsilon].f));
    return g_sub(b, value, g_div(b, g_mul(b, ahead, u->rate), root));
}
