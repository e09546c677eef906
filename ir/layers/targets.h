/* targets.h: do targets, the model's output and a loss or metric fit together? */
#ifndef NNLC_IR_LAYERS_TARGETS_H
#define NNLC_IR_LAYERS_TARGETS_H

#include "ir/layers/build_internal.h"

/* The kinds of targets: class numbers, one vector per sample with as many elements as classes, values
 * of the output's shape: from 0 to 1; to compare with answers that are 0 or 1; any. */
typedef enum {
    TARGET_class,
    TARGET_one_hot,
    TARGET_binary,
    TARGET_answer,
    TARGET_value
} TargetKind;

/* Makes y fit p for a loss or metric (`call`) of a kind: class numbers as i32 without a last axis of
 * size 1, others in the type of the computation with the shape of p. NULL after an error at `call`. */
Node *targets_fit(BuildCx *cx, const Call *call, TargetKind kind, Node *y, Node *p,
                  const char *what);
/* Warns where the last activation cannot be what the loss is made for. */
void scores_check(BuildCx *cx, const Call *loss, bool from_logits, const Node *p);

#endif
