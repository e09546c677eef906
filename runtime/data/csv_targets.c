/* csv_targets.c: the columns of the targets. Targets that are all whole numbers stay whole (i32), other numbers
 * are f32, and texts become the places of their names among the sorted names (i32). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/name_index.h"
#include "runtime/data/csv_internal.h"
#include "runtime/data/number.h"

/* From here on a double rounds to infinity. */
static const double f32_limit = 3.4028235677973366e38;

void csv_target_close(CsvTarget *t)
{
    free(t->columns);
    free(t->values);
    free(t->codes);
    free(t->wrong);
    free(t->missing);
    rt_texts_free(&t->texts);
}

RtStatus csv_target_grow(Csv *c)
{
    CsvTarget *t = &c->target;
    if (!t->n)
        return RT_OK;
    if (t->kind == CSV_TEXTS) {
        int32_t *codes = realloc(t->codes, (size_t)c->cap * sizeof *codes);
        t->codes = codes ? codes : t->codes;
        return codes ? RT_OK : csv_no_memory(c);
    }
    double *values = realloc(t->values, (size_t)c->cap * t->n * sizeof *values);
    t->values = values ? values : t->values;
    return values ? RT_OK : csv_no_memory(c);
}

static RtStatus add_missing(Csv *c, uint32_t column, const char *text)
{
    char what[128];
    CsvTarget *t = &c->target;
    if (t->n_missing++ || t->drop)
        return RT_OK;
    t->missing = csv_cell_text(c, column, csv_is_missing(text, what, sizeof what));
    return t->missing ? RT_OK : csv_no_memory(c);
}

RtStatus csv_target_text(Csv *c, const char *text, size_t n)
{
    int64_t code = rt_texts_add_n(&c->target.texts, text, n);
    if (code < 0)
        return csv_no_memory(c);
    c->target.codes[c->table->rows] = (int32_t)code;
    return RT_OK;
}

RtStatus csv_target_number(Csv *c, uint32_t target, double value, bool is_int)
{
    CsvTarget *t = &c->target;
    t->kind = CSV_NUMBERS;
    t->has_fraction = t->has_fraction || !is_int;
    t->values[c->table->rows * t->n + target] = value;
    if (t->wrong || (value < f32_limit && value > -f32_limit))
        return RT_OK;
    t->wrong = csv_cell_text(c, t->columns[target], "the number is too large, above 3.4e38");
    return t->wrong ? RT_OK : csv_no_memory(c);
}

/* Several targets are numbers. */
static RtStatus refuse_text(Csv *c, uint32_t column, const char *text)
{
    char why[160], what[240];
    snprintf(what, sizeof what, "several targets must be numbers, but %s",
             csv_no_number(c, text, why, sizeof why));
    char *place = csv_cell_text(c, column, what);
    RtStatus status = place ? rt_fail(c->error, "%s", place) : csv_no_memory(c);
    if (place)
        rt_fail_help(c->error, "a column of texts can be the only target: target=\"%.60s\"",
                     c->table->names.at[column]);
    free(place);
    return status;
}

static RtStatus start_texts(Csv *c, const RtCell *cell)
{
    CsvTarget *t = &c->target;
    if (t->kind == CSV_NUMBERS) {
        t->kind = CSV_LATE;
        return rt_names_add(&c->late, c->table->names.at[*t->columns], c->error);
    }
    t->kind = CSV_TEXTS;
    RtStatus status = csv_target_grow(c);
    return status == RT_OK ? csv_target_text(c, cell->text, cell->n) : status;
}

static RtStatus add_cell(Csv *c, uint32_t target)
{
    CsvTarget *t = &c->target;
    double value;
    bool is_int;
    const RtCell *cell = &c->scan.cells[t->columns[target]];
    if (t->kind == CSV_TEXTS)
        return csv_target_text(c, cell->text, cell->n);
    if (rt_parse_decimal(cell->text, c->point, &value, &is_int))
        return csv_target_number(c, target, value, is_int);
    return t->n > 1 ? refuse_text(c, t->columns[target], cell->text) : start_texts(c, cell);
}

RtStatus csv_target_add(Csv *c, bool *left_out)
{
    CsvTarget *t = &c->target;
    RtStatus status = RT_OK;
    if (t->kind == CSV_LATE)
        return RT_OK;
    for (uint32_t i = 0; i < t->n; i++) {
        const char *text = c->scan.cells[t->columns[i]].text;
        *left_out = rt_missing_has(&c->missing, text);
        if (*left_out)
            return add_missing(c, t->columns[i], text);
    }
    for (uint32_t i = 0; i < t->n && status == RT_OK; i++)
        status = add_cell(c, i);
    return status;
}

/* ---- all of them ---- */

static int compare_texts(const void *a, const void *b)
{
    rt_names_compared++;
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names of the classes, sorted, and the place of each text among them. */
static RtStatus sort_classes(Csv *c, const char **sorted, int32_t *places)
{
    RtTexts *texts = &c->target.texts;
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < texts->n; i++)
        sorted[i] = rt_texts_at(texts, i);
    qsort(sorted, texts->n, sizeof *sorted, compare_texts);
    for (uint32_t i = 0; i < texts->n && status == RT_OK; i++) {
        places[rt_texts_find(texts, sorted[i])] = (int32_t)i;
        status = rt_names_add(&c->r->out->class_names, sorted[i], c->error);
    }
    return status;
}

static RtStatus store_classes(Csv *c, int32_t *labels)
{
    uint32_t n = c->target.texts.n;
    const char **sorted = malloc((n + (size_t)1) * sizeof *sorted);
    int32_t *places = malloc((n + (size_t)1) * sizeof *places);
    RtStatus status = sorted && places ? sort_classes(c, sorted, places) : csv_no_memory(c);
    for (int64_t i = 0; i < c->table->rows && status == RT_OK; i++)
        labels[i] = places[c->target.codes[i]];
    free(sorted);
    free(places);
    return status;
}

static void store_numbers(const Csv *c, RtArray *y)
{
    for (int64_t i = 0; i < c->table->rows * c->target.n; i++)
        if (y->dtype == RT_i32)
            ((int32_t *)y->data)[i] = (int32_t)c->target.values[i];
        else
            ((float *)y->data)[i] = (float)c->target.values[i];
}

static RtStatus fail_missing(const Csv *c)
{
    const CsvTarget *t = &c->target;
    if (t->n_missing == 1)
        return rt_fail(c->error, "%s; missing_target=drop leaves the row out", t->missing);
    return rt_fail(c->error, "%s; %lld rows have no target: missing_target=drop leaves them out",
                   t->missing, (long long)t->n_missing);
}

RtStatus csv_target_store(Csv *c)
{
    const CsvTarget *t = &c->target;
    bool texts = t->kind == CSV_TEXTS;
    if (!t->n || t->kind == CSV_LATE)
        return RT_OK;
    if (t->missing)
        return fail_missing(c);
    if (t->wrong)
        return rt_fail(c->error, "%s", t->wrong);
    int64_t dims[2] = {c->table->rows, t->n};
    RtStatus status = rt_array_open(texts || !t->has_fraction ? RT_i32 : RT_f32, t->n > 1 ? 2 : 1,
                                    dims, csv_path(c), &c->r->out->y, c->error);
    if (status != RT_OK)
        return status;
    if (texts)
        return store_classes(c, c->r->out->y->data);
    store_numbers(c, c->r->out->y);
    return RT_OK;
}
