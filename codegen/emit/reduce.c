/* reduce.c: folds over reduced axes in the order that sum=GxV says (docs/ir.md, Sums).
 *
 * Two shapes of code with the same meaning. Across: the last kept axis is the vector axis, each lane
 * of the machine folds a result of its own. Along: one reduced axis with V > 1 lanes, the vector is
 * the V lanes of one result. Groups are folded one after another into memory and joined by halving.
 * All folds of a kernel go through the same loops: arrays of Carried have one element for each. */
#include <string.h>

#include "codegen/emit/fold.h"
#include "support/bug.h"

typedef struct Folding {
    Fn *f;
    unsigned first; /* first reduced axis */
    bool along;
    unsigned lanes;     /* V */
    Partials in_memory; /* across with V > 1: the V lanes */
    Val count;          /* across with V > 1: terms so far in this group (memory) */
} Folding;

static void terms_at_point(Fn *f, Terms *t, bool wide)
{
    Emitter *em = f->em;
    for (size_t k = 0; k < f->k->folds.n; k++) {
        const Fold *fold = &f->k->folds.at[k];
        for (int i = 0; i < 2 && fold->term[i]; i++) {
            Val v = wide ? expr_value_wide(f, fold->term[i]) : expr_value(f, fold->term[i]);
            if (fold->kind == FOLD_fma && fold->term[i]->dtype != fold->acc) {
                LLVMTypeRef to = type_of(em, fold->acc, wide ? f->width : 1);
                v = rt_dtype(fold->acc)->is_float ? LLVMBuildFPExt(em->b, v, to, "")
                                                  : LLVMBuildSExt(em->b, v, to, "");
            }
            t->of[k][i] = v;
        }
    }
}

/* The bounds of group g of the outermost reduced axis: floor(gR/G) .. floor((g+1)R/G), R by B, cut
 * down to the rows there are. */
