/* lamb.c: Lamb: Adam whose steps are as large as the weights, tensor by tensor.
 *
 *     m += (g - m)(1 - beta1);  v += (g^2 - v)(1 - beta2)
 *     s = (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + eps)
 *     ratio = |w| / |s|, 1 where one of them is 0
 *     w -= ratio lr s
 *
 * The norms need all of w and s, so an update takes passes over both before the weight is written. */
#include "ir/optim/update.h"

void prepare_Lamb(UpdateCx *u)
{
    const ArgValue *args = u->optimizer->args;
    u->shared[0] = update_scalar(u, correction(u, args[ARG_Lamb_beta_1].f));
    u->shared[1] = update_scalar(u, correction(u, args[ARG_Lamb_beta_2].f));
}

Node *update_Lamb(UpdateCx *u, const State *w, Node *value, Node *g)
{
    Builder *b = &u->b;
    const ArgValue *args = u->optimizer->args;
    Node *m = moving_mean(u, w, "momentum", g, args[ARG_Lamb_beta_1].f);
    Node *v = moving_mean(u, w, "velocity", g_mul(b, g, g), args[ARG_Lamb_beta_2].f);
    Node *root = g_unary(b, OP_sqrt, g_div(b, v, u->shared[1]));
    root = g_add(b, root, update_const(u, args[ARG_Lamb_epsilon].f));
    Node *step = g_div(b, g_div(b, m, u->shared[0]), root);
    Node *of_weight = norm_of(u, value), *of_step = norm_of(u, step);
    Node *zero = update_const(u, 0), *one = update_const(u, 1);
    Node *ratio = g_select(b, g_binary(b, OP_lt, zero, of_step), g_div(b, of_weight, of_step), one);
    ratio = g_select(b, g_binary(b, OP_lt, zero, of_weight), ratio, one);
    return g_sub(b, value, g_mul(b, g_mul(b, ratio, u->rate), step));
}
