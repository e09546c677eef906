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

/* Two reads of one state are one value: their gradients belong together. */
static Node *gradient_of(Grad *gr, Graph *g, size_t count, Node *target)
{
    Node *sum = gr->of[target->id];
    for (size_t i = 0; target->op == OP_read && i < count; i++) {
        Node *n = g->nodes.at[i];
        if (n == target || n->op != OP_read || n->attr[0].text != target->attr[0].text ||
            !gr->of[i])
            continue;
        sum = sum ? g_add(&gr->b, sum, gr->of[i]) : gr->of[i];
    }
    return sum ? sum : g_const_like(&gr->b, target, 0);
}

/* Every read of a target's state counts as a target. */
static Node **all_reads(Graph *g, Node *const *targets, size_t n, size_t *n_all)
{
    Vec(Node *) all = {0};
    for (size_t i = 0; i < n; i++)
        vec_push(g->arena, &all, targets[i]);
    for (size_t i = 0; i < g->nodes.n; i++)
        for (size_t k = 0; g->nodes.at[i]->op == OP_read && k < n; k++)
            if (targets[k]->op == OP_read && targets[k] != g->nodes.at[i] &&
                targets[k]->attr[0].text == g->nodes.at[i]->attr[0].text)
                vec_push(g->arena, &all, g->nodes.at[i]);
    *n_all = all.n;
    return all.at;
}

void grad_build(Graph *g, Node *loss, Node *const *targets, size_t n, Node **gradients)
{
    size_t count = g->nodes.n, n_all;
    Node **all = all_reads(g, targets, n, &n_all);
    Grad gr = {{g, loss->origin},
               ARENA_ARRAY(g->arena, Node *, count),
               find_wanted(g, loss, all, n_all),
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
        grad_flow(&gr, y);
        rules[y->op](&gr, y, gr.of[i]);
    }
    for (size_t i = 0; i < n; i++) {
        gr.b.origin = targets[i]->origin;
        gr.b.origin.part = PART_backward;
        gradients[i] = gradient_of(&gr, g, count, targets[i]);
    }
}
