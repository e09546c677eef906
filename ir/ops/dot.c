/* dot.c: contraction over pairs of axes: batch axes, free axes of a, free axes of b. */
#include "ir/graph/rules.h"

static bool listed(IntList l, int64_t axis)
{
    for (uint32_t i = 0; i < l.n; i++)
        if (l.at[i] == axis)
            return true;
    return false;
}

/* Every axis of both lists is one of s, and none stands twice. */
static bool axes_right(const Shape *s, IntList batch, IntList contract)
{
    unsigned seen = 0;
    for (uint32_t i = 0; i < batch.n + contract.n; i++) {
        int64_t axis = i < batch.n ? batch.at[i] : contract.at[i - batch.n];
        if (axis < 0 || axis >= s->rank || seen >> axis & 1)
            return false;
        seen |= 1u << axis;
    }
    return true;
}

static bool same_dim(Dim a, Dim b)
{
    return a.n == b.n && a.batch == b.batch;
}

/* Paired axes must have one size: features of a layer's input against its kernel's rows. */
static bool pairs_fit(ShapeCx *cx, Node *const *in, IntList a, IntList b)
{
    for (uint32_t i = 0; i < a.n; i++) {
        Dim da = in[0]->shape.dim[a.at[i]], db = in[1]->shape.dim[b.at[i]];
        if (same_dim(da, db))
            continue;
        if (da.batch || db.batch)
            return shape_error(cx, "%s cannot pair axis %lld of %s with axis %lld of %s",
                               shape_op(cx, OP_dot), (long long)a.at[i], shape_of(cx, in[0]),
                               (long long)b.at[i], shape_of(cx, in[1]));
        shape_error(cx, "%s expects %lld features but is fed %lld", shape_who(cx, OP_dot),
                    (long long)db.n, (long long)da.n);
        if (cx->g->diags && in[0]->origin.range.begin)
            diag_note(cx->g->diags, in[0]->origin.range, "its input has shape %s",
                      shape_text(cx->g->arena, &in[0]->shape));
        return false;
    }
    return true;
}

static bool add_free(Shape *out, const Shape *s, IntList batch, IntList contract)
{
    for (int d = 0; d < s->rank; d++) {
        if (listed(batch, d) || listed(contract, d))
            continue;
        if (out->rank == MAX_RANK)
            return false;
        out->dim[out->rank++] = s->dim[d];
    }
    return true;
}

bool shape_dot(ShapeCx *cx, Op op, uint32_t n_in, Node *const *in, const Attr *attr, Shape *shape,
               RtDtype *dtype)
{
    IntList batch_a = attr[0].ints, batch_b = attr[1].ints;
    IntList sum_a = attr[2].ints, sum_b = attr[3].ints;
    (void)op;
    if (in[0]->dtype != in[1]->dtype || in[0]->dtype == RT_bool)
        return shape_error(cx, "%s needs operands of one type, not %s and %s", shape_op(cx, OP_dot),
                           shape_of(cx, in[0]), shape_of(cx, in[1]));
    if (batch_a.n != batch_b.n || sum_a.n != sum_b.n ||
        !axes_right(&in[0]->shape, batch_a, sum_a) || !axes_right(&in[1]->shape, batch_b, sum_b))
        return shape_error(cx, "'dot' of %s and %s: the lists of axes do not fit",
                           shape_of(cx, in[0]), shape_of(cx, in[1]));
    if (!pairs_fit(cx, in, batch_a, batch_b) || !pairs_fit(cx, in, sum_a, sum_b))
        return false;
    *shape = shape_scalar();
    for (uint32_t i = 0; i < batch_a.n; i++)
        shape->dim[shape->rank++] = in[0]->shape.dim[batch_a.at[i]];
    if (!add_free(shape, &in[0]->shape, batch_a, sum_a) ||
        !add_free(shape, &in[1]->shape, batch_b, sum_b))
        return shape_error(cx, "%s: the result would have more than %d axes", shape_who(cx, OP_dot),
                           MAX_RANK);
    *dtype = attr[4].dtype;
    if (n_in > 2 && (in[2]->dtype != *dtype || !shape_equal(&in[2]->shape, shape)))
        return shape_error(cx, "'dot': init is %s, the result is %s", shape_of(cx, in[2]),
                           type_text(cx->g->arena, *dtype, shape));
    int n = 0;
    for (int d = 0; d < shape->rank; d++)
        n += shape->dim[d].batch;
    return n <= 1 || shape_error(cx, "%s: both operands carry the batch on an axis that is kept",
                                 shape_who(cx, OP_dot));
}
