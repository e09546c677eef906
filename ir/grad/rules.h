/* rules.h: gradient rules, one per op: from dy, the gradient of y = op(inputs), to those of the inputs. */
#ifndef NNLC_IR_GRAD_RULES_H
#define NNLC_IR_GRAD_RULES_H

#include "ir/grad/grad.h"

#define OP(id, least, most, traits, family) void vjp_##id(Grad *gr, const Node *y, Node *dy);
#include "ir/defs/ops.def"

/* Hands the flags of y's gradient on to its inputs. */
void grad_flow(Grad *gr, const Node *y);

#endif
