/* probe.c: elaboration's view of data files, over the runtime's own readers. */
#include "runtime/data/probe.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "driver/embed.h"
#include "driver/session.h"
#include "runtime/data/categories.h"
#include "runtime/data/columns.h"
#include "runtime/data/dataset.h"
#include "runtime/files/place.h"

enum { FEWEST_ROWS = 3, ENOUGH_ROWS = 20 };

static RtSourceArg source_arg(const ArgRow *row, const ArgValue *v)
{
    RtSourceArg out = {.name = row->name};
    if (v->none) {
        out.kind = RT_ARG_NONE;
    } else if (v->texts) {
        out.kind = RT_ARG_TEXTS;
        out.n = v->n;
        out.texts = v->texts;
        out.places = v->ints;
    } else if (v->text) {
        out.kind = RT_ARG_TEXT;
        out.text = v->text;
    } else {
        out.kind = RT_ARG_NUMBER;
        out.number = row->kind == ARG_FLOAT ? v->f : (double)v->i;
    }
    return out;
}

static const char *const *kept_names(Arena *arena, const RtNames *names)
{
    const char **out = ARENA_ARRAY(arena, const char *, names->n + 1);
    for (uint32_t i = 0; i < names->n; i++)
        out[i] = arena_strdup(arena, names->at[i]);
    return out;
}

/* Numbers of rows, by their name or because so many rows are no accident. */
static bool is_index(const RtTable *t, uint32_t column)
{
    static const char *const names[] = {"id", "index", "row", "nr", "no", "number", "Unnamed: 0"};
    bool named = t->rows >= ENOUGH_ROWS;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        named = named || !strcasecmp(t->names.at[column], names[i]);
    return named && t->rows >= FEWEST_ROWS && rt_table_counts_rows(t, column);
}

/* The first column of the inputs that is an index. */
static void find_index(Arena *arena, const RtReading *r, DataFacts *facts)
{
    for (uint32_t i = 0; r->table && i < r->columns.n && !facts->index; i++) {
        facts->index_unnamed = r->features[i] == r->table->unnamed;
        if (facts->index_unnamed || is_index(r->table, r->features[i]))
            facts->index = arena_strdup(arena, r->columns.at[i]);
    }
}

static void keep(Arena *arena, const RtProbe *p, DataFacts *facts)
{
    facts->have = true;
    facts->rows[PART_TRAIN] = p->rows;
    facts->x_rank = p->x_rank;
    facts->y_rank = p->y_rank;
    memcpy(facts->x_dims, p->x_dims, sizeof facts->x_dims);
    memcpy(facts->y_dims, p->y_dims, sizeof facts->y_dims);
    facts->weights_rank = p->weights_rank;
    memcpy(facts->weights_dims, p->weights_dims, sizeof facts->weights_dims);
    facts->x_dtype = p->x_dtype;
    facts->y_dtype = p->has_y ? p->y_dtype : RT_N_DTYPES;
    facts->classes = p->classes;
    facts->numbers = p->numbers;
    facts->n_class_names = p->from->class_names.n;
    facts->class_names = kept_names(arena, &p->from->class_names);
    facts->n_columns = p->from->columns.n;
    facts->columns = kept_names(arena, &p->from->columns);
    facts->n_y_columns = p->from->y_columns.n;
    facts->y_columns = kept_names(arena, &p->from->y_columns);
    facts->by_name = p->from->table && p->from->table->has_header;
    facts->delimiter = p->from->table ? p->from->table->delimiter : 0;
    facts->path = p->from->path ? arena_strdup(arena, p->from->path) : NULL;
    facts->from[PART_TRAIN] = p->from;
    find_index(arena, p->from, facts);
}

uint32_t search_dirs(const Session *s, const Source *text, const char *dir[MOST_DIRS])
{
    const char *env = getenv("NNLC_DATA");
    uint32_t n = 0;
    if (s->options->data_dir)
        dir[n++] = s->options->data_dir;
    if (env && *env)
        dir[n++] = env;
    dir[n++] = folder_of(s->arena, text->name);
    dir[n++] = ".";
    return n;
}

/* The result must not take the place of the data. */
static bool replaced(const Session *s, const RtReading *r, ProbeFault *fault)
{
    const char *const paths[] = {r->path, r->y_path, r->weights_path};
    const char *output = s->options->output;
    bool is_one = false;
    for (size_t i = 0; i < sizeof paths / sizeof *paths && output; i++)
        is_one = is_one || (paths[i] && rt_same_file(paths[i], output));
    if (is_one)
        *fault = (ProbeFault){
            arena_shown(s->arena, "the result would replace the data: '%s'", output), ""};
    return is_one;
}

static bool look(void *cx, const Call *source, PartId part, DataFacts *facts, ProbeFault *fault)
{
    const Session *s = cx;
    Arena *arena = s->arena;
    const char *dir[MOST_DIRS];
    const RtDirs dirs = {search_dirs(s, source_of(s->sources, source->range.begin), dir), dir};
    RtSourceArg *args = ARENA_ARRAY(arena, RtSourceArg, source->row->n_args + 1);
    RtProbe found;
    RtError error;
    memset(&found, 0, sizeof found);
    for (uint32_t i = 0; i < source->row->n_args; i++)
        args[i] = source_arg(&source->row->args[i], &source->args[i]);
    RtSourceDesc desc = {.name = source->row->name,
                         .n_args = source->row->n_args,
                         .args = args,
                         .held_out = part != PART_TRAIN};
    if (rt_probe(s->readings, &desc, &dirs, &found, &error) != RT_OK) {
        *fault = (ProbeFault){arena_strdup(arena, error.text), arena_strdup(arena, error.help)};
        return false;
    }
    if (!found.missing && replaced(s, found.from, fault))
        return false;
    if (!found.missing) {
        keep(arena, &found, facts);
        return true;
    }
    embed_facts(s, facts);
    facts->missing = facts->have ? NULL : arena_strdup(arena, error.text);
    return true;
}

