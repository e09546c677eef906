/* rows.c: the values that a model's transforms are fitted with, and rows through them. */
#include "runtime/train/rows.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/train/state.h"

/* ---- rows of a part for a chain ---- */

typedef struct PartRows {
    const RtPart *part;
    const uint32_t *columns;
    int32_t *const *maps;
    uint32_t n;
} PartRows;

static void part_get(const void *cx, int64_t row, double *values)
{
    const PartRows *p = cx;
    rt_part_get(p->part, p->part->index[row], p->columns, p->n, values);
    if (p->maps)
        rt_maps_apply(p->maps, p->n, values);
}

static double part_cell(const void *cx, int64_t row, int64_t value)
{
    const PartRows *p = cx;
    const uint32_t *columns = p->columns ? p->columns : p->part->columns;
    int32_t *const *maps = p->columns ? p->maps : p->part->maps;
    double cell;
    rt_table_row(p->part->from->table, p->part->index[row], columns + value, 1, &cell);
    if (maps)
        rt_maps_apply(maps + value, 1, &cell);
    return cell;
}

static void part_place(const void *cx, int64_t row, char *buf, size_t size)
{
    const PartRows *p = cx;
    rt_reading_place(p->part->from, p->part->index[row], false, buf, size);
}

/* ---- opening ---- */

/* `columns`: of the part, if it is a table and the model takes others than the data set. */
static RtStatus open_chain(RtRun *run, uint32_t data, const RtPart *part, uint32_t columns,
                           const RtPlan *plan, RtChain *out)
{
    static const ImgDataSet none;
    int64_t dims[RT_MAX_RANK];
    const ImgDataSet *d = data == IMG_NONE ? &none : &run->image->data.at[data];
    uint32_t rank = rt_part_shape(part, dims);
    if (columns)
        dims[0] = columns;
    RtStatus status = rt_chain_open(d->inputs.n, d->inputs.at, plan, rank, dims, out, &run->error);
    if (status != RT_OK && data != IMG_NONE)
        run->place = d->place;
    return status;
}

/* The state that holds kind k of the fitted values of transform i. */
static const ImgState *fitted_state(const RtModel *m, uint32_t i, uint32_t k)
{
    for (uint32_t s = 0; s < m->image->states.n; s++) {
        const ImgState *state = &m->image->states.at[s];
        if (state->role == ROLE_fitted && state->stage == i && state->kind == k)
            return state;
    }
    return NULL;
}

/* Between the model's states, from stage `first` on, and a chain; false: they have other sizes. */
static bool copy_fitted(const RtModel *m, uint32_t first, RtChain *chain, bool to_model)
{
    for (uint32_t i = 0; i < chain->n; i++)
        for (uint32_t k = 0;
             chain->at[i].n_fitted && k < rt_transform_row(chain->at[i].id)->n_fitted; k++) {
            const ImgState *s = fitted_state(m, first + i, k);
            if (!s || rt_state_count(s) != chain->at[i].n_fitted)
                return false;
            if (to_model)
                rt_state_set_f64(s, m->block, chain->at[i].fitted[k]);
            else
                rt_state_get_f64(s, m->block, chain->at[i].fitted[k]);
        }
    rt_chain_ready(chain);
    return true;
}

static RtStatus fail_sizes(RtRun *run, const RtModel *m, const RtPart *part)
{
    return rt_fail(&run->error,
                   "'%s' has %lld values per row, but '%s' was fitted on rows of another size",
                   rt_reading_label(part->from), (long long)rt_part_row(part), m->image->name);
}

RtStatus rt_rows_open(RtRun *run, const RtModel *m, uint32_t data, const RtPart *part,
                      RtModelRows *out)
{
    memset(out, 0, sizeof *out);
    out->part = part;
    RtStatus status = rt_signature_columns(m->signature, part, m->image->name, &out->columns,
                                           &out->maps, &run->error);
    bool own = out->columns != NULL;
    out->n_maps = out->maps ? m->signature->plan.n : 0;
    if (status == RT_OK)
        status = open_chain(run, data, part, own ? m->signature->columns.n : 0,
                            own ? &m->signature->plan : part->plan, &out->chain);
    if (status == RT_OK && !copy_fitted(m, 0, &out->chain, false))
        status = fail_sizes(run, m, part);
    if (status != RT_OK)
        return status;
    PartRows cx = {part, out->columns, out->maps, own ? m->signature->columns.n : 0};
    RtRows rows = {&cx, part->rows, part_get, part_place, part_cell};
    status = rt_chain_check(&out->chain, &rows, &run->error);
    if (status != RT_OK)
        return status;
    out->values = malloc((size_t)(out->chain.most + 1) * sizeof *out->values);
    return out->values ? RT_OK
                       : rt_fail(&run->error, "not enough memory for a row of %lld values",
                                 (long long)out->chain.most);
}

