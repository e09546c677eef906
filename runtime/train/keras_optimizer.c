/* keras_optimizer.c: see keras_optimizer.h. */
#include "runtime/train/keras_optimizer.h"

#include <stdio.h>
#include <string.h>

#include "runtime/train/expr.h"
#include "runtime/train/state.h"

static const struct {
    const char *name, *slots;
} optimizers[] = {
#define ROW(id, name, aliases, state, family, doc) {name, family},
#include "runtime/abi/optimizers.def"
};

static const char *slots_of(const char *optimizer)
{
    for (size_t i = 0; i < sizeof optimizers / sizeof *optimizers; i++)
        if (!strcmp(optimizers[i].name, optimizer))
            return optimizers[i].slots;
    return "";
}

typedef struct Walk {
    const RtModel *m;
    RtOptimizerVisit *visit;
    void *cx;
} Walk;

static const ImgState *slot_state(const Walk *w, const ImgState *weight, const char *slot)
{
    char name[512];
    int n = snprintf(name, sizeof name, "%s.%s", weight->name, slot);
    return n > 0 && (size_t)n < sizeof name ? rt_state_named(w->m->image, name) : NULL;
}

/* Adafactor keeps means of rows and columns for vectors, and a mean of all for matrices, and uses neither. */
static bool is_placeholder(const Walk *w, const ImgState *weight, const char *slot)
{
    bool is_matrix = weight->dims.n >= 2, of_matrix = !strcmp(slot, "r") || !strcmp(slot, "c");
    return !strcmp(w->m->compile->optimizer, "Adafactor") &&
           (is_matrix ? !strcmp(slot, "velocity") : of_matrix);
}

static bool is_trained(const ImgState *s)
{
    return s->role == ROLE_weight && s->trainable;
}

static bool visit_slot(const Walk *w, const ImgState *weight, const char *slot)
{
    const ImgState *state = slot_state(w, weight, slot);
    return (!state && !is_placeholder(w, weight, slot)) || w->visit(w->cx, weight, slot, state);
}

/* One slot of all weights. */
static bool visit_run(const Walk *w, const char *slot)
{
    const ImgInstance *m = w->m->image;
    for (uint32_t i = 0; i < m->states.n; i++)
        if (is_trained(&m->states.at[i]) && !visit_slot(w, &m->states.at[i], slot))
            return false;
    return true;
}

/* The next word of a list of slots without its start and condition; false: there is none. */
static bool next_slot(const char **at, char *slot, size_t size, bool *conditional)
{
    *at += strspn(*at, " ");
    size_t n = strcspn(*at, " "), name = strcspn(*at, " =?");
    if (!n)
        return false;
    *conditional = (*at)[name] == '?';
    snprintf(slot, size, "%.*s", (int)name, *at);
    *at += n;
    return true;
}

static bool visit_rows(const Walk *w, const char *slots)
{
    const ImgInstance *m = w->m->image;
    char slot[64];
    bool conditional;
    for (uint32_t i = 0; i < m->states.n; i++) {
        const char *at = slots;
        while (is_trained(&m->states.at[i]) && next_slot(&at, slot, sizeof slot, &conditional))
            if (!conditional && !visit_slot(w, &m->states.at[i], slot))
                return false;
    }
    while (next_slot(&slots, slot, sizeof slot, &conditional))
        if (conditional && !visit_run(w, slot))
            return false;
    return true;
}

bool rt_keras_optimizer_visit(const RtModel *m, RtOptimizerVisit *visit, void *cx)
{
    Walk w = {m, visit, cx};
    const ImgState *product = rt_state_named(m->image, "optimizer.u_product");
    return visit_run(&w, "average") && visit_run(&w, "gradient_accumulator") &&
           visit_rows(&w, slots_of(m->compile->optimizer)) &&
           (!product || visit(cx, product, "u_product", product));
}

/* ---- from a file ---- */

typedef struct Taking {
    const RtKerasView *view;
    const RtModel *m;
    uint32_t at;
    bool sets; /* else it only compares */
} Taking;

static bool is_like(const RtTensor *t, const ImgState *s)
{
    bool same = t->dtype == (RtDtype)s->dtype && t->rank == s->dims.n;
    for (uint32_t i = 0; same && i < t->rank; i++)
        same = t->dims[i] == s->dims.at[i];
    return same;
}

static bool take_variable(void *cx, const ImgState *weight, const char *slot, const ImgState *state)
{
    Taking *t = cx;
    (void)weight;
    (void)slot;
    if (t->at >= t->view->n_optimizer)
        return false;
    const RtTensor *from = t->view->optimizer[t->at++];
    if (!state)
        return true;
    if (!is_like(from, state))
        return false;
    if (t->sets)
        rt_state_set(state, t->m->block, from->data);
    return true;
}

static bool is_number(const RtTensor *t)
{
    return !t->rank && rt_element_get(t->dtype, t->data) >= 0;
}

/* The learning rate is there unless a schedule gives it. */
static bool walk_all(Taking *t, bool has_rate)
{
    t->at = 1 + has_rate;
    return t->view->n_optimizer > has_rate && is_number(t->view->optimizer[0]) &&
           (!has_rate || is_number(t->view->optimizer[1])) &&
           rt_keras_optimizer_visit(t->m, take_variable, t) && t->at == t->view->n_optimizer;
}

/* As a step of this model would use it. */
static double rate_now(RtRun *run, const RtModel *m)
{
    RtExprCx cx = {run->image, NULL, 0, run, rt_run_option, NULL, NULL, NULL};
    const char *error = NULL;
    return m->sets_rate ? m->rate : rt_expr_number(&cx, m->compile->rate, &error);
}

/* A model that the program does not train has no optimizer's states. */
static bool is_fitted_by(const RtRun *run, const RtModel *m)
{
    for (uint32_t i = 0; i < run->image->commands.n; i++) {
        const ImgCommand *c = &run->image->commands.at[i];
        if (!strcmp(c->name, "fit") && &run->models[c->instance] == m)
            return true;
    }
    return false;
}

void rt_keras_optimizer_take(RtRun *run, RtModel *m, const RtKerasView *view, const char *path)
{
    Taking t = {.view = view, .m = m};
    if (!m->compile || !view->n_optimizer || !is_fitted_by(run, m))
        return;
    bool has_rate = m->compile->rate != IMG_NONE;
    if (!walk_all(&t, has_rate)) {
        rt_warn(run,
                "'%s' holds the state of another optimizer than that of '%s', which begins anew",
                path, m->image->name);
        return;
    }
    t.sets = true;
    walk_all(&t, has_rate);
    m->step = (int64_t)rt_element_get(view->optimizer[0]->dtype, view->optimizer[0]->data);
    double rate =
        has_rate ? rt_element_get(view->optimizer[1]->dtype, view->optimizer[1]->data) : 0;
    if (has_rate && (float)rate_now(run, m) != (float)rate) {
        m->sets_rate = true;
        m->rate = rate;
    }
}
