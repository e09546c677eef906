/* cluster.c: Graph -> Clusters.
 *
 * Every node that computes something belongs to one cluster; a cluster becomes one kernel. It has at
 * most one hero (contraction, scatter, or reductions over the same points), whose result its pointwise nodes use at the same point.
 * Fusion joins a pointwise node to the cluster of one of its inputs if everything else it needs is
 * ready before that cluster's place. What only feeds reductions becomes their terms, and reductions of the
 * same values share a cluster (terms.c). So the order of places stays an order of execution, and no search for
 * cycles is needed. Fusion never changes a bit: each node is computed once, from the same operands.
 *
 * A state is read until its write; the clusters that read it are ordered before the one that writes
 * it. Where that is not possible the write goes to a value of its own, copied at the end. */
#include "codegen/schedule/maker.h"

#include <string.h>

#include "support/bug.h"

static bool is_leaf_op(Op op)
{
    return op == OP_const || op == OP_iota || op == OP_input || op == OP_scalar || op == OP_read;
}

bool node_is_leaf(const Clusters *cs, const Node *n)
{
    return is_leaf_op(n->op) && !cs->forced[n->id];
}

bool node_is_view(const Clusters *cs, const Node *n)
{
    return node_is(n, OPT_VIEW) && !cs->forced[n->id];
}

const Node *view_base(const Clusters *cs, const Node *n)
{
    while (node_is_view(cs, n))
        n = n->in[0];
    return n;
}

bool node_is_hero(const Node *n)
{
    return node_is(n, OPT_SUMS) || n->op == OP_scatter_add;
}

bool node_reads_elsewhere(const Node *n)
{
    return n->op == OP_gather || n->op == OP_pad || n->op == OP_concat;
}

uint32_t place_of(const Maker *mk, const Node *n)
{
    const Node *base = view_base(mk->cs, n);
    uint32_t c = mk->cs->of[base->id];
    return c == NO_CLUSTER ? 0 : mk->cs->list.at[c]->order + 1;
}

/* A cluster that stands at the place of `first`. */
static Cluster *cluster_new(Maker *mk, const Node *hero, const Node *first, const Shape *space)
{
    Cluster *c = ARENA_NEW(mk->arena, Cluster);
    c->id = (uint32_t)mk->cs->list.n;
    c->hero = hero;
    c->order = mk->place[first->id];
    c->space = *space;
    vec_push(mk->arena, &mk->cs->list, c);
    return c;
}

/* The cluster of the same points that `n` could join through this input, or NULL. */
static Cluster *joinable(const Maker *mk, const Node *n, const Node *input)
{
    uint32_t id = mk->cs->of[input->id];
    if (id == NO_CLUSTER || node_is_view(mk->cs, input))
        return NULL;
    Cluster *c = mk->cs->list.at[id];
    if (c->hero && (c->hero->op == OP_scatter_add || c->hero->op == OP_argmax))
        return NULL;
    return shape_equal(&c->space, &n->shape) ? c : NULL;
}

bool node_fits(const Maker *mk, const Node *n, const Cluster *c, const Cluster *moving)
{
    for (uint32_t i = 0; i < n->n_in; i++) {
        const Node *in = n->in[i];
        uint32_t at = mk->cs->of[in->id];
        bool inside = at == c->id || (moving && at == moving->id);
        bool same = inside && !node_is_view(mk->cs, in) && !node_reads_elsewhere(n);
        if (!same && place_of(mk, in) > c->order)
            return false;
    }
    return true;
}

static uint32_t uses_in(const Node *user, const Node *value)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < user->n_in; i++)
        n += user->in[i] == value;
    return n;
}

/* Can all of `from`, which nobody but itself and `n` uses, be computed with `to`? It runs earlier, or later: then
 * everything that `from` needs is ready. */
static bool can_move(const Maker *mk, const Cluster *from, const Cluster *to, const Node *n)
{
    if (from == to || from->hero || from->roots.n || !shape_equal(&from->space, &to->space))
        return false;
    for (size_t i = 0; i < from->points.n; i++) {
        const Node *p = from->points.at[i];
        uint32_t inside = uses_in(n, p);
        for (size_t j = 0; j < from->points.n; j++)
            inside += uses_in(from->points.at[j], p);
        if (inside != mk->uses[p->id] || node_reads_elsewhere(p) ||
            (to->order < from->order && !node_fits(mk, p, to, from)))
            return false;
    }
    return true;
}

static void move(Maker *mk, Cluster *from, Cluster *to)
{
    for (size_t k = 0; k < from->points.n; k++) {
        vec_push(mk->arena, &to->points, from->points.at[k]);
        mk->cs->of[from->points.at[k]->id] = to->id;
    }
    from->dead = true;
}

