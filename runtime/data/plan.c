/* plan.c: plans: made of the image, learned from a table, laid beside another table. */
#include "runtime/data/plan.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/data/categories.h"
#include "runtime/data/columns.h"
#include "runtime/data/number.h"

static RtStatus fail_memory(RtError *error)
{
    return rt_fail(error, "not enough memory for the columns of a table");
}

/* ---- making ---- */

void rt_plan_close(RtPlan *plan)
{
    for (uint32_t i = 0; plan->at && i < plan->n; i++) {
        RtPlanColumn *c = &plan->at[i];
        free(c->name);
        free(c->numbers);
        free(c->calls);
        rt_texts_free(&c->texts);
    }
    free(plan->at);
    memset(plan, 0, sizeof *plan);
}

RtStatus rt_plan_room(uint32_t n, RtPlan *out, RtError *error)
{
    memset(out, 0, sizeof *out);
    out->at = calloc((size_t)n + 1, sizeof *out->at);
    out->n = out->at ? n : 0;
    return out->at ? RT_OK : fail_memory(error);
}

RtStatus rt_plan_name(RtPlanColumn *c, const char *name, RtError *error)
{
    c->name = rt_text_copy(name);
    return c->name ? RT_OK : fail_memory(error);
}

/* Of a column of numbers: its values as numbers. */
static RtStatus make_numbers(RtPlanColumn *c, RtError *error)
{
    bool is_int;
    if (c->kind != RT_COLUMN_numbers || !c->by_value)
        return RT_OK;
    c->numbers = calloc((size_t)c->texts.n + 1, sizeof *c->numbers);
    for (uint32_t i = 0; c->numbers && i < c->texts.n; i++)
        if (!rt_parse_number(rt_texts_at(&c->texts, i), &c->numbers[i], &is_int))
            return rt_fail(error, "the value '%.60s' of the column \"%.60s\" is not a number",
                           rt_texts_at(&c->texts, i), c->name);
    return c->numbers ? RT_OK : fail_memory(error);
}

RtStatus rt_plan_values(RtPlanColumn *c, uint32_t n, const char *const *texts, RtError *error)
{
    for (uint32_t i = 0; i < n; i++)
        if (rt_texts_add(&c->texts, texts[i]) < 0)
            return fail_memory(error);
    return make_numbers(c, error);
}

static RtStatus open_column(const ImgProgram *p, const ImgColumn *from, RtPlanColumn *c,
                            RtError *error)
{
    c->kind = (RtColumnKind)from->kind;
    c->takes_missing = from->takes_missing;
    c->by_value = from->by_value;
    c->takes_unknown = from->takes_unknown;
    c->n_slots = from->slots;
    c->width = from->width;
    c->n_calls = from->calls.n;
    c->calls = calloc((size_t)c->n_calls + 1, sizeof *c->calls);
    if (!c->calls)
        return fail_memory(error);
    for (uint32_t i = 0; i < c->n_calls; i++)
        c->calls[i] = p->calls.at[from->calls.at[i]];
    RtStatus status = rt_plan_name(c, from->name, error);
    return status == RT_OK ? rt_plan_values(c, from->texts.n, from->texts.at, error) : status;
}

RtStatus rt_plan_open(const ImgProgram *program, uint32_t plan, RtPlan *out, RtError *error)
{
    memset(out, 0, sizeof *out);
    if (plan == IMG_NONE)
        return RT_OK;
    const ImgPlan *image = &program->plans.at[plan];
    RtStatus status = rt_plan_room(image->columns.n, out, error);
    out->image = image;
    for (uint32_t i = 0; i < out->n && status == RT_OK; i++)
        status = open_column(program, &image->columns.at[i], &out->at[i], error);
    return status;
}

static RtStatus join_column(RtPlanColumn *c, const RtPlanColumn *from, RtError *error)
{
    RtTexts texts = c->texts;
    RtColumnKind kind = c->kind;
    *c = *from;
    c->texts = texts;
    c->kind = kind;
    c->numbers = NULL;
    c->name = NULL;
    c->calls = calloc((size_t)c->n_calls + 1, sizeof *c->calls);
    if (!c->calls)
        return fail_memory(error);
    memcpy(c->calls, from->calls, c->n_calls * sizeof *c->calls);
    RtStatus status = rt_plan_name(c, from->name, error);
    return status == RT_OK ? make_numbers(c, error) : status;
}

/* Joins columns of `plan` with those that have their names in `from`; `room` is for the names. */
static RtStatus join_all(RtPlan *plan, const RtPlan *from, const RtNames *names, const char **room,
                         RtNamePlace *places, RtError *error)
{
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < from->n; i++)
        room[i] = from->at[i].name;
    RtNameIndex index = rt_name_index(places, from->n, room);
    for (uint32_t i = 0; i < plan->n && status == RT_OK; i++) {
        int64_t at = rt_name_index_find(&index, names->at[i]);
        status = at >= 0 ? join_column(&plan->at[i], &from->at[at], error)
                         : rt_fail(error, "columns: the columns are not known");
        if (status == RT_OK)
            plan->at[i].like = (uint32_t)at;
    }
    return status;
}