static void group_bounds(Folding *fo, Val g, Val *lo, Val *hi)
{
    Fn *f = fo->f;
    Emitter *em = f->em;
    Dim d = f->k->axis[fo->first].size;
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

static bool starts_with_term(const Fold *fold)
{
    return fold->kind == FOLD_max || fold->kind == FOLD_argmax;
}

/* Sums start with zeros, maxima everywhere with the very first term. */
static void start_values(Folding *fo, unsigned width, Carried *c)
{
    Fn *f = fo->f;
    Emitter *em = f->em;
    Terms t;
    bool any = false;
    for (size_t k = 0; k < f->k->folds.n; k++) {
        const Fold *fold = &f->k->folds.at[k];
        any |= starts_with_term(fold);
        c[k] = (Carried){LLVMConstNull(type_of(em, fold->acc, width)), NULL};
    }
    if (!any)
        return;
    for (unsigned a = fo->first; a < f->k->n_axes; a++)
        f->axis[a] = i64_const(em, 0);
    fn_new_point(f, false);
    unsigned had = f->width;
    if (fo->along)
        fn_set_vector_axis(f, -1, 1);
    terms_at_point(f, &t, !fo->along);
    for (size_t k = 0; k < f->k->folds.n; k++) {
        const Fold *fold = &f->k->folds.at[k];
        if (!starts_with_term(fold))
            continue;
        c[k].v = fo->along ? splat(em, t.of[k][0], width) : t.of[k][0];
        c[k].also = fold->kind == FOLD_argmax ? LLVMConstNull(type_of(em, RT_i32, width))
                    : fold_watches_nan(fold)  ? c[k].v
                                              : NULL;
    }
    if (fo->along)
        fn_set_vector_axis(f, (int)fo->first, had);
}

/* The first lane of the first group starts with `init`. */
static void with_init(Folding *fo, Carried *c, Val g)
{
    Fn *f = fo->f;
    Emitter *em = f->em;
    for (size_t k = 0; k < f->k->folds.n; k++) {
        const KExpr *e = f->k->folds.at[k].init;
        if (!e)
            continue;
        Val init = fo->along ? expr_value(f, e) : expr_value_wide(f, e);
        if (fo->along)
            init = LLVMBuildInsertElement(em->b, c[k].v, init, i64_const(em, 0), "");
        if (f->k->sum.groups > 1) {
            Val is_first = LLVMBuildICmp(em->b, LLVMIntEQ, g, i64_const(em, 0), "");
            init = LLVMBuildSelect(em->b, is_first, init, c[k].v, "");
        }
        c[k].v = init;
    }
}

/* Lanes part * n .. of a vector. */
static Val part_of(Fn *f, Val v, unsigned part, unsigned n)
{
    Emitter *em = f->em;
    Val which[64];
    if (!v)
        return NULL;
    if (n == 1)
        return LLVMBuildExtractElement(em->b, v, i64_const(em, part), "");
    for (unsigned i = 0; i < n; i++)
        which[i] = LLVMConstInt(em->i32, i + part * n, 0);
    return LLVMBuildShuffleVector(em->b, v, LLVMGetPoison(LLVMTypeOf(v)), LLVMConstVector(which, n),
                                  "");
}

/* Lanes of vectors joined by a halving tree. */
static void join_lanes(Fn *f, Carried *c, unsigned lanes)
{
    for (unsigned half = lanes / 2; half; half /= 2)
        for (size_t k = 0; k < f->k->folds.n; k++) {
            Carried x = {part_of(f, c[k].v, 0, half), part_of(f, c[k].also, 0, half)};
            Carried y = {part_of(f, c[k].v, 1, half), part_of(f, c[k].also, 1, half)};
            c[k] = fold_join(f, &f->k->folds.at[k], x, y);
        }
}

static Val with_lane(Emitter *em, Val vector, Val x, Val lane)
{
    return x ? LLVMBuildInsertElement(em->b, vector, x, lane, "") : NULL;
}

static Val lane_of(Emitter *em, Val vector, Val lane)
{
    return vector ? LLVMBuildExtractElement(em->b, vector, lane, "") : NULL;
}

/* The terms behind the whole vectors, of a row whose length is known: the other lanes keep what they have. */
static void fold_last_vector(Folding *fo, Val from, Carried *c)
{
    Fn *f = fo->f;
    Val there[64];
    Terms t;
    Carried next[MAX_FOLDS];
    f->tail = rest_lanes(f->k->axis[fo->first].size, fo->lanes);
    if (!f->tail)
        return;
    for (unsigned i = 0; i < fo->lanes; i++)
        there[i] = LLVMConstInt(f->em->i1, i < f->tail, 0);
    f->axis[fo->first] = from;
    fn_new_point(f, false);
    terms_at_point(f, &t, true);
    memcpy(next, c, sizeof next);
    carried_with_terms(f, next, &t);
    for (size_t k = 0; k < f->k->folds.n; k++)
        c[k] = carried_select(f, LLVMConstVector(there, fo->lanes), next[k], c[k]);
    emit_term_stores(f);
    f->tail = 0;
}

/* One group, the V lanes being the machine's: whole vectors, then the rest: one vector, or one term a lane. */
static void fold_along(Folding *fo, Val lo, Val hi, Carried *c)
{
    Fn *f = fo->f;
    Emitter *em = f->em;
    Terms t;
    fn_set_vector_axis(f, (int)fo->first, fo->lanes);
    Val middle = cut_to_step(f, lo, hi, fo->lanes);
    Loop l = loop_begin(f, lo, middle, fo->lanes, "terms");
    carried_in(f, &l, c);
    f->axis[fo->first] = l.i;
    fn_new_point(f, false);
    terms_at_point(f, &t, true);
    carried_with_terms(f, c, &t);
    emit_term_stores(f);
    carried_out(f, &l, c);
    if (f->k->sum.groups == 1 && !f->k->axis[fo->first].size.batch) {
        fold_last_vector(fo, middle, c);
        carried_end_all(f, c);
        join_lanes(f, c, fo->lanes);
        return;
    }
    carried_end_all(f, c);
    fn_set_vector_axis(f, -1, 1);
    Loop rest = loop_begin(f, middle, hi, 1, "rest");
    carried_in(f, &rest, c);
    f->axis[fo->first] = rest.i;
    fn_new_point(f, false);
    terms_at_point(f, &t, false);
    emit_term_stores(f);
    Val lane = LLVMBuildNSWSub(em->b, rest.i, middle, "");
    for (size_t k = 0; k < f->k->folds.n; k++) {
        Carried old = {lane_of(em, c[k].v, lane), lane_of(em, c[k].also, lane)};
        Carried now = fold_with_term(f, &f->k->folds.at[k], old, t.of[k]);
        c[k] =
            (Carried){with_lane(em, c[k].v, now.v, lane), with_lane(em, c[k].also, now.also, lane)};
    }
    carried_out(f, &rest, c);
    join_lanes(f, c, fo->lanes);
}

/* The terms at one point into the next lane in memory. */
static void fold_into_lane(Folding *fo, const Terms *t)
{
    Fn *f = fo->f;
    Emitter *em = f->em;
    Carried c[MAX_FOLDS];
    Val j = LLVMBuildLoad2(em->b, em->i64, fo->count, "");
    Val lane = LLVMBuildAnd(em->b, j, i64_const(em, fo->lanes - 1), "");
    partials_load(f, &fo->in_memory, lane, c);
    carried_with_terms(f, c, t);
    partials_store(f, &fo->in_memory, lane, c);
    LLVMBuildStore(em->b, LLVMBuildNSWAdd(em->b, j, i64_const(em, 1), ""), fo->count);
}

/* Reduced axes from `axis` on, accumulators carried through all loops. */
static void fold_loops(Folding *fo, unsigned axis, Val lo, Val hi, Carried *c)
{
    Fn *f = fo->f;
    if (axis == f->k->n_axes) {
        Terms t;
        fn_new_point(f, false);
        terms_at_point(f, &t, true);
        emit_term_stores(f);
        if (fo->lanes == 1)
            carried_with_terms(f, c, &t);
        else
            fold_into_lane(fo, &t);
        return;
    }
    Loop l = loop_begin(f, lo, hi, 1, "terms");
    if (fo->lanes == 1)
        carried_in(f, &l, c);
    f->axis[axis] = l.i;
    Val zero = i64_const(f->em, 0);
    Val to = axis + 1 < f->k->n_axes ? dim_value(f, f->k->axis[axis + 1].size) : zero;
    fold_loops(fo, axis + 1, zero, to, c);
    if (fo->lanes == 1)
        carried_out(f, &l, c);
    else
        loop_end(&l, NULL);
}

/* Lanes start in memory; lane 0 may have an initial value. */
static void fold_across(Folding *fo, Val lo, Val hi, Val g, Carried *c)
{
    Fn *f = fo->f;
    Emitter *em = f->em;
    if (fo->lanes == 1) {
        with_init(fo, c, g);
        fold_loops(fo, fo->first, lo, hi, c);
        carried_end_all(f, c);
        return;
    }
    fo->in_memory.width = f->width;
    for (unsigned i = fo->lanes; i-- > 0;) {
        if (!i)
            with_init(fo, c, g);
        partials_store(f, &fo->in_memory, i64_const(em, i), c);
    }
    LLVMBuildStore(em->b, i64_const(em, 0), fo->count);
    fold_loops(fo, fo->first, lo, hi, c);
    partials_join(f, &fo->in_memory, c);
}

static void fold_group(Folding *fo, Val g, Carried *c)
{
    Fn *f = fo->f;
    Val lo, hi;
    group_bounds(fo, g, &lo, &hi);
    start_values(fo, fo->along ? fo->lanes : f->width, c);
    fn_new_point(f, false);
    if (fo->along) {
        with_init(fo, c, g);
        fold_along(fo, lo, hi, c);
    } else {
        fold_across(fo, lo, hi, g, c);
    }
}

/* All groups of one point (or of one vector of points), joined by halving. */
static void fold_groups(Folding *fo, Carried *c)
{
    Fn *f = fo->f;
    Emitter *em = f->em;
    unsigned groups = f->k->sum.groups;
    if (groups == 1) {
        fold_group(fo, i64_const(em, 0), c);
        return;
    }
    Partials memory = partials_open(f, groups, fo->along ? 1 : f->width, "groups");
    Loop l = loop_begin(f, i64_const(em, 0), i64_const(em, groups), 1, "group");
    fold_group(fo, l.i, c);
    partials_store(f, &memory, l.i, c);
    loop_end(&l, NULL);
    partials_join(f, &memory, c);
}

/* The folds at the present point of the kept axes, then the kernel's stores. */
static void one_point(Folding *fo, int vector_axis, unsigned width)
{
    Fn *f = fo->f;
    Carried c[MAX_FOLDS];
    fn_set_vector_axis(f, vector_axis, width);
    memset(f->hero, 0, sizeof f->hero);
    fold_groups(fo, c);
    for (size_t k = 0; k < f->k->folds.n; k++)
        f->hero[k] = f->k->folds.at[k].kind == FOLD_argmax ? c[k].also : c[k].v;
    fn_set_vector_axis(f, vector_axis, width);
    emit_stores(f);
    memset(f->hero, 0, sizeof f->hero);
}

static void last_kept_axis(Folding *fo, int axis, Val from, Val to)
{
    Fn *f = fo->f;
    Emitter *em = f->em;
    unsigned lanes = (unsigned)em->options.target.vector_bits / 32;
    Dim size = f->k->axis[axis].size;
    Val middle = from;
    if (!fo->along && (size.batch || size.n >= lanes)) {
        middle = cut_to_step(f, from, to, lanes);
        Loop l = loop_begin(f, from, middle, lanes, "vector");
        f->axis[axis] = l.i;
        one_point(fo, axis, lanes);
        loop_end(&l, NULL);
    }
    Loop l = loop_begin(f, middle, to, 1, "point");
    f->axis[axis] = l.i;
    one_point(fo, -1, 1);
    loop_end(&l, NULL);
}

static void kept_axes(Folding *fo, unsigned axis)
{
    Fn *f = fo->f;
    Emitter *em = f->em;
    Val zero = i64_const(em, 0), size = dim_value(f, f->k->axis[axis].size);
    if (axis + 1 == fo->first) {
        last_kept_axis(fo, (int)axis, zero, size);
        return;
    }
    Loop l = loop_begin(f, zero, size, 1, "axis");
    f->axis[axis] = l.i;
    kept_axes(fo, axis + 1);
    loop_end(&l, NULL);
}

Units emit_reduce(Fn *f)
{
    Emitter *em = f->em;
    const Kernel *k = f->k;
    Folding fo = {.f = f, .lanes = k->sum.lanes};
    while (fo.first < k->n_axes && !k->axis[fo.first].reduced)
        fo.first++;
    nnl_assert(fo.lanes <= 64 && k->sum.groups <= 64);
    fo.along = fo.lanes > 1 && fo.first + 1 == k->n_axes;
    if (fo.lanes > 1 && !fo.along) {
        unsigned lanes = (unsigned)em->options.target.vector_bits / 32;
        fo.in_memory = partials_open(f, fo.lanes, lanes, "lanes");
        fo.count = alloca_entry(f, em->i64, 1, "count");
    }
    if (!fo.first) {
        one_point(&fo, -1, 1);
        return (Units){1, 1, 1, 1, false};
    }
    Dim size = k->axis[0].size;
    int64_t terms = 1;
    for (uint32_t a = 1; a < k->n_axes; a++)
        terms *= dim_size(k->axis[a].size, em->plan->kernels->graph->batch);
    if (fo.first == 1) {
        enum { POINTS = 64 };
        Val unit = i64_const(em, POINTS);
        Val from = LLVMBuildNSWMul(em->b, f->begin, unit, "");
        Val to = LLVMBuildNSWMul(em->b, f->end, unit, "");
        last_kept_axis(&fo, 0, from, min_of(f, to, dim_value(f, size)));
        int64_t least = LEAST_POINTS / POINTS / (terms ? terms : 1);
        return (Units){1, size.n, POINTS, least > 1 ? least : 1, size.batch};
    }
    Loop l = loop_begin(f, f->begin, f->end, 1, "unit");
    f->axis[0] = l.i;
    kept_axes(&fo, 1);
    loop_end(&l, NULL);
    int64_t least = LEAST_POINTS / (terms ? terms : 1);
    return (Units){1, size.n, 1, least > 1 ? least : 1, size.batch};
}
