/* schedule_free_adamw.c: ScheduleFreeAdamW: steps of a second point z, averaged instead of slowed down.
 *
 * z is the weight, before it decays, in the first update.
 *
 *     rate = lr min(t / warmup_steps, 1)
 *     v += (g^2 - v)(1 - beta2);  z' = z - rate g / (sqrt(v / (1 - beta2^t)) + eps)
 *     x = (w - (1 - beta1) z) / beta1;  x = (1 - 1/t) x + z' / t
 *     w = (1 - beta1) z' + beta1 x;  z = z' */
#include "ir/optim/update.h"

void prepare_ScheduleFreeAdamW(UpdateCx *u)
{
    Builder *b = &u->b;
    const ArgValue *args = u->optimizer->args;
    double warmup = (double)args[ARG_ScheduleFreeAdamW_warmup_steps].i;
    Node *one = g_const(b, RT_f64, 1), *rate = u->rate_f64;
    if (warmup > 0) {
        Node *part = g_div(b, u->t, g_const(b, RT_f64, warmup));
        rate = g_mul(b, rate, g_binary(b, OP_min, part, one));
    }
    Node *share = g_div(b, one, u->t);
    u->shared[0] = update_scalar(u, rate);
    u->shared[1] = update_scalar(u, correction(u, args[ARG_ScheduleFreeAdamW_beta_2].f));
    u->shared[2] = update_scalar(u, share);
    u->shared[3] = update_scalar(u, g_sub(b, one, share));
}

Node *update_ScheduleFreeAdamW(UpdateCx *u, const State *w, Node *value, Node *g)
{
    Builder *b = &u->b;
    const ArgValue *args = u->optimizer->args;
    double beta_1 = args[ARG_ScheduleFreeAdamW_beta_1].f;
    double beta_2 = args[ARG_ScheduleFreeAdamW_beta_2].f;
    Node *eps = update_const(u, args[ARG_ScheduleFreeAdamW_epsilon].f);
    Node *beta = update_const(u, beta_1), *rest = update_const(u, 1 - beta_1);
    Node *one = g_const(b, RT_f64, 1), *z = slot_read(u, w, "momentum", 0);
    Node *start = g_read(b, w->name), *later = g_binary(b, OP_lt, one, u->t);
    /* z before this step, twice, so that the parts that need it can both join the gradient's kernel */
    Node *from = g_select(b, later, z, start);
    Node *old = g_select(b, g_binary(b, OP_eq, one, u->t), start, z);
    Node *v = moving_mean(u, w, "velocity", g_mul(b, g, g), beta_2);
    Node *root = g_add(b, g_unary(b, OP_sqrt, g_div(b, v, u->shared[1])), eps);
    z = g_sub(b, from, g_div(b, g_mul(b, u->shared[0], g), root));
    slot_write(u, w, "momentum", z);
    Node *x = g_div(b, g_sub(b, value, g_mul(b, rest, old)), beta);
    x = g_add(b, g_mul(b, u->shared[3], x), g_mul(b, u->shared[2], z));
    return g_add(b, g_mul(b, rest, z), g_mul(b, beta, x));
}
