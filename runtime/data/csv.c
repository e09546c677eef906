/* csv.c: a table with a column of targets: its arguments, its header, which columns are asked for.
 *
 * Columns are numbers or texts as table.h says, so that a file may hold columns that nobody asks for. Every
 * cell that is wrong is named by line, column and field. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/data/csv_internal.h"
#include "runtime/data/number.h"

RtStatus csv_no_memory(const Csv *c)
{
    return rt_fail(c->error, "not enough memory to read '%s'", csv_path(c));
}

/* ---- columns ---- */

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static RtStatus refuse_twins(Csv *c)
{
    RtStatus status = RT_OK;
    const char **sorted = malloc(c->table->names.n * sizeof *sorted);
    if (!sorted)
        return csv_no_memory(c);
    for (uint32_t i = 0; i < c->table->names.n; i++)
        sorted[i] = c->table->names.at[i];
    qsort(sorted, c->table->names.n, sizeof *sorted, compare_texts);
    for (uint32_t i = 1; i < c->table->names.n && status == RT_OK; i++)
        if (!strcmp(sorted[i], sorted[i - 1]))
            status = rt_fail(c->error, "'%s' has two columns named \"%s\"", csv_path(c), sorted[i]);
    free(sorted);
    return status;
}

/* From the header; columns without a name there, and all without a header, are named by their place. */
static RtStatus name_columns(Csv *c)
{
    RtStatus status = rt_csv_next(&c->scan, c->error);
    if (status == RT_END)
        return rt_fail(c->error, "'%s' has no rows", csv_path(c));
    for (uint32_t i = 0; i < c->scan.n && status == RT_OK; i++) {
        const char *name = c->scan.cells[i].text;
        char number[16];
        if (!*name && c->table->has_header && c->table->unnamed < 0)
            c->table->unnamed = i;
        snprintf(number, sizeof number, "%u", i);
        status =
            rt_names_add(&c->table->names, c->table->has_header && *name ? name : number, c->error);
    }
    return status == RT_OK && c->table->has_header ? refuse_twins(c) : status;
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

static RtStatus find_column(Csv *c, const char *name, int64_t *column)
{
    const char *delimiter = other_delimiter(c);
    *column = rt_names_find(&c->table->names, name);
    if (*column >= 0)
        return RT_OK;
    if (delimiter)
        return one_column(c, delimiter);
    const char *near = rt_names_suggest(&c->table->names, name);
    if (near)
        return rt_fail(c->error, "'%s' has no column \"%s\"; did you mean \"%s\"?", csv_path(c),
                       name, near);
    return rt_fail(c->error, "'%s' has no column \"%s\"; its %u columns run from \"%s\" to \"%s\"",
                   csv_path(c), name, c->table->names.n, c->table->names.at[0],
                   c->table->names.at[c->table->names.n - 1]);
}

/* The column that an argument names, by name or index; -1: none. */
static RtStatus find_named(Csv *c, const char *argument, int64_t *column)
{
    const RtSourceArg *a = rt_source_arg(c->r->source, argument);
    int64_t n = c->table->names.n;
    *column = -1;
    if (!a || a->kind == RT_ARG_NONE)
        return RT_OK;
    if (a->kind == RT_ARG_TEXT)
        return find_column(c, a->text, column);
    if (a->number < (double)-n || a->number >= (double)n)
        return rt_fail(c->error, "'%s' has no column %lld: its %lld columns are 0 to %lld",
                       csv_path(c), (long long)rt_to_i64(a->number), (long long)n,
                       (long long)n - 1);
    *column = rt_to_i64(a->number) + (a->number < 0 ? n : 0);
    return RT_OK;
}

static RtStatus find_own_columns(Csv *c)
{
    RtStatus status = find_named(c, "target", &c->target.column);
    if (status == RT_OK)
        status = find_named(c, "weights", &c->weights);
    if (status == RT_OK && c->weights >= 0 && c->weights == c->target.column)
        return rt_fail(c->error, "the column \"%s\" of '%s' is both target and weights",
                       c->table->names.at[c->target.column], csv_path(c));
    return status;
}

static RtStatus find_listed(Csv *c, uint32_t n, const char *const *names)
{
    for (uint32_t i = 0; i < n; i++) {
        int64_t column;
        RtStatus status = find_column(c, names[i], &column);
        if (status != RT_OK)
            return status;
        if (column == c->target.column || column == c->weights)
            return rt_fail(c->error, "the column \"%s\" of '%s' is both %s and feature", names[i],
                           csv_path(c), column == c->target.column ? "target" : "weights");
        c->r->out->features[i] = (uint32_t)column;
    }
    return RT_OK;
}

/* The columns of the inputs: those that are listed, else all but target and weights. */
static RtStatus find_features(Csv *c)
{
    RtReading *out = c->r->out;
    const RtNames *names = &c->table->names;
    const RtSourceArg *a = rt_source_arg(c->r->source, "features");
    uint32_t n = a && a->kind == RT_ARG_TEXTS ? a->n : 0;
    RtStatus status = RT_OK;
    out->features = calloc((size_t)names->n + n + 1, sizeof *out->features);
    if (!out->features)
        return csv_no_memory(c);
    if (a && a->kind == RT_ARG_TEXT)
        status = find_listed(c, n = 1, &a->text);
    else if (n)
        status = find_listed(c, n, a->texts);
    else
        for (uint32_t i = 0; i < names->n; i++)
            if (i != c->target.column && i != c->weights)
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
        int64_t column = rt_names_find(&c->table->names, source->keep[i]);
        if (column < 0)
            continue;
        c->keep[c->table->kept.n] = (uint32_t)column;
        RtStatus status = rt_names_add(&c->table->kept, source->keep[i], c->error);
        if (status != RT_OK)
            return status;
    }
    return RT_OK;
}

