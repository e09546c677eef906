/* entries.c: Program -> graphs -> kernels and plans. */
#include "driver/entries.h"

#include <string.h>

#include "ir/optim/train.h"
#include "runtime/abi/suggest.h"
#include "support/bug.h"

enum { DEFAULT_BATCH = 32 };

/* ---- which graphs ---- */

static void want(Session *s, Entries *out, BuildRequest request)
{
    ProgramEntry e = {.request = request};
    if (entry_find(out->at, out->n, &request) == IMG_NONE)
        vec_push(s->arena, out, e);
}

/* Every model can predict and be summarized, whatever the commands do. */
static void want_predict(Session *s, Entries *out, const Program *p, Instance *m)
{
    for (size_t i = 0; i < out->n; i++)
        if (out->at[i].request.instance == m && out->at[i].request.use == USE_predict)
            return;
    want(s, out,
         (BuildRequest){.program = p,
                        .instance = m,
                        .data = m->first_data,
                        .use = USE_predict,
                        .batch = DEFAULT_BATCH,
                        .compute = RT_f32});
}

static const char *entry_name(Session *s, const Entries *entries, size_t i)
{
    const BuildRequest *r = &entries->at[i].request;
    const char *base = arena_printf(s->arena, "%s.%s.%lld", r->instance->name, use_name(r->use),
                                    (long long)r->batch);
    size_t same = 0;
    for (size_t k = 0; k < i; k++)
        same += !strncmp(entries->at[k].name, base, strlen(base));
    return same ? arena_printf(s->arena, "%s.%zu", base, same) : base;
}

/* Its graph gets an arena of its own. */
static bool build_entry(Session *s, PassCx *passes, bool forward_only, ProgramEntry *e)
{
    Arena *a = s->arena, *nodes = arena_beside(passes->spare);
    e->request.nodes = nodes;
    bool built = forward_only ? build_graph(a, s->names, s->diags, &e->request, &e->built)
                              : train_build(a, s->names, s->diags, &e->request, passes, &e->built);
    e->request.nodes = NULL; /* passes may have moved the graph */
    if (!built)
        arena_close(nodes);
    return built;
}

bool entries_build(Session *s, const Program *p, PassCx *passes, bool forward_only, Entries *out)
{
    const Instance *failed = NULL;
    bool right = true;
    for (size_t i = 0; i < p->commands.n; i++) {
        CommandGraphs graphs = command_graphs(p, &p->commands.at[i]);
        for (uint32_t k = 0; k < graphs.n; k++)
            want(s, out, graphs.at[k]);
    }
    for (size_t i = 0; i < p->instances.n; i++)
        want_predict(s, out, p, p->instances.at[i]);
    for (size_t i = 0; i < out->n; i++) {
        ProgramEntry *e = &out->at[i];
        e->name = entry_name(s, out, i);
        if (e->request.instance == failed)
            continue; /* its other graphs would say the same */
        if (!build_entry(s, passes, forward_only, e)) {
            failed = e->request.instance;
            right = false;
        }
    }
    return right;
}

void entries_close(Entries *entries)
{
    for (size_t i = 0; i < entries->n; i++) {
        if (entries->at[i].built.graph)
            arena_close(entries->at[i].built.graph->arena);
        entries->at[i].built.graph = NULL;
    }
}

/* ---- kernels and plans ---- */

static void exact_passes(const Session *s, PassCx *passes, Graph *g)
{
    if (s->options->level > 0)
        pass_pipeline(passes, g, PIPELINE_exact);
}

static EntryPlan *plan_one(const Session *s, Arena *arena, const Graph *g, const StatePlan *states)
{
    ScheduleOptions o = {.target = s->machine->target,
                         .fuse = s->options->level > 1,
                         .storage = plan_storage(arena, states, g)};
    return plan_entry(arena, schedule(arena, g, &o), states);
}

EntryPlan *graph_plan(Session *s, Graph *g)
{
    InstanceGraphs all = {&g, 1};
    return plan_one(s, s->arena, g, plan_states(s->arena, &all, 1, &s->machine->target)[0]);
}

