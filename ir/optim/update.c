/* update.c: what the update rules share: scalars, slots, the way from an optimizer's row to its rule, and what
 * stands around a rule: weight decay before it, the moving average and the constraint after it. */
#include "ir/optim/update.h"

#include <string.h>

#include "ir/optim/constraints.h"

#include "support/bug.h"

typedef Node *UpdateRule(UpdateCx *u, const State *w, Node *value, Node *g);
typedef void PrepareRule(UpdateCx *u);

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

double update_number(const UpdateCx *u, const char *name)
{
    const ArgValue *v = call_given(u->optimizer, name);
    nnl_assert(v);
    return v->f;
}

/* With gradient_accumulation_steps k batches 1 ... k belong to update 1, and batch k completes it. */
static void set_t(UpdateCx *u)
{
    Builder *b = &u->b;
    const ArgValue *steps = call_given(u->optimizer, "gradient_accumulation_steps");
    Node *batch = g_scalar(b, SCALAR_t, RT_f64), *one = g_const(b, RT_f64, 1);
    u->t = batch;
    if (!steps)
        return;
    Node *k = g_const(b, RT_f64, (double)steps->i);
    u->t = g_add(b, g_unary(b, OP_floor, g_div(b, g_sub(b, batch, one), k)), one);
    u->applies = is_multiple(u, batch, steps->i);
}

UpdateCx update_begin(Graph *g, const Call *optimizer, RtDtype dtype, int64_t columns)
{
    UpdateCx u = {.b = {.g = g, .origin = {.range = optimizer->range, .part = PART_update}},
                  .optimizer = optimizer,
                  .dtype = dtype,
                  .columns = columns};
    u.rate_f64 = g_scalar(&u.b, SCALAR_rate, RT_f64);
    u.rate = update_scalar(&u, u.rate_f64);
    set_t(&u);
    rule_of(optimizer)->prepare(&u);
    return u;
}

State update_state(UpdateCx *u, const Node *read)
{
    State w = *graph_state(u->b.g, read->attr[0].text);
    u->b.origin = (Origin){w.origin.label, w.origin.range, PART_update};
    return w;
}

/* ---- around a rule ---- */

/* Keras looks for the texts in the name that a weight has in its layer. */
static bool is_excluded(const UpdateCx *u, const State *w)
{
    const ArgValue *texts = call_given(u->optimizer, "exclude_from_weight_decay");
    const char *dot = strrchr(w->name, '.'), *name = dot ? dot + 1 : w->name;
    for (uint32_t i = 0; texts && i < texts->n; i++)
        if (strstr(name, texts->texts[i]))
            return true;
    return false;
}

/* w - w wd lr */
static Node *decayed(UpdateCx *u, const State *w, Node *value)
{
    Builder *b = &u->b;
    bool adam = muon_leaves_to_adam(u, w);
    const ArgValue *decay = call_given(u->optimizer, adam ? "adam_weight_decay" : "weight_decay");
    if (!decay || is_excluded(u, w))
        return value;
    Node *part = g_mul(b, g_mul(b, value, update_const(u, decay->f)), u->rate);
    return g_sub(b, value, part);
}

/* average = m average + (1 - m) w, with m = 0 in the first update; every ema_overwrite_frequency updates the weight
 * becomes the average. All batches of an update count, as in Keras. */
static Node *averaged(UpdateCx *u, const State *w, Node *value)
{
    Builder *b = &u->b;
    const ArgValue *use = call_given(u->optimizer, "use_ema");
    const ArgValue *often = call_given(u->optimizer, "ema_overwrite_frequency");
    if (!use || !use->i)
        return value;
    double momentum = call_given(u->optimizer, "ema_momentum")->f;
    Node *later = g_binary(b, OP_lt, g_const(b, RT_f64, 1), u->t);
    Node *m = g_select(b, later, update_const(u, momentum), update_const(u, 0));
    Node *average = slot_read(u, w, AVERAGE_SLOT, 0), *rest = g_sub(b, update_const(u, 1), m);
    average = g_add(b, g_mul(b, m, average), g_mul(b, rest, value));
    g_write(b, slot_name(u, w, AVERAGE_SLOT), average, NULL);
    return often ? g_select(b, is_multiple(u, u->t, often->i), average, value) : value;
}

