/* update.h: update rules as nodes: a weight's value and its gradient become writes of the weight and of
 * its slots.
 *
 * Rules compute in the type of the weights, operation by operation as Keras writes them
 * (docs/ir.md); what is the same for all weights (the rate, Adam's step size) is a scalar in double,
 * rounded once. */
#ifndef NNLC_IR_OPTIM_UPDATE_H
#define NNLC_IR_OPTIM_UPDATE_H

#include "ir/graph/builder.h"
#include "ir/program/program.h"

typedef struct UpdateCx {
    Builder b;
    const Call *optimizer;
    const Call *constraint; /* of the weight at hand, or NULL */
    RtDtype dtype;          /* of the weights */
    Node *rate;             /* rank 0, in that type */
    Node *rate_f64;         /* rank 0: scalar rate */
    Node *step_f64;         /* rank 0: scalar t, from 1 */
    Node *shared; /* rank 0: what the rule computes once for all weights; NULL if nothing */
} UpdateCx;

/* update_ID for every optimizer that is built: the new value of a weight. `w` is its state, `value` its
 * read, `g` its gradient. prepare_ID makes the shared scalar, or NULL. */
#define ROW_BUILT(id)                                                                              \
    Node *update_##id(UpdateCx *u, const State *w, Node *value, Node *g);                          \
    Node *prepare_##id(UpdateCx *u);
#define ROW_LATER(id)
#define ROW(id, name, aliases, state, ...) ROW_##state(id)
#include "runtime/abi/optimizers.def"
#undef ROW_BUILT
#undef ROW_LATER

/* For one graph: the scalars. */
UpdateCx update_begin(Graph *g, const Call *optimizer, RtDtype dtype);
/* Writes what the rule of u->optimizer makes of a weight. */
void update_weight(UpdateCx *u, const State *w, Node *value, Node *g);

/* ---- for the rules ---- */
/* Declares the slot "WEIGHT.name" starting at `start` everywhere and reads it. */
Node *slot_read(UpdateCx *u, const State *w, const char *name, double start);
void slot_write(UpdateCx *u, const State *w, const char *name, Node *value);
/* A rank-0 constant in the type of the weights. */
Node *update_const(UpdateCx *u, double value);

#endif
