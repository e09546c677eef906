/* reduce.c: folds over reduced axes in the order that sum=GxV says (docs/ir.md, Sums).
 *
 * Two shapes of code with the same meaning. Across: the last kept axis is the vector axis, each lane
 * of the machine folds a result of its own. Along: one reduced axis with V > 1 lanes, the vector is
 * the V lanes of one result. Groups are folded one after another into memory and joined by halving. */
#include "codegen/emit/internal.h"
#include "support/bug.h"

typedef struct Fold {
    Fn *f;
    unsigned first; /* first reduced axis */
    bool along;
    unsigned lanes;  /* V */
    Val lane_memory; /* across with V > 1: V accumulators */
    Val count;       /* across with V > 1: terms so far in this group (memory) */
} Fold;

static Val combine(Fn *f, Val acc, Val const *t)
{
    LLVMBuilderRef b = f->em->b;
    const Kernel *k = f->k;
    bool is_float = rt_dtype(k->acc)->is_float;
    switch (k->fold) {
    case FOLD_sum:
        return is_float ? LLVMBuildFAdd(b, acc, t[0], "") : LLVMBuildAdd(b, acc, t[0], "");
    case FOLD_fma:
        if (is_float)
            return fma_of(f->em, t[0], t[1], acc);
        return LLVMBuildAdd(b, acc, LLVMBuildMul(b, t[0], t[1], ""), "");
    case FOLD_max:
        return extreme_of(f->em, KOP_max, k->acc, acc, t[0]);
    case FOLD_argmax:
        break;
    }
    nnl_bug("fold");
}

/* What a loop over terms carries. A maximum of floats keeps a NaN that it met apart, so that the chain
 * of maxima is no longer than without. */
typedef struct Carried {
    Val v, nan; /* nan: NULL, a NaN, or any number */
} Carried;

static Carried carried_from(const Fn *f, Val start)
{
    bool watches = f->k->fold == FOLD_max && rt_dtype(f->k->acc)->is_float;
    return (Carried){start, watches ? start : NULL};
}

static Carried carried_in(Loop *l, Carried c)
{
    c.v = l->phi[loop_phi(l, c.v)];
    if (c.nan)
        c.nan = l->phi[loop_phi(l, c.nan)];
    return c;
}

static Carried carried_with(Fn *f, Carried c, Val const *t)
{
    LLVMBuilderRef b = f->em->b;
    if (!c.nan)
        return (Carried){combine(f, c.v, t), NULL};
    Val more = LLVMBuildFCmp(b, LLVMRealOLT, c.v, t[0], "");
    Val is_nan = LLVMBuildFCmp(b, LLVMRealUNO, t[0], t[0], "");
    return (Carried){LLVMBuildSelect(b, more, t[0], c.v, ""),
                     LLVMBuildSelect(b, is_nan, t[0], c.nan, "")};
}

/* Ends the loop; the values behind it. */
static Carried carried_out(Loop *l, Carried next)
{
    Val list[2] = {next.v, next.nan};
    loop_end(l, list);
    return (Carried){l->phi[0], next.nan ? l->phi[1] : NULL};
}

static Val carried_end(Fn *f, Carried c)
{
    LLVMBuilderRef b = f->em->b;
    if (!c.nan)
        return c.v;
    return LLVMBuildSelect(b, LLVMBuildFCmp(b, LLVMRealUNO, c.nan, c.nan, ""), c.nan, c.v, "");
}

/* Joining two partial results: addition for sums, the fold itself for maxima. */
static Val join(Fn *f, Val x, Val y)
{
    LLVMBuilderRef b = f->em->b;
    if (f->k->fold == FOLD_max)
        return combine(f, x, &y);
    return rt_dtype(f->k->acc)->is_float ? LLVMBuildFAdd(b, x, y, "") : LLVMBuildAdd(b, x, y, "");
}

