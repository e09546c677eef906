/* vjp_unary.c: gradients of functions of one value. Where the derivative can be had from the result
 * y, it is, so that x can be freed after the forward part. The right-hand limit counts at -0, too: adding
 * +0 makes a zero positive and changes nothing else. */
#include "ir/grad/rules.h"

static Node *like(Grad *gr, const Node *y, double v)
{
    return g_const_like(&gr->b, y, v);
}

/* y = -x  =>  dx = -dy */
void vjp_neg(Grad *gr, const Node *y, Node *dy)
{
    grad_add(gr, y->in[0], g_unary(&gr->b, OP_neg, dy));
}

/* The gradient of the only input: dy times a slope that is finite where the input has these facts. */
static void add_if(Grad *gr, const Node *y, Node *dy, Node *slope, unsigned facts)
{
    unsigned wild = grad_knows(gr, y->in[0], facts) ? 0 : SLOPE_infinite;
    grad_add(gr, y->in[0], grad_times(gr, y, dy, slope, SLOPE_zero | wild));
}

static void add_times(Grad *gr, const Node *y, Node *dy, Node *slope)
{
    add_if(gr, y, dy, slope, FACT_tame);
}

/* y = |x|  =>  dx = dy sign x; 0 at 0 */
void vjp_abs(Grad *gr, const Node *y, Node *dy)
{
    add_times(gr, y, dy, g_unary(&gr->b, OP_sign, y->in[0]));
}

/* Flat almost everywhere: no gradient. */
void vjp_sign(Grad *gr, const Node *y, Node *dy)
{
    (void)dy;
    grad_add(gr, y->in[0], like(gr, y, 0));
}

void vjp_floor(Grad *gr, const Node *y, Node *dy)
{
    vjp_sign(gr, y, dy);
}

void vjp_round(Grad *gr, const Node *y, Node *dy)
{
    vjp_sign(gr, y, dy);
}

/* The gradient of the only input: dy / v, where v is 0 only at an end of the domain. */
static void add_over(Grad *gr, const Node *y, Node *dy, Node *v)
{
    unsigned positive = FACT_not_negative | FACT_away;
    if (!grad_knows(gr, y->in[0], positive))
        v = g_add(&gr->b, v, like(gr, y, 0));
    bool plain = grad_knows(gr, y->in[0], positive | FACT_tame);
    grad_add(gr, y->in[0], grad_over(gr, y, dy, v, plain ? SLOPE_plain : SLOPE_infinite));
}

/* y = sqrt x  =>  dx = dy / (2 y) */
void vjp_sqrt(Grad *gr, const Node *y, Node *dy)
{
    add_over(gr, y, dy, g_mul(&gr->b, like(gr, y, 2), (Node *)y));
}

/* The slope of exp x is infinite where x is large. */
static void add_exp(Grad *gr, const Node *y, Node *dy, Node *slope)
{
    add_if(gr, y, dy, slope, FACT_bounded | FACT_tame);
}

/* y = exp x  =>  dx = dy y */
void vjp_exp(Grad *gr, const Node *y, Node *dy)
{
    add_exp(gr, y, dy, (Node *)y);
}

/* y = exp x - 1  =>  dx = dy (y + 1) */
void vjp_expm1(Grad *gr, const Node *y, Node *dy)
{
    add_exp(gr, y, dy, g_add(&gr->b, (Node *)y, like(gr, y, 1)));
}

/* y = log x  =>  dx = dy / x */
void vjp_log(Grad *gr, const Node *y, Node *dy)
{
    add_over(gr, y, dy, y->in[0]);
}

/* y = log(1 + x)  =>  dx = dy / (1 + x) */
void vjp_log1p(Grad *gr, const Node *y, Node *dy)
{
    Node *v = g_add(&gr->b, like(gr, y, 1), y->in[0]);
    bool plain = grad_knows(gr, y->in[0], FACT_not_negative | FACT_tame);
    grad_add(gr, y->in[0], grad_over(gr, y, dy, v, plain ? SLOPE_plain : SLOPE_infinite));
}

/* y = tanh x  =>  dx = dy (1 - y^2) */
void vjp_tanh(Grad *gr, const Node *y, Node *dy)
{
#ifdef NNLC_BREAK_VJP
    Node *slope = g_sub(&gr->b, like(gr, y, 1), (Node *)y);
#else
    Node *slope = g_sub(&gr->b, like(gr, y, 1), g_mul(&gr->b, (Node *)y, (Node *)y));
#endif
    add_times(gr, y, dy, slope);
}

/* y = sigmoid x  =>  dx = dy y (1 - y) */
void vjp_sigmoid(Grad *gr, const Node *y, Node *dy)
{
    Node *slope = g_mul(&gr->b, (Node *)y, g_sub(&gr->b, like(gr, y, 1), (Node *)y));
    add_times(gr, y, dy, slope);
}

/* y = log(1 + exp x)  =>  dx = dy sigmoid x */
void vjp_softplus(Grad *gr, const Node *y, Node *dy)
{
    add_times(gr, y, dy, g_unary(&gr->b, OP_sigmoid, y->in[0]));
}

/* y = erf x  =>  dx = dy 2/sqrt(pi) exp(-x^2) */
void vjp_erf(Grad *gr, const Node *y, Node *dy)
{
    Node *x = y->in[0];
    Node *minus_square = g_unary(&gr->b, OP_neg, g_mul(&gr->b, x, x));
    Node *bell = g_unary(&gr->b, OP_exp, minus_square);
    Node *slope = g_mul(&gr->b, like(gr, y, 1.1283791670955125739), bell);
    add_times(gr, y, dy, slope);
}

/* Very far out sin and cos are NaN, at finite x. */
static void add_wave(Grad *gr, const Node *y, Node *dy, Node *slope)
{
    grad_add(gr, y->in[0], grad_times(gr, y, dy, slope, SLOPE_zero | SLOPE_infinite));
}

/* y = sin x  =>  dx = dy cos x */
void vjp_sin(Grad *gr, const Node *y, Node *dy)
{
    add_wave(gr, y, dy, g_unary(&gr->b, OP_cos, y->in[0]));
}

/* y = cos x  =>  dx = -dy sin x */
void vjp_cos(Grad *gr, const Node *y, Node *dy)
{
    add_wave(gr, y, dy, g_unary(&gr->b, OP_neg, g_unary(&gr->b, OP_sin, y->in[0])));
}
