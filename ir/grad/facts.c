/* facts.c: facts from inputs to results, one case per op, in the order of nodes. */
#include "ir/grad/facts.h"

#include <math.h>
#include <string.h>

enum {
    PLUS = FACT_not_negative,
    AWAY = FACT_away,
    BOUNDED = FACT_bounded,
    TAME = FACT_tame,
    POSITIVE = PLUS | AWAY,
    ALL = PLUS | AWAY | BOUNDED | TAME
};

/* A product of a few constants of this size is still a normal number. */
static const double TINY = 1e-12;

bool const_number(const Node *n, double *value)
{
    float f;
    if (n->op != OP_const || !n->attr[2].data.splat || !rt_dtype(n->dtype)->is_float)
        return false;
    if (n->dtype == RT_f64) {
        memcpy(value, n->attr[2].data.bytes, sizeof *value);
    } else {
        memcpy(&f, n->attr[2].data.bytes, sizeof f);
        *value = f;
    }
    return true;
}

static unsigned of_const(const Node *n)
{
    double v;
    if (!const_number(n, &v))
        return rt_dtype(n->dtype)->is_float ? 0 : BOUNDED | TAME;
    unsigned facts = isfinite(v) ? BOUNDED | TAME : 0;
    return facts | (v >= 0 ? PLUS : 0) | (fabs(v) >= TINY ? AWAY : 0);
}

/* `have` if all of `need` is among the facts a. */
static unsigned given(unsigned a, unsigned need, unsigned have)
{
    return (a & need) == need ? have : 0;
}

/* x - broadcast(stop_gradient(reduce_max x)): the reduce_max, or NULL. */
static const Node *maximum_below(const Node *n)
{
    if (n->op != OP_sub || n->in[1]->op != OP_broadcast)
        return NULL;
    const Node *m = n->in[1]->in[0];
    if (m->op == OP_stop_gradient)
        m = m->in[0];
    return m->op == OP_reduce_max && m->in[0] == n->in[0] ? m : NULL;
}

/* A sum over the axes of the maximum that was subtracted: one of its terms is exp 0. */
static bool holds_a_one(const Node *sum)
{
    const Node *e = sum->in[0], *m = e->op == OP_exp ? maximum_below(e->in[0]) : NULL;
    if (!m || m->attr[0].ints.n != sum->attr[0].ints.n)
        return false;
    return !memcmp(m->attr[0].ints.at, sum->attr[0].ints.at,
                   m->attr[0].ints.n * sizeof *m->attr[0].ints.at);
}

static unsigned of_pow(const Node *n, unsigned x)
{
    double e;
    if (!const_number(n->in[1], &e) || e < 0)
        return x & PLUS;
    unsigned tame = x & PLUS || e == floor(e) ? TAME : 0;
    return (x & (PLUS | tame)) | given(x, PLUS | BOUNDED, BOUNDED);
}

static unsigned of_unary(Op op, unsigned x)
{
    switch ((int)op) {
    case OP_neg:
        return x & (AWAY | TAME);
    case OP_abs:
        return PLUS | (x & (AWAY | TAME));
    case OP_sqrt:
        return PLUS | given(x, POSITIVE, AWAY) | (x & BOUNDED) | given(x, PLUS | TAME, TAME);
    case OP_exp:
        return PLUS | given(x, PLUS, AWAY) | (x & BOUNDED) | given(x, BOUNDED | TAME, TAME);
    case OP_expm1:
        return (x & (PLUS | BOUNDED)) | given(x, BOUNDED | TAME, TAME);
    case OP_log:
        return (x & BOUNDED) | given(x, POSITIVE | TAME, TAME);
    case OP_log1p:
        return (x & (PLUS | BOUNDED)) | given(x, PLUS | TAME, TAME);
    case OP_sigmoid:
        return PLUS | BOUNDED | (x & TAME);
    case OP_softplus:
        return PLUS | (x & (BOUNDED | TAME));
    case OP_floor:
    case OP_round:
        return x & (PLUS | BOUNDED | TAME);
    case OP_sin:
    case OP_cos:
        return BOUNDED | (x & TAME);
    default: /* sign tanh erf */
        return BOUNDED | (x & (PLUS | TAME));
    }
}

static unsigned of_binary(const Node *n, unsigned x, unsigned y)
{
    unsigned both = x & y, square = n->in[0] == n->in[1] ? PLUS : 0;
    switch ((int)n->op) {
    case OP_add:
        return (both & (PLUS | BOUNDED | TAME)) | (both & PLUS ? (x | y) & AWAY : 0);
    case OP_sub:
        return (both & TAME) | (maximum_below(n) || (x & BOUNDED && y & PLUS) ? BOUNDED : 0);
    case OP_mul:
        return (both & (PLUS | AWAY | TAME)) | square | given(both, PLUS | BOUNDED, BOUNDED);
    case OP_div:
        return (both & PLUS) | given(y, AWAY, both & TAME) | given(y, POSITIVE, x & BOUNDED);
    case OP_max:
        return (both & (BOUNDED | TAME | AWAY)) | ((x | y) & PLUS) | given(x, POSITIVE, AWAY) |
               given(y, POSITIVE, AWAY);
    case OP_min:
        return (both & (PLUS | AWAY | TAME)) | ((x | y) & BOUNDED);
    case OP_pow:
        return of_pow(n, x);
    default:
        return 0;
    }
}

static unsigned of_fma(const Node *n, const unsigned *x)
{
    unsigned square = n->in[0] == n->in[1] ? PLUS : 0, product = (x[0] & x[1]) | square;
    return (product & x[2] & PLUS) | (x[0] & x[1] & x[2] & TAME);
}

static unsigned of_node(const Node *n, const uint8_t *facts)
{
    unsigned x[3] = {0}, all = ALL;
    for (uint32_t i = 0; i < n->n_in; i++) {
        all &= facts[n->in[i]->id];
        if (i < 3)
            x[i] = facts[n->in[i]->id];
    }
    if (!rt_dtype(n->dtype)->is_float && n->op != OP_const)
        return BOUNDED | TAME | (n->dtype == RT_bool || n->op == OP_iota ? PLUS : 0) |
               (n->op == OP_scalar && n->attr[0].i == SCALAR_n ? POSITIVE : 0);
    switch ((int)n->op) {
    case OP_const:
        return of_const(n);
    case OP_input:
    case OP_read:
    case OP_scalar:
        return TAME;
    case OP_fma:
        return of_fma(n, x);
    case OP_select:
        return x[1] & x[2];
    case OP_cast:
    case OP_stop_gradient:
    case OP_reduce_max:
    case OP_gather:
        return x[0];
    case OP_dot:
        return all & (PLUS | TAME);
    case OP_sum:
        return (x[0] & (PLUS | BOUNDED | TAME)) |
               (holds_a_one(n) ? AWAY : given(x[0], POSITIVE, AWAY));
    case OP_concat:
    case OP_pad:
        return all;
    case OP_scatter_add:
        return x[0] & x[2] & (PLUS | TAME);
    }
    if (node_is(n, OPT_VIEW))
        return x[0];
    if (!node_is(n, OPT_ELEMENTWISE))
        return 0;
    return n->n_in == 1 ? of_unary(n->op, x[0]) : of_binary(n, x[0], x[1]);
}

uint8_t *facts_of(Arena *arena, const Graph *g)
{
    uint8_t *facts = ARENA_ARRAY(arena, uint8_t, g->nodes.n + 1);
    for (size_t i = 0; i < g->nodes.n; i++)
        facts[i] = (uint8_t)of_node(g->nodes.at[i], facts);
    return facts;
}
