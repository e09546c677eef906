/* keras_optimizer.c: see keras_optimizer.h. */
#include "runtime/train/keras_optimizer.h"

#include <stdio.h>
#include <string.h>

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
    bool is_matrix = weight->dims.n >= 2, is_mean = strcmp(slot, "velocity") != 0;
    return !strcmp(w->m->compile->optimizer, "Adafactor") && is_matrix != is_mean;
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
