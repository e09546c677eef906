/* fold.c: sums, maxima and dots in the order of docs/ir.md, "Sums". */
#include <math.h>
#include <string.h>

#include "ir/interp/interp_internal.h"
#include "support/bug.h"

Fold fold_begin(const Interp *ip, SumSplit split, int64_t outer_size, RtDtype dtype)
{
    Fold f = {.split = split, .outer_size = outer_size, .dtype = dtype};
    if (!split.groups)
        f.split = (SumSplit){1, 1};
    size_t n = (size_t)f.split.groups * f.split.lanes;
    f.lanes = arena_alloc(ip->w->arena, n * rt_dtype(dtype)->size);
    f.in_group = ARENA_ARRAY(ip->w->arena, int64_t, f.split.groups);
    return f;
}

/* Group g takes floor(g R / G) <= outer < floor((g + 1) R / G). */
static int64_t group_of(const Fold *f, int64_t outer)
{
    int64_t g = 0, groups = f->split.groups;
    while (outer >= (g + 1) * f->outer_size / groups)
        g++;
    return g;
}

void *fold_lane(Fold *f, int64_t outer)
{
    int64_t g = group_of(f, outer), lane = f->in_group[g]++ % f->split.lanes;
    return f->lanes + (size_t)(g * f->split.lanes + lane) * rt_dtype(f->dtype)->size;
}

static void halve(Fold *f, Op join, char *first, int64_t n, size_t step)
{
    for (int64_t half = n / 2; half >= 1; half /= 2)
        for (int64_t i = 0; i < half; i++) {
            char *x = first + (size_t)i * step, *y = first + (size_t)(i + half) * step;
            interp_scalar(join, f->dtype, f->dtype, x, y, NULL, x);
        }
}

void fold_end(Fold *f, Op join)
{
    size_t size = rt_dtype(f->dtype)->size, group = size * f->split.lanes;
    for (int64_t g = 0; g < f->split.groups; g++)
        halve(f, join, f->lanes + (size_t)g * group, f->split.lanes, size);
    halve(f, join, f->lanes, f->split.groups, group);
}

/* ---- sum, reduce_max, argmax ---- */

typedef struct Reduction {
    Interp *ip;
    const Node *n, *x;
    Sizes in, out, terms; /* of x, of the result, of the reduced axes */
    int axis[MAX_RANK], kept[MAX_RANK];
} Reduction;

static Reduction reduction(Interp *ip, const Node *n)
{
    Reduction r = {.ip = ip, .n = n, .x = n->in[0]};
    int64_t one = n->attr[0].i;
    IntList axes = n->op == OP_argmax ? (IntList){1, &one} : n->attr[0].ints;
    int kept = 0;
    r.in = sizes_of(ip, &r.x->shape);
    r.out = sizes_of(ip, &n->shape);
    r.terms.count = 1;
    for (int d = 0; d < r.in.rank; d++) {
        bool dropped = false;
        for (uint32_t i = 0; i < axes.n; i++)
            dropped = dropped || axes.at[i] == d;
        if (dropped) {
            r.axis[r.terms.rank] = d;
            r.terms.n[r.terms.rank++] = r.in.n[d];
            r.terms.count *= r.in.n[d];
        } else {
            r.kept[kept++] = d;
        }
    }
    return r;
}

static const char *term_at(const Reduction *r, int64_t point, int64_t term, int64_t *outer)
{
    int64_t p[MAX_RANK], t[MAX_RANK], index[MAX_RANK] = {0};
    index_of(&r->out, point, p);
    index_of(&r->terms, term, t);
    for (int d = 0; d < r->out.rank; d++)
        index[r->kept[d]] = p[d];
    for (int d = 0; d < r->terms.rank; d++)
        index[r->axis[d]] = t[d];
    *outer = r->terms.rank ? t[0] : 0;
    return value_of(r->ip, r->x) + (size_t)offset_of(&r->in, index) * element_size(r->x);
}

/* Size of the outermost reduced axis, of a full batch. */
static int64_t outer_size(const Reduction *r)
{
    return r->terms.rank ? dim_size(r->x->shape.dim[r->axis[0]], r->ip->g->batch) : 1;
}

static void sum_point(const Reduction *r, int64_t point, void *out)
{
    RtDtype acc = r->n->attr[1].dtype;
    Fold f = fold_begin(r->ip, r->n->attr[2].sum, outer_size(r), acc);
    int64_t outer;
    char term[8];
    for (int64_t i = 0; i < r->terms.count; i++) {
        const char *x = term_at(r, point, i, &outer);
        interp_scalar(OP_cast, r->x->dtype, acc, x, NULL, NULL, term);
        void *lane = fold_lane(&f, outer);
        interp_scalar(OP_add, acc, acc, lane, term, NULL, lane);
    }
    fold_end(&f, OP_add);
    memcpy(out, f.lanes, rt_dtype(acc)->size);
}

/* Every accumulator starts with the first term. */
static void max_point(const Reduction *r, int64_t point, void *out)
{
    RtDtype t = r->x->dtype;
    size_t size = rt_dtype(t)->size;
    Fold f = fold_begin(r->ip, r->n->attr[1].sum, outer_size(r), t);
    int64_t outer;
    const char *first = term_at(r, point, 0, &outer);
    for (int i = 0; i < f.split.groups * f.split.lanes; i++)
        memcpy(f.lanes + (size_t)i * size, first, size);
    for (int64_t i = 0; i < r->terms.count; i++) {
        const char *x = term_at(r, point, i, &outer);
        void *lane = fold_lane(&f, outer);
        interp_scalar(OP_max, t, t, lane, x, NULL, lane);
    }
    fold_end(&f, OP_max);
    memcpy(out, f.lanes, size);
}

