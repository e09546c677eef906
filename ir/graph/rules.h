/* rules.h: the shape rules of the ops, one function per family of ops.def (ir/ops/FAMILY.c).
 *
 * A rule reads inputs and attributes, writes shape and dtype of the result, and answers false after a
 * diagnostic if they do not fit. */
#ifndef NNLC_IR_GRAPH_RULES_H
#define NNLC_IR_GRAPH_RULES_H

#include "ir/graph/graph.h"

typedef struct ShapeCx {
    Graph *g;
    Origin origin; /* of the node to be made: for messages */
} ShapeCx;

typedef bool ShapeRule(ShapeCx *cx, Op op, uint32_t n_in, Node *const *in, const Attr *attr,
                       Shape *shape, RtDtype *dtype);

ShapeRule shape_source, shape_state, shape_unary, shape_binary, shape_compare, shape_bits,
    shape_choose, shape_dot, shape_reduce, shape_move, shape_index, shape_later;

/* "layer 'hidden'" or "'dot'": who a message is about. */
const char *shape_who(ShapeCx *cx, Op op);
/* "layer 'hidden': 'dot'" or "'dot'": the same where the op belongs into the message. */
const char *shape_op(ShapeCx *cx, Op op);
/* Reports at the node's place and returns false. */
bool shape_error(ShapeCx *cx, const char *format, ...) NNLC_PRINTF(2, 3);
const char *shape_of(ShapeCx *cx, const Node *n);

#endif
