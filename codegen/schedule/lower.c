/* lower.c: schedule(): Graph -> Kernels. Each cluster becomes one kernel; late writes a copy each. */
#include "codegen/schedule/lower.h"

#include <string.h>

#include "support/bug.h"

static uint32_t new_value(Lower *lo, const Node *n)
{
    Value v = {n, shape_count(&n->shape, lo->g->batch), NO_CLUSTER, NO_CLUSTER};
    vec_push(lo->arena, &lo->out->values, v);
    return (uint32_t)lo->out->values.n - 1;
}

static bool same_scalar(const Node *a, const Node *b)
{
    return a->attr[0].i == b->attr[0].i && a->attr[1].i == b->attr[1].i;
}

static void number_leaves(Lower *lo)
{
    Kernels *out = lo->out;
    for (size_t i = 0; i < lo->g->nodes.n; i++) {
        const Node *n = lo->g->nodes.at[i];
        lo->value_of[n->id] = lo->slot_of[n->id] = NO_CLUSTER;
        if (lo->clusters->stored[n->id])
            lo->value_of[n->id] = new_value(lo, n);
        uint32_t slot = 0;
        if (n->op == OP_const && !n->attr[2].data.splat) {
            lo->slot_of[n->id] = (uint32_t)out->data.n;
            vec_push(lo->arena, &out->data, n);
        } else if (n->op == OP_input) {
            while (slot < out->inputs.n && out->inputs.at[slot]->attr[0].text != n->attr[0].text)
                slot++;
            if (slot == out->inputs.n)
                vec_push(lo->arena, &out->inputs, n);
            lo->slot_of[n->id] = slot;
        } else if (n->op == OP_scalar) {
            while (slot < out->scalars.n && !same_scalar(out->scalars.at[slot], n))
                slot++;
            if (slot == out->scalars.n)
                vec_push(lo->arena, &out->scalars, n);
            lo->slot_of[n->id] = slot;
        } else if (n->op == OP_output) {
            lo->slot_of[n->id] = (uint32_t)out->outputs.n;
            vec_push(lo->arena, &out->outputs, n);
        }
    }
}

static void point_indices(const Shape *s, Affine *idx)
{
    for (unsigned d = 0; d < s->rank; d++)
        idx[d] = affine_axis(d);
}

static void add_axes(Kernel *k, const Shape *s)
{
    for (int d = 0; d < s->rank; d++) {
        k->axis[k->n_axes].size = s->dim[d];
        k->axis[k->n_axes++].reduced = false;
    }
}

static void add_store(Lower *lo, const Access *to, const KExpr *value, const KExpr *guard)
{
    Store s = {arena_copy(lo->arena, to, sizeof *to), value, guard, false};
    vec_push(lo->arena, &lo->kernel->stores, s);
}

/* A value with the shape of a late write, in the place of the state. */
static void store_root(Lower *lo, const Node *root, const KExpr *value, const Affine *idx)
{
    const KExpr *guard = NULL;
    if (root->n_in > 1)
        guard = value_at(lo, root->in[1], NULL);
    if (root->op == OP_output) {
        Access to;
        memset(&to, 0, sizeof to);
        to.base = BASE_output;
        to.id = lo->slot_of[root->id];
        to.dtype = root->in[0]->dtype;
        int64_t stride[MAX_RANK] = {0};
        row_major_strides(&root->in[0]->shape, lo->g->batch, stride);
        for (int d = 0; d < root->in[0]->shape.rank; d++)
            for (int a = 0; a < MAX_AXES; a++)
                to.offset.coef[a] += idx[d].coef[a] * stride[d];
        add_store(lo, &to, value, NULL);
        return;
    }
    Access to = access_state(lo, root, idx);
    if (!lo->clusters->late_write[to.id]) {
        add_store(lo, &to, value, guard);
        return;
    }
    if (guard) {
        const KExpr *old = kx_load(lo, &to);
        value = kx_op(lo, KOP_select, value->dtype, guard, value, old);
    }
    lo->value_of[root->id] = new_value(lo, root->in[0]);
    to = access_value(lo, lo->value_of[root->id], idx);
    add_store(lo, &to, value, NULL);
}

static const KExpr *hero_expr(Lower *lo, RtDtype dtype, uint32_t fold)
{
    KExpr e;
    memset(&e, 0, sizeof e);
    e.kind = KX_hero;
    e.id = fold;
    e.dtype = dtype;
    return kx_add(lo, &e);
}

/* The result of fold `number` of the kernel, or what stands for it. */
static void lower_hero(Lower *lo, const Node *hero, uint32_t number, const Affine *idx)
{
    const KExpr *v = lo->expr_of[hero->id];
    if (!v)
        v = hero_expr(lo, hero->dtype, number);
    lo->expr_of[hero->id] = v;
    if (lo->value_of[hero->id] != NO_CLUSTER) {
        Access to = access_value(lo, lo->value_of[hero->id], idx);
        add_store(lo, &to, v, NULL);
    }
}

