/* fold.c: the folds of a kernel, term by term: sums, maxima, the place of a maximum. */
#include "codegen/emit/fold.h"

#include <string.h>

#include "support/bug.h"

bool fold_watches_nan(const Fold *fold)
{
    return fold->kind == FOLD_max && rt_dtype(fold->acc)->is_float;
}

static Val combine(Fn *f, const Fold *fold, Val acc, Val const *t)
{
    LLVMBuilderRef b = f->em->b;
    bool is_float = rt_dtype(fold->acc)->is_float;
    switch (fold->kind) {
    case FOLD_sum:
        return is_float ? LLVMBuildFAdd(b, acc, t[0], "") : LLVMBuildAdd(b, acc, t[0], "");
    case FOLD_fma:
        if (is_float)
            return fma_of(f->em, t[0], t[1], acc);
        return LLVMBuildAdd(b, acc, LLVMBuildMul(b, t[0], t[1], ""), "");
    case FOLD_max:
        return extreme_of(f->em, KOP_max, fold->acc, acc, t[0]);
    case FOLD_argmax:
        break;
    }
    nnl_bug("fold");
}

/* Does a maximum move from `had` to `t`? To a NaN, too, but from none. */
static Val is_better(Fn *f, const Fold *fold, Val had, Val t)
{
    LLVMBuilderRef b = f->em->b;
    if (!rt_dtype(fold->acc)->is_float) {
        LLVMIntPredicate p = rt_dtype(fold->acc)->is_signed ? LLVMIntSLT : LLVMIntULT;
        return LLVMBuildICmp(b, p, had, t, "");
    }
    Val more = LLVMBuildFCmp(b, LLVMRealOLT, had, t, "");
    Val nan = LLVMBuildFCmp(b, LLVMRealUNO, t, t, "");
    Val number = LLVMBuildFCmp(b, LLVMRealORD, had, had, "");
    return LLVMBuildOr(b, more, LLVMBuildAnd(b, nan, number, ""), "");
}

Carried carried_select(Fn *f, Val which, Carried yes, Carried no)
{
    LLVMBuilderRef b = f->em->b;
    return (Carried){LLVMBuildSelect(b, which, yes.v, no.v, ""),
                     yes.also ? LLVMBuildSelect(b, which, yes.also, no.also, "") : NULL};
}

Carried fold_with_term(Fn *f, const Fold *fold, Carried c, Val const *t)
{
    LLVMBuilderRef b = f->em->b;
    if (fold->kind == FOLD_argmax)
        return carried_select(f, is_better(f, fold, c.v, t[0]), (Carried){t[0], t[1]}, c);
    if (!c.also)
        return (Carried){combine(f, fold, c.v, t), NULL};
    Val more = LLVMBuildFCmp(b, LLVMRealOLT, c.v, t[0], "");
    Val is_nan = LLVMBuildFCmp(b, LLVMRealUNO, t[0], t[0], "");
    return (Carried){LLVMBuildSelect(b, more, t[0], c.v, ""),
                     LLVMBuildSelect(b, is_nan, t[0], c.also, "")};
}

/* Behind the loop: a NaN that a maximum met is its value. */
static Carried carried_end(Fn *f, const Fold *fold, Carried c)
{
    LLVMBuilderRef b = f->em->b;
    if (!fold_watches_nan(fold) || !c.also)
        return c;
    Val is_nan = LLVMBuildFCmp(b, LLVMRealUNO, c.also, c.also, "");
    return (Carried){LLVMBuildSelect(b, is_nan, c.also, c.v, ""), NULL};
}

/* Two partial results, x of the earlier terms or of earlier ones of some: addition for sums, the fold
 * itself for maxima; of equal ones argmax takes the one with the lower index. */
Carried fold_join(Fn *f, const Fold *fold, Carried x, Carried y)
{
    LLVMBuilderRef b = f->em->b;
    if (fold->kind == FOLD_argmax) {
        Val worse = is_better(f, fold, y.v, x.v);
        Val later = LLVMBuildICmp(b, LLVMIntSLT, x.also, y.also, "");
        Val stays = LLVMBuildOr(b, worse, later, "");
        Val goes = is_better(f, fold, x.v, y.v);
        Val keep = LLVMBuildAnd(b, stays, LLVMBuildNot(b, goes, ""), "");
        return carried_select(f, keep, x, y);
    }
    if (fold->kind == FOLD_max)
        return (Carried){combine(f, fold, x.v, &y.v), NULL};
    bool is_float = rt_dtype(fold->acc)->is_float;
    return (Carried){is_float ? LLVMBuildFAdd(b, x.v, y.v, "") : LLVMBuildAdd(b, x.v, y.v, ""),
                     NULL};
}