static void terms_at_point(Fn *f, Val *t, bool wide)
{
    for (int i = 0; i < (f->k->fold == FOLD_fma ? 2 : 1); i++) {
        t[i] = wide ? expr_value_wide(f, f->k->term[i]) : expr_value(f, f->k->term[i]);
        if (f->k->fold == FOLD_fma && f->k->term[i]->dtype != f->k->acc) {
            LLVMTypeRef to = type_of(f->em, f->k->acc, wide ? f->width : 1);
            t[i] = rt_dtype(f->k->acc)->is_float ? LLVMBuildFPExt(f->em->b, t[i], to, "")
                                                 : LLVMBuildSExt(f->em->b, t[i], to, "");
        }
    }
}

/* The bounds of group g of the outermost reduced axis: floor(gR/G) .. floor((g+1)R/G), R by B, cut
 * down to the rows there are. */
static void group_bounds(Fold *fold, Val g, Val *lo, Val *hi)
{
    Fn *f = fold->f;
    Emitter *em = f->em;
    Dim d = f->k->axis[fold->first].size;
    int64_t groups = f->k->sum.groups;
    int64_t r = dim_size(d, em->plan->kernels->graph->batch);
    Val there = dim_value(f, d);
    if (groups == 1) {
        *lo = i64_const(em, 0);
        *hi = there;
        return;
    }
    Val rr = i64_const(em, r), gg = i64_const(em, groups);
    Val next = LLVMBuildNSWAdd(em->b, g, i64_const(em, 1), "");
    *lo = LLVMBuildUDiv(em->b, LLVMBuildNSWMul(em->b, g, rr, ""), gg, "");
    *hi = LLVMBuildUDiv(em->b, LLVMBuildNSWMul(em->b, next, rr, ""), gg, "");
    if (d.batch) {
        *lo = min_of(f, *lo, there);
        *hi = min_of(f, *hi, there);
    }
}

static Val start_value(Fold *fold, unsigned width)
{
    Fn *f = fold->f;
    Emitter *em = f->em;
    if (f->k->fold != FOLD_max)
        return LLVMConstNull(type_of(em, f->k->acc, width));
    /* maxima start everywhere with the very first term */
    Val t[2];
    for (unsigned a = fold->first; a < f->k->n_axes; a++)
        f->axis[a] = i64_const(em, 0);
    fn_new_point(f, false);
    unsigned had = f->width;
    if (fold->along)
        fn_set_vector_axis(f, -1, 1);
    terms_at_point(f, t, !fold->along);
    Val v = fold->along ? splat(em, t[0], width) : t[0];
    if (fold->along)
        fn_set_vector_axis(f, (int)fold->first, had);
    return v;
}

static Val with_init(Fold *fold, Val start, Val g)
{
    Fn *f = fold->f;
    Emitter *em = f->em;
    if (!f->k->init)
        return start;
    Val init = fold->along ? expr_value(f, f->k->init) : expr_value_wide(f, f->k->init);
    if (fold->along)
        init = LLVMBuildInsertElement(em->b, start, init, i64_const(em, 0), "");
    if (f->k->sum.groups == 1)
        return init;
    Val is_first = LLVMBuildICmp(em->b, LLVMIntEQ, g, i64_const(em, 0), "");
    return LLVMBuildSelect(em->b, is_first, init, start, "");
}

/* Lanes of a vector joined by a halving tree. */
static Val join_lanes(Fn *f, Val v, unsigned lanes)
{
    Emitter *em = f->em;
    for (unsigned half = lanes / 2; half; half /= 2) {
        Val part[2];
        for (unsigned p = 0; p < 2; p++) {
            Val which[64];
            for (unsigned i = 0; i < half; i++)
                which[i] = LLVMConstInt(em->i32, i + p * half, 0);
            part[p] = half == 1 ? LLVMBuildExtractElement(em->b, v, i64_const(em, p), "")
                                : LLVMBuildShuffleVector(em->b, v, LLVMGetPoison(LLVMTypeOf(v)),
                                                         LLVMConstVector(which, half), "");
        }
        v = join(f, part[0], part[1]);
    }
    return v;
}

