/* adadelta.c: Adadelta: steps as large as the last steps were.
 *
 *     a = rho a + (1 - rho) g^2
 *     delta = -sqrt(d + eps) g / sqrt(a + eps)
 *     d = rho d + (1 - rho) delta^2
 *     w += lr delta */
#include "ir/optim/update.h"

void prepare_Adadelta(UpdateCx *u)
{
    (void)u;
}

Node *update_Adadelta(UpdateCx *u, const State *w, Node *value, Node *g)
{
    Builder *b = &u->b;
    double rho = u->optimizer->args[ARG_Adadelta_rho].f;
    Node *eps = update_const(u, u->optimizer->args[ARG_Adadelta_epsilon].f);
    Node *a = weighted_mean(u, slot_read(u, w, "accumulated_grad", 0), g_mul(b, g, g), rho);
    Node *d = slot_read(u, w, "accumulated_delta_var", 0);
    slot_write(u, w, "accumulated_grad", a);
    Node *last = g_unary(b, OP_sqrt, g_add(b, d, eps));
    Node *root = g_unary(b, OP_sqrt, g_add(b, a, eps));
    Node *delta = g_unary(b, OP_neg, g_div(b, g_mul(b, last, g), root));
    slot_write(u, w, "accumulated_delta_var", weighted_mean(u, d, g_mul(b, delta, delta), rho));
    return g_add(b, value, g_mul(b, u->rate, delta));
}
