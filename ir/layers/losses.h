/* losses.h: what the files of losses share: the call at hand, its arguments, and pieces of formulas. */
#ifndef NNLC_IR_LAYERS_LOSSES_H
#define NNLC_IR_LAYERS_LOSSES_H

#include "ir/layers/targets.h"

/* One use of a loss: by compile, by a fn, or for the metric of the same name. */
typedef struct LossCx {
    BuildCx *cx;
    Builder *b;
    const Call *call; /* of the loss or of the metric */
    int axis;         /* the argument of this name, from 0; the last one where the row has none */
    Node *mask;       /* set by the rule where not all of its values count: bool, of their shape */
} LossCx;

/* loss_ID for every row of losses.def that is built: the values [N, ...] of targets that fit, or one number
 * of the whole batch; NULL after errors. */
#define ROW_BUILT(id) Node *loss_##id(LossCx *lx, Node *y, Node *p);
#define ROW_LATER(id)
#define ROW(id, name, aliases, state, ...) ROW_##state(id)
#include "runtime/abi/losses.def"
#undef ROW_BUILT
#undef ROW_LATER

/* ---- losses.c: arguments by name, so that a loss and the metric of its name share a rule ---- */
/* NULL where the row has no such argument. */
const ArgValue *loss_arg(const LossCx *lx, const char *name);
bool loss_flag(const LossCx *lx, const char *name);
double loss_number(const LossCx *lx, const char *name);

/* ---- losses_pieces.c ---- */
Node *sum_over_axis(Builder *b, Node *x, int axis);
Node *mean_over_axis(Builder *b, Node *x, int axis);
Node *one_minus(Builder *b, Node *x);
/* x c */
Node *scaled(Builder *b, Node *x, double c);
/* min(max(x, low), high) */
Node *clipped(Builder *b, Node *x, double low, double high);
/* What probabilities are clipped to: 1e-7 from 0 and 1. */
Node *clipped_probability(Builder *b, Node *p);
/* y (1 - label_smoothing) + label_smoothing / k */
Node *smoothed(const LossCx *lx, Node *y, double k);
/* x**power for x >= 0, with finite slopes. */
Node *power_of(Builder *b, Node *x, double power);
/* p / sum of p over the axis */
Node *shares(Builder *b, Node *p, int axis);
/* v[label] over the axis. */
Node *pick(Builder *b, Node *v, Node *label, int axis);
/* ---- losses_values.c ---- */
/* The cosine of the angle between vectors along the axis. */
Node *cosine_of(Builder *b, Node *y, Node *p, int axis);

#endif
