/* stochastic_gradient.c: StochasticGradient, step by step as scikit-learn has it.
 *
 *     kernels:  w1 = max(0, 1 - (1 - l1_ratio) eta alpha) w - eta g        biases: w1 = w - eta g
 *     l1:       u += l1_ratio eta alpha;  w2 = max(0, w1 - (u + q)) or min(0, w1 + (u - q));  q += w2 - w1
 *     average:  mean += (w1 - mean) / (t - average + 1) + A (w2 - w1), from step t = average on
 *
 * u is what the penalty took from every weight so far, q what it took from one. A is the part of a weight in its mean:
 * what is truncated counts for the steps before, too. eta is the rate times rates[c]: a callback may slow a column of a
 * linear model down, or stop it with 0, which leaves the column and its mean as they are. */
#include "ir/optim/stochastic_gradient.h"

#include <string.h>

#include "runtime/abi/plateau.h"

enum { ETA, ETA_F64, SCALE, SCALE_F64, MEAN_STEP };

static double argument(const UpdateCx *u, int index)
{
    return u->optimizer->args[index].f;
}

static double alpha_of(const UpdateCx *u)
{
    return argument(u, ARG_StochasticGradient_alpha);
}

static double l1_of(const UpdateCx *u)
{
    return alpha_of(u) * argument(u, ARG_StochasticGradient_l1_ratio);
}

static double l2_of(const UpdateCx *u)
{
    return alpha_of(u) * (1 - argument(u, ARG_StochasticGradient_l1_ratio));
}

static int64_t first_mean(const UpdateCx *u)
{
    return u->optimizer->args[ARG_StochasticGradient_average].i;
}

/* A number for each column, or one. */
static Shape columns_shape(const UpdateCx *u)
{
    return u->columns ? (Shape){.rank = 1, .dim = {{u->columns, false}}} : (Shape){.rank = 0};
}

static Node *number(UpdateCx *u, double value)
{
    return g_const(&u->b, RT_f64, value);
}

static Node *splat(UpdateCx *u, double value)
{
    return g_splat(&u->b, number(u, value), columns_shape(u));
}

/* 1 / (t - average + 1), and 0 before that step and in columns that are stopped. */
static Node *mean_step(UpdateCx *u, Node *rates)
{
    Builder *b = &u->b;
    Node *n = g_sub(b, u->t, number(u, (double)first_mean(u) - 1));
    Node *begun = g_binary(b, OP_le, number(u, 1), n);
    Node *step = g_select(b, begun, g_div(b, number(u, 1), n), number(u, 0));
    Node *stopped = g_binary(b, OP_eq, rates, splat(u, 0));
    return g_select(b, stopped, splat(u, 0), g_splat(b, step, columns_shape(u)));
}

void prepare_StochasticGradient(UpdateCx *u)
{
    Builder *b = &u->b;
    Node *rates =
        slot_read_each_fit(u, &all_weights, RT_PLATEAU_RATES, RT_f64, columns_shape(u), 1);
    Node *eta = g_mul(b, rates, g_splat(b, u->rate_f64, columns_shape(u)));
    Node *decay = g_mul(b, splat(u, l2_of(u)), eta);
    Node *scale = g_binary(b, OP_max, splat(u, 0), g_sub(b, splat(u, 1), decay));
    u->shared[ETA_F64] = eta;
    u->shared[SCALE_F64] = scale;
    u->shared[ETA] = update_scalar(u, eta);
    u->shared[SCALE] = update_scalar(u, scale);
    u->shared[MEAN_STEP] = first_mean(u) ? mean_step(u, rates) : NULL;
}

/* A number for each column as large as the weight. */
static Node *wide(UpdateCx *u, const State *w, Node *x)
{
    int64_t last = w->shape.rank - 1;
    return x->shape.rank ? g_broadcast(&u->b, x, w->shape, &last) : g_splat(&u->b, x, w->shape);
}

static bool is_kernel(const State *w)
{
    const char *dot = strrchr(w->name, '.');
    return dot && !strcmp(dot + 1, "kernel");
}

/* ---- the L1 penalty ---- */

static Node *truncated(UpdateCx *u, const State *w, Node *w1)
{
    Builder *b = &u->b;
    Node *before = slot_read_each_fit(u, w, "l1_total", RT_f64, columns_shape(u), 0);
    Node *total = g_add(b, before, g_mul(b, splat(u, l1_of(u)), u->shared[ETA_F64]));
    Node *paid = slot_read_each_fit(u, w, "l1_paid", u->dtype, w->shape, 0);
    Node *due = wide(u, w, update_scalar(u, total)), *zero = g_const_like(b, w1, 0);
    Node *less = g_binary(b, OP_max, zero, g_sub(b, w1, g_add(b, due, paid)));
    Node *more = g_binary(b, OP_min, zero, g_add(b, w1, g_sub(b, due, paid)));
    Node *negative = g_select(b, g_binary(b, OP_lt, w1, zero), more, w1);
    Node *w2 = g_select(b, g_binary(b, OP_lt, zero, w1), less, negative);
    slot_write(u, w, "l1_total", total);
    slot_write(u, w, "l1_paid", g_add(b, paid, g_sub(b, w2, w1)));
    return w2;
}

