/* csv.c: a table with a column of targets.
 *
 * Columns are numbers or texts as table.h says, so that a file may hold columns that nobody asks for. Targets that are all whole numbers stay whole (i32), other
 * numbers are f32, and texts become the places of their names among the sorted names (i32). Every cell
 * that is wrong is named by line, column and field. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/data/csv_scan.h"
#include "runtime/data/source_internal.h"

/* From here on a double rounds to infinity. */
static const double f32_limit = 3.4028235677973366e38;

typedef struct Csv {
    RtReader *r;
    RtError *error;
    RtCsvScan scan;
    unsigned char *text;
    size_t size;
    RtTable *table;
    RtArray *values;      /* [cap, columns] */
    int64_t target;       /* column of y, -1: none */
    int64_t weights;      /* ... of the weights */
    int64_t cap;          /* rows that can be at most */
    RtCell *targets;      /* cap */
    uint32_t *keep;       /* columns whose texts stay: table->kept.n */
    unsigned char *kinds; /* of each column, as far as it was read: Kind */
    RtNames
        late; /* columns that turned out to hold texts behind numbers: another reading knows it */
} Csv;

/* No cell so far but missing ones; numbers only; texts that are kept; texts behind numbers. */
typedef enum { KIND_open, KIND_numbers, KIND_texts, KIND_late } Kind;

static const char *path_of(const Csv *c)
{
    return c->scan.path;
}

static RtStatus fail_memory(Csv *c)
{
    return rt_fail(c->error, "not enough memory to read '%s'", path_of(c));
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
        return fail_memory(c);
    for (uint32_t i = 0; i < c->table->names.n; i++)
        sorted[i] = c->table->names.at[i];
    qsort(sorted, c->table->names.n, sizeof *sorted, compare_texts);
    for (uint32_t i = 1; i < c->table->names.n && status == RT_OK; i++)
        if (!strcmp(sorted[i], sorted[i - 1]))
            status = rt_fail(c->error, "'%s' has two columns named \"%s\"", path_of(c), sorted[i]);
    free(sorted);
    return status;
}

/* From the header; columns without a name there, and all without a header, are named by their place. */
static RtStatus name_columns(Csv *c)
{
    RtStatus status = rt_csv_next(&c->scan, c->error);
    if (status == RT_END)
        return rt_fail(c->error, "'%s' has no rows", path_of(c));
    for (uint32_t i = 0; i < c->scan.n && status == RT_OK; i++) {
        const char *name = c->scan.cells[i].text;
        char number[16];
        snprintf(number, sizeof number, "%u", i);
        status =
            rt_names_add(&c->table->names, c->table->has_header && *name ? name : number, c->error);
    }
    int64_t most = (int64_t)(c->size / (c->scan.n ? c->scan.n : 1)) + 1; /* a byte per field */
    c->cap = c->cap < most ? c->cap : most;
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
    return rt_fail(c->error, "'%s' has one column only; should it be delimiter=\"%s\"?", path_of(c),
                   delimiter);
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
        return rt_fail(c->error, "'%s' has no column \"%s\"; did you mean \"%s\"?", path_of(c),
                       name, near);
    return rt_fail(c->error, "'%s' has no column \"%s\"; its %u columns run from \"%s\" to \"%s\"",
                   path_of(c), name, c->table->names.n, c->table->names.at[0],
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
                       path_of(c), (long long)rt_to_i64(a->number), (long long)n, (long long)n - 1);
    *column = rt_to_i64(a->number) + (a->number < 0 ? n : 0);
    return RT_OK;
}

static RtStatus find_own_columns(Csv *c)
{
    RtStatus status = find_named(c, "target", &c->target);
    if (status == RT_OK)
        status = find_named(c, "weights", &c->weights);
    if (status == RT_OK && c->weights >= 0 && c->weights == c->target)
        return rt_fail(c->error, "the column \"%s\" of '%s' is both target and weights",
                       c->table->names.at[c->target], path_of(c));
    return status;
}

