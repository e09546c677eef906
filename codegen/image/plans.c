/* plans.c: Plan -> ImgPlan. */
#include "codegen/image/plans.h"

#include <string.h>

static Img_LIST_STR texts(Arena *arena, uint32_t n, const char *const *at)
{
    Img_LIST_STR l = {n, ARENA_ARRAY(arena, const char *, n + 1)};
    if (n)
        memcpy(l.at, at, n * sizeof *at);
    return l;
}

static ImgColumn column_image(Arena *arena, const PlanColumn *c)
{
    ImgColumn out;
    memset(&out, 0, sizeof out);
    out.name = c->name;
    out.kind = (uint32_t)c->kind;
    out.takes_missing = c->takes_missing;
    out.by_value = c->by_value;
    out.texts = texts(arena, c->n_texts, c->texts);
    out.takes_unknown = c->takes_unknown;
    out.slots = c->n_slots;
    out.width = c->width;
    return out;
}

ImgPlan plan_image(Arena *arena, const Plan *plan)
{
    ImgPlan out;
    memset(&out, 0, sizeof out);
    out.columns.n = plan->n;
    out.columns.at = ARENA_ARRAY(arena, ImgColumn, plan->n + 1);
    for (uint32_t i = 0; i < plan->n; i++)
        out.columns.at[i] = column_image(arena, &plan->at[i]);
    out.dropped = texts(arena, plan->n_dropped, plan->dropped);
    return out;
}