/* The pointwise nodes of a cluster and its stores, at the points of its space. */
static void lower_points(Lower *lo, const Cluster *c)
{
    Affine idx[MAX_RANK];
    point_indices(&c->space, idx);
    if (c->hero)
        lower_hero(lo, c->hero, 0, idx);
    for (size_t i = 0; i < c->siblings.n; i++)
        lower_hero(lo, c->siblings.at[i], (uint32_t)i + 1, idx);
    for (size_t i = 0; i < c->points.n; i++) {
        const Node *n = c->points.at[i];
        const KExpr *v = point_value(lo, n, idx);
        lo->expr_of[n->id] = v;
        if (lo->value_of[n->id] != NO_CLUSTER) {
            Access to = access_value(lo, lo->value_of[n->id], idx);
            add_store(lo, &to, v, NULL);
        }
    }
    for (size_t i = 0; i < c->roots.n; i++) {
        const Node *in = c->roots.at[i]->in[0];
        const KExpr *v = lo->expr_of[in->id] ? lo->expr_of[in->id] : value_at(lo, in, idx);
        store_root(lo, c->roots.at[i], v, idx);
    }
}

static bool in_list(IntList l, int64_t x)
{
    for (uint32_t i = 0; i < l.n; i++)
        if (l.at[i] == x)
            return true;
    return false;
}

static void lower_fold(Lower *lo, const Node *n, const Affine *idx)
{
    const Node *x = n->in[0];
    Fold fold = {FOLD_sum, n->dtype, {NULL, NULL}, NULL};
    if (n->op == OP_reduce_max)
        fold.kind = FOLD_max;
    if (n->op == OP_argmax) {
        fold.kind = FOLD_argmax;
        fold.acc = x->dtype;
        fold.term[1] = kx_axis(lo, RT_i32, &idx[n->attr[0].i]);
    }
    const KExpr *term = lo->expr_of[x->id] ? lo->expr_of[x->id] : value_at(lo, x, idx);
    fold.term[0] = term->dtype == fold.acc ? term : kx_op(lo, KOP_cast, fold.acc, term, NULL, NULL);
    vec_push(lo->arena, &lo->kernel->folds, fold);
}

static void lower_term(Lower *lo, const Node *n, const Affine *idx)
{
    const KExpr *v = point_value(lo, n, idx);
    lo->expr_of[n->id] = v;
    if (lo->value_of[n->id] == NO_CLUSTER)
        return;
    Access to = access_value(lo, lo->value_of[n->id], idx);
    add_store(lo, &to, v, NULL);
    vec_last(&lo->kernel->stores).per_term = true;
}

/* sum, reduce_max, argmax: result axes first, then the reduced ones, both in order. */
static void lower_reduction(Lower *lo, const Cluster *c)
{
    Kernel *k = lo->kernel;
    const Node *x = c->hero->in[0];
    int64_t one_axis;
    IntList axes = reduced_axes(c->hero, &one_axis);
    Affine idx[MAX_RANK];
    for (int pass = 0; pass < 2; pass++)
        for (int d = 0; d < x->shape.rank; d++) {
            if (in_list(axes, d) != (pass == 1))
                continue;
            idx[d] = affine_axis(k->n_axes);
            k->axis[k->n_axes].size = x->shape.dim[d];
            k->axis[k->n_axes++].reduced = pass == 1;
        }
    k->kind = KERNEL_reduce;
    k->sum = cluster_sum(c);
    for (size_t i = 0; i < c->terms.n; i++)
        lower_term(lo, c->terms.at[i], idx);
    lower_fold(lo, c->hero, idx);
    for (size_t i = 0; i < c->siblings.n; i++)
        lower_fold(lo, c->siblings.at[i], idx);
}

static void lower_dot(Lower *lo, const Node *n)
{
    Kernel *k = lo->kernel;
    const Node *a = n->in[0], *b = n->in[1];
    IntList batch_a = n->attr[0].ints, batch_b = n->attr[1].ints;
    IntList sum_a = n->attr[2].ints, sum_b = n->attr[3].ints;
    Affine at_a[MAX_RANK], at_b[MAX_RANK], idx[MAX_RANK];
    unsigned axis = 0;
    for (uint32_t i = 0; i < batch_a.n; i++, axis++)
        at_a[batch_a.at[i]] = at_b[batch_b.at[i]] = affine_axis(axis);
    for (int d = 0; d < a->shape.rank; d++)
        if (!in_list(batch_a, d) && !in_list(sum_a, d))
            at_a[d] = affine_axis(axis++);
    for (int d = 0; d < b->shape.rank; d++)
        if (!in_list(batch_b, d) && !in_list(sum_b, d))
            at_b[d] = affine_axis(axis++);
    add_axes(k, &n->shape);
    for (uint32_t i = 0; i < sum_a.n; i++, axis++) {
        at_a[sum_a.at[i]] = at_b[sum_b.at[i]] = affine_axis(axis);
        k->axis[k->n_axes].size = a->shape.dim[sum_a.at[i]];
        k->axis[k->n_axes++].reduced = true;
    }
    k->kind = KERNEL_reduce;
    k->sum = sum_split(n);
    Fold fold = {FOLD_fma, n->dtype, {value_at(lo, a, at_a), value_at(lo, b, at_b)}, NULL};
    if (n->n_in > 2) {
        point_indices(&n->shape, idx);
        fold.init = value_at(lo, n->in[2], idx);
    }
    vec_push(lo->arena, &k->folds, fold);
}

