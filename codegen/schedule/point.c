/* point.c: one pointwise node at one point. Its inputs are values of the same kernel at the same
 * point, or are loaded; gather, pad and concat read their inputs at computed points. */
#include "codegen/schedule/lower.h"

#include <string.h>

#include "support/bug.h"

/* The value of an input at the node's own point. */
static const KExpr *operand(Lower *lo, const Node *in, const Affine *idx)
{
    if (lo->expr_of[in->id])
        return lo->expr_of[in->id];
    return value_at(lo, in, idx);
}

static const KExpr *axis_expr(Lower *lo, const Affine *a)
{
    return kx_axis(lo, RT_i64, a);
}

/* The load `from`, index * stride elements further. */
static const KExpr *moved_load(Lower *lo, const KExpr *from, const KExpr *index, int64_t stride)
{
    Access a = *from->access;
    a.dynamic = index;
    a.dynamic_stride = stride;
    return kx_load(lo, &a);
}

/* Elements between neighbours of x along the axis. */
static int64_t stride_along(Lower *lo, const Node *x, int axis)
{
    Affine one[MAX_RANK] = {{0}}, none[MAX_RANK] = {{0}};
    one[axis] = affine_const(1);
    const KExpr *next = value_at(lo, x, one), *start = value_at(lo, x, none);
    return next->kind == KX_load ? next->access->offset.c - start->access->offset.c : 0;
}

static const KExpr *clamp(Lower *lo, const KExpr *x, int64_t last)
{
    const KExpr *zero = kx_int(lo, 0), *top = kx_int(lo, last);
    const KExpr *low = kx_op(lo, KOP_max, RT_i64, x, zero, NULL);
    return kx_op(lo, KOP_min, RT_i64, low, top, NULL);
}

/* x[.., index[..], ..]: the index, clamped to the axis, moves the address. */
static const KExpr *gather_at(Lower *lo, const Node *n, const Affine *idx)
{
    const Node *x = n->in[0], *index = n->in[1];
    int axis = (int)n->attr[0].i;
    Affine at[MAX_RANK] = {{0}};
    const KExpr *i = operand(lo, index, idx + axis);
    if (i->dtype != RT_i64)
        i = kx_op(lo, KOP_cast, RT_i64, i, NULL, NULL);
    i = clamp(lo, i, x->shape.dim[axis].n - 1);
    for (int d = 0; d < x->shape.rank; d++)
        if (d != axis)
            at[d] = idx[d < axis ? d : d - 1 + index->shape.rank];
    const KExpr *from = value_at(lo, x, at);
    if (from->kind != KX_load || from->access->packed)
        nnl_bug("gather from a value that does not lie row-major in memory");
    return moved_load(lo, from, i, stride_along(lo, x, axis));
}

/* Inside if low <= i and the distance is a multiple of interior + 1 and below the size. */
static const KExpr *pad_at(Lower *lo, const Node *n, const Affine *idx)
{
    const Node *x = n->in[0];
    const KExpr *inside = NULL, *offset = NULL;
    Affine at[MAX_RANK] = {{0}};
    const KExpr *moved[MAX_RANK] = {NULL};
    for (int d = 0; d < x->shape.rank; d++) {
        int64_t low = n->attr[0].ints.at[d], step = n->attr[2].ints.at[d] + 1;
        int64_t size = x->shape.dim[d].n;
        if (x->shape.dim[d].batch || (!low && !n->attr[1].ints.at[d] && step == 1)) {
            at[d] = idx[d];
            continue;
        }
        Affine shifted = idx[d];
        shifted.c -= low;
        const KExpr *i = axis_expr(lo, &shifted), *ok;
        ok = kx_op(lo, KOP_le, RT_bool, kx_int(lo, 0), i, NULL);
        if (step > 1) {
            const KExpr *s = kx_int(lo, step), *r = kx_op(lo, KOP_rem, RT_i64, i, s, NULL);
            ok = kx_op(lo, KOP_and, RT_bool, ok, kx_op(lo, KOP_eq, RT_bool, r, kx_int(lo, 0), NULL),
                       NULL);
            i = kx_op(lo, KOP_div, RT_i64, i, s, NULL);
        }
        ok = kx_op(lo, KOP_and, RT_bool, ok, kx_op(lo, KOP_lt, RT_bool, i, kx_int(lo, size), NULL),
                   NULL);
        inside = inside ? kx_op(lo, KOP_and, RT_bool, inside, ok, NULL) : ok;
        moved[d] = clamp(lo, i, size - 1);
    }
    const KExpr *v = value_at(lo, x, at);
    for (int d = 0; d < x->shape.rank && inside; d++) {
        if (!moved[d])
            continue;
        int64_t stride = stride_along(lo, x, d);
        const KExpr *part = kx_op(lo, KOP_mul, RT_i64, moved[d], kx_int(lo, stride), NULL);
        offset = offset ? kx_op(lo, KOP_add, RT_i64, offset, part, NULL) : part;
    }
    if (!inside)
        return v;
    if (v->kind == KX_load)
        v = moved_load(lo, v, offset, 1);
    return kx_op(lo, KOP_select, n->dtype, inside, v, operand(lo, n->in[1], NULL));
}

