/* csv_columns.c: the header of a table, and which of its columns are asked for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/data/csv_internal.h"

/* ---- names ---- */

/* In c->names the number of a name is its column. */
static RtStatus add_name(Csv *c, const char *name)
{
    uint32_t column = c->table->names.n;
    int64_t number = rt_texts_add(&c->names, name);
    if (number < 0)
        return csv_no_memory(c);
    if (number != column) {
        (void)rt_fail(c->error, "'%s' has two columns named \"%s\"", csv_path(c), name);
        rt_fail_help(c->error,
                     "these are columns %lld and %u, counted from 1: give one of them another name",
                     (long long)number + 1, column + 1);
        return RT_ERROR;
    }
    return rt_names_add(&c->table->names, name, c->error);
}

/* "sep=;": what Excel takes for the delimiter, in front of the header. */
static bool tells_delimiter(const RtCsvScan *s)
{
    const char *text = s->cells[0].text;
    return !strncmp(text, "sep=", 4) &&
           ((s->n == 1 && strlen(text) == 5) || (s->n == 2 && !text[4] && !*s->cells[1].text));
}

/* From the header; columns without a name there, and all without a header, are named by their place. */
static RtStatus name_columns(Csv *c)
{
    RtStatus status = rt_csv_next(&c->scan, c->error);
    if (status == RT_OK && tells_delimiter(&c->scan))
        status = rt_csv_next(&c->scan, c->error);
    if (status == RT_END)
        return rt_fail(c->error, "'%s' has no rows", csv_path(c));
    for (uint32_t i = 0; i < c->scan.n && status == RT_OK; i++) {
        const char *name = c->scan.cells[i].text;
        char number[16];
        c->n_named += *name != 0;
        if (!*name && c->table->has_header && c->table->unnamed < 0)
            c->table->unnamed = i;
        snprintf(number, sizeof number, "%u", i);
        status = add_name(c, c->table->has_header && *name ? name : number);
    }
    return status;
}

/* How a person writes the delimiter that stands in the only column's name, or NULL. */
static const char *other_delimiter(const Csv *c)
{
    static const char *const all[][2] = {{";", ";"}, {"\t", "\\t"}, {"|", "|"}, {",", ","}};
    for (size_t i = 0; i < sizeof all / sizeof *all && c->table->names.n == 1; i++)
        if (strchr(c->table->names.at[0], all[i][0][0]))
            return all[i][1];
    return NULL;
}

static RtStatus one_column(Csv *c, const char *delimiter)
{
    return rt_fail(c->error, "'%s' has one column only; should it be delimiter=\"%s\"?",
                   csv_path(c), delimiter);
}

void csv_help_title(const Csv *c)
{
    if (c->table->has_header && c->n_named == 1)
        rt_fail_help(c->error,
                     "its first line names the columns: leave out lines that stand above them, as "
                     "titles or comments do");
}

static RtStatus find_name(Csv *c, const char *name, int64_t *column)
{
    const char *delimiter = other_delimiter(c);
    *column = rt_texts_find(&c->names, name);
    if (*column >= 0)
        return RT_OK;
    if (delimiter)
        return one_column(c, delimiter);
    const char *near = rt_names_suggest(&c->table->names, name);
    if (near)
        return rt_fail(c->error, "'%s' has no column \"%s\"; did you mean \"%s\"?", csv_path(c),
                       name, near);
    (void)rt_fail(c->error, "'%s' has no column \"%s\"; its %u columns run from \"%s\" to \"%s\"",
                  csv_path(c), name, c->table->names.n, c->table->names.at[0],
                  c->table->names.at[c->table->names.n - 1]);
    csv_help_title(c);
    return RT_ERROR;
}

static RtStatus find_place(const Csv *c, double place, int64_t *column)
{
    int64_t n = c->table->names.n;
    if (place < (double)-n || place >= (double)n)
        return rt_fail(c->error, "'%s' has no column %lld: its %lld columns are 0 to %lld",
                       csv_path(c), (long long)rt_to_i64(place), (long long)n, (long long)n - 1);
    *column = rt_to_i64(place) + (place < 0 ? n : 0);
    return RT_OK;
}

/* How many columns an argument names. */
static uint32_t count_of(const RtSourceArg *a)
{
    return !a || a->kind == RT_ARG_NONE ? 0 : a->kind == RT_ARG_TEXTS ? a->n : 1;
}

/* The i-th of them. */
static RtStatus find_column(Csv *c, const RtSourceArg *a, uint32_t i, int64_t *column)
{
    if (a->kind == RT_ARG_NUMBER)
        return find_place(c, a->number, column);
    if (a->kind == RT_ARG_TEXT)
        return find_name(c, a->text, column);
    return a->places && a->places[i] != INT64_MIN ? find_place(c, (double)a->places[i], column)
                                                  : find_name(c, a->texts[i], column);
}

/* ---- targets and weights ---- */