/* The first NaN, else the first maximum. */
static void argmax_point(const Reduction *r, int64_t point, void *out)
{
    RtDtype t = r->x->dtype;
    bool is_float = rt_dtype(t)->is_float;
    int64_t outer;
    int32_t best = 0;
    for (int64_t i = 0; i < r->terms.count; i++) {
        const char *x = term_at(r, point, i, &outer), *top = term_at(r, point, best, &outer);
        uint8_t more;
        if (is_float && isnan(float_at(t, x))) {
            best = (int32_t)i;
            break;
        }
        interp_scalar(OP_lt, t, RT_bool, top, x, NULL, &more);
        if (more)
            best = (int32_t)i;
    }
    memcpy(out, &best, sizeof best);
}

void interp_reduce(Interp *ip, const Node *n)
{
    Reduction r = reduction(ip, n);
    for (int64_t p = 0; p < r.out.count; p++) {
        ArenaMark mark = arena_mark(ip->w->arena);
        void *out = value_of(ip, n) + (size_t)p * element_size(n);
        if (n->op == OP_sum)
            sum_point(&r, p, out);
        else if (n->op == OP_reduce_max)
            max_point(&r, p, out);
        else
            argmax_point(&r, p, out);
        arena_reset(ip->w->arena, mark);
    }
}

/* ---- dot ---- */

typedef struct DotAxes {
    IntList batch[2], contract[2];
    Sizes in[2], terms;
} DotAxes;

static bool listed(IntList l, int d)
{
    for (uint32_t i = 0; i < l.n; i++)
        if (l.at[i] == d)
            return true;
    return false;
}

/* Index of operand `which` at a point of the result and a term; result axes: batch, free of a, free
 * of b. */
static int64_t operand_offset(const DotAxes *x, int which, const int64_t *point,
                              const int64_t *term)
{
    int64_t index[MAX_RANK] = {0};
    int at = (int)x->batch[0].n;
    for (uint32_t i = 0; i < x->batch[which].n; i++)
        index[x->batch[which].at[i]] = point[i];
    for (uint32_t i = 0; i < x->contract[which].n; i++)
        index[x->contract[which].at[i]] = term[i];
    for (int k = 0; k <= which; k++)
        for (int d = 0; d < x->in[k].rank; d++)
            if (!listed(x->batch[k], d) && !listed(x->contract[k], d)) {
                if (k == which)
                    index[d] = point[at];
                at++;
            }
    return offset_of(&x->in[which], index);
}

static void dot_point(Interp *ip, const Node *n, const DotAxes *x, const int64_t *point,
                      const char *init, void *out)
{
    RtDtype acc = n->attr[4].dtype, t = n->in[0]->dtype;
    int64_t outer =
        x->contract[0].n ? dim_size(n->in[0]->shape.dim[x->contract[0].at[0]], ip->g->batch) : 1;
    Fold f = fold_begin(ip, n->attr[5].sum, outer, acc);
    int64_t term[MAX_RANK];
    char a[8], b[8];
    if (init)
        memcpy(f.lanes, init, rt_dtype(acc)->size);
    for (int64_t i = 0; i < x->terms.count; i++) {
        index_of(&x->terms, i, term);
        const char *pa = value_of(ip, n->in[0]) +
                         (size_t)operand_offset(x, 0, point, term) * element_size(n->in[0]);
        const char *pb = value_of(ip, n->in[1]) +
                         (size_t)operand_offset(x, 1, point, term) * element_size(n->in[1]);
        interp_scalar(OP_cast, t, acc, pa, NULL, NULL, a);
        interp_scalar(OP_cast, t, acc, pb, NULL, NULL, b);
        void *lane = fold_lane(&f, x->terms.rank ? term[0] : 0);
        if (rt_dtype(acc)->is_float) {
            interp_scalar(OP_fma, acc, acc, a, b, lane, lane);
        } else {
            interp_scalar(OP_mul, acc, acc, a, b, NULL, a);
            interp_scalar(OP_add, acc, acc, lane, a, NULL, lane);
        }
    }
    fold_end(&f, OP_add);
    memcpy(out, f.lanes, rt_dtype(acc)->size);
}

void interp_dot(Interp *ip, const Node *n)
{
    DotAxes x = {{n->attr[0].ints, n->attr[1].ints},
                 {n->attr[2].ints, n->attr[3].ints},
                 {sizes_of(ip, &n->in[0]->shape), sizes_of(ip, &n->in[1]->shape)},
                 {0}};
    Sizes out = sizes_of(ip, &n->shape);
    x.terms.count = 1;
    for (uint32_t i = 0; i < x.contract[0].n; i++) {
        x.terms.n[x.terms.rank] = x.in[0].n[x.contract[0].at[i]];
        x.terms.count *= x.terms.n[x.terms.rank++];
    }
    for (int64_t p = 0; p < out.count; p++) {
        int64_t point[MAX_RANK];
        size_t at = (size_t)p * element_size(n);
        ArenaMark mark = arena_mark(ip->w->arena);
        index_of(&out, p, point);
        dot_point(ip, n, &x, point, n->n_in > 2 ? value_of(ip, n->in[2]) + at : NULL,
                  value_of(ip, n) + at);
        arena_reset(ip->w->arena, mark);
    }
}