/* ---- the mean ---- */

/* A / s (1 - step) + step; 0 where the decay took all. */
static Node *part_in_mean(UpdateCx *u, const State *w)
{
    Builder *b = &u->b;
    Node *before = slot_read_each_fit(u, w, "mean_part", RT_f64, columns_shape(u), 0);
    Node *scale = u->shared[SCALE_F64], *step = u->shared[MEAN_STEP];
    Node *gone = g_binary(b, OP_eq, scale, splat(u, 0));
    Node *kept =
        g_select(b, gone, splat(u, 0), g_div(b, before, g_select(b, gone, splat(u, 1), scale)));
    Node *part = g_add(b, g_mul(b, kept, g_sub(b, splat(u, 1), step)), step);
    slot_write(u, w, "mean_part", part);
    return wide(u, w, update_scalar(u, part));
}

static void add_to_mean(UpdateCx *u, const State *w, Node *w1, Node *w2)
{
    Builder *b = &u->b;
    Node *mean = slot_read(u, w, MEAN_SLOT, 0);
    Node *step = wide(u, w, update_scalar(u, u->shared[MEAN_STEP]));
    Node *next = g_add(b, mean, g_mul(b, g_sub(b, w1, mean), step));
    if (w2 != w1)
        next = g_add(b, next, g_mul(b, g_sub(b, w2, w1), part_in_mean(u, w)));
    slot_write(u, w, MEAN_SLOT, next);
}

/* ---- the objective ---- */

static bool reads_state(const Node *n, const char *state)
{
    return n->op == OP_read && n->attr[0].text == state;
}

/* The dot that gives the outputs: of x and this kernel; NULL: there is none. */
static const Node *forward_of(const UpdateCx *u, const State *w, const Node *x)
{
    const Graph *g = u->b.g;
    for (size_t i = 0; i < g->nodes.n; i++) {
        const Node *n = g->nodes.at[i];
        if (n->op == OP_dot && n->in[0] == x && reads_state(n->in[1], w->name))
            return n;
    }
    return NULL;
}

/* The sum over the batch of a value for each column, in double. */
static Node *over_batch(UpdateCx *u, Node *x)
{
    const int64_t rows[] = {0};
    return g_sum(&u->b, g_cast(&u->b, x, RT_f64), rows, 1, RT_f64);
}

/* The squares of w1 = s w + c x of one sample, by those of w: s s |w|^2 + 2 s c (w x) + c c |x|^2. No weight is read. */
static Node *squares_after(UpdateCx *u, const Node *dot, Node *d, Node *before)
{
    Builder *b = &u->b;
    Node *x = dot->in[0], *s = u->shared[SCALE_F64];
    Node *z = over_batch(u, (Node *)(uintptr_t)dot);
    if (dot->n_in > 2)
        z = g_sub(b, z, over_batch(u, dot->in[2]));
    Node *c = g_unary(b, OP_neg, g_mul(b, u->shared[ETA_F64], over_batch(u, d)));
    Node *length = g_cast(b, g_sum_all(b, g_mul(b, x, x), x->dtype), RT_f64);
    Node *cross = g_mul(b, g_mul(b, splat(u, 2), g_mul(b, s, c)), z);
    Node *own = g_mul(b, g_mul(b, s, s), before);
    Node *added = g_mul(b, g_mul(b, c, c), g_splat(b, length, c->shape));
    return g_add(b, g_add(b, own, cross), added);
}

static Node *sum_of_column(UpdateCx *u, Node *x)
{
    const int64_t rows[] = {0};
    x = g_cast(&u->b, x, RT_f64);
    return u->columns ? g_sum(&u->b, x, rows, 1, RT_f64) : g_sum_all(&u->b, x, RT_f64);
}

/* Where a sample changes nothing, what was truncated since the last change is not seen. */
static Node *if_changed(UpdateCx *u, const Node *d, Node *after, Node *before, Node *factor)
{
    Builder *b = &u->b;
    Node *kept = g_mul(b, factor, before);
    if (!d || u->b.g->batch != 1 || !u->columns)
        return after;
    Node *same = g_binary(b, OP_eq, over_batch(u, (Node *)(uintptr_t)d), splat(u, 0));
    return g_select(b, same, kept, after);
}

/* alpha ((1 - l1_ratio) / 2 |w|^2 + l1_ratio |w|_1), of the weights before the step. Their squares and sizes are slots,
 * which a callback fills where a fit begins. */
