/* softmax.h: the functions that go over an axis of scores.
 *
 * softmax is built in one form, which ir/passes/softmax_xent.c knows:
 *     m = reduce_max x, e = exp(x - broadcast(stop_gradient(m))), e / broadcast(sum e) */
#ifndef NNLC_IR_LAYERS_SOFTMAX_H
#define NNLC_IR_LAYERS_SOFTMAX_H

#include "ir/graph/builder.h"

/* axis from 0, not the batch's. */
Node *softmax_node(Builder *b, Node *x, int axis);
/* x - m - log(sum(exp(x - m))) */
Node *log_softmax_node(Builder *b, Node *x, int axis);
Node *sparsemax_node(Builder *b, Node *x, int axis);
/* One of these over several axes, ascending, as if they were one. */
Node *over_axes(Builder *b, Node *x, const int64_t *axes, uint32_t n,
                Node *(*make)(Builder *b, Node *x, int axis));
/* first half * sigmoid(second half); the axis has an even size. */
Node *glu_node(Builder *b, Node *x, int axis);

#endif
