/* adagrad.c: Adagrad: a += g^2;  w -= lr g / sqrt(a + eps), eps inside the root. */
#include "ir/optim/update.h"

void prepare_Adagrad(UpdateCx *u)
{
    (void)u;
}

Node *update_Adagrad(UpdateCx *u, const State *w, Node *value, Node *g)
{
    Builder *b = &u->b;
    const ArgValue *args = u->optimizer->args;
    Node *a = slot_read(u, w, "accumulator", args[ARG_Adagrad_initial_accumulator_value].f);
    a = g_add(b, a, g_mul(b, g, g));
    slot_write(u, w, "accumulator", a);
    Node *root = g_unary(b, OP_sqrt, g_add(b, a, update_const(u, args[ARG_Adagrad_epsilon].f)));
    return g_sub(b, value, g_div(b, g_mul(b, u->rate, g), root));
}