RtStatus rt_plan_join(RtPlan *plan, const RtPlan *from, const RtNames *names, RtError *error)
{
    const char **room = malloc((from->n + (size_t)1) * sizeof *room);
    RtNamePlace *places = malloc((from->n + (size_t)1) * sizeof *places);
    RtStatus status = room && places ? RT_OK : fail_memory(error);
    if (status == RT_OK && names->n != plan->n)
        status = rt_fail(error, "columns: the columns are not known");
    plan->image = from->image;
    if (status == RT_OK)
        status = join_all(plan, from, names, room, places, error);
    free(room);
    free(places);
    return status;
}

uint64_t rt_plan_hash(const RtPlan *plan, uint64_t hash)
{
    for (uint32_t i = 0; i < plan->n; i++)
        for (uint32_t k = 0; k < plan->at[i].texts.n; k++) {
            const char *text = rt_texts_at(&plan->at[i].texts, k);
            do
                hash = (hash ^ (unsigned char)*text) * 0x100000001b3u;
            while (*text++);
        }
    return hash;
}

static bool same_texts(const RtTexts *a, const RtTexts *b)
{
    bool same = a->n == b->n;
    for (uint32_t i = 0; same && i < a->n; i++)
        same = !strcmp(rt_texts_at(a, i), rt_texts_at(b, i));
    return same;
}

bool rt_plan_same(const RtPlan *a, const RtPlan *b)
{
    bool same = a->n == b->n;
    for (uint32_t i = 0; same && i < a->n; i++)
        same = a->at[i].kind == b->at[i].kind && !strcmp(a->at[i].name, b->at[i].name) &&
               same_texts(&a->at[i].texts, &b->at[i].texts);
    return same;
}

/* ---- learning ---- */

/* What fill puts into missing cells of the file, and how many values are kept. */
static RtCategoryRule rule_of(const RtPlanColumn *c)
{
    RtCategoryRule rule = {.most = c->n_slots};
    for (uint32_t i = 0; i < c->n_calls; i++) {
        const ImgCall *call = &c->calls[i];
        if (rt_transform_named(call->name) != RT_TRANSFORM_fill)
            continue;
        const ImgArg *value = &call->args.at[RT_ARG_fill_value];
        rule.fills = value->i == RT_FILL_number || value->i == RT_FILL_text;
        rule.fill_text = value->i == RT_FILL_text ? value->text : NULL;
        rule.fill_number = value->f;
    }
    return rule;
}

static RtStatus learn_column(RtPlanColumn *c, const RtReading *r, uint32_t column, RtError *error)
{
    RtNames values = {0, NULL};
    RtCategoryRule rule = rule_of(c);
    if (c->kind == RT_COLUMN_unknown)
        c->kind = r->table->columns[column].codes ? RT_COLUMN_texts : RT_COLUMN_numbers;
    if (!c->by_value || c->texts.n)
        return RT_OK;
    RtStatus status = rt_categories(r, column, &rule, &values, error);
    if (status == RT_OK)
        status = rt_plan_values(c, values.n, (const char *const *)values.at, error);
    rt_names_free(&values);
    return status;
}

/* Without the file, the compiler could not know of columns that nobody lists. */
static RtStatus refuse_unlisted(const RtPlan *plan, const RtReading *r, RtError *error)
{
    RtTexts known = {0};
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < plan->n && status == RT_OK; i++)
        status = rt_texts_add(&known, plan->at[i].name) < 0 ? fail_memory(error) : RT_OK;
    for (uint32_t i = 0; i < plan->image->dropped.n && status == RT_OK; i++)
        status = rt_texts_add(&known, plan->image->dropped.at[i]) < 0 ? fail_memory(error) : RT_OK;
    for (uint32_t i = 0; i < r->columns.n && status == RT_OK; i++)
        if (rt_texts_find(&known, r->columns.at[i]) < 0) {
            status =
                rt_fail(error,
                        "the program was compiled without '%s', whose column \"%.60s\" it does "
                        "not list",
                        rt_reading_label(r), r->columns.at[i]);
            rt_fail_help(error, "list it in columns([...]), or compile where the file is");
        }
    rt_texts_free(&known);
    return status;
}

RtStatus rt_plan_learn(RtPlan *plan, const RtReading *r, RtError *error)
{
    bool unknown = false;
    for (uint32_t i = 0; i < plan->n; i++)
        unknown = unknown || plan->at[i].kind == RT_COLUMN_unknown ||
                  (plan->at[i].by_value && !plan->at[i].texts.n);
    if (!unknown || !r->table)
        return RT_OK;
    const char **names = calloc((size_t)plan->n + 1, sizeof *names);
    uint32_t *places = calloc((size_t)plan->n + 1, sizeof *places);
    RtStatus status = names && places ? refuse_unlisted(plan, r, error) : fail_memory(error);
    for (uint32_t i = 0; names && i < plan->n; i++)
        names[i] = plan->at[i].name;
    RtWanted want = {"'columns'", true, plan->n, names, false, true};
    if (status == RT_OK)
        status = rt_columns_place(r, &want, places, error);
    for (uint32_t i = 0; i < plan->n && status == RT_OK; i++)
        status = learn_column(&plan->at[i], r, places[i], error);
    free(names);
    free(places);
    return status;
}

int64_t rt_plan_number(const RtPlanColumn *c, double value)
{
    uint32_t low = 0, high = c->texts.n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (c->numbers[middle] < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low < c->texts.n && c->numbers[low] == value ? (int64_t)low : -1;
}
