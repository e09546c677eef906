/* interp_internal.h: what the files of ir/interp share. */
#ifndef NNLC_IR_INTERP_INTERP_INTERNAL_H
#define NNLC_IR_INTERP_INTERP_INTERNAL_H

#include "ir/interp/interp.h"

typedef struct Interp {
    const InterpWorld *w;
    const Graph *g;
    char **value; /* per node */
} Interp;

/* Sizes of a shape for this batch. */
typedef struct Sizes {
    int rank;
    int64_t n[MAX_RANK];
    int64_t count;
} Sizes;

Sizes sizes_of(const Interp *ip, const Shape *s);
/* The position of element `at` along each axis, and back. */
void index_of(const Sizes *s, int64_t at, int64_t *index);
int64_t offset_of(const Sizes *s, const int64_t *index);
static inline size_t element_size(const Node *n)
{
    return rt_dtype(n->dtype)->size;
}
static inline char *value_of(const Interp *ip, const Node *n)
{
    return ip->value[n->id];
}
/* Numbers of any type: integers exactly, floats as doubles. */
int64_t integer_at(RtDtype dtype, const void *p);
double float_at(RtDtype dtype, const void *p);

void interp_reduce(Interp *ip, const Node *n);
void interp_dot(Interp *ip, const Node *n);
void interp_move(Interp *ip, const Node *n);
void interp_index(Interp *ip, const Node *n);

/* The order of a sum: terms come in row-major order of the reduced axes, the outermost one counted by
 * `outer` of `outer_size` (of a full batch, if it is the batch). Used by sums, maxima and dots. */
typedef struct Fold {
    SumSplit split;
    int64_t outer_size;
    RtDtype dtype;     /* of the accumulators */
    char *lanes;       /* groups x lanes elements */
    int64_t *in_group; /* terms of each group so far */
} Fold;

Fold fold_begin(const Interp *ip, SumSplit split, int64_t outer_size, RtDtype dtype);
/* The accumulator that the next term with this outer index goes to. */
void *fold_lane(Fold *f, int64_t outer);
/* Joins the accumulators by halving; `join` is OP_add or OP_max. The result lies in lane 0 of group 0. */
void fold_end(Fold *f, Op join);

#endif
