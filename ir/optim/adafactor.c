/* adafactor.c: Adafactor: mean squares kept as a row and a column, not as a matrix.
 *
 *     rho = min(lr, 1 / sqrt(t));  alpha = max(eps2, rms(w)) rho
 *     G = g^2 + eps1;  beta = 1 - t^beta_2_decay
 *     a matrix: r = beta r + (1 - beta) mean(G, last axis);  c the same over the axis before it
 *               v = r / mean(r, last axis), times c, for every row and column
 *     else:     v = beta v + (1 - beta) G
 *     s = g / sqrt(v);  s /= max(1, rms(s) / clip_threshold)
 *     w -= alpha s
 *
 * A weight with more axes has such a matrix for each index of the others. Keras keeps v of a matrix, too, which no step
 * reads. relative_step changes nothing: rho is the same without it, as in Keras. */
#include "ir/optim/update.h"

void prepare_Adafactor(UpdateCx *u)
{
    Builder *b = &u->b;
    Node *one = g_const(b, RT_f64, 1);
    Node *decay = g_const(b, RT_f64, u->optimizer->args[ARG_Adafactor_beta_2_decay].f);
    Node *rest = g_binary(b, OP_pow, u->t, decay);
    Node *most = g_div(b, one, g_unary(b, OP_sqrt, u->t));
    u->shared[0] = update_scalar(u, g_binary(b, OP_min, u->rate_f64, most));
    u->shared[1] = update_scalar(u, g_sub(b, one, rest));
    u->shared[2] = update_scalar(u, rest);
}

/* Of all elements. */
static Node *root_mean_square(UpdateCx *u, Node *x)
{
    Builder *b = &u->b;
    double n = (double)shape_count(&x->shape, 1);
    Node *sum = g_sum_all(b, g_mul(b, x, x), u->dtype);
    return g_unary(b, OP_sqrt, g_div(b, sum, update_const(u, n)));
}

static Node *mean_over(UpdateCx *u, Node *x, int axis)
{
    int64_t axes[1] = {axis};
    double n = (double)x->shape.dim[axis].n;
    return g_div(&u->b, g_sum(&u->b, x, axes, 1, u->dtype), update_const(u, n));
}

/* beta old + (1 - beta) x, in a slot of the shape of x */
static Node *kept(UpdateCx *u, const State *w, const char *name, Node *x)
{
    Builder *b = &u->b;
    Node *old = slot_read_shaped(u, w, name, x->shape, 0);
    Node *now = g_add(b, g_mul(b, u->shared[1], old), g_mul(b, u->shared[2], x));
    slot_write(u, w, name, now);
    return now;
}

static Node *factored(UpdateCx *u, const State *w, Node *square)
{
    Builder *b = &u->b;
    int last = square->shape.rank - 1;
    Node *r = kept(u, w, "r", mean_over(u, square, last));
    Node *c = kept(u, w, "c", mean_over(u, square, last - 1));
    Node *mean = g_broadcast_over(b, mean_over(u, r, last - 1), r->shape, last - 1);
    Node *row = g_broadcast_over(b, g_div(b, r, mean), square->shape, last);
    return g_mul(b, row, g_broadcast_over(b, c, square->shape, last - 1));
}

Node *update_Adafactor(UpdateCx *u, const State *w, Node *value, Node *g)
{
    Builder *b = &u->b;
    const ArgValue *args = u->optimizer->args;
    Node *least = update_const(u, args[ARG_Adafactor_epsilon_2].f), *one = update_const(u, 1);
    Node *bound = update_const(u, args[ARG_Adafactor_clip_threshold].f);
    Node *alpha = g_binary(b, OP_max, least, root_mean_square(u, value));
    Node *square = g_add(b, g_mul(b, g, g), update_const(u, args[ARG_Adafactor_epsilon_1].f));
    Node *v = w->shape.rank < 2 ? kept(u, w, "velocity", square) : factored(u, w, square);
    Node *step = g_div(b, g, g_unary(b, OP_sqrt, v));
    Node *excess = g_binary(b, OP_max, one, g_div(b, root_mean_square(u, step), bound));
    Node *size = g_mul(b, alpha, u->shared[0]);
    return g_sub(b, value, g_mul(b, size, g_div(b, step, excess)));
}