/* updates and index lie in memory; the result is copied from base, then added to in index order. */
static void lower_scatter(Lower *lo, const Cluster *c)
{
    Kernel *k = lo->kernel;
    const Node *n = c->hero;
    int axis = (int)n->attr[0].i;
    Affine zero[MAX_RANK] = {{0}};
    k->kind = KERNEL_scatter;
    vec_push(lo->arena, &k->folds, ((Fold){FOLD_sum, n->dtype, {NULL, NULL}, NULL}));
    k->scatter_outer = k->scatter_inner = 1;
    for (int d = 0; d < axis; d++)
        k->scatter_outer *= dim_size(n->shape.dim[d], lo->g->batch);
    for (int d = axis + 1; d < n->shape.rank; d++)
        k->scatter_inner *= dim_size(n->shape.dim[d], lo->g->batch);
    k->scatter_axis = n->shape.dim[axis].n;
    k->scatter_count = 1;
    const Shape *is = &n->in[1]->shape;
    for (int d = 0; d < is->rank; d++) {
        k->scatter_count *= is->dim[d].n;
        k->axis[0].size.batch |= is->dim[d].batch;
    }
    k->axis[0].size.n = k->scatter_count;
    k->n_axes = 1;
    k->scatter_base = value_at(lo, n->in[0], zero)->access;
    k->b = value_at(lo, n->in[1], zero)->access;
    k->a = value_at(lo, n->in[2], zero)->access;
    Access to = access_value(lo, lo->value_of[n->id], zero);
    add_store(lo, &to, hero_expr(lo, n->dtype, 0), NULL);
}

static const char *kernel_name(Lower *lo, const Cluster *c, size_t number)
{
    const Node *n = c->hero ? c->hero : c->points.n ? c->points.at[0] : c->roots.at[0]->in[0];
    static const char *const parts[] = {"data", "forward", "loss", "metric", "backward", "update"};
    const char *what = c->hero ? op_info(n->op)->name : c->points.n ? op_info(n->op)->name : "copy";
    if (n->origin.label)
        return arena_printf(lo->arena, "k%zu_%s_%s_%s", number, what, n->origin.label,
                            parts[n->origin.part]);
    return arena_printf(lo->arena, "k%zu_%s_%s", number, what, parts[n->origin.part]);
}

static void count_work(Lower *lo, Kernel *k)
{
    double points = 1, terms = 1;
    int64_t batch = lo->g->batch ? lo->g->batch : 1;
    for (uint32_t a = 0; a < k->n_axes; a++)
        *(k->axis[a].reduced ? &terms : &points) *= (double)dim_size(k->axis[a].size, batch);
    size_t ops = 0;
    for (size_t i = 0; i < k->exprs.n; i++)
        ops += k->exprs.at[i]->kind == KX_op;
    k->flops = points * (double)ops;
    for (size_t i = 0; i < k->folds.n; i++)
        k->flops += points * terms * (k->folds.at[i].kind == FOLD_fma ? 2 : 1);
    for (size_t i = 0; i < k->stores.n; i++) {
        const Store *s = &k->stores.at[i];
        k->bytes += points * (s->per_term ? terms : 1) * (double)rt_dtype(s->to->dtype)->size;
    }
    for (size_t i = 0; i < k->exprs.n; i++)
        if (k->exprs.at[i]->kind == KX_load) {
            double touched = 1;
            const Access *a = k->exprs.at[i]->access;
            for (uint32_t x = 0; x < k->n_axes; x++)
                if (a->offset.coef[x] || a->row.coef[x] || a->col.coef[x])
                    touched *= (double)dim_size(k->axis[x].size, batch);
            k->bytes += touched * (double)rt_dtype(a->dtype)->size;
        }
}

static Kernel *kernel_begin(Lower *lo)
{
    Kernel *k = ARENA_NEW(lo->arena, Kernel);
    lo->kernel = k;
    return k;
}

