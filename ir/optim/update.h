/* update.h: update rules as nodes: the weights' values and gradients become writes of the weights and of
 * their slots.
 *
 * One step, in Keras's order: the gradients are divided by the factor that scaled the loss, added up over
 * gradient_accumulation_steps batches, clipped (gradients.c); each weight decays, takes the value that the rule
 * gives it, goes into its moving average, and keeps to its constraint (update.c).
 *
 * Rules compute in the type of the weights, operation by operation as Keras writes them
 * (docs/ir.md); what is the same for all weights (the rate, Adam's step size) is a scalar in double,
 * rounded once. */
#ifndef NNLC_IR_OPTIM_UPDATE_H
#define NNLC_IR_OPTIM_UPDATE_H

#include "ir/graph/builder.h"
#include "ir/program/program.h"

enum { MAX_SHARED = 5 };

typedef struct UpdateCx {
    Builder b;
    const Call *optimizer;
    RtDtype dtype;  /* of the weights */
    Node *rate;     /* rank 0, in that type */
    Node *rate_f64; /* rank 0: scalar rate */
    Node *t;        /* rank 0, f64: number of the update, from 1 */
    Node *applies;  /* rank 0, bool: this batch completes an update; NULL: every one does */
    Node *shared[MAX_SHARED]; /* rank 0: what prepare_ID computes once for all weights */
    int64_t
        columns; /* of a linear model whose loss adds up the terms of its outputs: how many; else 0 */
    bool objective; /* sums of the loss and of the penalties of the optimizer are needed */
    Node *penalty;  /* f64: those of the weights so far; NULL: none */
} UpdateCx;

/* update_ID for every optimizer that is built: the new value of a weight. `w` is its state, `value` what it is after
 * weight decay, `g` its gradient. prepare_ID sets u->shared. */
#define ROW_BUILT(id)                                                                              \
    Node *update_##id(UpdateCx *u, const State *w, Node *value, Node *g);                          \
    void prepare_##id(UpdateCx *u);
#define ROW_LATER(id)
#define ROW(id, name, aliases, state, ...) ROW_##state(id)
#include "runtime/abi/optimizers.def"
#undef ROW_BUILT
#undef ROW_LATER

/* The loss whose gradients the optimizer takes. */
Node *update_loss(Graph *g, const Call *optimizer, Node *loss);
/* For one graph: the scalars. */
UpdateCx update_begin(Graph *g, const Call *optimizer, RtDtype dtype, int64_t columns);
/* Writes all weights, given their n reads and gradients and their constraints (NULL: none), and all slots. */
void update_weights(UpdateCx *u, size_t n, Node *const *reads, Node *const *gradients,
                    const Call *const *constraints);

/* ---- between the files of this folder ---- */
/* The state behind a read of a weight. From here on nodes come from its layer. */
State update_state(UpdateCx *u, const Node *read);
/* The gradients as the rule gets them. */
void gradients_prepare(UpdateCx *u, size_t n, Node *const *reads, Node **gradients);

/* ---- for the rules ---- */
const char *slot_name(UpdateCx *u, const State *w, const char *name);
/* Declares the slot "WEIGHT.name" starting at `start` everywhere and reads it. */
Node *slot_read(UpdateCx *u, const State *w, const char *name, double start);
/* The same with another shape than the weight's. Slots of all weights together belong to `all_weights`. */
Node *slot_read_shaped(UpdateCx *u, const State *w, const char *name, Shape shape, double start);
extern const State all_weights;
/* Takes effect where the batch completes an update. */
void slot_write(UpdateCx *u, const State *w, const char *name, Node *value);
/* A rank-0 constant in the type of the weights. */
Node *update_const(UpdateCx *u, double value);
/* A rank-0 number in double, rounded to the type of the weights. */
Node *update_scalar(UpdateCx *u, Node *value);
/* bool: is x, a whole number in double, a multiple of n? */
Node *is_multiple(UpdateCx *u, Node *x, int64_t n);
/* Euclid's norm of all elements, rank 0. */
Node *norm_of(UpdateCx *u, Node *x);
/* base^t and 1 - base^t, in double. */
Node *power_of_t(UpdateCx *u, double base, Node *t);
Node *correction(UpdateCx *u, double beta);
/* A moving mean in the slot `name`, of the gradient or of its square: old + (x - old)(1 - beta). Returns the new one. */
Node *moving_mean(UpdateCx *u, const State *w, const char *name, Node *x, double beta);
/* The argument of the optimizer that every row of the rule has. */
double update_number(const UpdateCx *u, const char *name);
/* old beta + (1 - beta) x */
Node *weighted_mean(UpdateCx *u, Node *old, Node *x, double beta);
/* Adam's step size, in the type of the weights, and its rule for a weight whose moving means are m and v. */
Node *adam_alpha(UpdateCx *u, Node *rate, double beta_1, double beta_2);
Node *adam_value(UpdateCx *u, Node *value, Node *m, Node *v, Node *alpha);
/* The same in double, beginning anew with `start` in every fit. */
Node *slot_read_each_fit(UpdateCx *u, const State *w, const char *name, RtDtype dtype, Shape shape,
                         double start);
/* Does Muon use Adam for this weight? False for other optimizers. */
bool muon_leaves_to_adam(const UpdateCx *u, const State *w);

#endif
