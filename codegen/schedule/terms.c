/* terms.c: what reductions compute for every term.
 *
 * A pointwise node whose value only the terms of one cluster need is computed there: nothing is stored for
 * it. Reductions over the same points that read the same values become one cluster, so a metric beside
 * the loss, or the squares of a norm, read outputs and labels once. Neither changes a bit: every node is
 * computed once, from the same operands, and every reduction keeps its own order. */
#include <stdlib.h>
#include <string.h>

#include "codegen/schedule/kernel.h"
#include "codegen/schedule/maker.h"

IntList reduced_axes(const Node *hero, int64_t *one)
{
    if (hero->op != OP_argmax)
        return hero->attr[0].ints;
    *one = hero->attr[0].i;
    return (IntList){1, one};
}

SumSplit sum_split(const Node *hero)
{
    SumSplit s = hero->op == OP_argmax ? (SumSplit){1, 1} : node_attr(hero, "sum")->sum;
    return s.groups ? s : (SumSplit){1, 1};
}

/* argmax is the same in any order, so it goes with all. */
SumSplit cluster_sum(const Cluster *c)
{
    const Node *n = c->hero;
    for (size_t i = 0; i < c->siblings.n && n->op == OP_argmax; i++)
        n = c->siblings.at[i];
    return sum_split(n);
}

/* Clusters of reductions that read what one kernel, or one leaf, gives. */
typedef Vec(Cluster *) Readers;

typedef struct Terms {
    Maker *mk;
    uint32_t *inside; /* per node: uses by the terms and reductions of one cluster */
    Readers *readers; /* per giver of values */
} Terms;

static bool is_reduction(const Node *n)
{
    return n && (n->op == OP_sum || n->op == OP_reduce_max || n->op == OP_argmax);
}

/* Reduction `i` of a cluster; NULL behind the last. */
static const Node *reduction(const Cluster *c, size_t i)
{
    return !i ? c->hero : i <= c->siblings.n ? c->siblings.at[i - 1] : NULL;
}

static Cluster *cluster_of(const Maker *mk, const Node *n)
{
    uint32_t id = mk->cs->of[n->id];
    return id == NO_CLUSTER || node_is_view(mk->cs, n) ? NULL : mk->cs->list.at[id];
}

static void count_inputs(Terms *ts, const Node *n, int by)
{
    for (uint32_t k = 0; k < n->n_in; k++)
        ts->inside[n->in[k]->id] += (uint32_t)by;
}

static void count_cluster(Terms *ts, const Cluster *c, int by)
{
    for (size_t i = 0; reduction(c, i); i++)
        count_inputs(ts, reduction(c, i), by);
    for (size_t i = 0; i < c->terms.n; i++)
        count_inputs(ts, c->terms.at[i], by);
}

/* Is this value of cluster `from` in memory anyway, if `taken` of its nodes leave? */
static bool is_stored_anyway(const Maker *mk, const Cluster *from, const Node *n)
{
    uint32_t uses = 0;
    for (size_t i = 0; i < from->points.n; i++)
        for (uint32_t k = 0; k < from->points.at[i]->n_in; k++)
            uses += from->points.at[i]->in[k] == n;
    return uses < mk->uses[n->id];
}

typedef Vec(const Node *) NodeList;

static bool in_list(const NodeList *list, const Node *n)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->at[i] == n)
            return true;
    return false;
}

static int by_id(const void *a, const void *b)
{
    const Node *const *x = a, *const *y = b;
    return ((*x)->id > (*y)->id) - ((*x)->id < (*y)->id);
}

static void sort_nodes(const Node **at, size_t n)
{
    if (n)
        qsort(at, n, sizeof *at, by_id);
}

/* Do no more values of `from` go through memory once `taken` is computed per term? ts->inside has the uses
 * by the cluster that takes them. */
static bool saves_memory(const Terms *ts, const Cluster *from, const NodeList *taken)
{
    int more = 0;
    for (size_t i = 0; i < taken->n; i++) {
        const Node *n = taken->at[i];
        if (ts->inside[n->id])
            more--;
        for (uint32_t k = 0; k < n->n_in; k++) {
            const Node *in = n->in[k];
            bool seen = k && n->in[0] == in;
            if (!seen && !in_list(taken, in) && cluster_of(ts->mk, in) == from &&
                !is_stored_anyway(ts->mk, from, in))
                more++;
        }
    }
    return more <= 0;
}

