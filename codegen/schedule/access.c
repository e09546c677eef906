/* access.c: from a value and logical indices to a place in memory, through all views.
 *
 * Indices are affine in the kernel's axes. Views change them: transpose exchanges, broadcast drops,
 * slice and reverse scale and shift, reshape goes over the row-major number of the element. */
#include "codegen/schedule/lower.h"

#include <string.h>

#include "support/bug.h"

Affine affine_const(int64_t c)
{
    Affine a = {0};
    a.c = c;
    return a;
}

Affine affine_axis(unsigned axis)
{
    Affine a = {0};
    a.coef[axis] = 1;
    return a;
}

bool affine_equal(const Affine *a, const Affine *b)
{
    return a->c == b->c && !memcmp(a->coef, b->coef, sizeof a->coef);
}

static void affine_add(Affine *to, const Affine *a, int64_t scale)
{
    to->c += a->c * scale;
    for (int i = 0; i < MAX_AXES; i++)
        to->coef[i] += a->coef[i] * scale;
}

void row_major_strides(const Shape *s, int64_t batch, int64_t *stride)
{
    int64_t step = 1;
    for (int d = s->rank - 1; d >= 0; d--) {
        stride[d] = step;
        step *= dim_size(s->dim[d], batch);
    }
}

static Affine linear_of(const Shape *s, int64_t batch, const Affine *idx, int first)
{
    int64_t stride[MAX_RANK] = {0};
    Affine sum = affine_const(0);
    row_major_strides(s, batch, stride);
    for (int d = first; d < s->rank; d++)
        affine_add(&sum, &idx[d], stride[d]);
    return sum;
}

static bool same_load(const KExpr *a, const KExpr *b)
{
    const Access *x = a->access, *y = b->access;
    return x->base == y->base && x->id == y->id && x->dtype == y->dtype && x->packed == y->packed &&
           affine_equal(&x->offset, &y->offset) && affine_equal(&x->row, &y->row) &&
           affine_equal(&x->col, &y->col) && x->dynamic == y->dynamic &&
           x->dynamic_stride == y->dynamic_stride;
}

static bool same_expr(const KExpr *a, const KExpr *b)
{
    if (a->kind != b->kind || a->dtype != b->dtype || a->op != b->op || a->n_in != b->n_in ||
        a->bits != b->bits || a->id != b->id)
        return false;
    if (a->offset && !affine_equal(a->offset, b->offset))
        return false;
    for (uint32_t i = 0; i < a->n_in; i++)
        if (a->in[i] != b->in[i])
            return false;
    return a->kind != KX_load || same_load(a, b);
}

const KExpr *kx_add(Lower *lo, const KExpr *e)
{
    Kernel *k = lo->kernel;
    for (size_t i = 0; i < k->exprs.n; i++)
        if (same_expr(k->exprs.at[i], e))
            return k->exprs.at[i];
    KExpr *kept = arena_copy(lo->arena, e, sizeof *e);
    kept->number = (uint32_t)k->exprs.n;
    if (e->offset)
        kept->offset = arena_copy(lo->arena, e->offset, sizeof *e->offset);
    if (e->access)
        kept->access = arena_copy(lo->arena, e->access, sizeof *e->access);
    vec_push(lo->arena, &k->exprs, kept);
    return kept;
}

const KExpr *kx_op(Lower *lo, ScalarOp op, RtDtype dtype, const KExpr *a, const KExpr *b,
                   const KExpr *c)
{
    KExpr e;
    memset(&e, 0, sizeof e);
    e.kind = KX_op;
    e.op = op;
    e.dtype = dtype;
    e.in[0] = a;
    e.in[1] = b;
    e.in[2] = c;
    e.n_in = c ? 3 : b ? 2 : 1;
    return kx_add(lo, &e);
}

const KExpr *kx_int(Lower *lo, int64_t value)
{
    KExpr e;
    memset(&e, 0, sizeof e);
    e.kind = KX_const;
    e.dtype = RT_i64;
    e.bits = (uint64_t)value;
    return kx_add(lo, &e);
}

Access access_value(Lower *lo, uint32_t value, const Affine *idx)
{
    const Value *v = &lo->out->values.at[value];
    Access a;
    memset(&a, 0, sizeof a);
    a.base = BASE_value;
    a.id = value;
    a.dtype = v->node->dtype;
    a.offset = linear_of(&v->node->shape, lo->g->batch, idx, 0);
    return a;
}

Access access_state(Lower *lo, const Node *user, const Affine *idx)
{
    uint32_t s = (uint32_t)graph_state_place(lo->g, user->attr[0].text);
    const State *state = &lo->g->states.at[s];
    Access a;
    memset(&a, 0, sizeof a);
    a.base = BASE_state;
    a.id = s;
    a.dtype = state->dtype;
    const Storage *storage = &lo->options->storage[s];
    if (rt_storage_by_columns(storage)) {
        a.offset = idx[0];
        affine_add(&a.offset, &idx[1], storage->rows);
    } else if (storage->kind == STORAGE_strip_packed) {
        a.packed = true;
        a.row = idx[0];
        a.col = idx[1];
    } else {
        a.offset = linear_of(&state->shape, lo->g->batch, idx, 0);
    }
    return a;
}

const KExpr *kx_load(Lower *lo, const Access *a)
{
    KExpr e;
    Access access = *a;
    memset(&e, 0, sizeof e);
    e.kind = KX_load;
    e.dtype = a->dtype;
    e.access = &access;
    return kx_add(lo, &e);
}

