/* merge.c: fewer and longer loops. An axis of one index goes; two neighbours become one where every
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

void kernel_merge_axes(Kernel *k)
{
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
