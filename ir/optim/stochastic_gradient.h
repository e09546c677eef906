/* stochastic_gradient.h: what StochasticGradient needs besides its rule: the columns of a linear model, each of which is
 * trained as if it were alone, and the sums by which a training is stopped. */
#ifndef NNLC_IR_OPTIM_STOCHASTIC_GRADIENT_H
#define NNLC_IR_OPTIM_STOCHASTIC_GRADIENT_H

#include "ir/layers/build.h"
#include "ir/optim/update.h"

/* Bound on the derivative of the loss by an output. */
#define MOST_DERIVATIVE 1e12

/* The outputs of a model that is one kernel, with or without a bias, and whose loss adds up a term for each output; 0:
 * something else. `reads`: of what it trains. */
int64_t linear_columns(const BuildResult *r, size_t n, Node *const *reads);
/* Adds the terms of the loss and the penalties to the sums of the epoch, one for each column. */
void objective_add(UpdateCx *u, Node *terms);

#endif
