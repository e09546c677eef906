/* plan_table.c: a plan beside a table: which number each of its texts has, and the first cell that the plan does
 * not take. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/suggest.h"
#include "runtime/data/categories.h"
#include "runtime/data/plan.h"

static RtStatus fail_memory(RtError *error)
{
    return rt_fail(error, "not enough memory for the columns of a table");
}

const char **rt_plan_texts(const RtPlan *plan, uint32_t *n)
{
    const char **names = calloc((size_t)plan->n + 1, sizeof *names);
    *n = 0;
    for (uint32_t i = 0; names && i < plan->n; i++)
        if (plan->at[i].kind == RT_COLUMN_texts)
            names[(*n)++] = plan->at[i].name;
    return names;
}

bool rt_plan_needs_texts(const RtPlan *plan, const RtReading *r, const uint32_t *places)
{
    for (uint32_t i = 0; i < plan->n; i++) {
        const RtColumn *c = &r->table->columns[places[i]];
        if (plan->at[i].kind == RT_COLUMN_texts && !c->codes && c->missing < r->table->rows)
            return true;
    }
    return false;
}

void rt_maps_free(int32_t **maps, uint32_t n)
{
    for (uint32_t i = 0; maps && i < n; i++)
        free(maps[i]);
    free(maps);
}

void rt_maps_apply(int32_t *const *maps, uint32_t n, double *values)
{
    for (uint32_t i = 0; i < n; i++)
        if (maps[i] && !isnan(values[i]))
            values[i] = maps[i][(int64_t)values[i]];
}

static RtStatus map_column(const RtPlanColumn *c, const RtColumn *from, int32_t **map,
                           RtError *error)
{
    RtTexts *known = (RtTexts *)(uintptr_t)&c->texts; /* its counter of comparisons changes */
    *map = calloc((size_t)from->texts.n + 1, sizeof **map);
    if (!*map)
        return fail_memory(error);
    for (uint32_t k = 0; k < from->texts.n; k++)
        (*map)[k] = (int32_t)rt_texts_find(known, rt_texts_at(&from->texts, k));
    return RT_OK;
}

RtStatus rt_plan_map(const RtPlan *plan, const RtReading *r, const uint32_t *places,
                     int32_t ***maps, RtError *error)
{
    int32_t **out = calloc((size_t)plan->n + 1, sizeof *out);
    RtStatus status = out ? RT_OK : fail_memory(error);
    for (uint32_t i = 0; i < plan->n && status == RT_OK; i++) {
        const RtColumn *from = &r->table->columns[places[i]];
        if (plan->at[i].kind == RT_COLUMN_texts && from->codes)
            status = map_column(&plan->at[i], from, &out[i], error);
    }
    if (status == RT_OK)
        *maps = out;
    else
        rt_maps_free(out, plan->n);
    return status;
}

/* ---- cells ---- */

typedef struct Check {
    const RtReading *r;
    const RtPlanColumn *c;
    const RtColumn *from;
    uint32_t column; /* in the table */
    const int32_t *map;
    const uint32_t *rows;
    int64_t n_rows;
    RtError *error;
} Check;

static int64_t row_at(const Check *k, int64_t i)
{
    return k->rows ? k->rows[i] : i;
}

static double cell(const Check *k, int64_t row)
{
    double value;
    rt_table_row(k->r->table, row, &k->column, 1, &value);
    return value;
}

/* "C, Q, S": the first eight, as names. */
static const char *values_text(const RtTexts *texts, char *buf, size_t size)
{
    size_t at = 0;
    *buf = 0;
    for (uint32_t i = 0; i < texts->n && i < 8 && at < size; i++)
        at += (size_t)snprintf(buf + at, size - at, "%s'%.40s'", i ? ", " : "",
                               rt_texts_at(texts, i));
    if (texts->n > 8 && at < size)
        snprintf(buf + at, size - at, ", ...");
    return buf;
}

