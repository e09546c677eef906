/* states.c: the state blocks of instances. A weight that contractions read column by column is kept
 * strip-packed, or column by column where a step of one row adds up along them, its optimizer slots like it;
 * everything else is row-major. */
#include "codegen/plan/plan.h"

#include <stdlib.h>
#include <string.h>

#include "support/bug.h"

static int64_t round_up(int64_t x, int64_t to)
{
    return (x + to - 1) / to * to;
}

/* Of any of its graphs: all, unless two of them train. */
static size_t most_states(const InstanceGraphs *instance)
{
    size_t most = 0;
    for (size_t i = 0; i < instance->n; i++)
        if (instance->at[i]->states.n > most)
            most = instance->at[i]->states.n;
    return most;
}

static void collect(Arena *arena, StatePlan *plan, const Graph *g)
{
    for (size_t i = 0; i < g->states.n; i++) {
        if (places_get(&plan->places, g->states.at[i].name) != NO_PLACE)
            continue;
        StatePlace p;
        memset(&p, 0, sizeof p);
        p.state = g->states.at[i];
        places_set(arena, &plan->places, p.state.name, plan->states.n);
        vec_push(arena, &plan->states, p);
    }
}

/* How `user` uses the state that its input k reads: as columns of a contraction, or in a way that
 * needs row-major memory. Views but transpositions of a matrix need row-major memory too. */
static StateUse use_of(const Node *user, uint32_t k)
{
    if (user->op == OP_dot && (k != 1 || user->attr[0].ints.n))
        return USE_forbids;
    if (user->op == OP_dot)
        return user->attr[5].sum.lanes > 1 ? USE_columns : USE_packs;
    if (node_is(user, OPT_ELEMENTWISE) || user->op == OP_write)
        return USE_none;
    if (user->op == OP_sum || user->op == OP_reduce_max || user->op == OP_argmax)
        return USE_none;
    return USE_forbids;
}

static void look_at_uses(StatePlan *plan, const Graph *g)
{
    for (size_t i = 0; i < g->nodes.n; i++) {
        const Node *n = g->nodes.at[i];
        for (uint32_t k = 0; k < n->n_in; k++) {
            if (n->in[k]->op != OP_read)
                continue;
            StatePlace *p = &plan->states.at[places_get(&plan->places, n->in[k]->attr[0].text)];
            StateUse *use = p->first ? &p->first->use : &p->use, now = use_of(n, k);
            if (now > *use)
                *use = now;
        }
    }
}

/* A slot lies as its weight does. */
static const StatePlace *weight_of(const StatePlan *plan, const StatePlace *slot)
{
    size_t i = slot->state.of ? places_get(&plan->places, slot->state.of) : NO_PLACE;
    const StatePlace *w = i == NO_PLACE ? NULL : &plan->states.at[i];
    bool alike =
        w && w->state.role == ROLE_weight && shape_equal(&w->state.shape, &slot->state.shape);
    return alike ? w : NULL;
}

static bool can_pack(const StatePlace *p)
{
    return p->state.shape.rank == 2 && (p->state.dtype == RT_f32 || p->state.dtype == RT_f64);
}

/* The first n instances: those of block b go to block a, or the other way round if b is less. */
static void join_blocks(StatePlan **plans, size_t n, uint32_t a, uint32_t b)
{
    uint32_t less = a < b ? a : b, more = a < b ? b : a;
    for (size_t i = 0; i < n; i++)
        if (plans[i]->block == more)
            plans[i]->block = less;
}

typedef struct Keyed {
    StatePlace *place;
    uint32_t instance;
} Keyed;

static int by_key(const void *a, const void *b)
{
    const Keyed *x = a, *y = b;
    int order = state_key_order(&x->place->state.key, &y->place->state.key);
    return order ? order : (x->instance > y->instance) - (x->instance < y->instance);
}

