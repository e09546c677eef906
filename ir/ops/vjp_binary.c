/* vjp_binary.c: gradients of arithmetic on two or three values, of select and cast. */
#include "ir/grad/rules.h"

#include <string.h>

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

/* y = a b  =>  da = dy b, db = dy a */
void vjp_mul(Grad *gr, const Node *y, Node *dy)
{
    if (grad_wants(gr, y->in[0]))
        grad_add(gr, y->in[0], g_mul(&gr->b, dy, y->in[1]));
    if (grad_wants(gr, y->in[1]))
        grad_add(gr, y->in[1], g_mul(&gr->b, dy, y->in[0]));
}

/* y = a / b  =>  da = dy / b, db = -(dy / b) y */
void vjp_div(Grad *gr, const Node *y, Node *dy)
{
    Node *da = g_div(&gr->b, dy, y->in[1]);
    grad_add(gr, y->in[0], da);
    if (grad_wants(gr, y->in[1]))
        grad_add(gr, y->in[1], g_unary(&gr->b, OP_neg, g_mul(&gr->b, da, (Node *)y)));
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
    if (e->op != OP_const || !e->attr[2].data.splat)
        return false;
    float f;
    if (e->dtype == RT_f64) {
        memcpy(value, e->attr[2].data.bytes, sizeof *value);
        return true;
    }
    if (e->dtype != RT_f32)
        return false;
    memcpy(&f, e->attr[2].data.bytes, sizeof f);
    *value = f;
    return true;
}

/* y = x^c  =>  dx = dy c x^(c-1). Else, for x > 0, y = exp(b log a):
 * da = dy b y / a, db = dy y log a. */
void vjp_pow(Grad *gr, const Node *y, Node *dy)
{
    Builder *b = &gr->b;
    Node *base = y->in[0], *exponent = y->in[1];
    double c;
    if (constant_exponent(exponent, &c)) {
        Node *less = g_const_like(b, y, c - 1), *factor = g_const_like(b, y, c);
        Node *slope = c == 2   ? g_mul(b, factor, base)
                      : c == 1 ? factor
                               : g_mul(b, factor, g_binary(b, OP_pow, base, less));
        grad_add(gr, base, g_mul(b, dy, slope));
        return;
    }
    if (grad_wants(gr, base))
        grad_add(gr, base, g_mul(b, dy, g_mul(b, exponent, g_div(b, (Node *)y, base))));
    if (grad_wants(gr, exponent))
        grad_add(gr, exponent, g_mul(b, dy, g_mul(b, (Node *)y, g_unary(b, OP_log, base))));
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
