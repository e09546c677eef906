/* rmsprop.c: RMSprop.
 *
 *     s = rho s + (1 - rho) g^2
 *     centered: a = rho a + (1 - rho) g;  d = s - a^2 + eps;  else d = s + eps
 *     u = lr g / sqrt(d)
 *     momentum: b = mu b + u;  w -= b;  else w -= u
 *
 * eps stands inside the root. */
#include "ir/optim/update.h"

void prepare_RMSprop(UpdateCx *u)
{
    (void)u;
}

Node *update_RMSprop(UpdateCx *u, const State *w, Node *value, Node *g)
{
    Builder *b = &u->b;
    const ArgValue *args = u->optimizer->args;
    double rho = args[ARG_RMSprop_rho].f, mu = args[ARG_RMSprop_momentum].f;
    Node *d = weighted_mean(u, slot_read(u, w, "velocity", 0), g_mul(b, g, g), rho);
    slot_write(u, w, "velocity", d);
    if (args[ARG_RMSprop_centered].i) {
        Node *a = weighted_mean(u, slot_read(u, w, "average_gradient", 0), g, rho);
        slot_write(u, w, "average_gradient", a);
        d = g_sub(b, d, g_mul(b, a, a));
    }
    d = g_add(b, d, update_const(u, args[ARG_RMSprop_epsilon].f));
    Node *step = g_div(b, g_mul(b, u->rate, g), g_unary(b, OP_sqrt, d));
    if (mu > 0) {
        step = g_add(b, g_mul(b, update_const(u, mu), slot_read(u, w, "momentum", 0)), step);
        slot_write(u, w, "momentum", step);
    }
    return g_sub(b, value, step);
}