static bool is_cheap(const Node *n)
{
    switch ((int)n->op) {
#define SCALAR(id, inputs)
#define MATH(id, inputs) case OP_##id:
#include "codegen/schedule/scalars.def"
        return false;
    default:
        return true;
    }
}

/* A sum with one result runs on one thread: it takes no elementary functions from a cluster that stays. */
static bool may_take(const Cluster *c, const Cluster *from, const NodeList *taken)
{
    bool stays = taken->n < from->points.n || from->hero || from->roots.n;
    for (size_t i = 0; i < taken->n && stays && !c->space.rank; i++)
        if (!is_cheap(taken->at[i]))
            return false;
    return taken->n > 0;
}

/* The pointwise nodes of `from` that only these terms need (their uses are in ts->inside), last first. */
static NodeList only_for_terms(Terms *ts, const Cluster *from)
{
    Maker *mk = ts->mk;
    NodeList taken = {0};
    for (size_t i = from->points.n; i-- > 0;) {
        const Node *n = from->points.at[i];
        if (!ts->inside[n->id] || ts->inside[n->id] != mk->uses[n->id] || mk->cs->forced[n->id] ||
            node_reads_elsewhere(n))
            continue;
        vec_push(mk->arena, &taken, n);
        count_inputs(ts, n, 1);
    }
    for (size_t i = 0; i < taken.n; i++)
        count_inputs(ts, taken.at[i], -1);
    return taken;
}

static void take(Maker *mk, Cluster *c, Cluster *from, const NodeList *taken)
{
    size_t left = 0;
    for (size_t i = 0; i < from->points.n; i++)
        if (!in_list(taken, from->points.at[i]))
            from->points.at[left++] = from->points.at[i];
    from->points.n = left;
    from->dead = !left && !from->hero && !from->roots.n;
    for (size_t i = 0; i < taken->n; i++) {
        vec_push(mk->arena, &c->terms, taken->at[i]);
        mk->cs->of[taken->at[i]->id] = c->id;
    }
    sort_nodes(c->terms.at, c->terms.n);
}

static bool take_from(Terms *ts, Cluster *c, Cluster *from)
{
    if (!from || from == c || !shape_equal(&from->space, &c->hero->in[0]->shape))
        return false;
    count_cluster(ts, c, 1);
    NodeList taken = only_for_terms(ts, from);
    bool takes = may_take(c, from, &taken) && saves_memory(ts, from, &taken);
    count_cluster(ts, c, -1);
    if (takes)
        take(ts->mk, c, from, &taken);
    return takes;
}

/* From every cluster that gives it a term, and from those that give these theirs. */
static void take_terms(Terms *ts, Cluster *c)
{
    bool more = true;
    while (more) {
        more = false;
        for (size_t i = 0; reduction(c, i) && !more; i++)
            more = take_from(ts, c, cluster_of(ts->mk, reduction(c, i)->in[0]));
        for (size_t i = 0; i < c->terms.n && !more; i++)
            for (uint32_t k = 0; k < c->terms.at[i]->n_in && !more; k++)
                more = take_from(ts, c, cluster_of(ts->mk, c->terms.at[i]->in[k]));
    }
}

static bool same_points(const Node *a, const Node *b)
{
    int64_t one_a, one_b;
    IntList x = reduced_axes(a, &one_a), y = reduced_axes(b, &one_b);
    bool same = x.n == y.n && shape_equal(&a->in[0]->shape, &b->in[0]->shape);
    for (uint32_t i = 0; i < x.n && same; i++)
        same = x.at[i] == y.at[i];
    return same;
}

/* Is `n` computed by `c` at the points of its terms? */
static bool is_at_terms(const Maker *mk, const Cluster *c, const Node *n)
{
    if (mk->cs->of[n->id] != c->id)
        return false;
    return !c->hero ||
           (c->terms.n && bsearch(&n, c->terms.at, c->terms.n, sizeof *c->terms.at, by_id));
}

/* May `n`, which cluster `c` computes for its terms, be computed with `to`: is all that it needs a value of
 * c, or of a term of `to`, or ready before? */
