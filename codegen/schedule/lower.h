/* lower.h: parts of schedule() that share its state. Internal to codegen/schedule. */
#ifndef NNLC_CODEGEN_SCHEDULE_LOWER_H
#define NNLC_CODEGEN_SCHEDULE_LOWER_H

#include "codegen/schedule/cluster.h"
#include "codegen/schedule/kernel.h"

typedef struct Lower {
    Arena *arena;
    const Graph *g;
    const ScheduleOptions *options;
    Clusters *clusters;
    Kernels *out;
    uint32_t *value_of;    /* per node: index into out->values, or NO_CLUSTER */
    uint32_t *slot_of;     /* per node: data, input or scalar slot */
    Kernel *kernel;        /* the one being made */
    const KExpr **expr_of; /* per node: its value at the kernel's point, or NULL */
} Lower;

/* ---- access.c ---- */

Affine affine_const(int64_t c);
Affine affine_axis(unsigned axis);
bool affine_equal(const Affine *a, const Affine *b);

/* Elements between neighbours along each dimension, for full batches. */
void row_major_strides(const Shape *s, int64_t batch, int64_t *stride);
/* Where element idx[] of a value in memory lies. */
Access access_value(Lower *lo, uint32_t value, const Affine *idx);
Access access_state(Lower *lo, const Node *state_user, const Affine *idx);
/* The value of node `v` at logical indices idx[], from memory or made on the spot. */
const KExpr *value_at(Lower *lo, const Node *v, const Affine *idx);
/* Gives an expression its number in the kernel; equal loads and constants are shared. */
const KExpr *kx_add(Lower *lo, const KExpr *e);
const KExpr *kx_op(Lower *lo, ScalarOp op, RtDtype dtype, const KExpr *a, const KExpr *b,
                   const KExpr *c);
const KExpr *kx_int(Lower *lo, int64_t value);
const KExpr *kx_load(Lower *lo, const Access *a);
const KExpr *kx_axis(Lower *lo, RtDtype dtype, const Affine *index);

/* ---- merge.c ---- */

/* Puts the axes of a kernel that stores a column-major state in its order, drops axes of one index and joins neighbours that every access walks as one. */
void kernel_merge_axes(Kernel *k);

/* ---- outer.c ---- */

bool kernel_is_outer(const Lower *lo, const Cluster *c);
/* Makes the kernel a map; its axes are those of the contraction. */
void kernel_outer(Lower *lo, const Node *dot);

/* ---- point.c ---- */

/* The value of pointwise node n at idx[] from its inputs at the same (or other) points. */
const KExpr *point_value(Lower *lo, const Node *n, const Affine *idx);

/* ---- tile.c ---- */

/* Makes the kernel of a contraction a register tile if its operands allow; false leaves it as it is. */
bool kernel_try_tile(Lower *lo, Kernel *k, const Node *dot);

#endif