/* `n` joins `c`: what other kernels compute for n alone is computed there, too, and not stored. */
static void gather_inputs(Maker *mk, const Node *n, Cluster *c)
{
    for (uint32_t i = 0; i < n->n_in; i++) {
        Cluster *from = joinable(mk, n, n->in[i]);
        if (from && from->order < c->order && can_move(mk, from, c, n))
            move(mk, from, c);
    }
}

/* What the last cluster that `n` reads computes may need nothing that is late, as momentum * velocity:
 * then it moves to a contraction that `n` reads too, so that an update joins the contraction that gives
 * its gradient. Returns the contraction's cluster, or NULL. */
static Cluster *move_to_hero(Maker *mk, const Node *n, Cluster *last)
{
    for (uint32_t i = 0; i < n->n_in; i++) {
        Cluster *c = joinable(mk, n, n->in[i]);
        if (!c || !c->hero || !node_fits(mk, n, c, last) || !can_move(mk, last, c, n))
            continue;
        move(mk, last, c);
        return c;
    }
    return NULL;
}

static Cluster *best_to_join(Maker *mk, const Node *n)
{
    Cluster *last = NULL;
    if (!mk->fuse || node_reads_elsewhere(n))
        return NULL;
    for (uint32_t i = 0; i < n->n_in; i++) {
        Cluster *c = joinable(mk, n, n->in[i]);
        if (c && (!last || c->order > last->order))
            last = c;
    }
    if (!last)
        return NULL;
    Cluster *hero = move_to_hero(mk, n, last);
    if (hero)
        return hero;
    if (!node_fits(mk, n, last, NULL))
        return NULL;
    gather_inputs(mk, n, last);
    return last;
}

static void add_point(Maker *mk, const Node *n)
{
    Cluster *c = best_to_join(mk, n);
    if (!c)
        c = cluster_new(mk, NULL, n, &n->shape);
    vec_push(mk->arena, &c->points, n);
    mk->cs->of[n->id] = c->id;
}

static void add_hero(Maker *mk, const Node *n)
{
    mk->cs->of[n->id] = cluster_new(mk, n, n, &n->shape)->id;
}

static void add_copy(Maker *mk, const Node *n)
{
    Cluster *c = cluster_new(mk, NULL, n, &n->shape);
    vec_push(mk->arena, &c->points, n);
    mk->cs->of[n->id] = c->id;
}

/* Can the elements of leaf `base` be named by their row-major number, batch rows apart? */
static bool leaf_has_memory(const Node *base, const Node *reshape)
{
    if (base->op == OP_const)
        return true;
    if (base->op == OP_input)
        return shape_batch_axis(&reshape->shape) == 0 &&
               reshape->shape.dim[0].n == base->shape.dim[0].n;
    return base->op == OP_read;
}

/* What must lie in memory: what is below a reshape, and what a contraction, scatter or gather reads. */
static void force_copies(Maker *mk, const Node *n)
{
    bool *forced = mk->cs->forced;
    if (n->op == OP_reshape && !forced[n->id]) {
        const Node *x = n->in[0];
        while (x->op == OP_reshape && !forced[x->id])
            x = x->in[0];
        if (node_is(x, OPT_VIEW) || (is_leaf_op(x->op) && !leaf_has_memory(x, n)))
            forced[x->id] = true;
    }
    if (n->op != OP_dot && n->op != OP_scatter_add && !node_reads_elsewhere(n))
        return;
    for (uint32_t k = 0; k < n->n_in; k++) {
        if ((n->op == OP_gather || n->op == OP_pad) && k > 0)
            continue;
        const Node *base = view_base(mk->cs, n->in[k]);
        if (base->op == OP_input || base->op == OP_iota || base->op == OP_scalar ||
            (base->op == OP_const && base->attr[2].data.splat))
            forced[base->id] = true;
        if (n->op == OP_scatter_add && node_is_view(mk->cs, n->in[k]))
            forced[n->in[k]->id] = true;
        if (n->op == OP_scatter_add && is_leaf_op(n->in[k]->op))
            forced[n->in[k]->id] = true;
    }
}

static void add_root(Maker *mk, const Node *root)
{
    const Node *v = root->in[0];
    uint32_t id = mk->cs->of[v->id];
    Cluster *c = id == NO_CLUSTER || node_is_view(mk->cs, v) ? NULL : mk->cs->list.at[id];
    if (c && c->hero && c->hero->op == OP_scatter_add)
        c = NULL;
    if (c && root->n_in > 1 && place_of(mk, root->in[1]) > c->order)
        c = NULL;
    if (c && !mk->fuse)
        c = NULL;
    if (!c)
        c = cluster_new(mk, NULL, root, &v->shape);
    vec_push(mk->arena, &c->roots, root);
    mk->cs->of[root->id] = c->id;
}

