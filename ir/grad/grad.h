/* grad.h: reverse-mode differentiation on the graph: gradients are nodes like any others. */
#ifndef NNLC_IR_GRAD_GRAD_H
#define NNLC_IR_GRAD_GRAD_H

#include "ir/grad/facts.h"
#include "ir/graph/builder.h"

/* The gradient of `of` is limited to -most..most. */
typedef struct Bound {
    const Node *of;
    double most;
} Bound;

/* The gradient of the rank-0 float node `loss` with respect to each of the n `targets` (reads of
 * states, or any float nodes), as nodes of g: gradients[i] has the shape and type of targets[i]; zeros
 * where the loss does not depend on it. New nodes carry the origin of the forward node, with
 * PART_backward. Only nodes between a target and the loss get gradients. Several gradients of one
 * value are added in the order of its uses, last use first. `bound`: on the gradient of a node on the way, or NULL. */
void grad_build(Graph *g, Node *loss, Node *const *targets, size_t n, Node **gradients,
                const Bound *bound);

/* ---- for the rules (ir/ops/vjp_*.c) ---- */

typedef struct Grad {
    Builder b;            /* origin: the forward node's */
    Node **of;            /* per forward node: the sum of gradients so far, or NULL */
    const bool *wanted;   /* per forward node */
    const uint8_t *facts; /* per forward node */
    size_t n_facts;
    bool *fades; /* per forward node: its gradient may be 0, ... */
    bool *steep; /* ... may be infinite, or NaN, though all values are finite */
} Grad;

/* Adds dx to the gradient of x, if x lies between a target and the loss. */
void grad_add(Grad *gr, Node *x, Node *dx);
static inline bool grad_wants(const Grad *gr, const Node *x)
{
    return gr->wanted[x->id];
}
static inline bool grad_knows(const Grad *gr, const Node *x, unsigned facts)
{
    return x->id < gr->n_facts && (gr->facts[x->id] & facts) == facts;
}

/* ---- products of which a factor can be 0 and the other infinite or NaN (rules.c) ----
 *
 * A value that does not count (the branch that select does not take, what max drops) has the gradient
 * 0, and 0 times any slope is 0. A slope of 0 likewise gives 0 under a gradient that is infinite: that
 * is the customary gradient of sqrt(x x) at 0. Guards stand only where both can happen. */

/* What the slope of an op can be. */
typedef enum { SLOPE_plain = 0, SLOPE_zero = 1, SLOPE_infinite = 2 /* or NaN */ } Slope;

/* dy times the slope of y. */
Node *grad_times(const Grad *gr, const Node *y, Node *dy, Node *slope, unsigned can);
/* dy / x, the slope of y being 1 / x. */
Node *grad_over(const Grad *gr, const Node *y, Node *dy, Node *x, unsigned can);
/* What a forward node can be as a factor. */
unsigned grad_factor(const Grad *gr, const Node *x);
/* dx, but 0 where `dead` is; NULL: nowhere. */
Node *grad_unless(const Grad *gr, Node *dead, Node *dx);

#endif
