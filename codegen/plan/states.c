/* states.c: the state block of an instance. A weight that contractions read column by column is kept
 * strip-packed, its optimizer slots like it; everything else is row-major. */
#include "codegen/plan/plan.h"

#include <string.h>

#include "support/bug.h"

enum { USE_none, USE_packs, USE_forbids };

typedef struct Uses {
    const StatePlan *plan;
    int *of; /* per state of the plan */
    Graph *const *graphs;
    size_t n_graphs;
} Uses;

static size_t find(const StatePlan *plan, const char *name)
{
    for (size_t i = 0; i < plan->states.n; i++)
        if (plan->states.at[i].state.name == name)
            return i;
    return plan->states.n;
}

static int64_t round_up(int64_t x, int64_t to)
{
    return (x + to - 1) / to * to;
}

static void collect(Arena *arena, StatePlan *plan, const Graph *g)
{
    for (size_t i = 0; i < g->states.n; i++) {
        if (find(plan, g->states.at[i].name) < plan->states.n)
            continue;
        StatePlace p;
        memset(&p, 0, sizeof p);
        p.state = g->states.at[i];
        vec_push(arena, &plan->states, p);
    }
}

/* How `user` uses the state that its input k reads: as columns of a contraction, or in a way that
 * needs row-major memory. Views but transpositions of a matrix need row-major memory too. */
static int use_of(const Node *user, uint32_t k)
{
    if (user->op == OP_dot)
        return k == 1 && !user->attr[0].ints.n ? USE_packs : USE_forbids;
    if (node_is(user, OPT_ELEMENTWISE) || user->op == OP_write)
        return USE_none;
    if (user->op == OP_sum || user->op == OP_reduce_max || user->op == OP_argmax)
        return USE_none;
    return USE_forbids;
}

static void look_at_uses(Uses *u, const Graph *g)
{
    for (size_t i = 0; i < g->nodes.n; i++) {
        const Node *n = g->nodes.at[i];
        for (uint32_t k = 0; k < n->n_in; k++) {
            if (n->in[k]->op != OP_read)
                continue;
            int *use = &u->of[find(u->plan, n->in[k]->attr[0].text)];
            int now = use_of(n, k);
            if (now > *use)
                *use = now;
        }
    }
}

/* A slot `dense.kernel.momentum` lies as its weight `dense.kernel` does. */
static const StatePlace *weight_of(const StatePlan *plan, const StatePlace *slot)
{
    for (size_t i = 0; i < plan->states.n; i++) {
        const StatePlace *w = &plan->states.at[i];
        size_t n = strlen(w->state.name);
        if (w->state.role == ROLE_weight && shape_equal(&w->state.shape, &slot->state.shape) &&
            !strncmp(w->state.name, slot->state.name, n) && slot->state.name[n] == '.')
            return w;
    }
    return NULL;
}

static bool can_pack(const StatePlace *p)
{
    return p->state.shape.rank == 2 && (p->state.dtype == RT_f32 || p->state.dtype == RT_f64);
}

StatePlan *plan_states(Arena *arena, Graph *const *graphs, size_t n, const Target *target)
{
    StatePlan *plan = ARENA_NEW(arena, StatePlan);
    for (size_t i = 0; i < n; i++)
        collect(arena, plan, graphs[i]);
    Uses u = {plan, ARENA_ARRAY(arena, int, plan->states.n + 1), graphs, n};
    for (size_t i = 0; i < n; i++)
        look_at_uses(&u, graphs[i]);
    for (size_t i = 0; i < plan->states.n; i++) {
        StatePlace *p = &plan->states.at[i];
        if (p->state.role == ROLE_weight && u.of[i] == USE_packs && can_pack(p))
            p->storage =
                tile_cut(target, p->state.dtype, p->state.shape.dim[0].n, p->state.shape.dim[1].n);
    }
    for (size_t i = 0; i < plan->states.n; i++) {
        StatePlace *p = &plan->states.at[i];
        const StatePlace *w = p->state.role == ROLE_slot ? weight_of(plan, p) : NULL;
        if (w && u.of[i] != USE_forbids && p->state.dtype == w->state.dtype)
            p->storage = w->storage;
        int64_t elements = rt_storage_elements(&p->storage, shape_count(&p->state.shape, 1));
        p->bytes = elements * (int64_t)rt_dtype(p->state.dtype)->size;
        p->offset = plan->block_bytes;
        plan->block_bytes = round_up(p->offset + p->bytes + PLAN_ALIGN, PLAN_ALIGN);
    }
    return plan;
}

const StatePlace *plan_state(const StatePlan *plan, const char *name)
{
    size_t i = find(plan, name);
    if (i == plan->states.n)
        nnl_bug("the plan has no state '%s'", name);
    return &plan->states.at[i];
}

const Storage *plan_storage(Arena *arena, const StatePlan *plan, const Graph *g)
{
    Storage *s = ARENA_ARRAY(arena, Storage, g->states.n + 1);
    for (size_t i = 0; i < g->states.n; i++)
        s[i] = plan_state(plan, g->states.at[i].name)->storage;
    return s;
}
