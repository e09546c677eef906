/* grad.h: reverse-mode differentiation on the graph: gradients are nodes like any others. */
#ifndef NNLC_IR_GRAD_GRAD_H
#define NNLC_IR_GRAD_GRAD_H

#include "ir/graph/builder.h"

/* The gradient of the rank-0 float node `loss` with respect to each of the n `targets` (reads of
 * states, or any float nodes), as nodes of g: gradients[i] has the shape and type of targets[i]; zeros
 * where the loss does not depend on it. New nodes carry the origin of the forward node, with
 * PART_backward. Only nodes between a target and the loss get gradients. Several gradients of one
 * value are added in the order of its uses, last use first. */
void grad_build(Graph *g, Node *loss, Node *const *targets, size_t n, Node **gradients);

/* ---- for the rules (ir/ops/vjp_*.c) ---- */

typedef struct Grad {
    Builder b;          /* origin: the forward node's */
    Node **of;          /* per forward node: the sum of gradients so far, or NULL */
    const bool *wanted; /* per forward node */
} Grad;

/* Adds dx to the gradient of x, if x lies between a target and the loss. */
void grad_add(Grad *gr, Node *x, Node *dx);
static inline bool grad_wants(const Grad *gr, const Node *x)
{
    return gr->wanted[x->id];
}

#endif