/* A constraint holds after every batch, as in Keras. */
static void update_weight(UpdateCx *u, Node *read, Node *g, const Call *constraint)
{
    State w = update_state(u, read);
    Node *next = rule_of(u->optimizer)->update(u, &w, decayed(u, &w, read), g);
    Node *complete = u->applies;
    Node *whole = complete ? g_select(&u->b, complete, next, read) : next;
    Node *last = averaged(u, &w, whole);
    if (constraint)
        g_write(&u->b, w.name, constraint_apply(&u->b, constraint, last), NULL);
    else if (last == whole)
        g_write(&u->b, w.name, next, complete);
    else
        g_write(&u->b, w.name, last, NULL);
}

void update_weights(UpdateCx *u, size_t n, Node *const *reads, Node *const *gradients,
                    const Call *const *constraints)
{
    Node **ready = ARENA_ARRAY(u->b.g->arena, Node *, n + 1);
    for (size_t i = 0; i < n; i++)
        ready[i] = gradients[i];
    gradients_prepare(u, n, reads, ready);
    for (size_t i = 0; i < n; i++)
        update_weight(u, reads[i], ready[i], constraints[i]);
}

/* ---- for the rules ---- */

/* The name of a weight has a dot, so this is none. */
const State all_weights = {.name = "optimizer"};

const char *slot_name(UpdateCx *u, const State *w, const char *name)
{
    Graph *g = u->b.g;
    return intern(g->names, arena_printf(g->arena, "%s.%s", w->name, name));
}

/* init: an initializer that takes value=, or NULL for zeros. */
static Node *slot_new(UpdateCx *u, const State *w, const char *name, RtDtype dtype, Shape shape,
                      const char *init, double start)
{
    Graph *g = u->b.g;
    State s = {.name = slot_name(u, w, name),
               .dtype = dtype,
               .shape = shape,
               .role = ROLE_slot,
               .of = w == &all_weights ? NULL : w->name,
               .origin = w->origin};
    if (init) {
        s.init.name = intern(g->names, init);
        s.init.n_args = 1;
        s.init.arg_name[0] = intern(g->names, "value");
        s.init.arg[0] = start;
    }
    graph_state_add(g, s);
    return g_read(&u->b, s.name);
}

Node *slot_read_shaped(UpdateCx *u, const State *w, const char *name, Shape shape, double start)
{
    return slot_new(u, w, name, u->dtype, shape, start != 0 ? "constant" : NULL, start);
}

Node *slot_read_each_fit(UpdateCx *u, const State *w, const char *name, RtDtype dtype, Shape shape,
                         double start)
{
    return slot_new(u, w, name, dtype, shape, EACH_FIT, start);
}

Node *slot_read(UpdateCx *u, const State *w, const char *name, double start)
{
    return slot_read_shaped(u, w, name, w->shape, start);
}

void slot_write(UpdateCx *u, const State *w, const char *name, Node *value)
{
    g_write(&u->b, slot_name(u, w, name), value, u->applies);
}

Node *update_const(UpdateCx *u, double value)
{
    return g_const(&u->b, u->dtype, value);
}

Node *update_scalar(UpdateCx *u, Node *value)
{
    return g_cast(&u->b, value, u->dtype);
}

Node *is_multiple(UpdateCx *u, Node *x, int64_t n)
{
    Builder *b = &u->b;
    Node *k = g_const(b, RT_f64, (double)n);
    Node *whole = g_mul(b, g_unary(b, OP_floor, g_div(b, x, k)), k);
    return g_binary(b, OP_eq, whole, x);
}

Node *power_of_t(UpdateCx *u, double base, Node *t)
{
    return g_binary(&u->b, OP_pow, g_const(&u->b, RT_f64, base), t);
}

Node *correction(UpdateCx *u, double beta)
{
    return g_sub(&u->b, g_const(&u->b, RT_f64, 1), power_of_t(u, beta, u->t));
}

Node *weighted_mean(UpdateCx *u, Node *old, Node *x, double beta)
{
    Builder *b = &u->b;
    return g_add(b, g_mul(b, update_const(u, beta), old), g_mul(b, update_const(u, 1 - beta), x));
}

Node *moving_mean(UpdateCx *u, const State *w, const char *name, Node *x, double beta)
{
    Builder *b = &u->b;
    Node *old = slot_read(u, w, name, 0);
    Node *mean = g_add(b, old, g_mul(b, g_sub(b, x, old), update_const(u, 1 - beta)));
    slot_write(u, w, name, mean);
    return mean;
}

Node *norm_of(UpdateCx *u, Node *x)
{
    Builder *b = &u->b;
    return g_unary(b, OP_sqrt, g_sum_all(b, g_mul(b, x, x), u->dtype));
}