static bool fits_terms(const Maker *mk, const Node *n, const Cluster *c, const Cluster *to)
{
    for (uint32_t k = 0; k < n->n_in; k++) {
        const Node *in = n->in[k];
        if (mk->cs->of[in->id] != c->id && !is_at_terms(mk, to, in) && place_of(mk, in) > to->order)
            return false;
    }
    return true;
}

/* May all of `c` be computed where `to` is, which runs before it? */
static bool may_move(const Maker *mk, const Cluster *c, const Cluster *to)
{
    for (size_t i = 0; reduction(c, i); i++)
        if (!fits_terms(mk, reduction(c, i), c, to))
            return false;
    for (size_t i = 0; i < c->terms.n; i++)
        if (!fits_terms(mk, c->terms.at[i], c, to))
            return false;
    for (size_t i = 0; i < c->points.n; i++)
        if (!node_fits(mk, c->points.at[i], to, c))
            return false;
    for (size_t i = 0; i < c->roots.n; i++)
        if (!node_fits(mk, c->roots.at[i], to, c))
            return false;
    return true;
}

static bool reads_view(const Maker *mk, const Cluster *c)
{
    for (size_t i = 0; i < c->points.n; i++)
        for (uint32_t k = 0; k < c->points.at[i]->n_in; k++)
            if (node_is_view(mk->cs, c->points.at[i]->in[k]))
                return true;
    return false;
}

/* Is it as fast to compute `from` row by row of the reduction, elementary functions included? Where all lie
 * side by side, a map goes through rows without a rest at the end of each. */
static bool suits_rows(const Maker *mk, const Cluster *from)
{
    enum { LONG_ROW = 64 };
    if (from->space.dim[from->space.rank - 1].n >= LONG_ROW || reads_view(mk, from))
        return true;
    for (size_t i = 0; i < from->points.n; i++)
        if (!is_cheap(from->points.at[i]))
            return false;
    return true;
}

/* All of a pointwise cluster that gives a term, though others read its values, too: they are stored as the
 * terms are made. For reductions along rows that lie in memory one behind another. */
static bool take_whole(Maker *mk, Cluster *c, Cluster *from)
{
    int64_t one;
    IntList axes = reduced_axes(c->hero, &one);
    const Shape *space = &c->hero->in[0]->shape;
    if (!from || from == c || from->hero || from->roots.n || !shape_equal(&from->space, space) ||
        axes.n != 1 || axes.at[0] != space->rank - 1 || !c->space.rank ||
        cluster_sum(c).lanes == 1 || !suits_rows(mk, from) || !may_move(mk, c, from))
        return false;
    for (size_t i = 0; i < from->points.n; i++)
        if (mk->cs->forced[from->points.at[i]->id] || node_reads_elsewhere(from->points.at[i]))
            return false;
    NodeList all = {from->points.at, from->points.n, from->points.cap};
    c->order = from->order;
    take(mk, c, from, &all);
    return true;
}

static void take_whole_feeds(Maker *mk, Cluster *c)
{
    for (size_t i = 0; reduction(c, i); i++)
        if (take_whole(mk, c, cluster_of(mk, reduction(c, i)->in[0])))
            i = (size_t)-1;
    for (size_t i = 0; i < c->terms.n; i++)
        for (uint32_t k = 0; k < c->terms.at[i]->n_in; k++)
            if (take_whole(mk, c, cluster_of(mk, c->terms.at[i]->in[k]))) {
                i = (size_t)-1;
                break;
            }
}

static bool may_join(const Maker *mk, const Cluster *c, const Cluster *to)
{
    SumSplit a = cluster_sum(c), b = cluster_sum(to);
    bool any = c->hero->op == OP_argmax || to->hero->op == OP_argmax; /* as one axis in any order */
    bool same = same_points(c->hero, to->hero) && shape_equal(&c->space, &to->space);
    if (!same || (!any && (a.groups != b.groups || a.lanes != b.lanes)) ||
        c->siblings.n + to->siblings.n + 2 > MAX_FOLDS)
        return false;
    return may_move(mk, c, to);
}

