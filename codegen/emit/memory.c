/* memory.c: loads and stores at the present point. Along the vector axis neighbours in memory are one
 * vector; anything else is done lane by lane. */
#include <string.h>

#include "codegen/emit/internal.h"
#include "support/bug.h"

bool affine_uses(const Affine *a, int axis)
{
    return axis >= 0 && a->coef[axis] != 0;
}

Val affine_value(Fn *f, const Affine *a)
{
    Emitter *em = f->em;
    Val sum = a->c ? i64_const(em, a->c) : NULL;
    for (int i = 0; i < MAX_AXES; i++) {
        if (!a->coef[i])
            continue;
        Val part = f->axis[i];
        nnl_assert(part);
        if (a->coef[i] != 1)
            part = LLVMBuildNSWMul(em->b, part, i64_const(em, a->coef[i]), "");
        sum = sum ? LLVMBuildNSWAdd(em->b, sum, part, "") : part;
    }
    return sum ? sum : i64_const(em, 0);
}

Val pointer_field(const Emitter *em, Val base, Val index)
{
    Val p = LLVMBuildInBoundsGEP2(em->b, em->ptr, base, &index, 1, "");
    return LLVMBuildLoad2(em->b, em->ptr, p, "");
}

const StatePlace *state_place(const Emitter *em, uint32_t state)
{
    return plan_state(em->plan->states, em->plan->kernels->graph->states.at[state].name);
}

Val access_base(Fn *f, const Access *a)
{
    return f->operand[operand_of(&f->operands, f->em->scratch, (int)a->base, a->id)];
}

int64_t input_row(const Emitter *em, uint32_t id)
{
    const Node *n = em->plan->kernels->inputs.at[id];
    int64_t count = 1;
    for (int d = 1; d < n->shape.rank; d++)
        count *= n->shape.dim[d].n;
    return count * n->shape.dim[0].n;
}

/* rt_storage_index in LLVM: (row, col) of a strip-packed state. */
static Val packed_index(Fn *f, const Storage *s, Val row, Val col)
{
    Emitter *em = f->em;
    LLVMBuilderRef b = em->b;
    int64_t wide_cols = (int64_t)s->n_wide * s->wide * s->vector;
    Val result[2] = {NULL, NULL};
    for (int narrow = 0; narrow < 2; narrow++) {
        int64_t width = (int64_t)(narrow ? s->narrow : s->wide) * s->vector;
        if (!(narrow ? s->n_narrow : s->n_wide))
            continue;
        Val w = i64_const(em, width), start = i64_const(em, narrow ? wide_cols : 0);
        Val c = LLVMBuildNSWSub(b, col, start, "");
        Val strip = LLVMBuildUDiv(b, c, w, "");
        Val in = LLVMBuildURem(b, c, w, "");
        Val first = LLVMBuildNSWAdd(b, start, LLVMBuildNSWMul(b, strip, w, ""), "");
        Val at = LLVMBuildNSWMul(b, first, i64_const(em, s->rows), "");
        at = LLVMBuildNSWAdd(b, at, LLVMBuildNSWMul(b, row, w, ""), "");
        result[narrow] = LLVMBuildNSWAdd(b, at, in, "");
    }
    if (!result[0] || !result[1])
        return result[0] ? result[0] : result[1];
    Val is_wide = LLVMBuildICmp(b, LLVMIntSLT, col, i64_const(em, wide_cols), "");
    return LLVMBuildSelect(b, is_wide, result[0], result[1], "");
}

static Val lane_of(Fn *f, Val v, unsigned lane)
{
    if (LLVMGetTypeKind(LLVMTypeOf(v)) != LLVMVectorTypeKind)
        return v;
    return LLVMBuildExtractElement(f->em->b, v, i64_const(f->em, lane), "");
}

/* The element number at this point, lane `lane` of the vector axis. */
static Val element_index(Fn *f, const Access *a, unsigned lane)
{
    Emitter *em = f->em;
    Val saved = NULL, at;
    if (lane) {
        saved = f->axis[f->vector_axis];
        f->axis[f->vector_axis] = LLVMBuildNSWAdd(em->b, saved, i64_const(em, lane), "");
    }
    if (a->packed) {
        at = packed_index(f, &state_place(f->em, a->id)->storage, affine_value(f, &a->row),
                          affine_value(f, &a->col));
    } else {
        at = affine_value(f, &a->offset);
    }
    if (a->base == BASE_input) {
        Val index = pointer_field(em, f->io, i64_const(em, 2)), row = affine_value(f, &a->row);
        Val p = LLVMBuildInBoundsGEP2(em->b, em->i32, index, &row, 1, "");
        Val r = LLVMBuildZExt(em->b, LLVMBuildLoad2(em->b, em->i32, p, ""), em->i64, "");
        r = LLVMBuildNSWMul(em->b, r, i64_const(em, input_row(em, a->id)), "");
        at = LLVMBuildNSWAdd(em->b, at, r, "");
    }
    if (lane)
        f->axis[f->vector_axis] = saved;
    if (a->dynamic) {
        Val d = lane_of(f, expr_value(f, a->dynamic), lane);
        d = LLVMBuildNSWMul(em->b, d, i64_const(em, a->dynamic_stride), "");
        at = LLVMBuildNSWAdd(em->b, at, d, "");
    }
    return at;
}

