/* scalar.c: scalar expressions at the present point, as scalars where they do not vary along the
 * vector axis and as vectors where they do. Every operation is exact IEEE or integer arithmetic; the
 * meaning of each op is docs/ir.md's. */
#include <string.h>

#include "codegen/emit/internal.h"
#include "support/bug.h"

/* Along the vector axis? */
static bool walks_along(const Fn *f, const Access *a)
{
    return affine_uses(&a->offset, f->vector_axis) || affine_uses(&a->row, f->vector_axis) ||
           affine_uses(&a->col, f->vector_axis);
}

static bool access_varies(Fn *f, const Access *a)
{
    return walks_along(f, a) || (a->dynamic && expr_varies(f, a->dynamic));
}

static bool find_varies(Fn *f, const KExpr *e)
{
    switch (e->kind) {
    case KX_const:
    case KX_scalar:
        return false;
    case KX_axis:
        return affine_uses(e->offset, f->vector_axis);
    case KX_load:
        return access_varies(f, e->access);
    case KX_hero:
        return f->hero[e->id] && LLVMGetTypeKind(LLVMTypeOf(f->hero[e->id])) == LLVMVectorTypeKind;
    case KX_rng:
        return affine_uses(e->offset, f->vector_axis);
    case KX_op:
        for (uint32_t i = 0; i < e->n_in; i++)
            if (expr_varies(f, e->in[i]))
                return true;
        return false;
    }
    return false;
}

bool expr_varies(Fn *f, const KExpr *e)
{
    if (f->width == 1)
        return false;
    if (f->varies[e->number] < 0)
        f->varies[e->number] = find_varies(f, e);
    return f->varies[e->number] > 0;
}

void fn_set_vector_axis(Fn *f, int axis, unsigned width)
{
    f->vector_axis = axis;
    f->width = width;
    memset(f->varies, -1, f->k->exprs.n);
    fn_new_point(f, false);
}

void fn_new_point(Fn *f, bool keep_uniform)
{
    for (size_t i = 0; i < f->k->exprs.n; i++)
        if (!keep_uniform || expr_varies(f, f->k->exprs.at[i]) ||
            f->k->exprs.at[i]->kind == KX_hero)
            f->cache[i] = NULL;
}

static bool affine_is_fixed(const Affine *a)
{
    for (int i = 0; i < MAX_AXES; i++)
        if (a->coef[i])
            return false;
    return true;
}

static bool access_is_fixed(const Access *a)
{
    return affine_is_fixed(&a->offset) && affine_is_fixed(&a->row) && affine_is_fixed(&a->col) &&
           !a->dynamic;
}

static bool is_fixed(const KExpr *e)
{
    if (e->kind == KX_hero || (e->offset && !affine_is_fixed(e->offset)) ||
        (e->access && !access_is_fixed(e->access)))
        return false;
    for (uint32_t i = 0; i < e->n_in; i++)
        if (!is_fixed(e->in[i]))
            return false;
    return true;
}

void fn_keep_fixed(Fn *f)
{
    for (size_t i = 0; i < f->k->exprs.n; i++)
        if (f->cache[i] && !is_fixed(f->k->exprs.at[i]))
            f->cache[i] = NULL;
}

void fn_hoist_uniform(Fn *f)
{
    for (size_t i = 0; i < f->k->exprs.n; i++) {
        const KExpr *e = f->k->exprs.at[i];
        bool fixed = e->kind == KX_scalar || e->kind == KX_const;
        if (e->kind == KX_load)
            fixed = !walks_along(f, e->access) && !e->access->dynamic;
        if (fixed)
            expr_value(f, e);
    }
}

static Val const_value(const Emitter *em, const KExpr *e)
{
    double d;
    float s;
    switch (e->dtype) {
    case RT_f32: {
        uint32_t low = (uint32_t)e->bits;
        memcpy(&s, &low, sizeof s);
        return LLVMConstBitCast(LLVMConstInt(em->i32, low, 0), em->f32);
    }
    case RT_f64:
        memcpy(&d, &e->bits, sizeof d);
        return LLVMConstBitCast(LLVMConstInt(em->i64, e->bits, 0), em->f64);
    case RT_bool:
        return LLVMConstInt(em->i1, (e->bits & 0xff) != 0, 0);
    default:
        return LLVMConstInt(type_of(em, e->dtype, 1), e->bits, 0);
    }
}

