/* constraints.h: a constraint of a layer's weight as nodes. */
#ifndef NNLC_IR_OPTIM_CONSTRAINTS_H
#define NNLC_IR_OPTIM_CONSTRAINTS_H

#include "ir/graph/builder.h"
#include "ir/program/program.h"

/* What the rule makes of the new value of a weight. */
Node *constraint_apply(Builder *b, const Call *constraint, Node *w);

#endif
