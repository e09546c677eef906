/* update.c: what the update rules share: scalars, slots, the way from an optimizer's row to its rule. */
#include "ir/optim/update.h"

#include "ir/optim/constraints.h"

#include "support/bug.h"

typedef Node *UpdateRule(UpdateCx *u, const State *w, Node *value, Node *g);
typedef Node *PrepareRule(UpdateCx *u);

typedef struct Rule {
    UpdateRule *update;
    PrepareRule *prepare;
} Rule;

#define ROW_BUILT(id) [OPTIMIZER_##id] = {update_##id, prepare_##id},
#define ROW_LATER(id)
#define ROW(id, name, aliases, state, ...) ROW_##state(id)
static const Rule rules[N_OPTIMIZER] = {
#include "runtime/abi/optimizers.def"
};

static const Rule *rule_of(const Call *optimizer)
{
    const Rule *rule = &rules[optimizer->row->id];
    if (!rule->update)
        nnl_bug("optimizer '%s' is not built", optimizer->row->name);
    return rule;
}

UpdateCx update_begin(Graph *g, const Call *optimizer, RtDtype dtype)
{
    UpdateCx u = {.b = {.g = g, .origin = {.range = optimizer->range, .part = PART_update}},
                  .optimizer = optimizer,
                  .dtype = dtype};
    u.rate_f64 = g_scalar(&u.b, SCALAR_rate, RT_f64);
    u.step_f64 = g_scalar(&u.b, SCALAR_t, RT_f64);
    u.rate = dtype == RT_f64 ? u.rate_f64 : g_cast(&u.b, u.rate_f64, dtype);
    u.shared = rule_of(optimizer)->prepare(&u);
    return u;
}

void update_weight(UpdateCx *u, const State *w, Node *value, Node *g)
{
    u->b.origin.label = w->origin.label;
    u->b.origin.range = w->origin.range;
    Node *next = rule_of(u->optimizer)->update(u, w, value, g);
    if (u->constraint)
        next = constraint_apply(&u->b, u->constraint, next);
    g_write(&u->b, w->name, next, NULL);
}

static const char *slot_name(UpdateCx *u, const State *w, const char *name)
{
    Graph *g = u->b.g;
    return intern(g->names, arena_printf(g->arena, "%s.%s", w->name, name));
}

Node *slot_read(UpdateCx *u, const State *w, const char *name, double start)
{
    Graph *g = u->b.g;
    State s = {.name = slot_name(u, w, name),
               .dtype = w->dtype,
               .shape = w->shape,
               .role = ROLE_slot,
               .of = w->name,
               .origin = w->origin};
    if (start != 0) {
        s.init.name = intern(g->names, "constant");
        s.init.n_args = 1;
        s.init.arg_name[0] = intern(g->names, "value");
        s.init.arg[0] = start;
    }
    graph_state_add(g, s);
    return g_read(&u->b, s.name);
}

void slot_write(UpdateCx *u, const State *w, const char *name, Node *value)
{
    g_write(&u->b, slot_name(u, w, name), value, NULL);
}

Node *update_const(UpdateCx *u, double value)
{
    return g_const(&u->b, u->dtype, value);
}