static void add_penalty(UpdateCx *u, const State *w, Node *w1, const Node *g)
{
    Builder *b = &u->b;
    double l1 = l1_of(u), l2 = l2_of(u);
    bool outer = g->op == OP_dot && u->columns && b->g->batch == 1;
    const Node *dot = outer ? forward_of(u, w, g->in[0]) : NULL;
    Node *d = dot ? g->in[1] : NULL, *s = u->shared[SCALE_F64], *sum = NULL;
    Shape shape = columns_shape(u);
    if (l2 > 0) {
        Node *squares = slot_read_each_fit(u, w, RT_PLATEAU_SQUARES, RT_f64, shape, 0);
        Node *after = dot && l1 == 0 ? squares_after(u, dot, d, squares)
                                     : if_changed(u, d, sum_of_column(u, g_mul(b, w1, w1)), squares,
                                                  g_mul(b, s, s));
        slot_write(u, w, "squares", after);
        sum = g_mul(b, splat(u, 0.5 * l2), squares);
    }
    if (l1 > 0) {
        Node *sizes = slot_read_each_fit(u, w, RT_PLATEAU_SIZES, RT_f64, shape, 0);
        Node *after = if_changed(u, d, sum_of_column(u, g_unary(b, OP_abs, w1)), sizes, s);
        slot_write(u, w, "sizes", after);
        Node *more = g_mul(b, splat(u, l1), sizes);
        sum = sum ? g_add(b, sum, more) : more;
    }
    if (sum)
        u->penalty = u->penalty ? g_add(b, u->penalty, sum) : sum;
}

void objective_add(UpdateCx *u, Node *terms)
{
    Builder *b = &u->b;
    Graph *g = b->g;
    b->origin = (Origin){.range = u->optimizer->range, .part = PART_metric};
    Node *rows = g_cast(b, g_scalar(b, SCALAR_n, RT_i64), RT_f64), *more;
    if (terms->shape.rank == 1 && u->columns)
        terms = g_reshape(b, terms, (Shape){.rank = 2, .dim = {{1, true}, {1, false}}});
    more = u->columns ? over_batch(u, terms) : g_sum_all(b, g_cast(b, terms, RT_f64), RT_f64);
    if (u->penalty)
        more = g_add(b, more, g_mul(b, u->penalty, g_splat(b, rows, more->shape)));
    State s = {.name = intern(g->names, RT_PLATEAU_OBJECTIVE),
               .dtype = RT_f64,
               .shape = columns_shape(u),
               .role = ROLE_metric,
               .origin = b->origin};
    graph_state_add(g, s);
    g_write(b, s.name, g_add(b, g_read(b, s.name), more), NULL);
    (void)slot_read_each_fit(u, &all_weights, RT_PLATEAU_BEST, RT_f64, s.shape, 0);
    (void)slot_read_each_fit(u, &all_weights, RT_PLATEAU_WAITS, RT_f64, s.shape, 0);
}

/* ---- columns ---- */

static bool is_state(const Node *n, const Node *read)
{
    return reads_state(n, read->attr[0].text);
}

int64_t linear_columns(const BuildResult *r, size_t n, Node *const *reads)
{
    const Node *p = r->output;
    if (!p || p->op != OP_dot || p->shape.rank != 2 || !r->terms || n < 1 || n > 2)
        return 0;
    size_t kernel = n == 2 && is_state(p->in[1], reads[1]);
    if (!is_state(p->in[1], reads[kernel]) || reads[kernel]->shape.rank != 2)
        return 0;
    if (n == 2 &&
        (p->n_in < 3 || p->in[2]->op != OP_broadcast || !is_state(p->in[2]->in[0], reads[!kernel])))
        return 0;
    int64_t outputs = p->shape.dim[1].n;
    const Shape *terms = &r->terms->shape;
    bool by_output = terms->rank == 2 && terms->dim[1].n == outputs;
    return by_output || (outputs == 1 && terms->rank == 1) ? outputs : 0;
}

/* ---- the rule ---- */

/* eta g. Of a kernel of a linear model: the contraction of x with eta times the derivatives of the outputs, so that a
 * step multiplies these few numbers. */
static Node *step_of(UpdateCx *u, const State *w, Node *g)
{
    Builder *b = &u->b;
    const int64_t last[] = {1};
    bool outer = g->op == OP_dot && g->n_in == 2 && u->columns && w->shape.rank == 2;
    if (!outer || g->in[1]->shape.rank != 2 || g->in[1]->shape.dim[1].n != u->columns)
        return g_mul(b, g, wide(u, w, u->shared[ETA]));
    Node *d = g->in[1], *eta = g_broadcast(b, u->shared[ETA], d->shape, last);
    Node *const in[] = {g->in[0], g_mul(b, d, eta)};
    return graph_must(b->g, OP_dot, 2, in, g->attr, b->origin);
}

Node *update_StochasticGradient(UpdateCx *u, const State *w, Node *value, Node *g)
{
    Builder *b = &u->b;
    bool kernel = is_kernel(w);
    Node *kept = kernel && l2_of(u) > 0 ? g_mul(b, value, wide(u, w, u->shared[SCALE])) : value;
    Node *w1 = g_sub(b, kept, step_of(u, w, g));
    if (kernel && u->objective && alpha_of(u) > 0)
        add_penalty(u, w, w1, g);
    Node *w2 = kernel && l1_of(u) > 0 ? truncated(u, w, w1) : w1;
    if (first_mean(u))
        add_to_mean(u, w, w1, w2);
    return w2;
}
