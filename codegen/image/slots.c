/* slots.c: the slots of the graphs that a compile trains: what they start with, where it is not 0, and which of them
 * are moving averages of weights. */
#include "codegen/image/slots.h"

#include <string.h>

#include "support/bug.h"

typedef Vec(const State *) Slots;

static uint32_t state_place(const StatePlan *plan, const State *s)
{
    return (uint32_t)(plan_state(plan, s->name) - plan->states.at);
}

/* Each once. */
static Slots slots_of(Arena *arena, const ImageInput *in, const Compile *compile,
                      const StatePlan *plan)
{
    Slots slots = {0};
    bool *done = ARENA_ARRAY(arena, bool, plan->states.n + 1);
    for (size_t e = 0; e < in->n_entries; e++) {
        const Graph *g = in->entries[e].built.graph;
        for (size_t i = 0; in->entries[e].request.compile == compile && i < g->states.n; i++) {
            const State *s = &g->states.at[i];
            if (s->role != ROLE_slot)
                continue;
            uint32_t at = state_place(plan, s);
            if (!done[at])
                vec_push(arena, &slots, s);
            done[at] = true;
        }
    }
    return slots;
}

/* The weight whose slot of this name it is; NULL: it is none. */
static const State *weight_of(const StatePlan *plan, const State *slot, const char *name)
{
    size_t n = slot->of ? strlen(slot->of) : 0;
    bool is_it = n && slot->name[n] == '.' && !strcmp(slot->name + n + 1, name);
    return is_it ? &plan_state(plan, slot->of)->state : NULL;
}

/* The step from which a mean holds something. */
static int64_t first_step(const Compile *compile)
{
    const Call *o = compile->optimizer;
    return o->row->id == OPTIMIZER_StochasticGradient ? o->args[ARG_StochasticGradient_average].i
                                                      : 1;
}

void image_slots(Arena *arena, const ImageInput *in, const Compile *compile, const StatePlan *plan,
                 ImgCommand *out)
{
    Slots slots = slots_of(arena, in, compile, plan);
    Vec(ImgStart) starts = {0};
    Vec(ImgAverage) averages = {0};
    for (size_t i = 0; i < slots.n; i++) {
        const State *s = slots.at[i], *weight = weight_of(plan, s, AVERAGE_SLOT);
        const State *other = weight_of(plan, s, MEAN_SLOT);
        uint32_t at = state_place(plan, s);
        if (weight)
            vec_push(arena, &averages, ((ImgAverage){state_place(plan, weight), at, 0, 1}));
        if (other)
            vec_push(arena, &averages,
                     ((ImgAverage){state_place(plan, other), at, 1, first_step(compile)}));
        if (!s->init.name)
            continue;
        bool each_fit = !strcmp(s->init.name, EACH_FIT);
        nnl_assert(each_fit || !strcmp(s->init.name, "constant"));
        vec_push(arena, &starts, ((ImgStart){at, s->init.arg[0], each_fit}));
    }
    out->starts.n = (uint32_t)starts.n;
    out->starts.at = starts.at;
    out->averages.n = (uint32_t)averages.n;
    out->averages.at = averages.at;
}