/* A value goes to memory if another kernel reads it, or the same one at other points. */
static void mark_stored(Maker *mk, uint32_t cluster, const Node *in, bool elsewhere)
{
    const Node *base = view_base(mk->cs, in);
    if (node_is_leaf(mk->cs, base))
        return;
    if (elsewhere || base != in || mk->cs->of[base->id] != cluster)
        mk->cs->stored[base->id] = true;
}

static void order_after(Maker *mk, Cluster *c, const Node *in)
{
    const Node *base = view_base(mk->cs, in);
    uint32_t other = mk->cs->of[base->id];
    if (other != NO_CLUSTER && other != c->id)
        vec_push(mk->arena, &c->after, other);
}

static void collect_edges(Maker *mk)
{
    for (size_t i = 0; i < mk->g->nodes.n; i++) {
        const Node *n = mk->g->nodes.at[i];
        uint32_t id = mk->cs->of[n->id];
        if (id == NO_CLUSTER)
            continue;
        Cluster *c = mk->cs->list.at[id];
        for (uint32_t k = 0; k < n->n_in; k++) {
            mark_stored(mk, id, n->in[k], node_reads_elsewhere(n));
            order_after(mk, c, n->in[k]);
        }
    }
}

/* Calls `found` for every state that cluster `c` reads; `aside`: not at its own point. */
typedef struct ReadEdges {
    Maker *mk;
    uint32_t *writer; /* per state: its cluster */
} ReadEdges;

static void add_read_edges(ReadEdges *re)
{
    Maker *mk = re->mk;
    for (size_t i = 0; i < mk->g->nodes.n; i++) {
        const Node *n = mk->g->nodes.at[i];
        uint32_t id = mk->cs->of[n->id];
        if (id == NO_CLUSTER)
            continue;
        for (uint32_t k = 0; k < n->n_in; k++) {
            const Node *base = view_base(mk->cs, n->in[k]);
            if (base->op != OP_read)
                continue;
            size_t s = graph_state_place(mk->g, base->attr[0].text);
            if (re->writer[s] == NO_CLUSTER)
                continue;
            bool own_point = n->in[k] == base && !node_is_hero(n) && !node_reads_elsewhere(n);
            if (re->writer[s] != id)
                vec_push(mk->arena, &mk->cs->list.at[re->writer[s]]->after, id);
            else if (!own_point)
                mk->cs->late_write[s] = true;
        }
    }
}

/* Repeatedly the first cluster whose predecessors have run (by place). What is left when none is
 * ready waits for a write that comes too early: those writes become late ones. */
static bool sort_clusters(Maker *mk, bool ignore_reads, uint32_t *writer)
{
    Clusters *cs = mk->cs;
    size_t n = cs->list.n, left = 0;
    uint32_t *waits = ARENA_ARRAY(mk->arena, uint32_t, n + 1);
    Vec(uint32_t) *next = arena_array(mk->arena, n + 1, sizeof *next);
    cs->in_order.n = 0;
    for (size_t i = 0; i < n; i++) {
        if (cs->list.at[i]->dead)
            continue;
        left++;
        for (size_t k = 0; k < cs->list.at[i]->after.n; k++) {
            vec_push(mk->arena, &next[cs->list.at[i]->after.at[k]], (uint32_t)i);
            waits[i]++;
        }
    }
    /* a heap of ready clusters, by place */
    Vec(uint32_t) heap = {0};
#define PLACE(i) (cs->list.at[heap.at[i]]->order)
#define SWAP(i, j)                                                                                 \
    do {                                                                                           \
        uint32_t t_ = heap.at[i];                                                                  \
        heap.at[i] = heap.at[j];                                                                   \
        heap.at[j] = t_;                                                                           \
    } while (0)
    for (size_t i = 0; i < n; i++) {
        if (cs->list.at[i]->dead || waits[i])
            continue;
        vec_push(mk->arena, &heap, (uint32_t)i);
        for (size_t at = heap.n - 1; at && PLACE(at) < PLACE((at - 1) / 2); at = (at - 1) / 2)
            SWAP(at, (at - 1) / 2);
    }
    while (heap.n) {
        uint32_t id = heap.at[0];
        heap.at[0] = heap.at[--heap.n];
        for (size_t at = 0;;) {
            size_t l = 2 * at + 1, r = l + 1, m = at;
            if (l < heap.n && PLACE(l) < PLACE(m))
                m = l;
            if (r < heap.n && PLACE(r) < PLACE(m))
                m = r;
            if (m == at)
                break;
            SWAP(at, m);
            at = m;
        }
        vec_push(mk->arena, &cs->in_order, cs->list.at[id]);
        left--;
        for (size_t k = 0; k < next[id].n; k++) {
            uint32_t w = next[id].at[k];
            if (--waits[w])
                continue;
            vec_push(mk->arena, &heap, w);
            for (size_t at = heap.n - 1; at && PLACE(at) < PLACE((at - 1) / 2); at = (at - 1) / 2)
                SWAP(at, (at - 1) / 2);
        }
    }
#undef PLACE
#undef SWAP
    if (!left)
        return true;
    nnl_assert(!ignore_reads);
    for (size_t s = 0; s < mk->g->states.n; s++)
        if (writer[s] != NO_CLUSTER && waits[writer[s]])
            cs->late_write[s] = true;
    return false;
}

