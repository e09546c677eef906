/* rules.c: where a gradient can be 0 or infinite, and the guarded products that rules build. */
#include "ir/grad/rules.h"

enum { POSITIVE = FACT_not_negative | FACT_away };

/* Does y's gradient, where it is not 0, reach its inputs as a number that is not 0? */
static bool keeps_nonzero(const Grad *gr, const Node *y)
{
    switch ((int)y->op) {
    case OP_add:
    case OP_sub:
    case OP_neg:
    case OP_sum:
    case OP_cast:
    case OP_reshape:
    case OP_transpose:
    case OP_broadcast:
    case OP_reverse:
    case OP_concat:
        return true;
    case OP_mul:
        return (y->in[0]->op == OP_const || y->in[1]->op == OP_const) &&
               (grad_knows(gr, y->in[0], FACT_away) || grad_knows(gr, y->in[1], FACT_away));
    case OP_div:
        return !grad_wants(gr, y->in[1]);
    default:
        return false;
    }
}

/* Is there a finite value of its inputs where the slope of y is infinite? */
static bool can_be_steep(const Grad *gr, const Node *y)
{
    double e;
    switch ((int)y->op) {
    case OP_sqrt:
    case OP_log:
        return !grad_knows(gr, y->in[0], POSITIVE);
    case OP_log1p:
        return !grad_knows(gr, y->in[0], FACT_not_negative);
    case OP_div:
        return !grad_knows(gr, y->in[1], FACT_away);
    case OP_pow:
        return !grad_knows(gr, y->in[0], POSITIVE) && !(const_number(y->in[1], &e) && e >= 1);
    default:
        return false;
    }
}

void grad_flow(Grad *gr, const Node *y)
{
    bool fades = gr->fades[y->id] || !keeps_nonzero(gr, y);
    bool steep = gr->steep[y->id] || can_be_steep(gr, y);
    for (uint32_t i = 0; i < y->n_in; i++) {
        gr->fades[y->in[i]->id] |= fades;
        gr->steep[y->in[i]->id] |= steep;
    }
}

unsigned grad_factor(const Grad *gr, const Node *x)
{
    return (grad_knows(gr, x, FACT_away) ? 0 : SLOPE_zero) |
           (grad_knows(gr, x, FACT_tame) ? 0 : SLOPE_infinite);
}

static Node *either(Builder *b, Node *p, Node *q)
{
    return p && q ? g_binary(b, OP_or, p, q) : p ? p : q;
}

static Node *is_0(Builder *b, Node *x)
{
    return g_binary(b, OP_eq, x, g_const_like(b, x, 0));
}

Node *grad_unless(const Grad *gr, Node *dead, Node *dx)
{
    Builder b = gr->b;
    return dead ? g_select(&b, dead, g_const_like(&b, dx, 0), dx) : dx;
}

Node *grad_times(const Grad *gr, const Node *y, Node *dy, Node *slope, unsigned can)
{
    Builder b = gr->b;
    Node *dead = can & SLOPE_infinite && gr->fades[y->id] ? is_0(&b, dy) : NULL;
    if (can & SLOPE_zero && gr->steep[y->id])
        dead = either(&b, dead, is_0(&b, slope));
    return grad_unless(gr, dead, g_mul(&b, dy, slope));
}

Node *grad_over(const Grad *gr, const Node *y, Node *dy, Node *x, unsigned can)
{
    Builder b = gr->b;
    Node *dead = can & SLOPE_infinite && gr->fades[y->id] ? is_0(&b, dy) : NULL;
    return grad_unless(gr, dead, g_div(&b, dy, x));
}
