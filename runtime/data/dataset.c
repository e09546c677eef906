/* dataset.c: reads the sources of a data set and puts its parts together. */
#include "runtime/data/dataset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/data/columns.h"
#include "runtime/data/dataset_internal.h"

const char *rt_part_name(RtPartId part)
{
    static const char *const names[RT_N_PARTS] = {"train", "validation", "test"};
    return names[part];
}

/* ---- rows of parts ---- */

uint32_t rt_part_shape(const RtPart *part, int64_t dims[RT_MAX_RANK])
{
    if (!part->x) {
        dims[0] = part->n_columns;
        return 1;
    }
    memcpy(dims, part->x->dims + 1, (part->x->rank - 1) * sizeof *dims);
    return part->x->rank - 1;
}

int64_t rt_part_row(const RtPart *part)
{
    return part->x ? rt_array_row(part->x) : part->n_columns;
}

void rt_part_get(const RtPart *part, int64_t stored, const uint32_t *columns, uint32_t n,
                 double *out)
{
    if (part->x) {
        int64_t row = rt_array_row(part->x);
        rt_array_get_f64(part->x, stored * row, row, out);
    } else {
        rt_table_row(part->from->table, stored, columns ? columns : part->columns,
                     columns ? n : part->n_columns, out);
        if (!columns && part->maps)
            rt_maps_apply(part->maps, part->n_columns, out);
    }
}

RtStatus rt_part_check(const RtPart *part, RtError *error)
{
    RtStatus status = RT_OK;
    if (part->maps)
        return rt_plan_check(part->plan, part->from, part->columns, part->maps, part->index,
                             part->rows, error);
    for (uint32_t i = 0; !part->x && i < part->n_columns && status == RT_OK; i++)
        status = rt_column_check(part->from, part->columns[i], part->takes_missing, error);
    return status;
}

/* ---- reading ---- */

void rt_dataset_close(RtDataset *data)
{
    if (!data)
        return;
    for (int i = 0; i < RT_N_PARTS; i++) {
        free(data->parts[i].index);
        if (data->store) {
            rt_array_close(data->store->parts[i].own_y);
            free(data->store->parts[i].columns);
            rt_maps_free(data->store->parts[i].maps, data->columns.n);
        }
    }
    rt_names_free(&data->class_names);
    rt_names_free(&data->columns);
    free(data->store);
    free(data);
}

typedef struct Opening {
    const RtDatasetDesc *desc;
    const RtDirs *dirs;
    RtReadings *readings;
    RtDataset *data;
    RtError *error;
} Opening;

static RtStatus read_part(const Opening *o, int i)
{
    RtSourced *s = &o->data->store->parts[i];
    if (s->from || o->desc->part[i].kind != RT_PART_SOURCE)
        return RT_OK;
    RtStatus status = rt_readings_get(o->readings, &o->desc->part[i].source, o->dirs, false,
                                      &s->from, NULL, o->error);
    if (status == RT_OK)
        s->y = s->from->y;
    return status;
}

/* The training source is needed for its own rows, for what is drawn from them, and where only it tells
 * classes or columns. */
static bool needs_train(const Opening *o, unsigned parts)
{
    for (int i = 0; i < RT_N_PARTS; i++) {
        const RtReading *r = o->data->store->parts[i].from;
        if ((parts >> i & 1) && o->desc->part[i].kind == RT_PART_SPLIT)
            return true;
        bool named = r && (r->class_names.n || o->desc->numbers_classes);
        if (r && ((named && !o->desc->n_labels && !o->desc->n_class_names) ||
                  (r->table && !o->desc->n_columns)))
            return true;
    }
    return parts & 1;
}

static RtStatus read_sources(const Opening *o, unsigned parts)
{
    RtStatus status = RT_OK;
    if (parts & 1) /* its faults are told first */
        status = read_part(o, RT_TRAIN);
    for (int i = 1; i < RT_N_PARTS && status == RT_OK; i++)
        if (parts >> i & 1)
            status = read_part(o, i);
    if (status == RT_OK && needs_train(o, parts))
        status = read_part(o, RT_TRAIN);
    return status;
}

/* ---- columns ---- */

/* A column of texts whose cells are all numbers in this file was taken for one of numbers. */
static RtStatus read_texts(const Opening *o, int part)
{
    RtSourced *s = &o->data->store->parts[part];
    RtSourceDesc source = o->desc->part[part].source;
    if (!rt_plan_needs_texts(o->desc->plan, s->from, s->columns))
        return RT_OK;
    source.texts = rt_plan_texts(o->desc->plan, &source.n_texts);
    if (!source.texts)
        return rt_fail(o->error, "not enough memory for the columns of a table");
    RtStatus status =
        rt_readings_get(o->readings, &source, o->dirs, false, &s->from, NULL, o->error);
    free((void *)(uintptr_t)source.texts);
    if (status == RT_OK)
        s->y = s->from->y;
    return status;
}

