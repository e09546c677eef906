/* vjp_binary.c: gradients of arithmetic on two or three values, of select and cast. */
#include "ir/grad/rules.h"

void vjp_add(Grad *gr, const Node *y, Node *dy)
{
    grad_add(gr, y->in[0], dy);
    grad_add(gr, y->in[1], dy);
}

void vjp_sub(Grad *gr, const Node *y, Node *dy)
{
    grad_add(gr, y->in[0], dy);
    if (grad_wants(gr, y->in[1]))
        grad_add(gr, y->in[1], g_unary(&gr->b, OP_neg, dy));
}

/* dy times the factor v. A square that is 0 has the slope 0, even where v is not 0, but so small that
 * its square is: else sqrt(v v) would have an infinite slope there. */
static Node *times_factor(Grad *gr, const Node *y, Node *dy, Node *v)
{
    Builder *b = &gr->b;
    if (y->in[0] != y->in[1] || !gr->steep[y->id] || y->op != OP_mul)
        return grad_times(gr, y, dy, v, grad_factor(gr, v));
    Node *dead = g_binary(b, OP_eq, (Node *)y, g_const_like(b, y, 0));
    return grad_unless(gr, dead, grad_times(gr, y, dy, v, grad_factor(gr, v) & ~SLOPE_zero));
}

/* y = a b  =>  da = dy b, db = dy a.  Both go to the input of a square together, so that what a weight gets of its
 * penalty is one value, computed with the update. */
void vjp_mul(Grad *gr, const Node *y, Node *dy)
{
    if (y->in[0] == y->in[1] && grad_wants(gr, y->in[0])) {
        Node *dx = times_factor(gr, y, dy, y->in[0]);
        grad_add(gr, y->in[0], g_add(&gr->b, dx, dx));
        return;
    }
    if (grad_wants(gr, y->in[0]))
        grad_add(gr, y->in[0], times_factor(gr, y, dy, y->in[1]));
    if (grad_wants(gr, y->in[1]))
        grad_add(gr, y->in[1], times_factor(gr, y, dy, y->in[0]));
}

/* y = a / b  =>  da = dy / b, db = -(dy / b) y
 *
 * Near b = 0 the first factor of db may be infinite and the other 0, or the other way round. */
void vjp_div(Grad *gr, const Node *y, Node *dy)
{
    Builder *b = &gr->b;
    bool away = grad_knows(gr, y->in[1], FACT_away);
    bool plain = grad_knows(gr, y->in[1], FACT_away | FACT_tame);
    Node *da = grad_over(gr, y, dy, y->in[1], plain ? SLOPE_plain : SLOPE_infinite);
    grad_add(gr, y->in[0], da);
    if (!grad_wants(gr, y->in[1]))
        return;
    Node *db = grad_times(gr, y, da, (Node *)y, grad_factor(gr, y));
    if (!away)
        db = grad_unless(gr, g_binary(b, OP_eq, (Node *)y, g_const_like(b, y, 0)), db);
    grad_add(gr, y->in[1], g_unary(b, OP_neg, db));
}

/* y = a b + c */
void vjp_fma(Grad *gr, const Node *y, Node *dy)
{
    vjp_mul(gr, y, dy);
    grad_add(gr, y->in[2], dy);
}

/* To the first input where `chosen` holds, else to the second. */
static void to_chosen(Grad *gr, const Node *y, Node *dy, Node *chosen)
{
    Node *zero = g_const_like(&gr->b, y, 0);
    if (grad_wants(gr, y->in[0]))
        grad_add(gr, y->in[0], g_select(&gr->b, chosen, dy, zero));
    if (grad_wants(gr, y->in[1]))
        grad_add(gr, y->in[1], g_select(&gr->b, chosen, zero, dy));
}

/* y = max(a, b): to a only if b < a, which is b < y whatever is NaN: if a was taken, y is a; if b was,
 * b < y is false. So a, a layer's value before its relu, need not be kept. */
void vjp_max(Grad *gr, const Node *y, Node *dy)
{
    to_chosen(gr, y, dy, g_binary(&gr->b, OP_lt, y->in[1], (Node *)y));
}

/* y = min(a, b): to a only if a < b, which is y < b by the same argument. */
void vjp_min(Grad *gr, const Node *y, Node *dy)
{
    to_chosen(gr, y, dy, g_binary(&gr->b, OP_lt, (Node *)y, y->in[1]));
}