/* Piece p covers [start, start + size): chosen by comparing the index with the starts. */
static const KExpr *concat_at(Lower *lo, const Node *n, const Affine *idx)
{
    int axis = (int)n->attr[0].i;
    int64_t start = 0;
    const KExpr *v = NULL, *i = axis_expr(lo, &idx[axis]);
    for (uint32_t p = 0; p < n->n_in; p++) {
        const Node *x = n->in[p];
        int64_t size = x->shape.dim[axis].n;
        Affine at[MAX_RANK] = {{0}};
        for (int d = 0; d < x->shape.rank; d++)
            if (d != axis)
                at[d] = idx[d];
        const KExpr *here = value_at(lo, x, at);
        if (here->kind == KX_load) {
            Affine shifted = idx[axis];
            shifted.c -= start;
            const KExpr *inside = clamp(lo, axis_expr(lo, &shifted), size - 1);
            here = moved_load(lo, here, inside, stride_along(lo, x, axis));
        }
        if (v) {
            const KExpr *before = kx_op(lo, KOP_lt, RT_bool, i, kx_int(lo, start), NULL);
            here = kx_op(lo, KOP_select, n->dtype, before, v, here);
        }
        v = here;
        start += size;
    }
    return v;
}

static const KExpr *rng_at(Lower *lo, const Node *n, const Affine *idx)
{
    int64_t stride[MAX_RANK];
    KExpr e;
    Affine element = affine_const(0);
    memset(&e, 0, sizeof e);
    e.kind = KX_rng;
    e.offset = &element;
    e.dtype = RT_u32;
    e.id = (uint32_t)n->attr[0].i;
    e.in[0] = operand(lo, n->in[0], NULL);
    e.in[1] = operand(lo, n->in[1], NULL);
    e.n_in = 2;
    row_major_strides(&n->shape, lo->g->batch, stride);
    for (int d = 0; d < n->shape.rank; d++)
        for (int a = 0; a < MAX_AXES; a++)
            element.coef[a] += idx[d].coef[a] * stride[d];
    return kx_add(lo, &e);
}

static ScalarOp scalar_of(Op op)
{
    switch ((int)op) {
#define SCALAR(id, inputs)                                                                         \
    case OP_##id:                                                                                  \
        return KOP_##id;
#define MATH(id, inputs)                                                                           \
    case OP_##id:                                                                                  \
        return KOP_##id;
#include "codegen/schedule/scalars.def"
    default:
        nnl_bug("op '%s' has no kernel form", op_info(op)->name);
    }
}

const KExpr *point_value(Lower *lo, const Node *n, const Affine *idx)
{
    if (lo->clusters->forced[n->id]) {
        lo->clusters->forced[n->id] = false;
        uint32_t value = lo->value_of[n->id];
        lo->value_of[n->id] = NO_CLUSTER;
        const KExpr *v = value_at(lo, n, idx);
        lo->clusters->forced[n->id] = true;
        lo->value_of[n->id] = value;
        return v;
    }
    switch ((int)n->op) {
    case OP_gather:
        return gather_at(lo, n, idx);
    case OP_pad:
        return pad_at(lo, n, idx);
    case OP_concat:
        return concat_at(lo, n, idx);
    case OP_rng:
        return rng_at(lo, n, idx);
    case OP_stop_gradient:
        return operand(lo, n->in[0], idx);
    default:
        break;
    }
    const KExpr *in[3] = {NULL, NULL, NULL};
    for (uint32_t i = 0; i < n->n_in; i++)
        in[i] = operand(lo, n->in[i], idx);
    return kx_op(lo, scalar_of(n->op), n->dtype, in[0], in[1], in[2]);
}