static Val scalar_slot(Fn *f, const KExpr *e)
{
    Emitter *em = f->em;
    Val p = f->operand[operand_of(&f->operands, em->scratch, BASE_scalar, e->id)];
    return LLVMBuildLoad2(em->b, type_of(em, e->dtype, 1), p, "");
}

/* The affine value on every lane, as i64 (a vector if it varies). */
static Val affine_lanes(Fn *f, const Affine *a, bool varies)
{
    Emitter *em = f->em;
    Val first = affine_value(f, a);
    if (!varies)
        return first;
    Val steps[64];
    for (unsigned i = 0; i < f->width; i++)
        steps[i] = i64_const(em, (int64_t)i * a->coef[f->vector_axis]);
    return LLVMBuildAdd(em->b, splat(em, first, f->width), LLVMConstVector(steps, f->width), "");
}

static Val axis_value(Fn *f, const KExpr *e, bool varies)
{
    Emitter *em = f->em;
    unsigned width = varies ? f->width : 1;
    Val v = affine_lanes(f, e->offset, varies);
    LLVMTypeRef to = type_of(em, e->dtype, width);
    if (e->dtype == RT_i64)
        return v;
    if (rt_dtype(e->dtype)->is_float)
        return LLVMBuildSIToFP(em->b, v, to, "");
    return LLVMBuildTrunc(em->b, v, to, "");
}

static Val bits_of(Emitter *em, Val v, unsigned from, LLVMTypeRef to)
{
    if (from)
        v = LLVMBuildLShr(em->b, v, LLVMConstInt(LLVMTypeOf(v), from, 0), "");
    return LLVMBuildTrunc(em->b, v, to, "");
}

/* Philox4x32-10: key = seed, counter = (element / 4, step low, step high, stream); the result is the
 * word element % 4. On lanes if the element varies. */
static Val rng_value(Fn *f, const KExpr *e, bool varies)
{
    Emitter *em = f->em;
    LLVMBuilderRef b = em->b;
    unsigned w = varies ? f->width : 1;
    LLVMTypeRef t32 = type_of(em, RT_u32, w), t64 = type_of(em, RT_i64, w);
    Val element = affine_lanes(f, e->offset, varies);
    Val seed = expr_value(f, e->in[0]), step = expr_value(f, e->in[1]);
    Val c[4], key[2];
#define WIDE(x) splat(em, (x), w)
#define K64(x) splat(em, LLVMConstInt(em->i64, (x), 0), w)
#define K32(x) splat(em, LLVMConstInt(em->i32, (x), 0), w)
    c[0] = LLVMBuildTrunc(b, LLVMBuildLShr(b, element, K64(2), ""), t32, "");
    c[1] = WIDE(bits_of(em, step, 0, em->i32));
    c[2] = WIDE(bits_of(em, step, 32, em->i32));
    c[3] = K32(e->id);
    key[0] = WIDE(bits_of(em, seed, 0, em->i32));
    key[1] = WIDE(bits_of(em, seed, 32, em->i32));
    for (int round = 0; round < 10; round++) {
        Val p0 = LLVMBuildMul(b, LLVMBuildZExt(b, c[0], t64, ""), K64(0xD2511F53u), "");
        Val p1 = LLVMBuildMul(b, LLVMBuildZExt(b, c[2], t64, ""), K64(0xCD9E8D57u), "");
        Val h0 = LLVMBuildTrunc(b, LLVMBuildLShr(b, p0, K64(32), ""), t32, "");
        Val h1 = LLVMBuildTrunc(b, LLVMBuildLShr(b, p1, K64(32), ""), t32, "");
        Val n0 = LLVMBuildXor(b, LLVMBuildXor(b, h1, c[1], ""), key[0], "");
        Val n2 = LLVMBuildXor(b, LLVMBuildXor(b, h0, c[3], ""), key[1], "");
        c[1] = LLVMBuildTrunc(b, p1, t32, "");
        c[3] = LLVMBuildTrunc(b, p0, t32, "");
        c[0] = n0;
        c[2] = n2;
        key[0] = LLVMBuildAdd(b, key[0], K32(0x9E3779B9u), "");
        key[1] = LLVMBuildAdd(b, key[1], K32(0xBB67AE85u), "");
    }
    Val word = LLVMBuildTrunc(b, LLVMBuildAnd(b, element, K64(3), ""), t32, "");
    Val r = c[0];
    for (unsigned i = 1; i < 4; i++) {
        Val is = LLVMBuildICmp(b, LLVMIntEQ, word, K32(i), "");
        r = LLVMBuildSelect(b, is, c[i], r, "");
    }
#undef WIDE
#undef K64
#undef K32
    return r;
}