/* The exponent, if it is one number everywhere. */
static bool constant_exponent(const Node *e, double *value)
{
    while (e->op == OP_broadcast)
        e = e->in[0];
    return const_number(e, value);
}

static Node *is_number(Builder *b, Node *x, double value)
{
    return g_binary(b, OP_eq, x, g_const_like(b, x, value));
}

/* y = x^c  =>  dx = dy c x^(c-1); nothing for c = 0. For c > 1 the slope is 0 where y is, as that of a
 * square (times_factor). */
static Node *to_base_constant(Grad *gr, const Node *y, Node *dy, double c)
{
    Builder *b = &gr->b;
    Node *base = y->in[0], *factor = g_const_like(b, y, c);
    if (c == 1)
        return g_mul(b, dy, factor);
    Node *slope = c == 2 ? g_mul(b, factor, base)
                         : g_mul(b, factor, g_binary(b, OP_pow, base, g_const_like(b, y, c - 1)));
    unsigned can = grad_factor(gr, base) | (c < 1 ? SLOPE_zero : 0);
    bool away = grad_knows(gr, base, FACT_not_negative | FACT_away);
    if (c < 1 && !away)
        can |= SLOPE_infinite;
    if (c < 1 || away || !gr->steep[y->id])
        return grad_times(gr, y, dy, slope, can);
    Node *dead = is_number(b, (Node *)y, 0);
    return grad_unless(gr, dead, grad_times(gr, y, dy, slope, can & ~(unsigned)SLOPE_zero));
}

/* y = x^e  =>  dx = dy e x^(e-1), which is 0 for e = 0 whatever x is */
static Node *to_base(Grad *gr, const Node *y, Node *dy)
{
    Builder *b = &gr->b;
    Node *e = y->in[1], *less = g_sub(b, e, g_const_like(b, e, 1));
    less = g_select(b, is_number(b, e, 0), g_const_like(b, e, 0), less);
    Node *slope = g_mul(b, e, g_binary(b, OP_pow, y->in[0], less));
    return grad_times(gr, y, dy, slope, SLOPE_zero | SLOPE_infinite);
}

/* y = x^e  =>  de = dy y log x; 0 where y is 0 (x = 0 < e; x infinite, e < 0), at x = e = 0, and for
 * x < 0, where whole exponents stand alone. */
static Node *to_exponent(Grad *gr, const Node *y, Node *dy)
{
    Builder *b = &gr->b;
    Node *x = y->in[0], *flat = is_number(b, (Node *)y, 0);
    Node *corner = g_binary(b, OP_and, is_number(b, x, 0), is_number(b, y->in[1], 0));
    flat = g_binary(b, OP_or, flat, g_binary(b, OP_lt, x, g_const_like(b, x, 0)));
    flat = g_binary(b, OP_or, flat, corner);
    Node *slope = grad_unless(gr, flat, g_mul(b, (Node *)y, g_unary(b, OP_log, x)));
    return grad_times(gr, y, dy, slope, SLOPE_zero | SLOPE_infinite);
}

void vjp_pow(Grad *gr, const Node *y, Node *dy)
{
    double c;
    if (!constant_exponent(y->in[1], &c)) {
        if (grad_wants(gr, y->in[0]))
            grad_add(gr, y->in[0], to_base(gr, y, dy));
        if (grad_wants(gr, y->in[1]))
            grad_add(gr, y->in[1], to_exponent(gr, y, dy));
    } else if (c != 0) {
        grad_add(gr, y->in[0], to_base_constant(gr, y, dy, c));
    }
}

/* y = c ? a : b */
void vjp_select(Grad *gr, const Node *y, Node *dy)
{
    Node *zero = g_const_like(&gr->b, y, 0);
    if (grad_wants(gr, y->in[1]))
        grad_add(gr, y->in[1], g_select(&gr->b, y->in[0], dy, zero));
    if (grad_wants(gr, y->in[2]))
        grad_add(gr, y->in[2], g_select(&gr->b, y->in[0], zero, dy));
}

/* Between floats the gradient is cast back; integers carry none. */
void vjp_cast(Grad *gr, const Node *y, Node *dy)
{
    RtDtype from = y->in[0]->dtype;
    if (rt_dtype(from)->is_float && rt_dtype(y->dtype)->is_float)
        grad_add(gr, y->in[0], g_cast(&gr->b, dy, from));
}