void rt_rows_close(RtModelRows *rows)
{
    free(rows->columns);
    rt_maps_free(rows->maps, rows->n_maps);
    rt_chain_close(&rows->chain);
    free(rows->values);
    memset(rows, 0, sizeof *rows);
}

const double *rt_rows_get(const RtModelRows *rows, int64_t stored)
{
    rt_part_get(rows->part, stored, rows->columns, (uint32_t)rows->chain.n_in, rows->values);
    if (rows->maps)
        rt_maps_apply(rows->maps, rows->n_maps, rows->values);
    rt_chain_apply(&rows->chain, rows->chain.n, rows->values);
    return rows->values;
}

/* ---- fitting ---- */

/* What a transform does to columns without spread: it divides by 1. */
typedef struct Narrow {
    RtTransformId id;
    const char *does, *kind, *which;
} Narrow;

static const Narrow narrow_kinds[] = {
    {RT_TRANSFORM_normalize, "only centers", "constant ", ""},
    {RT_TRANSFORM_min_max, "only moves", "constant ", ""},
    {RT_TRANSFORM_robust, "only centers", "", " whose quartiles are equal"}};

/* Columns that a warning names: the first three, and how many there are. */
typedef struct NarrowList {
    const Narrow *kind;
    int64_t count;
    char text[300];
    size_t at;
} NarrowList;

/* A column in messages: its name, or its place in a row. */
static void list_narrow(NarrowList *l, const char *name, int64_t place)
{
    char number[32];
    if (l->count++ >= 3)
        return;
    snprintf(number, sizeof number, "%lld", (long long)place + 1);
    l->at += (size_t)snprintf(l->text + l->at, sizeof l->text - l->at, name ? "%s'%.60s'" : "%s%s",
                              l->at ? ", " : "", name ? name : number);
}

static bool is_narrow(const NarrowList *l, const RtStage *s, int64_t c)
{
    if (s->id != l->kind->id || c >= s->n_fitted)
        return false;
    double low = s->id == RT_TRANSFORM_min_max ? s->fitted[0][c] : 0;
    return !(s->fitted[1][c] > low);
}

/* Of columns(...): one that has any number without spread is listed once. */
static void list_cells(NarrowList *l, const RtStage *columns)
{
    for (uint32_t i = 0; i < columns->plan->n; i++) {
        const RtChain *chain = &columns->cells[i].chain;
        bool found = false;
        for (uint32_t k = 0; k < chain->n; k++)
            for (int64_t c = 0; c < chain->at[k].n_fitted; c++)
                found = found || is_narrow(l, &chain->at[k], c);
        if (found)
            list_narrow(l, columns->plan->at[i].name, 0);
    }
}

static void list_stage(NarrowList *l, const RtStage *s, const RtNames *names)
{
    bool named = names->n && (int64_t)names->n == s->n_fitted;
    for (int64_t c = 0; c < s->n_fitted; c++)
        if (is_narrow(l, s, c))
            list_narrow(l, named ? names->at[c] : NULL, c);
}

static void warn_narrow(const RtRun *run, const char *data, const RtNames *names,
                        const RtChain *chain)
{
    for (size_t k = 0; k < sizeof narrow_kinds / sizeof *narrow_kinds; k++) {
        NarrowList l = {.kind = &narrow_kinds[k]};
        for (uint32_t i = 0; i < chain->n; i++)
            if (chain->at[i].id == RT_TRANSFORM_columns)
                list_cells(&l, &chain->at[i]);
            else
                list_stage(&l, &chain->at[i], names);
        if (l.count)
            rt_warn(run, "%s %s %lld %s%s of '%s'%s: %s%s", rt_transform_row(l.kind->id)->name,
                    l.kind->does, (long long)l.count, l.kind->kind,
                    l.count == 1 ? "column" : "columns", data, l.kind->which, l.text,
                    l.count > 3 ? ", ..." : "");
    }
}

