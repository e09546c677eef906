/* losses_pairs.c: circle: every sample of a batch beside every other one.
 *
 * A value has one axis of N rows at most: the other samples stand in B rows, as many as a batch can have, of which
 * those behind the last row of this batch are no partners. */
#include "ir/layers/losses.h"

/* Of no partner: less than every number that counts. */
static const double NOWHERE = -1e37;

/* Rows [N, ...] as [B, ...], 0 behind the last one. */
static Node *as_columns(LossCx *lx, Node *x)
{
    Builder *b = lx->b;
    Shape all = x->shape, rows = {.rank = 1, .dim = {{1, true}}};
    all.dim[0] = (Dim){lx->cx->request->batch, false};
    return g_scatter_add(b, g_splat(b, g_const(b, x->dtype, 0), all), g_iota(b, RT_i32, rows, 0), x,
                         0);
}

/* [N, B]: which samples are partners: of the same class, and of another one. */
typedef struct Partners {
    Node *same, *other;
} Partners;

static Partners partners_of(LossCx *lx, Node *y)
{
    Builder *b = lx->b;
    Shape pairs = {.rank = 2, .dim = {{1, true}, {lx->cx->request->batch, false}}};
    Node *label = g_cast(b, as_columns(lx, g_cast(b, y, RT_f64)), RT_i32);
    Node *equal = g_binary(b, OP_eq, g_broadcast_over(b, y, pairs, 1),
                           g_broadcast(b, label, pairs, (int64_t[]){1}));
    Node *column = g_iota(b, RT_i32, pairs, 1);
    Node *there = g_binary(b, OP_lt, column,
                           g_splat(b, g_cast(b, g_scalar(b, SCALAR_n, RT_i64), RT_i32), pairs));
    Node *same = g_binary(b, OP_and, equal, there);
    if (loss_flag(lx, "remove_diagonal")) {
        Node *itself = g_binary(b, OP_eq, column, g_iota(b, RT_i32, pairs, 0));
        same = g_binary(b, OP_and, same, g_unary(b, OP_not, itself));
    }
    return (Partners){same, g_binary(b, OP_and, g_unary(b, OP_not, equal), there)};
}

/* log of the sum of exp(x) where `counts` holds, over the columns; *any: there is one that counts. */
static Node *log_sum_exp(Builder *b, Node *x, Node *counts, Node **any)
{
    Node *zero = g_const_like(b, x, 0), *low = g_const_like(b, x, NOWHERE);
    Node *most = g_unary(b, OP_stop_gradient, g_reduce_max(b, g_select(b, counts, x, low), 1));
    Node *d = g_sub(b, x, g_broadcast_over(b, most, x->shape, 1));
    Node *e = g_unary(b, OP_exp, g_select(b, counts, d, zero));
    Node *sum = sum_over_axis(b, g_select(b, counts, e, zero), 1);
    *any = g_binary(b, OP_lt, g_const_like(b, sum, 0), sum);
    sum = g_select(b, *any, sum, g_const_like(b, sum, 1));
    return g_add(b, g_unary(b, OP_log, sum), most);
}

static Node *plus(Builder *b, Node *x, double c)
{
    return g_add(b, x, g_const_like(b, x, c));
}

/* With d = max(1 - cosine, 0), m the margin:
 *     softplus(log sum exp(gamma (m + d) (d - m)) over the same class
 *            + log sum exp(gamma max(1 + m - d, 0) (1 - m - d)) over the others)
 * Samples without partners of both kinds do not count. */
Node *loss_circle(LossCx *lx, Node *y, Node *p)
{
    Builder *b = lx->b;
    double gamma = loss_number(lx, "gamma"), margin = loss_number(lx, "margin");
    IntList none = {0, NULL}, last = {1, (int64_t[]){1}};
    if (p->shape.rank != 2) {
        diag_error(lx->cx->diags, lx->call->range,
                   "'circle' needs a vector for each sample, but gets %s",
                   shape_for_user(lx->cx->arena, &p->shape));
        return NULL;
    }
    Partners to = partners_of(lx, y);
    Node *d = one_minus(b, g_dot(b, p, as_columns(lx, p), none, none, last, last, NULL)), *near,
         *far;
    d = g_binary(b, OP_max, d, g_const_like(b, d, 0));
    Node *back = g_unary(b, OP_neg, d), *weight = plus(b, back, 1 + margin);
    weight = g_binary(b, OP_max, weight, g_const_like(b, weight, 0));
    Node *pull = scaled(b, g_mul(b, plus(b, d, margin), plus(b, d, -margin)), gamma);
    Node *push = scaled(b, g_mul(b, weight, plus(b, back, 1 - margin)), gamma);
    Node *pulls = log_sum_exp(b, pull, to.same, &near),
         *pushes = log_sum_exp(b, push, to.other, &far);
    Node *both = g_binary(b, OP_and, near, far), *zero = g_const_like(b, pulls, 0);
    Node *sum = g_select(b, both, g_add(b, pulls, pushes), zero);
    Node *values = g_select(b, both, g_unary(b, OP_softplus, sum), zero);
    lx->mask = g_binary(b, OP_lt, zero, values);
    return values;
}
