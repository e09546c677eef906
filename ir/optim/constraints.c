/* constraints.c: rules that a weight keeps: its new value w becomes, with n the norms over the axes given,
 *
 *     max_norm       w (min(n, max) / (1e-7 + n))
 *     min_max_norm   w ((rate clip(n, min, max) + (1 - rate) n) / (1e-7 + n))
 *     unit_norm      w / (1e-7 + n)
 *     non_neg        max(w, 0)
 *
 * A norm needs the whole new value: the update writes it aside, one pass sums its squares, one multiplies. */
#include "ir/optim/constraints.h"

/* n, without the axes that it went over; those that it has. */
typedef struct Norms {
    Node *n;
    int64_t axes[MAX_RANK];
} Norms;

static bool goes_over(const ArgValue *axis, int d, int rank)
{
    uint32_t n = axis->none ? 0 : axis->n ? axis->n : 1;
    bool over = axis->none;
    for (uint32_t i = 0; i < n; i++) {
        int64_t at = axis->n ? axis->ints[i] : axis->i;
        over = over || (at < 0 ? at + rank : at) == d;
    }
    return over;
}

static Norms norms_of(Builder *b, Node *w, const ArgValue *axis)
{
    Norms norms = {.n = NULL};
    int64_t summed[MAX_RANK];
    uint32_t n_summed = 0, n_kept = 0;
    for (int d = 0; d < w->shape.rank; d++)
        if (goes_over(axis, d, w->shape.rank))
            summed[n_summed++] = d;
        else
            norms.axes[n_kept++] = d;
    Node *squares = g_sum(b, g_mul(b, w, w), summed, n_summed, w->dtype);
    norms.n = g_unary(b, OP_sqrt, squares);
    return norms;
}

static Node *constant(Builder *b, const Node *w, double value)
{
    return g_const(b, w->dtype, value);
}

/* 1e-7 + n */
static Node *divisor(Builder *b, const Norms *norms)
{
    return g_add(b, constant(b, norms->n, 1e-7), norms->n);
}

/* w (desired / (1e-7 + n)) */
static Node *scaled(Builder *b, Node *w, const Norms *norms, Node *desired)
{
    Node *factor = g_div(b, desired, divisor(b, norms));
    return g_mul(b, w, g_broadcast(b, factor, w->shape, norms->axes));
}

static Node *rule_max_norm(Builder *b, const ArgValue *args, Node *w)
{
    Norms norms = norms_of(b, w, &args[ARG_max_norm_axis]);
    Node *most = constant(b, w, args[ARG_max_norm_max_value].f);
    return scaled(b, w, &norms, g_binary(b, OP_min, norms.n, most));
}

static Node *rule_min_max_norm(Builder *b, const ArgValue *args, Node *w)
{
    Norms norms = norms_of(b, w, &args[ARG_min_max_norm_axis]);
    double rate = args[ARG_min_max_norm_rate].f;
    Node *least = constant(b, w, args[ARG_min_max_norm_min_value].f);
    Node *most = constant(b, w, args[ARG_min_max_norm_max_value].f);
    Node *desired = g_binary(b, OP_min, g_binary(b, OP_max, norms.n, least), most);
    if (rate < 1)
        desired = g_add(b, g_mul(b, constant(b, w, rate), desired),
                        g_mul(b, constant(b, w, 1 - rate), norms.n));
    return scaled(b, w, &norms, desired);
}

static Node *rule_unit_norm(Builder *b, const ArgValue *args, Node *w)
{
    Norms norms = norms_of(b, w, &args[ARG_unit_norm_axis]);
    return g_div(b, w, g_broadcast(b, divisor(b, &norms), w->shape, norms.axes));
}

static Node *rule_non_neg(Builder *b, const ArgValue *args, Node *w)
{
    (void)args;
    return g_binary(b, OP_max, w, constant(b, w, 0));
}

Node *constraint_apply(Builder *b, const Call *constraint, Node *w)
{
    typedef Node *ConstraintRule(Builder *, const ArgValue *, Node *);
    static ConstraintRule *const rules[N_CONSTRAINT] = {
#define ROW(id, ...) [CONSTRAINT_##id] = rule_##id,
#include "ir/defs/constraints.def"
    };
    return rules[constraint->row->id](b, constraint->args, w);
}