void carried_in(Fn *f, Loop *l, Carried *c)
{
    for (size_t i = 0; i < f->k->folds.n; i++) {
        c[i].v = l->phi[loop_phi(l, c[i].v)];
        if (c[i].also)
            c[i].also = l->phi[loop_phi(l, c[i].also)];
    }
}

void carried_out(Fn *f, Loop *l, Carried *c)
{
    Val list[2 * MAX_FOLDS];
    unsigned n = 0;
    for (size_t i = 0; i < f->k->folds.n; i++) {
        list[n++] = c[i].v;
        if (c[i].also)
            list[n++] = c[i].also;
    }
    loop_end(l, list);
    n = 0;
    for (size_t i = 0; i < f->k->folds.n; i++) {
        c[i].v = l->phi[n++];
        if (c[i].also)
            c[i].also = l->phi[n++];
    }
}

void carried_with_terms(Fn *f, Carried *c, const Terms *t)
{
    for (size_t k = 0; k < f->k->folds.n; k++)
        c[k] = fold_with_term(f, &f->k->folds.at[k], c[k], t->of[k]);
}

void carried_end_all(Fn *f, Carried *c)
{
    for (size_t k = 0; k < f->k->folds.n; k++)
        c[k] = carried_end(f, &f->k->folds.at[k], c[k]);
}

static void all_join(Fn *f, Carried *x, const Carried *y)
{
    for (size_t k = 0; k < f->k->folds.n; k++)
        x[k] = fold_join(f, &f->k->folds.at[k], x[k], y[k]);
}

/* The type of what an ended fold is (Carried.v), or of what it has beside that (NULL: nothing). */
static LLVMTypeRef value_type(const Fn *f, const Fold *fold, unsigned width)
{
    return type_of(f->em, fold->acc, width);
}

static LLVMTypeRef also_type(const Fn *f, const Fold *fold, unsigned width)
{
    return fold->kind == FOLD_argmax ? type_of(f->em, RT_i32, width) : NULL;
}

Partials partials_open(Fn *f, unsigned n, unsigned width, const char *name)
{
    Partials p = {.n = n, .width = width};
    for (size_t k = 0; k < f->k->folds.n; k++) {
        const Fold *fold = &f->k->folds.at[k];
        LLVMTypeRef also = also_type(f, fold, width);
        p.v[k] = alloca_entry(f, value_type(f, fold, width), n, name);
        p.also[k] = also ? alloca_entry(f, also, n, name) : NULL;
    }
    return p;
}

static Val partial_ptr(Fn *f, LLVMTypeRef type, Val memory, Val at)
{
    return LLVMBuildInBoundsGEP2(f->em->b, type, memory, &at, 1, "");
}

void partials_store(Fn *f, const Partials *p, Val at, const Carried *c)
{
    LLVMBuilderRef b = f->em->b;
    for (size_t k = 0; k < f->k->folds.n; k++) {
        LLVMBuildStore(b, c[k].v, partial_ptr(f, LLVMTypeOf(c[k].v), p->v[k], at));
        if (p->also[k])
            LLVMBuildStore(b, c[k].also, partial_ptr(f, LLVMTypeOf(c[k].also), p->also[k], at));
    }
}

void partials_load(Fn *f, const Partials *p, Val at, Carried *c)
{
    LLVMBuilderRef b = f->em->b;
    for (size_t k = 0; k < f->k->folds.n; k++) {
        const Fold *fold = &f->k->folds.at[k];
        LLVMTypeRef v = value_type(f, fold, p->width), also = also_type(f, fold, p->width);
        c[k].v = LLVMBuildLoad2(b, v, partial_ptr(f, v, p->v[k], at), "");
        c[k].also = also ? LLVMBuildLoad2(b, also, partial_ptr(f, also, p->also[k], at), "") : NULL;
    }
}

void partials_join(Fn *f, const Partials *p, Carried *c)
{
    Carried(*part)[MAX_FOLDS] = arena_array(f->em->scratch, p->n, sizeof *part);
    for (unsigned i = 0; i < p->n; i++)
        partials_load(f, p, i64_const(f->em, i), part[i]);
    for (unsigned half = p->n / 2; half; half /= 2)
        for (unsigned i = 0; i < half; i++)
            all_join(f, part[i], part[i + half]);
    memcpy(c, part[0], sizeof part[0]);
}