static RtStatus find_listed(Csv *c, uint32_t n, const char *const *names)
{
    for (uint32_t i = 0; i < n; i++) {
        int64_t column;
        RtStatus status = find_column(c, names[i], &column);
        if (status != RT_OK)
            return status;
        if (column == c->target || column == c->weights)
            return rt_fail(c->error, "the column \"%s\" of '%s' is both %s and feature", names[i],
                           path_of(c), column == c->target ? "target" : "weights");
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
        return fail_memory(c);
    if (a && a->kind == RT_ARG_TEXT)
        status = find_listed(c, n = 1, &a->text);
    else if (n)
        status = find_listed(c, n, a->texts);
    else
        for (uint32_t i = 0; i < names->n; i++)
            if (i != c->target && i != c->weights)
                out->features[n++] = i;
    if (status == RT_OK && !n)
        status = rt_fail(c->error, "'%s' has no columns for the inputs", path_of(c));
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
        return fail_memory(c);
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

/* ---- rows ---- */

static RtStatus fail_cell(const Csv *c, const RtCell *cell, uint32_t column, const char *what)
{
    return rt_fail(c->error, "%s:%lld:%u: field \"%s\": %s", path_of(c), (long long)cell->line,
                   cell->column, c->table->names.at[column], what);
}

/* The message about a cell of this row, in malloc memory; NULL: there is none. */
static char *cell_text(const Csv *c, uint32_t column, const char *what)
{
    RtError told;
    Csv quiet = *c;
    quiet.error = &told;
    (void)!fail_cell(&quiet, &c->scan.cells[column], column, what);
    return rt_text_copy(told.text);
}

/* The column has no numbers: its first cell that is none tells why. */
static RtStatus give_up(Csv *c, uint32_t column, const char *what)
{
    c->table->columns[column].wrong = cell_text(c, column, what);
    return c->table->columns[column].wrong ? RT_OK : fail_memory(c);
}

/* The column holds texts; its cells so far are missing ones. */
static RtStatus start_texts(Csv *c, uint32_t column)
{
    RtColumn *own = &c->table->columns[column];
    own->codes = malloc((size_t)c->cap * sizeof *own->codes);
    if (!own->codes)
        return fail_memory(c);
    for (int64_t i = 0; i < c->table->rows; i++)
        own->codes[i] = -1;
    c->kinds[column] = KIND_texts;
    return RT_OK;
}

static RtStatus read_text(Csv *c, uint32_t column, const char *text)
{
    RtColumn *own = &c->table->columns[column];
    char what[128];
    double value;
    bool is_int;
    int64_t code = rt_texts_add(&own->texts, text);
    own->codes[c->table->rows] = (int32_t)code;
    if (code < 0)
        return fail_memory(c);
    if (own->wrong || rt_parse_number(text, &value, &is_int))
        return RT_OK;
    snprintf(what, sizeof what, "'%.60s' is not a number", text);
    return give_up(c, column, what);
}

static RtStatus read_missing(Csv *c, uint32_t column, const char *text, double *to)
{
    RtColumn *own = &c->table->columns[column];
    char what[128];
    *to = NAN;
    if (own->codes)
        own->codes[c->table->rows] = -1;
    if (own->missing++)
        return RT_OK;
    snprintf(what, sizeof what, "'%.60s' is a missing value", text);
    own->empty = cell_text(c, column, *text ? what : "the cell is empty");
    return own->empty ? RT_OK : fail_memory(c);
}

static RtStatus read_cell(Csv *c, uint32_t column, double *to)
{
    const char *text = c->scan.cells[column].text;
    bool is_int;
    *to = 0;
    if (rt_is_missing(text))
        return read_missing(c, column, text, to);
    if (c->kinds[column] == KIND_texts)
        return read_text(c, column, text);
    if (rt_parse_number(text, to, &is_int)) {
        c->kinds[column] = KIND_numbers;
        return *to<f32_limit && * to> - f32_limit
                   ? RT_OK
                   : give_up(c, column, "the number is too large for f32");
    }
    if (c->kinds[column] == KIND_numbers) {
        c->kinds[column] = KIND_late;
        return rt_names_add(&c->late, c->table->names.at[column], c->error);
    }
    RtStatus status = start_texts(c, column);
    return status == RT_OK ? read_text(c, column, text) : status;
}

/* Where the row stands: most stand one after the other. */
static RtStatus note_line(Csv *c, int64_t line)
{
    RtTable *t = c->table;
    if (!t->rows)
        t->first_line = line;
    if (!t->lines && line == t->first_line + t->rows)
        return RT_OK;
    if (!t->lines) {
        t->lines = malloc((size_t)c->cap * sizeof *t->lines);
        if (!t->lines)
            return fail_memory(c);
        for (int64_t i = 0; i < t->rows; i++)
            t->lines[i] = t->first_line + i;
    }
    t->lines[t->rows] = line;
    return RT_OK;
}

static RtStatus read_row(Csv *c)
{
    RtCsvScan *s = &c->scan;
    RtTable *t = c->table;
    if (s->n != t->names.n)
        return rt_fail(c->error, "%s:%lld:1: this row has %u fields, %s has %u", path_of(c),
                       (long long)s->cells[0].line, s->n,
                       t->has_header ? "the header" : "the first row", t->names.n);
    RtStatus status = note_line(c, s->cells[0].line);
    double *to = (double *)c->values->data + t->rows * (int64_t)t->names.n;
    for (uint32_t i = 0; i < t->names.n && status == RT_OK; i++)
        if (t->columns[i].codes || (!t->columns[i].wrong && c->kinds[i] != KIND_late))
            status = read_cell(c, i, to + i);
    for (uint32_t i = 0; i < t->kept.n; i++)
        t->cells[t->rows * t->kept.n + i] = s->cells[c->keep[i]].text;
    if (c->target >= 0)
        c->targets[t->rows] = s->cells[c->target];
    t->rows++;
    return status;
}

/* Room for all rows. */
static RtStatus open_rows(Csv *c)
{
    RtTable *t = c->table;
    int64_t dims[2] = {c->cap, t->names.n};
    RtStatus status = rt_array_open(RT_f64, 2, dims, path_of(c), &c->values, c->error);
    if (status == RT_OK && c->target >= 0) {
        status = rt_memory_check(path_of(c), (uint64_t)c->cap * sizeof *c->targets, c->error);
        c->targets = status == RT_OK ? malloc((size_t)c->cap * sizeof *c->targets) : NULL;
        if (status == RT_OK && !c->targets)
            status = fail_memory(c);
    }
    if (status == RT_OK && t->kept.n) {
        t->cells = malloc((size_t)c->cap * t->kept.n * sizeof *t->cells);
        if (!t->cells)
            status = fail_memory(c);
    }
    return status;
}

/* Columns that are known to hold texts. */
static RtStatus start_known_texts(Csv *c)
{
    const RtSourceDesc *source = c->r->source;
    RtTexts known = {0};
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < source->n_texts + c->late.n && status == RT_OK; i++)
        if (rt_texts_add(&known, i < source->n_texts ? source->texts[i]
                                                     : c->late.at[i - source->n_texts]) < 0)
            status = fail_memory(c);
    for (uint32_t i = 0; known.n && i < c->table->names.n && status == RT_OK; i++)
        if (!c->table->columns[i].wrong && rt_texts_find(&known, c->table->names.at[i]) >= 0)
            status = start_texts(c, i);
    rt_texts_free(&known);
    return status;
}

static RtStatus read_rows(Csv *c)
{
    RtTable *t = c->table;
    RtStatus status = open_rows(c);
    if (status == RT_OK)
        status = start_known_texts(c);
    if (status == RT_OK && !t->has_header)
        status = read_row(c);
    while (status == RT_OK) {
        status = rt_csv_next(&c->scan, c->error);
        if (status == RT_OK)
            status = read_row(c);
    }
    if (status != RT_END)
        return status;
    if (!t->rows)
        return rt_fail(c->error, "'%s' has no rows", path_of(c));
    RtArray *values = c->values;
    c->values = NULL;
    return rt_table_store(t, values, path_of(c), c->error);
}

/* ---- targets ---- */

typedef enum { TARGET_int, TARGET_float, TARGET_text } TargetKind;

/* Texts if one of them is neither a number nor the mark of a missing one. */
static RtStatus kind_of_targets(const Csv *c, TargetKind *kind)
{
    const RtCell *missing = NULL;
    *kind = TARGET_int;
    for (int64_t i = 0; i < c->table->rows; i++) {
        const RtCell *cell = &c->targets[i];
        double value;
        bool is_int;
        if (rt_parse_number(cell->text, &value, &is_int)) {
            if (!is_int && *kind == TARGET_int)
                *kind = TARGET_float;
        } else if (rt_is_missing(cell->text)) {
            missing = missing ? missing : cell;
            if (!*cell->text)
                return fail_cell(c, cell, (uint32_t)c->target, "the cell is empty");
        } else {
            *kind = TARGET_text;
        }
    }
    if (missing && *kind != TARGET_text)
        return rt_fail(c->error, "%s:%lld:%u: field \"%s\": '%s' is a missing value", path_of(c),
                       (long long)missing->line, missing->column, c->table->names.at[c->target],
                       missing->text);
    return RT_OK;
}

static RtStatus name_classes(Csv *c, const char **sorted)
{
    RtNames *names = &c->r->out->class_names;
    RtStatus status = RT_OK;
    for (int64_t i = 0; i < c->table->rows; i++)
        sorted[i] = c->targets[i].text;
    qsort(sorted, (size_t)c->table->rows, sizeof *sorted, compare_texts);
    for (int64_t i = 0; i < c->table->rows && status == RT_OK; i++)
        if (i == 0 || strcmp(sorted[i], sorted[i - 1]) != 0)
            status = rt_names_add(names, sorted[i], c->error);
    return status;
}

static RtStatus number_classes(Csv *c, int32_t *labels)
{
    const RtNames *names = &c->r->out->class_names;
    const char **sorted = malloc((size_t)c->table->rows * sizeof *sorted);
    if (!sorted)
        return fail_memory(c);
    RtStatus status = name_classes(c, sorted);
    free(sorted);
    for (int64_t i = 0; i < c->table->rows && status == RT_OK; i++) {
        const char *key = c->targets[i].text;
        char *const *found = bsearch(&key, names->at, names->n, sizeof *names->at, compare_texts);
        labels[i] = (int32_t)(found - names->at);
    }
    return status;
}

static RtStatus number_targets(Csv *c, RtArray *y)
{
    for (int64_t i = 0; i < c->table->rows; i++) {
        double value = 0;
        bool is_int;
        rt_parse_number(c->targets[i].text, &value, &is_int);
        if (y->dtype == RT_i32)
            ((int32_t *)y->data)[i] = (int32_t)value;
        else if (value >= f32_limit || value <= -f32_limit)
            return fail_cell(c, &c->targets[i], (uint32_t)c->target,
                             "the number is too large for f32");
        else
            ((float *)y->data)[i] = (float)value;
    }
    return RT_OK;
}

static RtStatus read_targets(Csv *c)
{
    TargetKind kind;
    if (c->target < 0)
        return RT_OK;
    RtStatus status = kind_of_targets(c, &kind);
    if (status == RT_OK)
        status = rt_array_open(kind == TARGET_float ? RT_f32 : RT_i32, 1, &c->table->rows,
                               path_of(c), &c->r->out->y, c->error);
    if (status != RT_OK)
        return status;
    return kind == TARGET_text ? number_classes(c, c->r->out->y->data)
                               : number_targets(c, c->r->out->y);
}

/* ---- the file ---- */

static RtStatus start(Csv *c)
{
    RtInput *in = NULL;
    const char *delimiter = rt_source_text(c->r->source, "delimiter", ",");
    if (strlen(delimiter) != 1 || strchr("\"\n\r", *delimiter))
        return rt_fail(c->error, "the delimiter of a table must be one character, not '%s'",
                       delimiter);
    c->table->delimiter = *delimiter;
    RtStatus status = rt_reader_open(c->r, "path", &in);
    if (status == RT_OK)
        status = rt_input_all(in, &c->text, &c->size, c->error);
    rt_input_close(in);
    if (status == RT_OK)
        status =
            rt_csv_start(&c->scan, c->r->out->path, *delimiter, (char *)c->text, c->size, c->error);
    c->cap = 1;
    for (size_t i = 0; status == RT_OK && i < c->size; i++)
        c->cap += c->text[i] == '\n';
    return status;
}

/* Room for what is known of the columns; nobody asks the target for numbers. */
static RtStatus open_columns(Csv *c)
{
    RtTable *t = c->table;
    char text[128];
    t->columns = calloc(t->names.n, sizeof *t->columns);
    c->kinds = calloc(t->names.n, sizeof *c->kinds);
    if (!t->columns || !c->kinds)
        return fail_memory(c);
    if (c->target < 0)
        return RT_OK;
    c->r->out->y_column = t->names.at[c->target];
    snprintf(text, sizeof text, "the column \"%.60s\" is the target", t->names.at[c->target]);
    t->columns[c->target].wrong = rt_text_copy(text);
    return t->columns[c->target].wrong ? RT_OK : fail_memory(c);
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
        status = read_rows(c);
    if (status == RT_OK)
        status = read_targets(c);
    return status == RT_OK && c->weights >= 0 ? rt_sample_weights_column(c->r, (uint32_t)c->weights)
                                              : status;
}

static void forget(Csv *c)
{
    rt_csv_stop(&c->scan);
    rt_array_close(c->values);
    free(c->keep);
    free(c->kinds);
    free(c->targets);
    free(c->text);
}

static RtStatus read_once(RtReader *r, RtNames *late)
{
    Csv c = {.r = r, .error = r->error, .late = *late};
    uint32_t before = late->n;
    c.table = r->out->table = calloc(1, sizeof *c.table);
    if (!c.table)
        return rt_fail(r->error, "not enough memory for a table");
    c.table->has_header = rt_source_number(r->source, "header", 1) != 0;
    RtStatus status = read_table(&c);
    if (status == RT_OK && c.table->kept.n) {
        c.table->text = c.text;
        c.text = NULL;
    }
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