/* What the texts of a part are in the plan. */
static RtStatus map_columns(const Opening *o, int part)
{
    RtSourced *s = &o->data->store->parts[part];
    RtStatus status = o->desc->plan ? read_texts(o, part) : RT_OK;
    return status == RT_OK && o->desc->plan
               ? rt_plan_map(o->desc->plan, s->from, s->columns, &s->maps, o->error)
               : status;
}

static RtStatus name_columns(const Opening *o)
{
    RtDataset *data = o->data;
    const RtReading *train = data->store->parts[RT_TRAIN].from;
    bool known = o->desc->n_columns > 0;
    uint32_t n = known ? o->desc->n_columns : train && train->table ? train->columns.n : 0;
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < n && status == RT_OK; i++)
        status = rt_names_add(&data->columns, known ? o->desc->columns[i] : train->columns.at[i],
                              o->error);
    data->has_header = train && train->table ? train->table->has_header : known;
    return status;
}

/* Where the data set's columns stand in each table; whether they hold numbers is asked later. */
static RtStatus find_columns(const Opening *o)
{
    RtDataset *data = o->data;
    const RtReading *train = data->store->parts[RT_TRAIN].from;
    char who[160];
    snprintf(who, sizeof who, "'%.150s'", o->desc->name);
    RtStatus status = name_columns(o);
    if (status == RT_OK && o->desc->plan && train)
        status = rt_plan_learn(o->desc->plan, train, o->error);
    RtWanted want = {.who = who,
                     .by_name = data->has_header,
                     .n = data->columns.n,
                     .names = (const char *const *)data->columns.at,
                     .planned = o->desc->plan != NULL};
    for (int i = 0; i < RT_N_PARTS && status == RT_OK; i++) {
        RtSourced *s = &data->store->parts[i];
        if (!s->from || !s->from->table || (train && !train->table))
            continue;
        s->columns = malloc((want.n + (size_t)1) * sizeof *s->columns);
        status = s->columns ? rt_columns_place(s->from, &want, s->columns, o->error)
                            : rt_fail(o->error, "not enough memory for the columns of '%s'",
                                      rt_reading_label(s->from));
        if (status == RT_OK)
            status = map_columns(o, i);
    }
    return status;
}

/* Each part's rows: its own, or the training part's. */
static void place_parts(const Opening *o)
{
    RtDataset *data = o->data;
    for (int i = 0; i < RT_N_PARTS; i++) {
        bool own = o->desc->part[i].kind == RT_PART_SOURCE;
        const RtSourced *s = &data->store->parts[own ? i : RT_TRAIN];
        if (o->desc->part[i].kind == RT_PART_ABSENT || !s->from)
            continue;
        data->parts[i].from = s->from;
        data->parts[i].x = s->from->x;
        data->parts[i].y = s->y;
        data->parts[i].weights = s->from->weights;
        data->parts[i].classes = &data->class_names;
        data->parts[i].columns = s->columns;
        data->parts[i].n_columns = s->columns ? data->columns.n : 0;
        data->parts[i].maps = s->maps;
        data->parts[i].plan = o->desc->plan;
        data->parts[i].takes_missing = o->desc->takes_missing;
    }
}

static RtStatus fill(const Opening *o, unsigned parts)
{
    RtStatus status = read_sources(o, parts);
    if (status == RT_OK)
        status = find_columns(o);
    if (status == RT_OK)
        status = rt_targets_settle(o->desc, o->data, o->error);
    if (status != RT_OK)
        return status;
    place_parts(o);
    return rt_split_draw(o->desc, o->data, o->error);
}

RtStatus rt_dataset_open(const RtDatasetDesc *desc, unsigned parts, const RtDirs *dirs,
                         RtReadings *readings, RtDataset **out, RtError *error)
{
    if (desc->part[RT_TRAIN].kind != RT_PART_SOURCE)
        return rt_fail(error, "the data set '%s' has no source for training", desc->name);
    RtDataset *data = calloc(1, sizeof *data);
    if (data)
        data->store = calloc(1, sizeof *data->store);
    if (!data || !data->store) {
        free(data);
        return rt_fail(error, "not enough memory for the data set '%s'", desc->name);
    }
    data->shuffle = desc->shuffle;
    Opening o = {desc, dirs, readings, data, error};
    RtStatus status = fill(&o, parts);
    if (status == RT_OK)
        *out = data;
    else
        rt_dataset_close(data);
    return status;
}