/* ---- columns ---- */

/* As the runtime measures tables by it: without transforms. */
static RtStatus make_plan(const Plan *plan, RtPlan *out, RtError *error)
{
    RtStatus status = rt_plan_room(plan->n, out, error);
    for (uint32_t i = 0; i < out->n && status == RT_OK; i++) {
        const PlanColumn *from = &plan->at[i];
        RtPlanColumn *to = &out->at[i];
        to->kind = from->kind;
        to->takes_missing = from->takes_missing;
        to->by_value = from->by_value;
        to->takes_unknown = from->takes_unknown;
        to->n_slots = from->n_slots;
        to->width = from->width;
        to->n_calls = from->n_calls;
        status = rt_plan_name(to, from->name, error);
        if (status == RT_OK)
            status = rt_plan_values(to, from->n_texts, from->texts, error);
    }
    return status;
}

/* The run reads the file again where a column of texts looks like numbers, and checks it then. */
static RtStatus check_plan(const RtReading *r, const Plan *from, const uint32_t *places,
                           RtError *error)
{
    RtPlan plan;
    int32_t **maps = NULL;
    RtStatus status = make_plan(from, &plan, error);
    bool texts = status == RT_OK && rt_plan_needs_texts(&plan, r, places);
    if (status == RT_OK && !texts)
        status = rt_plan_map(&plan, r, places, &maps, error);
    if (status == RT_OK && !texts)
        status = rt_plan_check(&plan, r, places, maps, NULL, rt_reading_rows(r), error);
    rt_maps_free(maps, plan.n);
    rt_plan_close(&plan);
    return status;
}

static bool columns(void *cx, const void *from, const ColumnsWanted *want, ProbeFault *fault)
{
    const Session *s = cx;
    RtError error;
    RtWanted wanted = {want->who,   want->by_name,       want->n,
                       want->names, want->takes_missing, want->plan != NULL};
    const RtReading *r = from;
    uint32_t *places = ARENA_ARRAY(s->arena, uint32_t, want->n + 1);
    if (!r->table)
        return true;
    RtStatus status = want->numbers && !want->plan ? rt_columns_find(r, &wanted, places, &error)
                                                   : rt_columns_place(r, &wanted, places, &error);
    if (status == RT_OK && want->plan)
        status = check_plan(r, want->plan, places, &error);
    if (status != RT_OK)
        *fault =
            (ProbeFault){arena_strdup(s->arena, error.text), arena_strdup(s->arena, error.help)};
    return status == RT_OK;
}

static void column(void *cx, const void *from, ColumnFacts *out)
{
    const Session *s = cx;
    const RtReading *r = from;
    uint32_t place = r->features[out->place];
    const RtColumn *c = &r->table->columns[place];
    char few[200], help[RT_COLUMN_HELP];
    bool at_fault = rt_column_fault(c) != NULL;
    out->kind = c->codes ? RT_COLUMN_texts : RT_COLUMN_numbers;
    out->missing = c->missing;
    out->wrong = c->wrong ? arena_strdup(s->arena, c->wrong) : NULL;
    out->empty = c->empty ? arena_strdup(s->arena, c->empty) : NULL;
    out->few = at_fault ? arena_strdup(s->arena, rt_column_few(r, place, few, sizeof few)) : "";
    if (c->codes || (c->block && c->empty))
        out->help = arena_strdup(s->arena, rt_column_help(r, place, true, help, sizeof help));
}

static bool categories(void *cx, const void *from, uint32_t place, const CategoryRule *rule,
                       uint32_t *n, const char *const **texts, const char **message)
{
    const Session *s = cx;
    const RtReading *r = from;
    RtNames names = {0, NULL};
    RtError error;
    RtCategoryRule own = {rule->most, rule->fills, rule->fill_text, rule->fill_number};
    RtStatus status = rt_categories(r, r->features[place], &own, &names, &error);
    if (status == RT_OK) {
        *n = names.n;
        *texts = kept_names(s->arena, &names);
    } else {
        *message = arena_strdup(s->arena, error.text);
    }
    rt_names_free(&names);
    return status == RT_OK;
}

static bool classes(void *cx, const void *from, uint32_t *n, const char *const **names,
                    ProbeFault *fault)
{
    const Session *s = cx;
    RtNames found = {0, NULL};
    RtError error;
    bool right = rt_target_classes(from, &found, &error) == RT_OK;
    *n = found.n;
    *names = right ? kept_names(s->arena, &found) : NULL;
    rt_names_free(&found);
    if (!right)
        *fault =
            (ProbeFault){arena_strdup(s->arena, error.text), arena_strdup(s->arena, error.help)};
    return right;
}

static bool part(void *cx, const DataSet *data, const void *train, const void *other,
                 const char **message)
{
    const Session *s = cx;
    RtError error;
    RtDatasetDesc desc = {.name = data->name,
                          .n_labels = data->n_labels,
                          .labels = data->labels,
                          .numbers_classes = data->numbers_classes};
    bool right = rt_part_compare(&desc, train, other, &error) == RT_OK;
    if (!right)
        *message = arena_strdup(s->arena, error.text);
    return right;
}

Probe probe_make(Session *s)
{
    return (Probe){look, columns, column, categories, classes, part, s};
}