static RtStatus fit_chain(RtRun *run, uint32_t data, const RtNames *names, const uint32_t *columns,
                          int32_t *const *maps, RtChain *chain)
{
    const RtDataset *d = run->data[data].set;
    PartRows cx = {&d->parts[RT_TRAIN], columns, maps, columns ? names->n : 0};
    RtRows rows = {&cx, d->parts[RT_TRAIN].rows, part_get, part_place, part_cell};
    RtStatus status = rt_chain_fit(chain, &rows, &run->error);
    if (status != RT_OK) {
        run->place = run->image->data.at[data].place;
        return status;
    }
    warn_narrow(run, run->image->data.at[data].name, names, chain);
    return RT_OK;
}

RtStatus rt_data_chain(RtRun *run, uint32_t data, const RtChain **out)
{
    RtRunData *own = &run->data[data];
    const RtDataset *d = rt_run_data(run, data, 1u << RT_TRAIN);
    if (!d)
        return RT_ERROR;
    *out = &own->chain;
    if (own->is_fitted)
        return RT_OK;
    RtStatus status = rt_part_check(&d->parts[RT_TRAIN], &run->error);
    if (status == RT_OK)
        status =
            open_chain(run, data, &d->parts[RT_TRAIN], 0, d->parts[RT_TRAIN].plan, &own->chain);
    if (status == RT_OK)
        status = fit_chain(run, data, &d->columns, NULL, NULL, &own->chain);
    own->is_fitted = status == RT_OK;
    if (!own->is_fitted)
        rt_chain_close(&own->chain);
    return status;
}

/* Do the model's columns stand in the training part as the data set's do, with the same values? */
static bool stand_alike(const RtSignature *s, const RtPart *train, const uint32_t *columns)
{
    bool alike = train->n_columns == s->columns.n &&
                 !memcmp(columns, train->columns, train->n_columns * sizeof *columns);
    return alike && (!s->plan.n || (train->plan && rt_plan_same(&s->plan, train->plan)));
}

/* The values of the data set's training rows into the model's states: computed once where the columns stand
 * as the data set's do. */
static RtStatus take_fitted(RtRun *run, RtModel *m, uint32_t data)
{
    const RtDataset *d = rt_run_data(run, data, 1u << RT_TRAIN);
    uint32_t *columns = NULL;
    int32_t **maps = NULL;
    if (!d)
        return RT_ERROR;
    const RtPart *train = &d->parts[RT_TRAIN];
    RtStatus status =
        rt_signature_columns(m->signature, train, m->image->name, &columns, &maps, &run->error);
    bool own = status == RT_OK && (!columns || stand_alike(m->signature, train, columns));
    RtChain chain = {0};
    const RtChain *from = &chain;
    if (own)
        status = rt_data_chain(run, data, &from);
    if (status == RT_OK && !own)
        status = open_chain(run, data, train, m->signature->columns.n, &m->signature->plan, &chain);
    if (status == RT_OK && !own)
        status = fit_chain(run, data, &m->signature->columns, columns, maps, &chain);
    if (status == RT_OK && !copy_fitted(m, 0, (RtChain *)(uintptr_t)from, true))
        status = fail_sizes(run, m, train);
    rt_chain_close(&chain);
    free(columns);
    rt_maps_free(maps, m->signature->plan.n);
    return status;
}

static bool has_stages(const RtModel *m, bool of_targets)
{
    for (uint32_t i = 0; i < m->image->states.n; i++) {
        const ImgState *s = &m->image->states.at[i];
        if (s->role == ROLE_fitted && rt_is_of_targets(s) == of_targets)
            return true;
    }
    return false;
}

bool rt_model_has_fitted(const RtModel *m)
{
    return has_stages(m, false);
}

bool rt_model_has_scales(const RtModel *m)
{
    return has_stages(m, true);
}

/* ---- fitting targets ---- */