static void join(Maker *mk, Cluster *c, Cluster *to)
{
    for (size_t i = 0; reduction(c, i); i++) {
        vec_push(mk->arena, &to->siblings, reduction(c, i));
        mk->cs->of[reduction(c, i)->id] = to->id;
    }
    for (size_t i = 0; i < c->terms.n; i++) {
        vec_push(mk->arena, &to->terms, c->terms.at[i]);
        mk->cs->of[c->terms.at[i]->id] = to->id;
    }
    for (size_t i = 0; i < c->points.n; i++) {
        vec_push(mk->arena, &to->points, c->points.at[i]);
        mk->cs->of[c->points.at[i]->id] = to->id;
    }
    for (size_t i = 0; i < c->roots.n; i++) {
        vec_push(mk->arena, &to->roots, c->roots.at[i]);
        mk->cs->of[c->roots.at[i]->id] = to->id;
    }
    sort_nodes(to->terms.at, to->terms.n);
    sort_nodes(to->points.at, to->points.n);
    c->roots.n = 0; /* so that nobody takes it for the writer of a state */
    c->dead = true;
}

/* Calls for what the terms of `c` read: tensors that other kernels made, states, inputs. */
typedef Cluster *ReadVisitor(Terms *ts, Cluster *c, const Node *read);

static Cluster *visit_inputs(Terms *ts, Cluster *c, const Node *n, ReadVisitor *visit)
{
    for (uint32_t k = 0; k < n->n_in; k++) {
        const Node *base = view_base(ts->mk->cs, n->in[k]);
        bool small = base->op == OP_const || base->op == OP_iota || base->op == OP_scalar;
        if (ts->mk->cs->of[base->id] == c->id || small || !base->shape.rank)
            continue;
        Cluster *found = visit(ts, c, base);
        if (found)
            return found;
    }
    return NULL;
}

static Cluster *visit_reads(Terms *ts, Cluster *c, ReadVisitor *visit)
{
    Cluster *found = NULL;
    for (size_t i = 0; reduction(c, i) && !found; i++)
        found = visit_inputs(ts, c, reduction(c, i), visit);
    for (size_t i = 0; i < c->terms.n && !found; i++)
        found = visit_inputs(ts, c, c->terms.at[i], visit);
    return found;
}

/* The number of what gives a value: a kernel, or a leaf of the graph. What one kernel makes is read side by
 * side. */
static size_t giver_of(const Terms *ts, const Node *n)
{
    uint32_t cluster = ts->mk->cs->of[n->id];
    return cluster == NO_CLUSTER ? n->id : ts->mk->g->nodes.n + cluster;
}

/* The last readers are tried only, so that many make no work. */
static Cluster *find_sibling(Terms *ts, Cluster *c, const Node *read)
{
    enum { TRIES = 16 };
    const Readers *list = &ts->readers[giver_of(ts, read)];
    for (size_t i = list->n, tries = 0; i-- > 0 && tries < TRIES; tries++)
        if (list->at[i] != c && may_join(ts->mk, c, list->at[i]))
            return list->at[i];
    return NULL;
}

static void note_reader_of(Terms *ts, Cluster *c, size_t giver)
{
    Readers *list = &ts->readers[giver];
    if (!list->n || vec_last(list) != c)
        vec_push(ts->mk->arena, list, c);
}

static Cluster *note_reader(Terms *ts, Cluster *c, const Node *read)
{
    note_reader_of(ts, c, giver_of(ts, read));
    return NULL;
}

/* What the terms of `c` read and are. */
static void note_reads(Terms *ts, Cluster *c)
{
    visit_reads(ts, c, note_reader);
    note_reader_of(ts, c, ts->mk->g->nodes.n + c->id);
}

void clusters_take_terms(Maker *mk)
{
    size_t n = mk->g->nodes.n, givers = n + mk->cs->list.n + 1;
    Terms ts = {mk, ARENA_ARRAY(mk->arena, uint32_t, n + 1),
                ARENA_ARRAY(mk->arena, Readers, givers)};
    for (size_t i = 0; i < mk->cs->list.n; i++) {
        Cluster *c = mk->cs->list.at[i];
        if (c->dead || !is_reduction(c->hero))
            continue;
        take_terms(&ts, c);
        take_whole_feeds(mk, c);
    }
    for (size_t i = 0; i < mk->cs->list.n; i++) {
        Cluster *c = mk->cs->list.at[i];
        if (c->dead || !is_reduction(c->hero))
            continue;
        Cluster *to = visit_reads(&ts, c, find_sibling);
        if (to)
            join(mk, c, to);
        if (to)
            take_terms(&ts, to);
        note_reads(&ts, to ? to : c);
    }
}