static void sort_all(Maker *mk)
{
    const Graph *g = mk->g;
    uint32_t *writer = ARENA_ARRAY(mk->arena, uint32_t, g->states.n + 1);
    size_t *data_edges = ARENA_ARRAY(mk->arena, size_t, mk->cs->list.n + 1);
    memset(writer, 0xff, (g->states.n + 1) * sizeof *writer);
    for (size_t i = 0; i < mk->cs->list.n; i++) {
        Cluster *c = mk->cs->list.at[i];
        data_edges[i] = c->after.n;
        for (size_t r = 0; r < c->roots.n; r++)
            if (c->roots.at[r]->op == OP_write)
                writer[graph_state_place(g, c->roots.at[r]->attr[0].text)] = c->id;
    }
    ReadEdges re = {mk, writer};
    add_read_edges(&re);
    if (sort_clusters(mk, false, writer))
        return;
    for (size_t i = 0; i < mk->cs->list.n; i++)
        mk->cs->list.at[i]->after.n = data_edges[i];
    for (size_t s = 0; s < g->states.n; s++)
        if (mk->cs->late_write[s])
            writer[s] = NO_CLUSTER;
    add_read_edges(&re);
    sort_clusters(mk, true, writer);
}

/* Rank 0, or a row of doubles, such as the rates of the columns of a model; also rounded. */
static bool is_setting(const Node *x)
{
    bool row = x->shape.rank == 1 && !x->shape.dim[0].batch;
    bool doubles = x->dtype == RT_f64 || (x->op == OP_cast && x->in[0]->dtype == RT_f64);
    return node_is(x, OPT_ELEMENTWISE) && (!x->shape.rank || (row && doubles));
}

/* What is computed from scalars and settings alone, such as Adam's step size, comes first: so an update can join the
 * contraction that gives its gradient. */
static void set_places(Maker *mk)
{
    size_t n = mk->g->nodes.n;
    for (size_t i = 0; i < n; i++) {
        const Node *x = mk->g->nodes.at[i];
        bool early = is_setting(x);
        for (uint32_t k = 0; early && k < x->n_in; k++) {
            const Node *in = view_base(mk->cs, x->in[k]);
            early = in->op == OP_scalar || in->op == OP_const || in->op == OP_read ||
                    mk->place[in->id] < n;
        }
        mk->place[i] = (uint32_t)(early ? i : n + i);
    }
}

static void add_node(Maker *mk, const Node *n)
{
    if (node_is_root(n))
        add_root(mk, n);
    else if (mk->cs->forced[n->id])
        add_copy(mk, n);
    else if (node_is_hero(n))
        add_hero(mk, n);
    else if (!node_is_leaf(mk->cs, n) && !node_is_view(mk->cs, n))
        add_point(mk, n);
}

Clusters *clusters_make(Arena *arena, const Graph *g, bool fuse)
{
    Maker mk = {arena, g, ARENA_NEW(arena, Clusters), fuse, NULL, NULL};
    mk.uses = ARENA_ARRAY(arena, uint32_t, g->nodes.n + 1);
    mk.place = ARENA_ARRAY(arena, uint32_t, g->nodes.n + 1);
    mk.cs->of = ARENA_ARRAY(arena, uint32_t, g->nodes.n + 1);
    mk.cs->stored = ARENA_ARRAY(arena, bool, g->nodes.n + 1);
    mk.cs->late_write = ARENA_ARRAY(arena, bool, g->states.n + 1);
    memset(mk.cs->of, 0xff, (g->nodes.n + 1) * sizeof *mk.cs->of);
    mk.cs->forced = ARENA_ARRAY(arena, bool, g->nodes.n + 1);
    for (size_t i = 0; i < g->nodes.n; i++) {
        const Node *n = g->nodes.at[i];
        for (uint32_t k = 0; k < n->n_in; k++)
            mk.uses[n->in[k]->id]++;
        force_copies(&mk, n);
    }
    set_places(&mk);
    for (size_t i = 0; i < g->nodes.n; i++)
        if (mk.place[i] < g->nodes.n)
            add_node(&mk, g->nodes.at[i]);
    for (size_t i = 0; i < g->nodes.n; i++)
        if (mk.place[i] >= g->nodes.n)
            add_node(&mk, g->nodes.at[i]);
    if (fuse)
        clusters_take_terms(&mk);
    collect_edges(&mk);
    sort_all(&mk);
    return mk.cs;
}