const KExpr *kx_axis(Lower *lo, RtDtype dtype, const Affine *index)
{
    KExpr e;
    Affine offset = *index;
    memset(&e, 0, sizeof e);
    e.kind = KX_axis;
    e.dtype = dtype;
    e.offset = &offset;
    return kx_add(lo, &e);
}

/* Element size of a constant's first element, as bits. */
static uint64_t splat_bits(const Node *n)
{
    uint64_t bits = 0;
    memcpy(&bits, n->attr[2].data.bytes, rt_dtype(n->dtype)->size);
    return bits;
}

static const KExpr *leaf_at(Lower *lo, const Node *n, const Affine *idx, const Affine *linear)
{
    KExpr e;
    memset(&e, 0, sizeof e);
    e.dtype = n->dtype;
    switch ((int)n->op) {
    case OP_const:
        if (n->attr[2].data.splat) {
            e.kind = KX_const;
            e.bits = splat_bits(n);
            return kx_add(lo, &e);
        }
        return kx_load(
            lo, &(Access){.base = BASE_data,
                          .id = lo->slot_of[n->id],
                          .dtype = n->dtype,
                          .offset = linear ? *linear : linear_of(&n->shape, lo->g->batch, idx, 0)});
    case OP_iota:
        nnl_assert(idx); /* reshapes of it are copied: see node_is_view */
        return kx_axis(lo, n->dtype, &idx[n->attr[2].i]);
    case OP_scalar:
        e.kind = KX_scalar;
        e.id = lo->slot_of[n->id];
        return kx_add(lo, &e);
    default:
        nnl_bug("'%s' is no leaf", op_info(n->op)->name);
    }
}

static const KExpr *input_at(Lower *lo, const Node *n, const Affine *row, Affine rest)
{
    return kx_load(lo, &(Access){.base = BASE_input,
                                 .id = lo->slot_of[n->id],
                                 .dtype = n->dtype,
                                 .row = *row,
                                 .offset = rest});
}

static Access access_state_linear(Lower *lo, const Node *n, const Affine *linear)
{
    Affine zero[MAX_RANK] = {{0}};
    Access a = access_state(lo, n, zero);
    nnl_assert(!a.packed);
    a.offset = *linear;
    return a;
}

/* Memory behind a reshape: `shape` is the reshape's own, idx its indices. */
static const KExpr *reshaped_at(Lower *lo, const Node *base, const Shape *shape, const Affine *idx)
{
    Affine linear = linear_of(shape, lo->g->batch, idx, 0);
    if (lo->value_of[base->id] != NO_CLUSTER) {
        Affine zero[MAX_RANK] = {{0}};
        Access a = access_value(lo, lo->value_of[base->id], zero);
        a.offset = linear;
        return kx_load(lo, &a);
    }
    if (base->op == OP_read) {
        Access a = access_state_linear(lo, base, &linear);
        return kx_load(lo, &a);
    }
    if (base->op == OP_input)
        return input_at(lo, base, &idx[0], linear_of(shape, lo->g->batch, idx, 1));
    return leaf_at(lo, base, NULL, &linear);
}

/* One step through a view: the indices of its input. */
static void through_view(const Lower *lo, const Node *v, const Affine *idx, Affine *in)
{
    const Shape *from = &v->in[0]->shape;
    (void)lo;
    for (int d = 0; d < from->rank; d++) {
        switch ((int)v->op) {
        case OP_transpose:
            for (int o = 0; o < v->shape.rank; o++)
                if (v->attr[0].ints.at[o] == d)
                    in[d] = idx[o];
            break;
        case OP_broadcast:
            in[d] = idx[v->attr[1].ints.at[d]];
            break;
        case OP_slice:
            in[d] = affine_const(v->attr[0].ints.at[d]);
            affine_add(&in[d], &idx[d], v->attr[2].ints.n ? v->attr[2].ints.at[d] : 1);
            break;
        case OP_reverse:
            in[d] = idx[d];
            for (uint32_t k = 0; k < v->attr[0].ints.n; k++) {
                if (v->attr[0].ints.at[k] != d)
                    continue;
                in[d] = affine_const(from->dim[d].n - 1);
                affine_add(&in[d], &idx[d], -1);
            }
            break;
        default:
            nnl_bug("'%s' is no view", op_info(v->op)->name);
        }
    }
}

const KExpr *value_at(Lower *lo, const Node *v, const Affine *idx_in)
{
    Affine idx[MAX_RANK], next[MAX_RANK];
    if (v->shape.rank)
        memcpy(idx, idx_in, sizeof(Affine) * v->shape.rank);
    for (;;) {
        if (lo->value_of[v->id] != NO_CLUSTER) {
            Access a = access_value(lo, lo->value_of[v->id], idx);
            return kx_load(lo, &a);
        }
        if (v->op == OP_read) {
            Access a = access_state(lo, v, idx);
            return kx_load(lo, &a);
        }
        if (v->op == OP_input)
            return input_at(lo, v, &idx[0], linear_of(&v->shape, lo->g->batch, idx, 1));
        if (!node_is_view(lo->clusters, v))
            return leaf_at(lo, v, idx, NULL);
        if (v->op == OP_reshape) {
            const Node *base = v;
            while (base->op == OP_reshape && node_is_view(lo->clusters, base))
                base = base->in[0];
            return reshaped_at(lo, base, &v->shape, idx);
        }
        through_view(lo, v, idx, next);
        v = v->in[0];
        memcpy(idx, next, sizeof(Affine) * v->shape.rank);
    }
}
