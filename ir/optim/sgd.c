/* sgd.c: SGD.
 *
 *     plain:    w -= lr g
 *     momentum: v = mu v - lr g;  w += v
 *     nesterov: v = mu v - lr g;  w += mu v - lr g */
#include "ir/optim/update.h"

void prepare_SGD(UpdateCx *u)
{
    (void)u;
}

Node *update_SGD(UpdateCx *u, const State *w, Node *value, Node *g)
{
    Builder *b = &u->b;
    double mu = u->optimizer->args[ARG_SGD_momentum].f;
    Node *step = g_mul(b, g, u->rate);
    if (mu == 0)
        return g_sub(b, value, step);
    Node *momentum = update_const(u, mu);
    Node *v = g_sub(b, g_mul(b, slot_read(u, w, "momentum", 0), momentum), step);
    slot_write(u, w, "momentum", v);
    if (u->optimizer->args[ARG_SGD_nesterov].i)
        v = g_sub(b, g_mul(b, v, momentum), step);
    return g_add(b, value, v);
}