/* Nobody asks a target for numbers. */
static RtStatus take_target(Csv *c, int64_t column)
{
    char text[128];
    const char *name = c->table->names.at[column];
    RtColumn *own = &c->table->columns[column];
    if (own->target)
        return rt_fail(c->error, "the column \"%s\" of '%s' is twice a target", name, csv_path(c));
    own->target = ++c->target.n;
    c->kinds[column] = CSV_TARGET;
    snprintf(text, sizeof text, "the column \"%.60s\" is the target", name);
    own->wrong = rt_text_copy(text);
    return own->wrong ? rt_names_add(&c->r->out->y_columns, name, c->error) : csv_no_memory(c);
}

static RtStatus find_targets(Csv *c)
{
    const RtSourceArg *a = rt_source_arg(c->r->source, "target");
    uint32_t n = count_of(a);
    RtStatus status = RT_OK;
    c->target.columns = malloc((n + (size_t)1) * sizeof *c->target.columns);
    if (!c->target.columns)
        return csv_no_memory(c);
    for (uint32_t i = 0; i < n && status == RT_OK; i++) {
        int64_t column;
        status = find_column(c, a, i, &column);
        if (status == RT_OK) {
            c->target.columns[i] = (uint32_t)column;
            status = take_target(c, column);
        }
    }
    return status;
}

static RtStatus find_weights(Csv *c)
{
    const RtSourceArg *a = rt_source_arg(c->r->source, "weights");
    RtStatus status = count_of(a) ? find_column(c, a, 0, &c->weights) : RT_OK;
    if (status == RT_OK && c->weights >= 0 && c->table->columns[c->weights].target)
        return rt_fail(c->error, "the column \"%s\" of '%s' is both target and weights",
                       c->table->names.at[c->weights], csv_path(c));
    return status;
}

/* ---- inputs ---- */

static bool is_own(const Csv *c, int64_t column)
{
    return c->table->columns[column].target || column == c->weights;
}

static RtStatus find_listed(Csv *c, const RtSourceArg *a)
{
    for (uint32_t i = 0; i < count_of(a); i++) {
        int64_t column;
        RtStatus status = find_column(c, a, i, &column);
        if (status != RT_OK)
            return status;
        if (is_own(c, column))
            return rt_fail(c->error, "the column \"%s\" of '%s' is both %s and feature",
                           c->table->names.at[column], csv_path(c),
                           column == c->weights ? "weights" : "target");
        c->r->out->features[i] = (uint32_t)column;
    }
    return RT_OK;
}

/* The columns of the inputs: those that are listed, else all but targets and weights. */
static RtStatus find_features(Csv *c)
{
    RtReading *out = c->r->out;
    const RtNames *names = &c->table->names;
    const RtSourceArg *a = rt_source_arg(c->r->source, "features");
    uint32_t n = count_of(a);
    out->features = calloc((size_t)names->n + n + 1, sizeof *out->features);
    if (!out->features)
        return csv_no_memory(c);
    RtStatus status = find_listed(c, a);
    if (!n)
        for (uint32_t i = 0; i < names->n; i++)
            if (!is_own(c, i))
                out->features[n++] = i;
    if (status == RT_OK && !n)
        status = rt_fail(c->error, "'%s' has no columns for the inputs", csv_path(c));
    for (uint32_t i = 0; i < n && status == RT_OK; i++)
        status = rt_names_add(&out->columns, names->at[out->features[i]], c->error);
    return status;
}

/* Columns that are not there are told when somebody needs them. */
static RtStatus find_kept(Csv *c)
{
    const RtSourceDesc *source = c->r->source;
    c->keep = calloc(source->n_keep + (size_t)1, sizeof *c->keep);
    if (!c->keep)
        return csv_no_memory(c);
    for (uint32_t i = 0; i < source->n_keep; i++) {
        int64_t column = rt_texts_find(&c->names, source->keep[i]);
        if (column < 0)
            continue;
        c->keep[c->table->kept.n] = (uint32_t)column;
        RtStatus status = rt_names_add(&c->table->kept, source->keep[i], c->error);
        if (status != RT_OK)
            return status;
    }
    return RT_OK;
}

/* ---- all of them ---- */

static RtStatus open_columns(Csv *c)
{
    RtTable *t = c->table;
    t->columns = calloc(t->names.n, sizeof *t->columns);
    c->kinds = calloc(t->names.n, sizeof *c->kinds);
    c->empty = malloc(t->names.n * sizeof *c->empty);
    return t->columns && c->kinds && c->empty ? RT_OK : csv_no_memory(c);
}

RtStatus csv_find_columns(Csv *c)
{
    RtStatus status = name_columns(c);
    if (status == RT_OK)
        status = open_columns(c);
    if (status == RT_OK)
        status = find_targets(c);
    if (status == RT_OK)
        status = find_weights(c);
    if (status == RT_OK)
        status = find_features(c);
    return status == RT_OK ? find_kept(c) : status;
}
