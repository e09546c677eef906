/* grad.c: the backward walk. From the loss down, in reverse order of nodes, each op's rule turns the
 * gradient of its result into gradients of its inputs. */
#include "ir/grad/grad.h"

#include "ir/grad/rules.h"

typedef void VjpRule(Grad *gr, const Node *y, Node *dy);

static VjpRule *const rules[] = {
#define OP(id, least, most, traits, family) vjp_##id,
#include "ir/defs/ops.def"
};

void grad_add(Grad *gr, Node *x, Node *dx)
{
    if (!gr->wanted[x->id])
        return;
    if (gr->of[x->id])
        gr->fades[x->id] = true; /* the two may cancel */
    gr->of[x->id] = gr->of[x->id] ? g_add(&gr->b, gr->of[x->id], dx) : dx;
}

/* Nodes that depend on a target, and on which the loss depends. */
static bool *find_wanted(Graph *g, const Node *loss, Node *const *targets, size_t n)
{
    size_t count = g->nodes.n;
    bool *depends = ARENA_ARRAY(g->arena, bool, count),
         *wanted = ARENA_ARRAY(g->arena, bool, count);
    for (size_t i = 0; i < n; i++)
        depends[targets[i]->id] = true;
    for (size_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < g->nodes.at[i]->n_in; k++)
            depends[i] |= depends[g->nodes.at[i]->in[k]->id];
    wanted[loss->id] = depends[loss->id];
    for (size_t i = loss->id + 1; i-- > 0;) {
        const Node *node = g->nodes.at[i];
        for (uint32_t k = 0; wanted[i] && k < node->n_in; k++)
            wanted[node->in[k]->id] |= depends[node->in[k]->id];
    }
    return wanted;
}

typedef Vec(Node *) NodeList;

/* The reads of each state, in order. */
static NodeList *reads_by_state(Graph *g)
{
    NodeList *reads = arena_array(g->arena, g->states.n + 1, sizeof *reads);
    for (size_t i = 0; i < g->nodes.n; i++)
        if (g->nodes.at[i]->op == OP_read)
            vec_push(g->arena, &reads[graph_state_place(g, g->nodes.at[i]->attr[0].text)],
                     g->nodes.at[i]);
    return reads;
}

/* The reads of a target's state; NULL: it is no read. */
static const NodeList *reads_of(const Graph *g, const NodeList *reads, const Node *target)
{
    return target->op == OP_read ? &reads[graph_state_place(g, target->attr[0].text)] : NULL;
}

/* Two reads of one state are one value: their gradients belong together. */
static Node *gradient_of(Grad *gr, const NodeList *same, Node *target)
{
    Node *sum = gr->of[target->id];
    for (size_t i = 0; same && i < same->n; i++) {
        Node *dn = gr->of[same->at[i]->id];
        if (same->at[i] != target && dn)
            sum = sum ? g_add(&gr->b, sum, dn) : dn;
    }
    return sum ? sum : g_const_like(&gr->b, target, 0);
}

/* Every read of a target's state counts as a target. */
static NodeList all_targets(Graph *g, const NodeList *reads, Node *const *targets, size_t n)
{
    NodeList all = {0};
    for (size_t i = 0; i < n; i++) {
        const NodeList *same = reads_of(g, reads, targets[i]);
        vec_push(g->arena, &all, targets[i]);
        for (size_t k = 0; same && k < same->n; k++)
            if (same->at[k] != targets[i])
                vec_push(g->arena, &all, same->at[k]);
    }
    return all;
}

static Node *limited(Builder *b, Node *dy, double bound)
{
    Node *low = g_const_like(b, dy, -bound), *high = g_const_like(b, dy, bound);
    return g_binary(b, OP_min, g_binary(b, OP_max, dy, low), high);
}

void grad_build(Graph *g, Node *loss, Node *const *targets, size_t n, Node **gradients,
                const Bound *bound)
{
    size_t count = g->nodes.n;
    NodeList *reads = reads_by_state(g), all = all_targets(g, reads, targets, n);
    Grad gr = {{g, loss->origin},
               ARENA_ARRAY(g->arena, Node *, count),
               find_wanted(g, loss, all.at, all.n),
               facts_of(g->arena, g),
               count,
               ARENA_ARRAY(g->arena, bool, count),
               ARENA_ARRAY(g->arena, bool, count)};
    gr.b.origin.part = PART_backward;
    if (gr.wanted[loss->id])
        gr.of[loss->id] = g_const_like(&gr.b, loss, 1);
    for (size_t i = loss->id + 1; i-- > 0;) {
        const Node *y = g->nodes.at[i];
        if (!gr.of[i])
            continue;
        gr.b.origin = y->origin;
        gr.b.origin.part = PART_backward;
        if (bound && y == bound->of)
            gr.of[i] = limited(&gr.b, gr.of[i], bound->most);
        grad_flow(&gr, y);
        rules[y->op](&gr, y, gr.of[i]);
    }
    for (size_t i = 0; i < n; i++) {
        gr.b.origin = targets[i]->origin;
        gr.b.origin.part = PART_backward;
        gradients[i] = gradient_of(&gr, reads_of(g, reads, targets[i]), targets[i]);
    }
}
