/* targets.h: do targets, the model's output and a loss or metric fit together? */
#ifndef NNLC_IR_LAYERS_TARGETS_H
#define NNLC_IR_LAYERS_TARGETS_H

#include "ir/layers/build_internal.h"

typedef struct Target {
    RtNeedKind kind;
    int axis;               /* of the classes */
    const ArgValue *ignore; /* a class number that is none; NULL or none: there is no such */
} Target;

/* Makes y fit p for a loss or metric (`call`) of a kind: class numbers as i32 with the shape of p but for
 * the axis of the classes, others in the type of the computation with the shape of p. NULL after an error
 * at `call`. */
Node *targets_fit_along(BuildCx *cx, const Call *call, Target target, Node *y, Node *p,
                        const char *what);
/* The same, with the classes on the last axis. */
Node *targets_fit(BuildCx *cx, const Call *call, RtNeedKind kind, Node *y, Node *p,
                  const char *what);
/* Warns where outputs that are compared exactly are not the targets' numbers. */
void exactness_check(BuildCx *cx, const Call *metric);
/* Warns where the last activation cannot be what the loss is made for. */
void scores_check(BuildCx *cx, const Call *loss, const char *activation, int axis, const Node *y,
                  const Node *p);

#endif