/* Weights that an instance before has, too. */
static void link_shared(Arena *arena, StatePlan **plans, uint32_t n)
{
    Vec(Keyed) keyed = {0};
    for (uint32_t k = 0; k < n; k++)
        for (size_t i = 0; i < plans[k]->states.n; i++)
            if (plans[k]->states.at[i].state.key.what)
                vec_push(arena, &keyed, (Keyed){&plans[k]->states.at[i], k});
    if (keyed.n)
        qsort(keyed.at, keyed.n, sizeof *keyed.at, by_key);
    for (size_t i = 1, first = 0; i < keyed.n; i++) {
        const Keyed *owner = &keyed.at[first], *now = &keyed.at[i];
        if (state_key_order(&owner->place->state.key, &now->place->state.key)) {
            first = i;
        } else if (owner->instance != now->instance) {
            now->place->first = owner->place;
            join_blocks(plans, n, plans[owner->instance]->block, plans[now->instance]->block);
        }
    }
}

static Storage columns_cut(int64_t rows, int64_t cols)
{
    return (Storage){STORAGE_strip_packed, rows, cols, 1, 1, (int32_t)cols, 1, 0};
}

static void choose_storages(StatePlan *plan, const Target *target)
{
    for (size_t i = 0; i < plan->states.n; i++) {
        StatePlace *p = &plan->states.at[i];
        const State *s = &p->state;
        if (p->first)
            p->storage = p->first->storage;
        else if (s->role == ROLE_weight && p->use == USE_packs && can_pack(p))
            p->storage = tile_cut(target, s->dtype, s->shape.dim[0].n, s->shape.dim[1].n);
        else if (s->role == ROLE_weight && p->use == USE_columns && can_pack(p))
            p->storage = columns_cut(s->shape.dim[0].n, s->shape.dim[1].n);
    }
    for (size_t i = 0; i < plan->states.n; i++) {
        StatePlace *p = &plan->states.at[i];
        const StatePlace *w = p->state.role == ROLE_slot ? weight_of(plan, p) : NULL;
        if (w && p->use != USE_forbids && p->state.dtype == w->state.dtype)
            p->storage = w->storage;
    }
}

/* Places the states of the instance behind what lies in the block; returns its new size. */
static int64_t place(StatePlan *plan, int64_t block_bytes)
{
    for (size_t i = 0; i < plan->states.n; i++) {
        StatePlace *p = &plan->states.at[i];
        int64_t elements = rt_storage_elements(&p->storage, shape_count(&p->state.shape, 1));
        p->bytes = elements * (int64_t)rt_dtype(p->state.dtype)->size;
        p->offset = p->first ? p->first->offset : block_bytes;
        if (!p->first)
            block_bytes = round_up(p->offset + p->bytes + PLAN_ALIGN, PLAN_ALIGN);
    }
    return block_bytes;
}

StatePlan **plan_states(Arena *arena, const InstanceGraphs *instances, size_t n,
                        const Target *target)
{
    StatePlan **plans = ARENA_ARRAY(arena, StatePlan *, n + 1);
    int64_t *block_bytes = ARENA_ARRAY(arena, int64_t, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        plans[i] = ARENA_NEW(arena, StatePlan);
        plans[i]->block = i;
        plans[i]->states.cap = most_states(&instances[i]);
        plans[i]->states.at = ARENA_ARRAY(arena, StatePlace, plans[i]->states.cap);
        for (size_t k = 0; k < instances[i].n; k++)
            collect(arena, plans[i], instances[i].at[k]);
    }
    link_shared(arena, plans, (uint32_t)n);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < instances[i].n; k++)
            look_at_uses(plans[i], instances[i].at[k]);
    for (size_t i = 0; i < n; i++) {
        choose_storages(plans[i], target);
        block_bytes[plans[i]->block] = place(plans[i], block_bytes[plans[i]->block]);
    }
    for (size_t i = 0; i < n; i++)
        plans[i]->block_bytes = block_bytes[plans[i]->block];
    return plans;
}

const StatePlace *plan_state(const StatePlan *plan, const char *name)
{
    size_t i = places_get(&plan->places, name);
    if (i == NO_PLACE)
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