static Val cast_value(Fn *f, Val v, RtDtype from, RtDtype to, unsigned width)
{
    Emitter *em = f->em;
    LLVMBuilderRef b = em->b;
    LLVMTypeRef t = type_of(em, to, width);
    const RtDtypeInfo *a = rt_dtype(from), *z = rt_dtype(to);
    if (from == to)
        return v;
    if (to == RT_bool)
        return a->is_float ? LLVMBuildFCmp(b, LLVMRealUNE, v, LLVMConstNull(LLVMTypeOf(v)), "")
                           : LLVMBuildICmp(b, LLVMIntNE, v, LLVMConstNull(LLVMTypeOf(v)), "");
    if (a->is_float && z->is_float)
        return a->size < z->size ? LLVMBuildFPExt(b, v, t, "") : LLVMBuildFPTrunc(b, v, t, "");
    if (a->is_float) {
        const char *name = z->is_signed ? "llvm.fptosi.sat" : "llvm.fptoui.sat";
        return call_intrinsic(em, name, t, &v, 1);
    }
    if (z->is_float)
        return a->is_signed ? LLVMBuildSIToFP(b, v, t, "") : LLVMBuildUIToFP(b, v, t, "");
    size_t from_bits = from == RT_bool ? 0 : a->size;
    if (from_bits == z->size)
        return v;
    if (from_bits > z->size)
        return LLVMBuildTrunc(b, v, t, "");
    return a->is_signed ? LLVMBuildSExt(b, v, t, "") : LLVMBuildZExt(b, v, t, "");
}

static Val compare(Emitter *em, ScalarOp op, RtDtype dtype, Val a, Val b)
{
    const RtDtypeInfo *d = rt_dtype(dtype);
    if (d->is_float) {
        LLVMRealPredicate p = op == KOP_eq ? LLVMRealOEQ : op == KOP_lt ? LLVMRealOLT : LLVMRealOLE;
        return LLVMBuildFCmp(em->b, p, a, b, "");
    }
    if (op == KOP_eq)
        return LLVMBuildICmp(em->b, LLVMIntEQ, a, b, "");
    LLVMIntPredicate lt = d->is_signed ? LLVMIntSLT : LLVMIntULT;
    LLVMIntPredicate le = d->is_signed ? LLVMIntSLE : LLVMIntULE;
    return LLVMBuildICmp(em->b, op == KOP_lt ? lt : le, a, b, "");
}

/* Can v be NaN? Constants tell. */
static bool can_be_nan(Emitter *em, Val v)
{
    return !LLVMIsConstant(v) || !LLVMIsNull(LLVMBuildFCmp(em->b, LLVMRealUNO, v, v, ""));
}

/* y where it goes beyond x or is NaN, else x: a NaN of either passes. One comparison does where only
 * one of them can be NaN: it is false with a NaN if that is x, true if it is y. */
Val extreme_of(Emitter *em, ScalarOp op, RtDtype dtype, Val x, Val y)
{
    Val low = op == KOP_max ? x : y, high = op == KOP_max ? y : x;
    if (!rt_dtype(dtype)->is_float)
        return LLVMBuildSelect(em->b, compare(em, KOP_lt, dtype, low, high), y, x, "");
    bool ordered = can_be_nan(em, x);
    LLVMRealPredicate less = ordered ? LLVMRealOLT : LLVMRealULT;
    Val m = LLVMBuildSelect(em->b, LLVMBuildFCmp(em->b, less, low, high, ""), y, x, "");
    if (!ordered || !can_be_nan(em, y))
        return m;
    return LLVMBuildSelect(em->b, LLVMBuildFCmp(em->b, LLVMRealUNO, y, y, ""), y, m, "");
}