static InstanceGraphs graphs_of(Session *s, const Entries *entries, const Instance *m)
{
    Graph **graphs = ARENA_ARRAY(s->arena, Graph *, entries->n + 1);
    InstanceGraphs out = {graphs, 0};
    for (size_t i = 0; i < entries->n; i++)
        if (entries->at[i].request.instance == m)
            graphs[out.n++] = entries->at[i].built.graph;
    return out;
}

StatePlan **entries_states(Session *s, const Program *p, PassCx *passes, Entries *entries)
{
    InstanceGraphs *of = ARENA_ARRAY(s->arena, InstanceGraphs, p->instances.n + 1);
    for (size_t i = 0; i < entries->n; i++)
        exact_passes(s, passes, entries->at[i].built.graph);
    for (size_t m = 0; m < p->instances.n; m++)
        of[m] = graphs_of(s, entries, p->instances.at[m]);
    return plan_states(s->arena, of, p->instances.n, &s->machine->target);
}

EntryPlan *entry_plan(const Session *s, Arena *arena, ProgramEntry *e, StatePlan *const *states)
{
    EntryPlan *plan = plan_one(s, arena, e->built.graph, states[e->request.instance->id]);
    e->arena_bytes = plan->arena_bytes;
    e->scratch_bytes = plan->scratch_bytes;
    return plan;
}

/* ---- weights ---- */

static const char *owner_of(const Program *p, StatePlan *const *states, const StatePlace *place)
{
    for (size_t m = 0; m < p->instances.n; m++)
        if (place >= states[m]->states.at && place < states[m]->states.at + states[m]->states.n)
            return p->instances.at[m]->name;
    nnl_bug("the state '%s' is nobody's", place->state.name);
}

/* An instance that two models share has one set of weights, of one shape. */
static bool check_shared(Session *s, const Program *p, StatePlan *const *states)
{
    bool right = true;
    for (size_t m = 0; m < p->instances.n; m++)
        for (size_t i = 0; i < states[m]->states.n; i++) {
            const StatePlace *here = &states[m]->states.at[i], *first = here->first;
            if (!first || shape_equal(&first->state.shape, &here->state.shape))
                continue;
            diag_error(
                s->diags, here->state.origin.range,
                "the weights '%s' of '%s' have shape %s, but '%s' shares them, with shape %s",
                here->state.name, p->instances.at[m]->name,
                shape_text(s->arena, &here->state.shape), owner_of(p, states, first),
                shape_text(s->arena, &first->state.shape));
            right = false;
        }
    return right;
}

static const StatePlace *find_state(const StatePlan *plan, const char *name)
{
    for (size_t i = 0; i < plan->states.n; i++)
        if (!strcmp(plan->states.at[i].state.name, name))
            return &plan->states.at[i];
    return NULL;
}

static bool check_expr(Session *s, const Program *p, StatePlan *const *states, const Expr *x)
{
    bool right = true;
    if (x->op == EX_weight && !find_state(states[x->index], x->text)) {
        const StatePlan *plan = states[x->index];
        RtSuggest best = rt_suggest_start(x->text);
        for (size_t i = 0; i < plan->states.n; i++)
            rt_suggest_offer(&best, plan->states.at[i].state.name);
        const char *near = rt_suggest_best(&best);
        diag_error(s->diags, x->range,
                   near ? "the model '%s' has no weights '%s'; did you mean '%s'?"
                        : "the model '%s' has no weights '%s'",
                   p->instances.at[x->index]->name, x->text, near);
        right = false;
    }
    for (uint32_t i = 0; i < x->n_args; i++)
        right = check_expr(s, p, states, x->args[i]) && right;
    return right;
}

bool entries_check_weights(Session *s, const Program *p, StatePlan *const *states)
{
    bool right = check_shared(s, p, states);
    for (size_t i = 0; i < p->commands.n; i++)
        for (uint32_t k = 0; k < p->commands.at[i].n_exprs; k++)
            right = check_expr(s, p, states, p->commands.at[i].exprs[k]) && right;
    return right;
}