static RtStatus fail_unknown(const Check *k, int64_t row, const char *value)
{
    char place[300], list[400];
    RtSuggest best = rt_suggest_start(value);
    for (uint32_t i = 0; i < k->c->texts.n; i++)
        rt_suggest_offer(&best, rt_texts_at(&k->c->texts, i));
    const char *near = k->c->kind == RT_COLUMN_texts ? rt_suggest_best(&best) : NULL;
    rt_reading_place(k->r, row, false, place, sizeof place);
    values_text(&k->c->texts, list, sizeof list);
    (void)!rt_fail(k->error, "%s: the column \"%.60s\" has no value '%.60s'; it has %s%s%s%s",
                   place, k->c->name, value, list, near ? "; did you mean '" : "", near ? near : "",
                   near ? "'?" : "");
    rt_fail_help(
        k->error, "%s",
        k->c->n_slots && k->c->width >= k->c->n_slots
            ? "one_hot(unknown=ignore) takes such values as none, one_hot(unknown=other) as "
              "one of their own"
            : "list it in ordinal([...]), or leave out the row");
    return RT_ERROR;
}

/* The first row with a missing cell is named by the reader where all rows are asked for. */
static RtStatus fail_missing(const Check *k, int64_t row)
{
    char place[300], help[RT_COLUMN_HELP];
    if (!k->rows)
        (void)!rt_fail(k->error, "%s", k->from->empty);
    else
        (void)!rt_fail(k->error, "%s: field \"%.60s\": the cell is empty",
                       rt_reading_place(k->r, row, false, place, sizeof place), k->c->name);
    if (k->from->missing < k->r->table->rows || k->from->codes)
        rt_fail_help(k->error, "%s", rt_column_help(k->r, k->column, true, help, sizeof help));
    return RT_ERROR;
}

static RtStatus check_missing(const Check *k)
{
    if (k->c->takes_missing || !k->from->missing)
        return RT_OK;
    for (int64_t i = 0; i < k->n_rows; i++)
        if (isnan(cell(k, row_at(k, i))))
            return fail_missing(k, row_at(k, i));
    return RT_OK;
}

static RtStatus check_texts(const Check *k)
{
    bool unknown = false;
    for (uint32_t t = 0; k->map && t < k->from->texts.n; t++)
        unknown = unknown || k->map[t] < 0;
    for (int64_t i = 0; unknown && i < k->n_rows; i++) {
        int32_t code = k->from->codes[row_at(k, i)];
        if (code >= 0 && k->map[code] < 0)
            return fail_unknown(k, row_at(k, i), rt_texts_at(&k->from->texts, (uint32_t)code));
    }
    return RT_OK;
}

static RtStatus check_numbers(const Check *k)
{
    char text[RT_NUMBER_TEXT];
    for (int64_t i = 0; i < k->n_rows; i++) {
        double value = cell(k, row_at(k, i));
        if (!isnan(value) && rt_plan_number(k->c, value) < 0)
            return fail_unknown(k, row_at(k, i), rt_number_text(value, text));
    }
    return RT_OK;
}

/* Does the column hold what the plan has? */
static RtStatus check_kind(const Check *k)
{
    char help[RT_COLUMN_HELP];
    bool texts = k->c->kind == RT_COLUMN_texts, all_missing = k->from->missing == k->r->table->rows;
    if (texts && !k->from->codes && !all_missing)
        return rt_fail(k->error, "the column \"%.60s\" of '%s' holds numbers, but texts are needed",
                       k->c->name, rt_reading_label(k->r));
    if (texts || !k->from->wrong)
        return RT_OK;
    (void)!rt_fail(k->error, "%s", k->from->wrong);
    if (k->from->codes && !k->c->n_calls)
        rt_fail_help(k->error, "%s", rt_column_help(k->r, k->column, true, help, sizeof help));
    return RT_ERROR;
}

RtStatus rt_plan_check(const RtPlan *plan, const RtReading *r, const uint32_t *places,
                       int32_t *const *maps, const uint32_t *rows, int64_t n_rows, RtError *error)
{
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < plan->n && status == RT_OK; i++) {
        Check k = {r,      &plan->at[i], &r->table->columns[places[i]], places[i], maps[i], rows,
                   n_rows, error};
        bool by_value = k.c->by_value && !k.c->takes_unknown;
        status = check_kind(&k);
        if (status == RT_OK)
            status = check_missing(&k);
        if (status == RT_OK && by_value)
            status = k.c->kind == RT_COLUMN_texts ? check_texts(&k) : check_numbers(&k);
    }
    return status;
}