/* x > 0 ? 1 : x < 0 ? -1 : x; so NaN and signed zeros stay. */
static Val sign_value(Emitter *em, RtDtype dtype, Val x)
{
    LLVMBuilderRef b = em->b;
    LLVMTypeRef t = LLVMTypeOf(x);
    bool vector = LLVMGetTypeKind(t) == LLVMVectorTypeKind;
    unsigned w = vector ? LLVMGetVectorSize(t) : 1;
    bool is_float = rt_dtype(dtype)->is_float;
    LLVMTypeRef one_t = type_of(em, dtype, 1);
    Val zero = LLVMConstNull(t);
    Val one = splat(em, is_float ? LLVMConstReal(one_t, 1) : LLVMConstInt(one_t, 1, 0), w);
    Val minus = splat(em, is_float ? LLVMConstReal(one_t, -1) : LLVMConstInt(one_t, ~0ull, 1), w);
    Val below = rt_dtype(dtype)->is_signed
                    ? LLVMBuildSelect(b, compare(em, KOP_lt, dtype, x, zero), minus, x, "")
                    : x;
    return LLVMBuildSelect(b, compare(em, KOP_lt, dtype, zero, x), one, below, "");
}

/* Division that is defined everywhere: by 0 gives 0, by -1 wraps. */
static Val divide(Emitter *em, ScalarOp op, bool is_signed, Val x, Val y)
{
    LLVMBuilderRef b = em->b;
    LLVMTypeRef t = LLVMTypeOf(x);
    Val zero = LLVMConstNull(t), ones = LLVMConstAllOnes(t);
    Val is_zero = LLVMBuildICmp(b, LLVMIntEQ, y, zero, ""), odd = is_zero, is_minus = NULL;
    if (is_signed) {
        is_minus = LLVMBuildICmp(b, LLVMIntEQ, y, ones, "");
        odd = LLVMBuildOr(b, is_zero, is_minus, "");
    }
    Val one = LLVMBuildNeg(b, ones, ""), safe = LLVMBuildSelect(b, odd, one, y, "");
    bool div = op == KOP_div;
    Val q = is_signed ? (div ? LLVMBuildSDiv(b, x, safe, "") : LLVMBuildSRem(b, x, safe, ""))
                      : (div ? LLVMBuildUDiv(b, x, safe, "") : LLVMBuildURem(b, x, safe, ""));
    if (is_signed)
        q = LLVMBuildSelect(b, is_minus, div ? LLVMBuildNeg(b, x, "") : zero, q, "");
    return LLVMBuildSelect(b, is_zero, zero, q, "");
}

static Val integer_op(Emitter *em, ScalarOp op, RtDtype dtype, Val x, Val y)
{
    LLVMBuilderRef b = em->b;
    bool is_signed = rt_dtype(dtype)->is_signed;
    LLVMTypeRef t = LLVMTypeOf(x);
    Val mask = NULL;
    if (op == KOP_shl || op == KOP_shr) {
        bool vector = LLVMGetTypeKind(t) == LLVMVectorTypeKind;
        unsigned w = vector ? LLVMGetVectorSize(t) : 1;
        Val bits = LLVMConstInt(type_of(em, dtype, 1), rt_dtype(dtype)->size * 8 - 1, 0);
        mask = LLVMBuildAnd(b, y, splat(em, bits, w), "");
    }
    switch ((int)op) {
    case KOP_add:
        return LLVMBuildAdd(b, x, y, "");
    case KOP_sub:
        return LLVMBuildSub(b, x, y, "");
    case KOP_mul:
        return LLVMBuildMul(b, x, y, "");
    case KOP_div:
    case KOP_rem:
        return divide(em, op, is_signed, x, y);
    case KOP_shl:
        return LLVMBuildShl(b, x, mask, "");
    case KOP_shr:
        return is_signed ? LLVMBuildAShr(b, x, mask, "") : LLVMBuildLShr(b, x, mask, "");
    default:
        nnl_bug("'%s' on integers", scalar_op_name(op));
    }
}

static Val float_op(Emitter *em, ScalarOp op, Val x, Val y)
{
    switch ((int)op) {
    case KOP_add:
        return LLVMBuildFAdd(em->b, x, y, "");
    case KOP_sub:
        return LLVMBuildFSub(em->b, x, y, "");
    case KOP_mul:
        return LLVMBuildFMul(em->b, x, y, "");
    case KOP_div:
        return LLVMBuildFDiv(em->b, x, y, "");
    default:
        nnl_bug("'%s' on floats", scalar_op_name(op));
    }
}