static void target_get(const void *cx, int64_t row, double *values)
{
    const RtPart *p = cx;
    int64_t n = rt_array_row(p->y);
    rt_array_get_f64(p->y, (int64_t)p->index[row] * n, n, values);
}

static void target_place(const void *cx, int64_t row, char *buf, size_t size)
{
    const RtPart *p = cx;
    rt_reading_place(p->from, p->index[row], true, buf, size);
}

/* What the transforms of the targets fit on the training rows, into the model's states. */
static RtStatus fit_targets(RtRun *run, RtModel *m, uint32_t data)
{
    const RtDataset *d = rt_run_data(run, data, 1u << RT_TRAIN);
    const ImgDataSet *image = &run->image->data.at[data];
    RtChain chain = {0};
    if (!d)
        return RT_ERROR;
    const RtPart *train = &d->parts[RT_TRAIN];
    if (!train->y)
        return rt_fail(&run->error, "the data has no targets, but fit and evaluate need them");
    RtRows rows = {train, train->rows, target_get, target_place, NULL};
    RtStatus status = rt_chain_open(image->targets.n, image->targets.at, NULL, train->y->rank - 1,
                                    train->y->dims + 1, &chain, &run->error);
    if (status == RT_OK)
        status = rt_chain_fit(&chain, &rows, &run->error);
    if (status == RT_OK && !copy_fitted(m, RT_TARGET_STAGES, &chain, true))
        status = fail_sizes(run, m, train);
    if (status != RT_OK)
        run->place = image->place;
    rt_chain_close(&chain);
    return status;
}

/* Must its values still be fitted? */
static bool lacks_values(const RtModel *m)
{
    return rt_model_has_fitted(m) && !m->signature->fitted;
}

RtStatus rt_model_fit(RtRun *run, RtModel *m, uint32_t data, bool again)
{
    const RtDataset *d = rt_run_data(run, data, 1u << RT_TRAIN);
    if (!d)
        return RT_ERROR;
    RtStatus status =
        rt_signature_learn(m->signature, &d->parts[RT_TRAIN], &d->columns, &run->error);
    if (status == RT_OK && rt_model_has_fitted(m) && (again || lacks_values(m))) {
        status = take_fitted(run, m, data);
        m->signature->fitted = status == RT_OK;
    }
    if (status == RT_OK && rt_model_has_scales(m) && (again || !m->scales)) {
        status = fit_targets(run, m, data);
        m->scales = status == RT_OK;
    }
    return status;
}

RtStatus rt_model_lend(RtRun *run, RtModel *m, uint32_t data)
{
    if (rt_model_has_scales(m) && !m->scales && fit_targets(run, m, data) != RT_OK)
        return RT_ERROR;
    if (!lacks_values(m))
        return RT_OK;
    if (m->signature->loaded_bare)
        rt_warn(run, "'%s' holds no fitted values: '%s' takes those of '%s', for this command",
                m->signature->loaded_bare, m->image->name, run->image->data.at[data].name);
    return take_fitted(run, m, data);
}

/* ---- missing values ---- */

static bool may_miss(const RtPart *part)
{
    return part->x && rt_dtype(part->x->dtype)->is_float;
}

void rt_inputs_check(RtRun *run, uint32_t data, RtPartId id)
{
    const RtPart *part = &run->data[data].set->parts[id];
    char place[300] = "";
    int64_t count = 0, first = 0, n;
    if (!may_miss(part) || run->data[data].checked >> id & 1)
        return;
    n = rt_part_row(part);
    double *row = malloc((size_t)(n + 1) * sizeof *row);
    if (!row) /* the run goes on without this warning, or says so itself */
        return;
    run->data[data].checked |= 1u << id;
    for (int64_t r = 0; r < part->rows; r++) {
        rt_part_get(part, part->index[r], NULL, 0, row);
        for (int64_t i = 0; i < n; i++)
            if (!isfinite(row[i]) && !count++) {
                first = i;
                rt_reading_place(part->from, part->index[r], false, place, sizeof place);
            }
    }
    free(row);
    if (count)
        rt_warn(run,
                "%lld input %s of '%s' %s missing (NaN) or infinite, the first in %s, column %lld",
                (long long)count, count == 1 ? "value" : "values", run->image->data.at[data].name,
                count == 1 ? "is" : "are", place, (long long)first + 1);
}
