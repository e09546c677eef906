/* verify.c: is the graph what it says? Every shape rule runs again; order, names and states are
 * looked at. */
#include <string.h>

#include "ir/graph/graph.h"
#include "support/places.h"

static const char *check_inputs(Arena *arena, const Graph *g, size_t i)
{
    const Node *n = g->nodes.at[i];
    if (n->id != i)
        return arena_printf(arena, "node %zu has id %u", i, n->id);
    for (uint32_t k = 0; k < n->n_in; k++)
        if (n->in[k]->id >= i || g->nodes.at[n->in[k]->id] != n->in[k])
            return arena_printf(arena, "node %%%u uses a value that does not stand before it",
                                n->id);
    return NULL;
}

/* Builds the node once more, after a stand-in for each input, and compares. */
static const char *check_shape(Arena *arena, const Graph *g, const Node *n)
{
    Graph again = *g;
    again.arena = arena;
    again.diags = NULL;
    memset(&again.nodes, 0, sizeof again.nodes);
    Node *made = graph_add(&again, n->op, n->n_in, n->in, n->attr, n->origin);
    if (!made)
        return arena_printf(arena, "node %%%u (%s) does not pass its shape rule", n->id,
                            op_info(n->op)->name);
    if (made->dtype != n->dtype || !shape_equal(&made->shape, &n->shape))
        return arena_printf(arena, "node %%%u (%s) says %s, its rule says %s", n->id,
                            op_info(n->op)->name, type_text(arena, n->dtype, &n->shape),
                            type_text(arena, made->dtype, &made->shape));
    return NULL;
}

static const char *check_writes(Arena *arena, const Graph *g)
{
    uint32_t *writes = ARENA_ARRAY(arena, uint32_t, g->states.n + 1);
    for (size_t i = 0; i < g->nodes.n; i++) {
        const Node *n = g->nodes.at[i];
        size_t s = n->op == OP_write ? places_get(&g->state_places, n->attr[0].text) : NO_PLACE;
        writes[s < g->states.n ? s : g->states.n]++;
    }
    for (size_t s = 0; s < g->states.n; s++) {
        if (writes[s] > 1)
            return arena_printf(arena, "state '@%s' is written %u times", g->states.at[s].name,
                                writes[s]);
        if (shape_batch_axis(&g->states.at[s].shape) >= 0)
            return arena_printf(arena, "state '@%s' carries the batch", g->states.at[s].name);
    }
    return NULL;
}

const char *graph_verify(Arena *arena, const Graph *g)
{
    for (size_t i = 0; i < g->nodes.n; i++) {
        const char *wrong = check_inputs(arena, g, i);
        if (!wrong)
            wrong = check_shape(arena, g, g->nodes.at[i]);
        if (wrong)
            return wrong;
    }
    return check_writes(arena, g);
}