/* One group, the V lanes being the machine's: whole vectors, then one term a lane. */
static Val fold_along(Fold *fold, Val lo, Val hi, Val start)
{
    Fn *f = fold->f;
    Emitter *em = f->em;
    Val t[2];
    fn_set_vector_axis(f, (int)fold->first, fold->lanes);
    Val middle = cut_to_step(f, lo, hi, fold->lanes);
    Loop l = loop_begin(f, lo, middle, fold->lanes, "terms");
    Carried inside = carried_in(&l, carried_from(f, start));
    f->axis[fold->first] = l.i;
    fn_new_point(f, false);
    terms_at_point(f, t, true);
    Val v = carried_end(f, carried_out(&l, carried_with(f, inside, t)));
    fn_set_vector_axis(f, -1, 1);
    Loop rest = loop_begin(f, middle, hi, 1, "rest");
    unsigned acc = loop_phi(&rest, v);
    f->axis[fold->first] = rest.i;
    fn_new_point(f, false);
    terms_at_point(f, t, false);
    Val lane = LLVMBuildNSWSub(em->b, rest.i, middle, "");
    Val old = LLVMBuildExtractElement(em->b, rest.phi[acc], lane, "");
    Val next = LLVMBuildInsertElement(em->b, rest.phi[acc], combine(f, old, t), lane, "");
    loop_end(&rest, &next);
    return join_lanes(f, rest.phi[acc], fold->lanes);
}

static Val lane_ptr(Fold *fold, Val lane, LLVMTypeRef t)
{
    return LLVMBuildInBoundsGEP2(fold->f->em->b, t, fold->lane_memory, &lane, 1, "");
}

/* Reduced axes from `axis` on, one accumulator carried through all loops. */
static Carried fold_loops(Fold *fold, unsigned axis, Val lo, Val hi, Carried acc)
{
    Fn *f = fold->f;
    Emitter *em = f->em;
    if (axis == f->k->n_axes) {
        Val t[2];
        fn_new_point(f, false);
        terms_at_point(f, t, true);
        if (fold->lanes == 1)
            return carried_with(f, acc, t);
        LLVMTypeRef type = type_of(em, f->k->acc, f->width);
        Val j = LLVMBuildLoad2(em->b, em->i64, fold->count, "");
        Val p = lane_ptr(fold, LLVMBuildAnd(em->b, j, i64_const(em, fold->lanes - 1), ""), type);
        LLVMBuildStore(em->b, combine(f, LLVMBuildLoad2(em->b, type, p, ""), t), p);
        LLVMBuildStore(em->b, LLVMBuildNSWAdd(em->b, j, i64_const(em, 1), ""), fold->count);
        return acc;
    }
    Loop l = loop_begin(f, lo, hi, 1, "terms");
    acc = carried_in(&l, acc);
    f->axis[axis] = l.i;
    Val zero = i64_const(em, 0);
    Val to = axis + 1 < f->k->n_axes ? dim_value(f, f->k->axis[axis + 1].size) : zero;
    return carried_out(&l, fold_loops(fold, axis + 1, zero, to, acc));
}

static Val fold_across(Fold *fold, Val lo, Val hi, Val start, Val plain_start)
{
    Fn *f = fold->f;
    Emitter *em = f->em;
    if (fold->lanes == 1)
        return carried_end(f, fold_loops(fold, fold->first, lo, hi, carried_from(f, start)));
    LLVMTypeRef type = type_of(em, f->k->acc, f->width);
    for (unsigned i = 0; i < fold->lanes; i++)
        LLVMBuildStore(em->b, i ? plain_start : start, lane_ptr(fold, i64_const(em, i), type));
    LLVMBuildStore(em->b, i64_const(em, 0), fold->count);
    fold_loops(fold, fold->first, lo, hi, (Carried){LLVMConstNull(type), NULL});
    Val v[64] = {NULL};
    for (unsigned i = 0; i < fold->lanes; i++)
        v[i] = LLVMBuildLoad2(em->b, type, lane_ptr(fold, i64_const(em, i), type), "");
    for (unsigned half = fold->lanes / 2; half; half /= 2)
        for (unsigned i = 0; i < half; i++)
            v[i] = join(f, v[i], v[i + half]);
    return v[0];
}

