/* train.c: forward graph -> graph of one step. */
#include "ir/optim/train.h"

#include "ir/grad/grad.h"
#include "ir/optim/stochastic_gradient.h"
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

/* The constraint of a state, where the next of the list, at *place, is its own. */
static const Call *constraint_of(const BuildResult *r, const char *state, size_t *place)
{
    while (*place < r->constraints.n &&
           graph_state_place(r->graph, r->constraints.at[*place].state) <
               graph_state_place(r->graph, state))
        (*place)++;
    bool own = *place < r->constraints.n && r->constraints.at[*place].state == state;
    return own ? r->constraints.at[*place].call : NULL;
}

static void add_updates(Arena *arena, const BuildRequest *request, BuildResult *r)
{
    Reads reads = trainable_reads(arena, r->graph);
    Node **gradients = ARENA_ARRAY(arena, Node *, reads.n + 1);
    const Call *optimizer = request->compile->optimizer;
    bool linear = optimizer->row->id == OPTIMIZER_StochasticGradient;
    Bound bound = {r->output, MOST_DERIVATIVE};
    grad_build(r->graph, update_loss(r->graph, optimizer, r->loss), reads.at, reads.n, gradients,
               linear ? &bound : NULL);
    UpdateCx u = update_begin(r->graph, optimizer, request->compute,
                              linear ? linear_columns(r, reads.n, reads.at) : 0);
    u.objective = linear && request->objective;
    const Call **constraints = ARENA_ARRAY(arena, const Call *, reads.n + 1);
    size_t place = 0;
    for (size_t i = 0; i < reads.n; i++)
        constraints[i] = constraint_of(r, reads.at[i]->attr[0].text, &place);
    update_weights(&u, reads.n, reads.at, gradients, constraints);
    if (u.objective)
        objective_add(&u, r->terms);
}

bool train_build(Arena *arena, Interner *names, Diags *diags, const BuildRequest *request,
                 PassCx *passes, BuildResult *out)
{
    if (!build_graph(arena, names, diags, request, out))
        return false;
    if (request->use == USE_train) {
        passes->tracked[passes->n_tracked++] = &out->loss;
        passes->tracked[passes->n_tracked++] = &out->output;
        passes->tracked[passes->n_tracked++] = &out->terms;
    }
    pass_pipeline(passes, out->graph, PIPELINE_forward);
    passes->n_tracked = 0;
    if (request->use == USE_train)
        add_updates(arena, request, out);
    pass_pipeline(passes, out->graph, PIPELINE_sums);
    return true;
}