static Val abs_value(Emitter *em, RtDtype dtype, Val x)
{
    if (rt_dtype(dtype)->is_float)
        return call_intrinsic(em, "llvm.fabs", LLVMTypeOf(x), &x, 1);
    if (!rt_dtype(dtype)->is_signed)
        return x;
    Val negative = LLVMBuildICmp(em->b, LLVMIntSLT, x, LLVMConstNull(LLVMTypeOf(x)), "");
    return LLVMBuildSelect(em->b, negative, LLVMBuildNeg(em->b, x, ""), x, "");
}

static Val is_finite(Emitter *em, RtDtype dtype, Val x)
{
    LLVMTypeRef t = LLVMTypeOf(x);
    bool vector = LLVMGetTypeKind(t) == LLVMVectorTypeKind;
    unsigned w = vector ? LLVMGetVectorSize(t) : 1;
    if (!rt_dtype(dtype)->is_float)
        return splat(em, LLVMConstInt(em->i1, 1, 0), w);
    Val inf = splat(em, LLVMConstReal(type_of(em, dtype, 1), __builtin_inf()), w);
    return LLVMBuildFCmp(em->b, LLVMRealOLT, abs_value(em, dtype, x), inf, "");
}

static Val op_value(Fn *f, const KExpr *e, unsigned width, Val const *in)
{
    Emitter *em = f->em;
    LLVMBuilderRef b = em->b;
    RtDtype dtype = e->in[0]->dtype;
    bool is_float = rt_dtype(dtype)->is_float;
    Val x = in[0], y = in[1];
    switch (e->op) {
    case KOP_neg:
        return is_float ? LLVMBuildFNeg(b, x, "") : LLVMBuildNeg(b, x, "");
    case KOP_abs:
        return abs_value(em, dtype, x);
    case KOP_sign:
        return sign_value(em, dtype, x);
    case KOP_floor:
        return is_float ? call_intrinsic(em, "llvm.floor", LLVMTypeOf(x), &x, 1) : x;
    case KOP_round:
        return is_float ? call_intrinsic(em, "llvm.roundeven", LLVMTypeOf(x), &x, 1) : x;
    case KOP_sqrt:
        return call_intrinsic(em, "llvm.sqrt", LLVMTypeOf(x), &x, 1);
    case KOP_add:
    case KOP_sub:
    case KOP_mul:
    case KOP_div:
        return is_float ? float_op(em, e->op, x, y) : integer_op(em, e->op, dtype, x, y);
    case KOP_shl:
    case KOP_shr:
    case KOP_rem:
        return integer_op(em, e->op, dtype, x, y);
    case KOP_fma:
        return fma_of(em, x, y, in[2]);
    case KOP_max:
    case KOP_min:
        return extreme_of(em, e->op, dtype, x, y);
    case KOP_eq:
    case KOP_lt:
    case KOP_le:
        return compare(em, e->op, dtype, x, y);
    case KOP_is_finite:
        return is_finite(em, dtype, x);
    case KOP_and:
        return LLVMBuildAnd(b, x, y, "");
    case KOP_or:
        return LLVMBuildOr(b, x, y, "");
    case KOP_xor:
        return LLVMBuildXor(b, x, y, "");
    case KOP_not:
        return LLVMBuildNot(b, x, "");
    case KOP_select:
        return LLVMBuildSelect(b, x, y, in[2], "");
    case KOP_cast:
        return cast_value(f, x, dtype, e->dtype, width);
#define MATH(id, inputs) case KOP_##id:
#include "codegen/schedule/scalars.def"
        return math_value(em, e->op, dtype, width, x, y);
    case N_SCALAR_OPS:
        break;
    }
    nnl_bug("scalar op %d", (int)e->op);
}

static Val compute(Fn *f, const KExpr *e)
{
    bool varies = expr_varies(f, e);
    Val in[3] = {NULL, NULL, NULL};
    switch (e->kind) {
    case KX_const:
        return const_value(f->em, e);
    case KX_axis:
        return axis_value(f, e, varies);
    case KX_load:
        return load_access(f, e->access, varies);
    case KX_scalar:
        return scalar_slot(f, e);
    case KX_hero:
        return f->hero[e->id];
    case KX_rng:
        return rng_value(f, e, varies);
    case KX_op:
        for (uint32_t i = 0; i < e->n_in; i++)
            in[i] = varies ? expr_value_wide(f, e->in[i]) : expr_value(f, e->in[i]);
        return op_value(f, e, varies ? f->width : 1, in);
    }
    nnl_bug("expression kind %d", (int)e->kind);
}

