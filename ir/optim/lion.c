/* lion.c: Lion: steps of one size, in the direction of a mean gradient.
 *
 *     w -= lr sign(beta1 m + (1 - beta1) g)
 *     m = beta2 m + (1 - beta2) g */
#include "ir/optim/update.h"

void prepare_Lion(UpdateCx *u)
{
    (void)u;
}

Node *update_Lion(UpdateCx *u, const State *w, Node *value, Node *g)
{
    Builder *b = &u->b;
    const ArgValue *args = u->optimizer->args;
    Node *m = slot_read(u, w, "momentum", 0);
    Node *direction = weighted_mean(u, m, g, args[ARG_Lion_beta_1].f);
    slot_write(u, w, "momentum", weighted_mean(u, m, g, args[ARG_Lion_beta_2].f));
    return g_sub(b, value, g_mul(b, u->rate, g_unary(b, OP_sign, direction)));
}