/* ---- cells ---- */

char *csv_cell_text(const Csv *c, uint32_t column, const char *what)
{
    RtError told;
    const RtCell *cell = &c->scan.cells[column];
    (void)!rt_fail(&told, "%s:%lld:%u: field \"%s\": %s", csv_path(c), (long long)cell->line,
                   cell->column, c->table->names.at[column], what);
    return rt_text_copy(told.text);
}

const char *csv_is_missing(const char *text, char *buf, size_t size)
{
    snprintf(buf, size, *text ? "'%.60s' is a missing value" : "the cell is empty", text);
    return buf;
}

/* "1,234,567.5": groups of three digits behind the first one. */
static bool has_thousands(const char *text, char point)
{
    size_t n = strspn(text += *text == '-' || *text == '+', "0123456789"), groups = 0;
    char between = text[n];
    if (n < 1 || n > 3 || !between || !strchr(",.' ", between) || between == point)
        return false;
    for (text += n; *text == between; groups++, text += 4)
        if (strspn(text + 1, "0123456789") < 3)
            return false;
    return groups && (!*text || *text == point) &&
           (!*text || strlen(text + 1) == strspn(text + 1, "0123456789"));
}

const char *csv_no_number(const Csv *c, const char *text, char *buf, size_t size)
{
    double value;
    bool is_int;
    char other = c->point == '.' ? ',' : '.';
    const char *hint = "";
    if (has_thousands(text, c->point))
        hint = ": in numbers nothing stands between thousands";
    else if (rt_parse_decimal(text, other, &value, &is_int))
        hint = other == ',' ? "; should it be decimal=\",\"?" : "; should it be decimal=\".\"?";
    snprintf(buf, size, "'%.60s' is not a number%s", text, hint);
    return buf;
}

/* ---- the file ---- */

/* An argument of one character that cannot be a part of what stands between delimiters. */
static RtStatus character(const Csv *c, const char *argument, const char *fallback, char *out)
{
    const char *text = rt_source_text(c->r->source, argument, fallback);
    if (strlen(text) != 1 || strchr("\"\n\r", *text))
        return rt_fail(c->error, "the %s of a table must be one character, not '%s'",
                       strcmp(argument, "decimal") ? argument : "decimal point", text);
    *out = *text;
    return RT_OK;
}

