/* builder.h: short names for making nodes: g_add(b, x, y).
 *
 * A Builder carries the graph and the origin given to new nodes. Arguments are right by construction
 * (a failing shape rule is our bug); code that passes on what a user wrote calls graph_add and checks
 * for NULL. Operands of elementwise builders have equal shapes; a rank-0 operand is broadcast to the
 * other's shape by the builder, as is a constant. */
#ifndef NNLC_IR_GRAPH_BUILDER_H
#define NNLC_IR_GRAPH_BUILDER_H

#include "ir/graph/graph.h"

typedef struct Builder {
    Graph *g;
    Origin origin;
} Builder;

Node *g_unary(Builder *b, Op op, Node *x);
/* log x of a clipped probability x: the clip protects the logarithm and means nothing else, so
 * softmax_xent may go round it. */
Node *g_log_unclip(Builder *b, Node *x);
Node *g_binary(Builder *b, Op op, Node *x, Node *y);
Node *g_select(Builder *b, Node *cond, Node *yes, Node *no);
Node *g_cast(Builder *b, Node *x, RtDtype dtype);

static inline Node *g_add(Builder *b, Node *x, Node *y)
{
    return g_binary(b, OP_add, x, y);
}
static inline Node *g_sub(Builder *b, Node *x, Node *y)
{
    return g_binary(b, OP_sub, x, y);
}
static inline Node *g_mul(Builder *b, Node *x, Node *y)
{
    return g_binary(b, OP_mul, x, y);
}
static inline Node *g_div(Builder *b, Node *x, Node *y)
{
    return g_binary(b, OP_div, x, y);
}

/* A rank-0 constant rounded to `dtype`; g_const_like: broadcast to the shape and type of x. */
Node *g_const(Builder *b, RtDtype dtype, double value);
Node *g_const_like(Builder *b, const Node *x, double value);
/* A constant [n], each value rounded to `dtype`. */
Node *g_row(Builder *b, RtDtype dtype, uint32_t n, const double *values);
Node *g_scalar(Builder *b, RunScalar kind, RtDtype dtype);
/* Of a kind that has many: given_seed, option. */
Node *g_scalar_numbered(Builder *b, RunScalar kind, uint32_t id, RtDtype dtype);
Node *g_input(Builder *b, const char *name, RtDtype dtype, Shape shape);
Node *g_iota(Builder *b, RtDtype dtype, Shape shape, int axis);
Node *g_read(Builder *b, const char *state);
/* guard may be NULL */
Node *g_write(Builder *b, const char *state, Node *value, Node *guard);
Node *g_output(Builder *b, const char *name, Node *value);
/* u32 of `shape`; seed: u64 as i64 scalar, step: i64 scalar */
Node *g_rng(Builder *b, Node *seed, Node *step, uint32_t stream, Shape shape);

/* Axes of x appear in the result at `axes` (ascending); the other axes are new and repeat. */
Node *g_broadcast(Builder *b, Node *x, Shape shape, const int64_t *axes);
/* x of rank r-1 (axis removed by a reduction) back to `shape` of rank r. */
Node *g_broadcast_over(Builder *b, Node *x, Shape shape, int axis);
/* A rank-0 value to `shape`. */
Node *g_splat(Builder *b, Node *x, Shape shape);
/* Indices begin ... end - 1 of an axis, which does not carry N. */
Node *g_slice(Builder *b, Node *x, int axis, int64_t begin, int64_t end);
/* x plus `updates` at the places along the axis that `index` (i32, i64) names. */
Node *g_scatter_add(Builder *b, Node *x, Node *index, Node *updates, int axis);
Node *g_reshape(Builder *b, Node *x, Shape shape);
Node *g_transpose(Builder *b, Node *x, const int64_t *order);
Node *g_sum(Builder *b, Node *x, const int64_t *axes, uint32_t n_axes, RtDtype acc);
Node *g_sum_all(Builder *b, Node *x, RtDtype acc);
Node *g_reduce_max(Builder *b, Node *x, int axis);
Node *g_argmax(Builder *b, Node *x, int axis);
/* Sum over the last axis of x and axis 0 of w: [.., k] x [k, n] (+ init [.., n] or NULL). */
Node *g_matmul(Builder *b, Node *x, Node *w, Node *init);
Node *g_dot(Builder *b, Node *x, Node *y, IntList batch_x, IntList batch_y, IntList contract_x,
            IntList contract_y, Node *init);

#endif
