/* merge.c: the order of loops, and fewer and longer ones. A kernel that stores a column-major state goes along its columns. An axis of one index goes; two neighbours become one where every
 * access of the kernel walks them as one. Order of points and of reduced terms stays. */
#include "codegen/schedule/lower.h"

typedef bool AffineVisitor(void *cx, Affine *a);

static bool visit_access(Access *a, AffineVisitor *visit, void *cx)
{
    return visit(cx, &a->offset) && visit(cx, &a->row) && visit(cx, &a->col);
}

/* Calls visit for every affine form of the kernel until it returns false. */
static bool each_affine(Kernel *k, AffineVisitor *visit, void *cx)
{
    for (size_t i = 0; i < k->exprs.n; i++) {
        const KExpr *e = k->exprs.at[i];
        if (e->offset && !visit(cx, e->offset))
            return false;
        if (e->access && !visit_access(e->access, visit, cx))
            return false;
    }
    for (size_t i = 0; i < k->stores.n; i++)
        if (!visit_access(k->stores.at[i].to, visit, cx))
            return false;
    return true;
}

typedef struct Pair {
    uint32_t axis;
    int64_t inner; /* indices of axis + 1 */
} Pair;

static bool walks_as_one(void *cx, Affine *a)
{
    const Pair *p = cx;
    return a->coef[p->axis] == a->coef[p->axis + 1] * p->inner;
}

static bool drop_outer(void *cx, Affine *a)
{
    const Pair *p = cx;
    for (uint32_t i = p->axis; i + 1 < MAX_AXES; i++)
        a->coef[i] = a->coef[i + 1];
    a->coef[MAX_AXES - 1] = 0;
    return true;
}

static void remove_axis(Kernel *k, uint32_t axis)
{
    Pair p = {axis, 0};
    each_affine(k, drop_outer, &p);
    for (uint32_t i = axis; i + 1 < k->n_axes; i++)
        k->axis[i] = k->axis[i + 1];
    k->n_axes--;
}

static bool swap_outer(void *cx, Affine *a)
{
    (void)cx;
    int64_t had = a->coef[0];
    a->coef[0] = a->coef[1];
    a->coef[1] = had;
    return true;
}

static bool stores_columns(const Kernel *k)
{
    for (size_t i = 0; i < k->stores.n; i++) {
        const Access *a = k->stores.at[i].to;
        if (a->base == BASE_state && !a->packed && a->offset.coef[0] == 1 && a->offset.coef[1] > 1)
            return true;
    }
    return false;
}

/* A contraction has its factors the other way round then: its columns are the second one's. */
static void go_along_columns(Kernel *k)
{
    if (k->n_axes < 2 || k->axis[0].reduced || k->axis[1].reduced || !stores_columns(k))
        return;
    Axis had = k->axis[0];
    k->axis[0] = k->axis[1];
    k->axis[1] = had;
    each_affine(k, swap_outer, NULL);
    for (size_t i = 0; i < k->folds.n; i++) {
        Fold *fold = &k->folds.at[i];
        const KExpr *first = fold->term[0];
        if (fold->kind != FOLD_fma)
            continue;
        fold->term[0] = fold->term[1];
        fold->term[1] = first;
    }
}

void kernel_merge_axes(Kernel *k)
{
    go_along_columns(k);
    for (uint32_t i = 0; i < k->n_axes;) {
        if (!k->axis[i].size.batch && k->axis[i].size.n == 1 && !k->axis[i].reduced)
            remove_axis(k, i);
        else
            i++;
    }
    for (uint32_t i = 0; i + 1 < k->n_axes;) {
        Axis *a = &k->axis[i], *b = &k->axis[i + 1];
        Pair p = {i, b->size.n};
        bool cut = a->reduced && k->sum.groups > 1; /* groups cut the outermost reduced axis */
        if (a->reduced == b->reduced && !b->size.batch && !cut &&
            each_affine(k, walks_as_one, &p)) {
            Dim size = {a->size.n * b->size.n, a->size.batch};
            remove_axis(k, i);
            k->axis[i].size = size;
        } else {
            i++;
        }
    }
}