static Val fold_group(Fold *fold, Val g)
{
    Fn *f = fold->f;
    Val lo, hi;
    unsigned width = fold->along ? fold->lanes : f->width;
    group_bounds(fold, g, &lo, &hi);
    Val plain = start_value(fold, width);
    fn_new_point(f, false);
    Val start = with_init(fold, plain, g);
    return fold->along ? fold_along(fold, lo, hi, start) : fold_across(fold, lo, hi, start, plain);
}

/* All groups of one point (or of one vector of points), joined by halving. */
static Val fold_groups(Fold *fold)
{
    Fn *f = fold->f;
    Emitter *em = f->em;
    unsigned groups = f->k->sum.groups;
    if (groups == 1)
        return fold_group(fold, i64_const(em, 0));
    unsigned width = fold->along ? 1 : f->width;
    LLVMTypeRef type = type_of(em, f->k->acc, width);
    Val memory = alloca_entry(f, type, groups, "groups");
    Loop l = loop_begin(f, i64_const(em, 0), i64_const(em, groups), 1, "group");
    Val v = fold_group(fold, l.i), at = l.i;
    LLVMBuildStore(em->b, v, LLVMBuildInBoundsGEP2(em->b, type, memory, &at, 1, ""));
    loop_end(&l, NULL);
    Val part[64] = {NULL};
    for (unsigned i = 0; i < groups; i++) {
        at = i64_const(em, i);
        part[i] =
            LLVMBuildLoad2(em->b, type, LLVMBuildInBoundsGEP2(em->b, type, memory, &at, 1, ""), "");
    }
    for (unsigned half = groups / 2; half; half /= 2)
        for (unsigned i = 0; i < half; i++)
            part[i] = join(f, part[i], part[i + half]);
    return part[0];
}

/* The first NaN, else the first maximum, as its index. */
static Val fold_argmax(Fold *fold)
{
    Fn *f = fold->f;
    Emitter *em = f->em;
    LLVMBuilderRef b = em->b;
    Val t[2], next[2];
    LLVMTypeRef index = type_of(em, RT_i32, f->width);
    f->axis[fold->first] = i64_const(em, 0);
    fn_new_point(f, false);
    terms_at_point(f, t, true);
    Loop l =
        loop_begin(f, i64_const(em, 1), dim_value(f, f->k->axis[fold->first].size), 1, "terms");
    unsigned best = loop_phi(&l, t[0]), which = loop_phi(&l, LLVMConstNull(index));
    f->axis[fold->first] = l.i;
    fn_new_point(f, false);
    terms_at_point(f, t, true);
    Val better;
    if (rt_dtype(f->k->acc)->is_float) {
        Val had = l.phi[best];
        Val more = LLVMBuildFCmp(b, LLVMRealOLT, had, t[0], "");
        Val nan = LLVMBuildFCmp(b, LLVMRealUNO, t[0], t[0], "");
        Val number = LLVMBuildFCmp(b, LLVMRealORD, had, had, "");
        better = LLVMBuildOr(b, more, LLVMBuildAnd(b, nan, number, ""), "");
    } else {
        LLVMIntPredicate p = rt_dtype(f->k->acc)->is_signed ? LLVMIntSLT : LLVMIntULT;
        better = LLVMBuildICmp(b, p, l.phi[best], t[0], "");
    }
    Val here = splat(em, LLVMBuildTrunc(b, l.i, em->i32, ""), f->width);
    next[best] = LLVMBuildSelect(b, better, t[0], l.phi[best], "");
    next[which] = LLVMBuildSelect(b, better, here, l.phi[which], "");
    loop_end(&l, next);
    return l.phi[which];
}