Val expr_value(Fn *f, const KExpr *e)
{
    if (!f->cache[e->number])
        f->cache[e->number] = compute(f, e);
    return f->cache[e->number];
}

Val expr_value_wide(Fn *f, const KExpr *e)
{
    Val v = expr_value(f, e);
    return expr_varies(f, e) ? v : splat(f->em, v, f->width);
}

/* The guard of all stores that have one; NULL: there is none, or they differ. */
static const KExpr *common_guard(const Kernel *k)
{
    const KExpr *guard = NULL;
    for (size_t i = 0; i < k->stores.n; i++) {
        const KExpr *now = k->stores.at[i].guard;
        if (now && guard && now != guard)
            return NULL;
        guard = now ? now : guard;
    }
    return guard;
}

static void stores_under(Fn *f, const KExpr *guard)
{
    for (size_t i = 0; i < f->k->stores.n; i++)
        if (f->k->stores.at[i].guard == guard)
            expr_value(f, f->k->stores.at[i].value);
    for (size_t i = 0; i < f->k->stores.n; i++) {
        const Store *s = &f->k->stores.at[i];
        if (s->guard == guard)
            store_access(f, s->to, expr_value(f, s->value), expr_varies(f, s->value));
    }
}

/* What only guarded stores need is computed, and read, only where the guard holds: between two updates with
 * accumulated gradients neither weights nor slots are touched. */
static void guarded_stores(Fn *f, const KExpr *guard)
{
    Emitter *em = f->em;
    Val holds = expr_value(f, guard);
    Val *before = arena_copy(em->scratch, f->cache, f->k->exprs.n * sizeof *f->cache);
    LLVMBasicBlockRef yes = LLVMAppendBasicBlockInContext(em->cx, f->fn, "write");
    LLVMBasicBlockRef no = LLVMAppendBasicBlockInContext(em->cx, f->fn, "kept");
    LLVMBuildCondBr(em->b, holds, yes, no);
    LLVMPositionBuilderAtEnd(em->b, yes);
    stores_under(f, guard);
    LLVMBuildBr(em->b, no);
    LLVMPositionBuilderAtEnd(em->b, no);
    memcpy(f->cache, before, f->k->exprs.n * sizeof *f->cache);
}

static void store_guarded(Fn *f, const Store *s)
{
    Emitter *em = f->em;
    LLVMBasicBlockRef yes = LLVMAppendBasicBlockInContext(em->cx, f->fn, "write");
    LLVMBasicBlockRef no = LLVMAppendBasicBlockInContext(em->cx, f->fn, "kept");
    Val v = expr_value(f, s->value);
    LLVMBuildCondBr(em->b, expr_value(f, s->guard), yes, no);
    LLVMPositionBuilderAtEnd(em->b, yes);
    store_access(f, s->to, v, expr_varies(f, s->value));
    LLVMBuildBr(em->b, no);
    LLVMPositionBuilderAtEnd(em->b, no);
}

void emit_stores(Fn *f)
{
    const KExpr *guard = common_guard(f->k);
    for (size_t i = 0; i < f->k->stores.n; i++)
        if (!f->k->stores.at[i].per_term && (!guard || !f->k->stores.at[i].guard))
            expr_value(f, f->k->stores.at[i].value);
    if (guard)
        guarded_stores(f, guard);
    for (size_t i = 0; i < f->k->stores.n; i++) {
        const Store *s = &f->k->stores.at[i];
        if (s->guard && !guard)
            store_guarded(f, s);
        else if (!s->guard && !s->per_term)
            store_access(f, s->to, expr_value(f, s->value), expr_varies(f, s->value));
    }
}

void emit_term_stores(Fn *f)
{
    for (size_t i = 0; i < f->k->stores.n; i++) {
        const Store *s = &f->k->stores.at[i];
        if (s->per_term)
            store_access(f, s->to, expr_value(f, s->value), expr_varies(f, s->value));
    }
}
