/* train.c: forward graph -> graph of one step. */
#include "ir/optim/train.h"

#include "ir/grad/grad.h"
#include "ir/optim/update.h"
#include "support/bug.h"

typedef Vec(Node *) Reads;

/* The reads of the weights that training changes, in the order of the states. */
static Reads trainable_reads(Arena *arena, const Graph *g)
{
    Reads reads = {0};
    Node **first = ARENA_ARRAY(arena, Node *, g->states.n + 1);
    for (size_t i = g->nodes.n; i-- > 0;)
        if (g->nodes.at[i]->op == OP_read)
            first[graph_state_place(g, g->nodes.at[i]->attr[0].text)] = g->nodes.at[i];
    for (size_t s = 0; s < g->states.n; s++)
        if (first[s] && g->states.at[s].role == ROLE_weight && g->states.at[s].trainable)
            vec_push(arena, &reads, first[s]);
    return reads;
}

static void add_updates(Arena *arena, const BuildRequest *request, BuildResult *r)
{
    Reads reads = trainable_reads(arena, r->graph);
    Node **gradients = ARENA_ARRAY(arena, Node *, reads.n + 1);
    const Call *optimizer = request->compile->optimizer;
    grad_build(r->graph, update_loss(r->graph, optimizer, r->loss), reads.at, reads.n, gradients);
    UpdateCx u = update_begin(r->graph, optimizer, request->compute);
    update_weights(&u, reads.n, reads.at, gradients);
}

bool train_build(Arena *arena, Interner *names, Diags *diags, const BuildRequest *request,
                 PassCx *passes, BuildResult *out)
{
    if (!build_graph(arena, names, diags, request, out))
        return false;
    if (request->use == USE_train)
        passes->tracked[passes->n_tracked++] = &out->loss;
    pass_pipeline(passes, out->graph, PIPELINE_forward);
    passes->n_tracked = 0;
    if (request->use == USE_train)
        add_updates(arena, request, out);
    pass_pipeline(passes, out->graph, PIPELINE_sums);
    return true;
}