static void kernel_end(Lower *lo)
{
    count_work(lo, lo->kernel);
    vec_push(lo->arena, &lo->out->kernels, lo->kernel);
}

static void forget_exprs(Lower *lo, const Cluster *c)
{
    if (c->hero)
        lo->expr_of[c->hero->id] = NULL;
    for (size_t i = 0; i < c->siblings.n; i++)
        lo->expr_of[c->siblings.at[i]->id] = NULL;
    for (size_t i = 0; i < c->terms.n; i++)
        lo->expr_of[c->terms.at[i]->id] = NULL;
    for (size_t i = 0; i < c->points.n; i++)
        lo->expr_of[c->points.at[i]->id] = NULL;
}

static void lower_cluster(Lower *lo, const Cluster *c)
{
    Kernel *k = kernel_begin(lo);
    const Node *first = c->hero ? c->hero : c->points.n ? c->points.at[0] : c->roots.at[0];
    k->origin = first->origin;
    k->name = kernel_name(lo, c, lo->out->kernels.n);
    if (!c->hero) {
        k->kind = KERNEL_map;
        add_axes(k, &c->space);
        lower_points(lo, c);
        kernel_merge_axes(k);
    } else if (c->hero->op == OP_scatter_add) {
        lower_scatter(lo, c);
    } else if (kernel_is_outer(lo, c)) {
        add_axes(k, &c->hero->shape);
        kernel_outer(lo, c->hero);
        lower_points(lo, c);
        kernel_merge_axes(k);
    } else {
        if (c->hero->op == OP_dot)
            lower_dot(lo, c->hero);
        else
            lower_reduction(lo, c);
        lower_points(lo, c);
        kernel_merge_axes(k);
        if (c->hero->op == OP_dot)
            kernel_try_tile(lo, k, c->hero);
    }
    forget_exprs(lo, c);
    kernel_end(lo);
}

/* state <- the value in which its write waited */
static void lower_late_write(Lower *lo, const Node *write)
{
    Affine idx[MAX_RANK];
    Kernel *k = kernel_begin(lo);
    k->kind = KERNEL_map;
    k->origin = write->origin;
    k->name = arena_printf(lo->arena, "k%zu_late_%s", lo->out->kernels.n, write->attr[0].text);
    add_axes(k, &write->in[0]->shape);
    point_indices(&write->in[0]->shape, idx);
    Access from = access_value(lo, lo->value_of[write->id], idx);
    Access to = access_state(lo, write, idx);
    add_store(lo, &to, kx_load(lo, &from), NULL);
    kernel_merge_axes(k);
    kernel_end(lo);
}

static void touch(Lower *lo, const Access *a, uint32_t kernel, bool writes)
{
    if (a->base != BASE_value)
        return;
    Value *v = &lo->out->values.at[a->id];
    if (writes && v->first == NO_CLUSTER)
        v->first = kernel;
    v->last = kernel;
}

static void find_lifetimes(Lower *lo)
{
    for (uint32_t i = 0; i < lo->out->kernels.n; i++) {
        const Kernel *k = lo->out->kernels.at[i];
        for (size_t e = 0; e < k->exprs.n; e++)
            if (k->exprs.at[e]->kind == KX_load)
                touch(lo, k->exprs.at[e]->access, i, false);
        for (size_t s = 0; s < k->stores.n; s++)
            touch(lo, k->stores.at[s].to, i, true);
    }
}

Kernels *schedule(Arena *arena, const Graph *g, const ScheduleOptions *options)
{
    Lower lo;
    memset(&lo, 0, sizeof lo);
    lo.arena = arena;
    lo.g = g;
    lo.options = options;
    lo.clusters = clusters_make(arena, g, options->fuse);
    lo.out = ARENA_NEW(arena, Kernels);
    lo.out->arena = arena;
    lo.out->graph = g;
    lo.out->target = options->target;
    lo.out->storage = options->storage;
    lo.value_of = ARENA_ARRAY(arena, uint32_t, g->nodes.n + 1);
    lo.slot_of = ARENA_ARRAY(arena, uint32_t, g->nodes.n + 1);
    lo.expr_of = ARENA_ARRAY(arena, const KExpr *, g->nodes.n + 1);
    for (size_t i = 0; i < g->nodes.n; i++)
        if (g->nodes.at[i]->op == OP_scatter_add)
            lo.clusters->stored[g->nodes.at[i]->id] = true;
    number_leaves(&lo);
    for (size_t i = 0; i < lo.clusters->in_order.n; i++)
        lower_cluster(&lo, lo.clusters->in_order.at[i]);
    for (size_t i = 0; i < g->nodes.n; i++)
        if (g->nodes.at[i]->op == OP_write && lo.value_of[i] != NO_CLUSTER)
            lower_late_write(&lo, g->nodes.at[i]);
    find_lifetimes(&lo);
    return lo.out;
}