/* The fold at the present point of the kept axes, then the kernel's stores. */
static void one_point(Fold *fold, int vector_axis, unsigned width)
{
    Fn *f = fold->f;
    fn_set_vector_axis(f, vector_axis, width);
    f->hero = NULL;
    Val hero = f->k->fold == FOLD_argmax ? fold_argmax(fold) : fold_groups(fold);
    f->hero = hero;
    fn_set_vector_axis(f, vector_axis, width);
    emit_stores(f);
    f->hero = NULL;
}

static void last_kept_axis(Fold *fold, int axis, Val from, Val to)
{
    Fn *f = fold->f;
    Emitter *em = f->em;
    unsigned lanes = (unsigned)em->options.target.vector_bits / 32;
    Dim size = f->k->axis[axis].size;
    Val middle = from;
    if (!fold->along && (size.batch || size.n >= lanes)) {
        middle = cut_to_step(f, from, to, lanes);
        Loop l = loop_begin(f, from, middle, lanes, "vector");
        f->axis[axis] = l.i;
        one_point(fold, axis, lanes);
        loop_end(&l, NULL);
    }
    Loop l = loop_begin(f, middle, to, 1, "point");
    f->axis[axis] = l.i;
    one_point(fold, -1, 1);
    loop_end(&l, NULL);
}

static void kept_axes(Fold *fold, unsigned axis)
{
    Fn *f = fold->f;
    Emitter *em = f->em;
    Val zero = i64_const(em, 0), size = dim_value(f, f->k->axis[axis].size);
    if (axis + 1 == fold->first) {
        last_kept_axis(fold, (int)axis, zero, size);
        return;
    }
    Loop l = loop_begin(f, zero, size, 1, "axis");
    f->axis[axis] = l.i;
    kept_axes(fold, axis + 1);
    loop_end(&l, NULL);
}

Units emit_reduce(Fn *f)
{
    Emitter *em = f->em;
    const Kernel *k = f->k;
    Fold fold = {f, 0, false, k->sum.lanes ? k->sum.lanes : 1, NULL, NULL};
    while (fold.first < k->n_axes && !k->axis[fold.first].reduced)
        fold.first++;
    nnl_assert(fold.lanes <= 64 && k->sum.groups <= 64);
    fold.along = fold.lanes > 1 && fold.first + 1 == k->n_axes && k->fold != FOLD_argmax;
    if (fold.lanes > 1 && !fold.along) {
        unsigned lanes = (unsigned)em->options.target.vector_bits / 32;
        fold.lane_memory = alloca_entry(f, type_of(em, k->acc, lanes), fold.lanes, "lanes");
        fold.count = alloca_entry(f, em->i64, 1, "count");
    }
    if (!fold.first) {
        one_point(&fold, -1, 1);
        return (Units){1, 1, 1, 1, false};
    }
    Dim size = k->axis[0].size;
    int64_t terms = 1;
    for (uint32_t a = 1; a < k->n_axes; a++)
        terms *= dim_size(k->axis[a].size, em->plan->kernels->graph->batch);
    if (fold.first == 1) {
        enum { POINTS = 64 };
        Val unit = i64_const(em, POINTS);
        Val from = LLVMBuildNSWMul(em->b, f->begin, unit, "");
        Val to = LLVMBuildNSWMul(em->b, f->end, unit, "");
        last_kept_axis(&fold, 0, from, min_of(f, to, dim_value(f, size)));
        int64_t least = LEAST_POINTS / POINTS / (terms ? terms : 1);
        return (Units){1, size.n, POINTS, least > 1 ? least : 1, size.batch};
    }
    Loop l = loop_begin(f, f->begin, f->end, 1, "unit");
    f->axis[0] = l.i;
    kept_axes(&fold, 1);
    loop_end(&l, NULL);
    int64_t least = LEAST_POINTS / (terms ? terms : 1);
    return (Units){1, size.n, 1, least > 1 ? least : 1, size.batch};
}