/* Are the lanes of the vector axis neighbours in memory? */
static bool is_contiguous(Fn *f, const Access *a)
{
    int v = f->vector_axis;
    if (a->dynamic && expr_varies(f, a->dynamic))
        return false;
    if (a->packed) {
        const Storage *s = &state_place(f->em, a->id)->storage;
        return !a->row.coef[v] && a->col.coef[v] == 1 && a->col.c == 0 &&
               s->vector % (int32_t)f->width == 0;
    }
    return !affine_uses(&a->row, v) && a->offset.coef[v] == 1;
}

static Val from_memory(Fn *f, const Access *a, Val v)
{
    if (a->dtype != RT_bool)
        return v;
    return LLVMBuildICmp(f->em->b, LLVMIntNE, v, LLVMConstNull(LLVMTypeOf(v)), "");
}

static Val load_at(Fn *f, const Access *a, Val base, Val at, unsigned width)
{
    Emitter *em = f->em;
    Val p = offset_ptr(em, base, at, a->dtype);
    Val v = LLVMBuildLoad2(em->b, memory_type_of(em, a->dtype, width), p, "");
    LLVMSetAlignment(v, (unsigned)rt_dtype(a->dtype)->size);
    return from_memory(f, a, v);
}

/* May a load run past the lanes that count? Behind values, states and constants lies slack. */
static bool has_slack(const Fn *f, const Access *a)
{
    unsigned past = (f->width - f->tail) * (unsigned)rt_dtype(a->dtype)->size;
    return !f->tail || a->packed || (a->base != BASE_input && past <= PLAN_ALIGN);
}

Val load_access(Fn *f, const Access *a, bool varies)
{
    Emitter *em = f->em;
    Val base = access_base(f, a);
    unsigned width = varies ? f->width : 1;
    if (width == 1 || (is_contiguous(f, a) && has_slack(f, a)))
        return load_at(f, a, base, element_index(f, a, 0), width);
    Val v = LLVMConstNull(type_of(em, a->dtype, width));
    for (unsigned lane = 0; lane < (f->tail ? f->tail : width); lane++) {
        Val x = load_at(f, a, base, element_index(f, a, lane), 1);
        v = LLVMBuildInsertElement(em->b, v, x, i64_const(em, lane), "");
    }
    return v;
}

static void store_at(Fn *f, const Access *a, Val base, Val at, Val v)
{
    Emitter *em = f->em;
    Val p = offset_ptr(em, base, at, a->dtype);
    if (a->dtype == RT_bool) {
        bool vector = LLVMGetTypeKind(LLVMTypeOf(v)) == LLVMVectorTypeKind;
        unsigned width = vector ? LLVMGetVectorSize(LLVMTypeOf(v)) : 1;
        v = LLVMBuildZExt(em->b, v, memory_type_of(em, RT_bool, width), "");
    }
    LLVMSetAlignment(LLVMBuildStore(em->b, v, p), (unsigned)rt_dtype(a->dtype)->size);
}

/* Lanes from..from+n-1 of v as a vector of n (a scalar for 1). */
static Val some_lanes(Fn *f, Val v, unsigned from, unsigned n)
{
    Emitter *em = f->em;
    if (n == 1)
        return lane_of(f, v, from);
    Val which[16];
    for (unsigned i = 0; i < n; i++)
        which[i] = LLVMConstInt(em->i32, from + i, 0);
    return LLVMBuildShuffleVector(em->b, v, LLVMGetPoison(LLVMTypeOf(v)), LLVMConstVector(which, n),
                                  "");
}

/* Behind the last column a packed state has pads, of which one store may cover some. */
static unsigned lanes_stored(const Fn *f, const Access *a)
{
    unsigned lanes = f->tail ? f->tail : f->width, covered = 1;
    while (a->packed && covered < lanes)
        covered *= 2;
    return a->packed && covered < f->width ? covered : a->packed ? f->width : lanes;
}

void store_access(Fn *f, const Access *a, Val value, bool value_varies)
{
    Emitter *em = f->em;
    Val base = access_base(f, a);
    if (f->width == 1) {
        store_at(f, a, base, element_index(f, a, 0), value);
        return;
    }
    if (!value_varies)
        value = splat(em, value, f->width);
    unsigned lanes = lanes_stored(f, a);
    if (!is_contiguous(f, a)) {
        unsigned count = f->tail ? f->tail : f->width;
        for (unsigned lane = 0; lane < count; lane++)
            store_at(f, a, base, element_index(f, a, lane), lane_of(f, value, lane));
        return;
    }
    Val at = element_index(f, a, 0);
    if (lanes == f->width) {
        store_at(f, a, base, at, value);
        return;
    }
    for (unsigned from = 0, n; from < lanes; from += n) {
        for (n = f->width / 2; n > lanes - from; n /= 2)
            ;
        Val here = LLVMBuildNSWAdd(em->b, at, i64_const(em, from), "");
        store_at(f, a, base, here, some_lanes(f, value, from, n));
    }
}