/* What the arguments say about the text of the file. */
static RtStatus read_arguments(Csv *c, RtEncoding *encoding)
{
    const RtSourceDesc *source = c->r->source;
    const RtSourceArg *missing = rt_source_arg(source, "missing");
    const char *name = rt_source_text(source, "encoding", "utf-8");
    RtStatus status = character(c, "delimiter", ",", &c->table->delimiter);
    if (status == RT_OK)
        status = character(c, "decimal", ".", &c->point);
    if (status != RT_OK)
        return status;
    if (c->point != '.' && c->point != ',')
        return rt_fail(c->error, "the decimal point of a table must be \".\" or \",\", not \"%c\"",
                       c->point);
    if (c->point == c->table->delimiter)
        return rt_fail(c->error,
                       "delimiter and decimal are both \"%c\"; should it be delimiter=\";\"?",
                       c->point);
    c->missing = missing && missing->kind == RT_ARG_TEXTS
                     ? rt_missing_of(missing->n, missing->texts)
                 : missing && missing->kind == RT_ARG_TEXT ? rt_missing_of(1, &missing->text)
                                                           : rt_missing_of(0, NULL);
    c->target.drop = !strcmp(rt_source_text(source, "missing_target", "error"), "drop");
    *encoding = rt_encoding_named(name);
    return *encoding < RT_N_ENCODINGS
               ? RT_OK
               : rt_fail(c->error,
                         "the encoding \"%.40s\" is not known; there are \"utf-8\", \"latin1\" and "
                         "\"windows-1252\"",
                         name);
}

static RtStatus start(Csv *c)
{
    RtEncoding encoding = RT_UTF8;
    RtStatus status = read_arguments(c, &encoding);
    if (status == RT_OK)
        status = rt_reader_open(c->r, "path", &c->in);
    c->size = status == RT_OK ? rt_input_left(c->in) : -1;
    return status == RT_OK ? rt_csv_open(&c->scan, c->r->out->path, c->table->delimiter, encoding,
                                         c->in, c->error)
                           : status;
}

/* Room for what is known of the columns; nobody asks the target for numbers. */
static RtStatus open_columns(Csv *c)
{
    RtTable *t = c->table;
    char text[128];
    t->columns = calloc(t->names.n, sizeof *t->columns);
    c->kinds = calloc(t->names.n, sizeof *c->kinds);
    c->empty = malloc(t->names.n * sizeof *c->empty);
    if (!t->columns || !c->kinds || !c->empty)
        return csv_no_memory(c);
    if (c->target.column < 0)
        return RT_OK;
    c->r->out->y_column = t->names.at[c->target.column];
    snprintf(text, sizeof text, "the column \"%.60s\" is the target",
             t->names.at[c->target.column]);
    t->columns[c->target.column].wrong = rt_text_copy(text);
    return t->columns[c->target.column].wrong ? RT_OK : csv_no_memory(c);
}

static RtStatus read_table(Csv *c)
{
    RtStatus status = start(c);
    if (status == RT_OK)
        status = name_columns(c);
    if (status == RT_OK)
        status = find_own_columns(c);
    if (status == RT_OK)
        status = open_columns(c);
    if (status == RT_OK)
        status = find_features(c);
    if (status == RT_OK)
        status = find_kept(c);
    if (status == RT_OK)
        status = csv_read_rows(c);
    return status == RT_OK && c->weights >= 0 ? rt_sample_weights_column(c->r, (uint32_t)c->weights)
                                              : status;
}

static void forget(Csv *c)
{
    rt_csv_stop(&c->scan);
    rt_input_close(c->in);
    rt_table_rows_close(&c->rows);
    csv_target_close(&c->target);
    free(c->keep);
    free(c->kinds);
    free(c->empty);
}

static RtStatus read_once(RtReader *r, RtNames *late)
{
    Csv c = {.r = r, .error = r->error, .late = *late, .target.column = -1, .weights = -1};
    uint32_t before = late->n;
    c.table = r->out->table = calloc(1, sizeof *c.table);
    if (!c.table)
        return rt_fail(r->error, "not enough memory for a table");
    c.table->unnamed = -1;
    c.table->has_header = rt_source_number(r->source, "header", 1) != 0;
    RtStatus status = read_table(&c);
    forget(&c);
    *late = c.late;
    return status == RT_OK && late->n > before ? RT_END : status;
}

/* Once more where a column of texts begins with numbers: the cells of a file are not kept. */
RtStatus rt_read_csv(RtReader *r)
{
    RtNames late = {0, NULL};
    const char *name = r->out->name;
    RtStatus status = read_once(r, &late);
    if (status == RT_END) {
        rt_reading_close(r->out);
        r->out->name = name;
        status = read_once(r, &late);
    }
    rt_names_free(&late);
    return status;
}
