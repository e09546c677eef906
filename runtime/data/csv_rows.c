/* csv_rows.c: the rows of a table, cell by cell: numbers to where they are packed, texts as the numbers of
 * their words. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/data/csv_internal.h"
#include "runtime/data/number.h"

/* From here on a double rounds to infinity. */
static const double f32_limit = 3.4028235677973366e38;

enum { FIRST_ROWS = 1024 };

/* ---- what grows with the rows ---- */

static bool more_codes(const Csv *c, RtColumn *column)
{
    int32_t *codes = realloc(column->codes, (size_t)c->cap * sizeof *codes);
    column->codes = codes ? codes : column->codes;
    return codes != NULL;
}

static bool more_lines(const Csv *c)
{
    int64_t *lines = realloc(c->table->lines, (size_t)c->cap * sizeof *lines);
    c->table->lines = lines ? lines : c->table->lines;
    return lines != NULL;
}

static bool more_kept(const Csv *c)
{
    RtTable *t = c->table;
    uint32_t *kept = realloc(t->kept_at, (size_t)c->cap * t->kept.n * sizeof *kept);
    t->kept_at = kept ? kept : t->kept_at;
    return kept != NULL;
}

static RtStatus grow(Csv *c)
{
    RtTable *t = c->table;
    c->cap = c->cap ? c->cap + c->cap / 2 : FIRST_ROWS;
    bool right = (!t->lines || more_lines(c)) && (!t->kept.n || more_kept(c));
    for (uint32_t i = 0; i < t->names.n && right; i++)
        right = c->kinds[i] != CSV_TEXTS || more_codes(c, &t->columns[i]);
    return right ? csv_target_grow(c) : csv_no_memory(c);
}

/* ---- cells ---- */

/* The column has no numbers: its first cell that is none tells why. */
static RtStatus give_up(Csv *c, uint32_t column, const char *what)
{
    c->table->columns[column].wrong = csv_cell_text(c, column, what);
    return c->table->columns[column].wrong ? RT_OK : csv_no_memory(c);
}

/* The column holds texts; its cells so far are missing ones. */
static RtStatus start_texts(Csv *c, uint32_t column)
{
    RtColumn *own = &c->table->columns[column];
    c->kinds[column] = CSV_TEXTS;
    if (!more_codes(c, own))
        return csv_no_memory(c);
    for (int64_t i = 0; i < c->table->rows; i++)
        own->codes[i] = -1;
    return RT_OK;
}

static RtStatus read_text(Csv *c, uint32_t column, const char *text)
{
    RtColumn *own = &c->table->columns[column];
    char what[200];
    double value;
    bool is_int;
    int64_t code = rt_texts_add(&own->texts, text);
    own->codes[c->table->rows] = (int32_t)code;
    if (code < 0)
        return csv_no_memory(c);
    if (own->wrong || rt_parse_decimal(text, c->point, &value, &is_int))
        return RT_OK;
    return give_up(c, column, csv_no_number(c, text, what, sizeof what));
}

static RtStatus read_missing(Csv *c, uint32_t column, const char *text)
{
    RtColumn *own = &c->table->columns[column];
    char what[128];
    if (own->codes)
        own->codes[c->table->rows] = -1;
    if (own->missing++)
        return RT_OK;
    own->empty = csv_cell_text(c, column, csv_is_missing(text, what, sizeof what));
    return own->empty ? RT_OK : csv_no_memory(c);
}

/* A cell of a column that no number told about before. */
static RtStatus read_first_text(Csv *c, uint32_t column, const char *text)
{
    if (c->kinds[column] == CSV_NUMBERS) {
        c->kinds[column] = CSV_LATE;
        return rt_names_add(&c->late, c->table->names.at[column], c->error);
    }
    RtStatus status = start_texts(c, column);
    return status == RT_OK ? read_text(c, column, text) : status;
}

static RtStatus read_cell(Csv *c, uint32_t column, double *to)
{
    const char *text = c->scan.cells[column].text;
    bool is_int;
    *to = NAN;
    if (rt_missing_has(&c->missing, text))
        return read_missing(c, column, text);
    if (c->kinds[column] == CSV_TEXTS)
        return read_text(c, column, text);
    if (!rt_parse_decimal(text, c->point, to, &is_int))
        return read_first_text(c, column, text);
    c->kinds[column] = CSV_NUMBERS;
    if (*to<f32_limit && * to> - f32_limit)
        return RT_OK;
    return give_up(c, column, "the number is too large, above 3.4e38");
}

/* ---- rows ---- */

/* Where the row stands: most stand one after the other. */
static RtStatus note_line(const Csv *c, int64_t line)
{
    RtTable *t = c->table;
    if (!t->rows)
        t->first_line = line;
    if (!t->lines && line == t->first_line + t->rows)
        return RT_OK;
    if (!t->lines) {
        if (!more_lines(c))
            return csv_no_memory(c);
        for (int64_t i = 0; i < t->rows; i++)
            t->lines[i] = t->first_line + i;
    }
    t->lines[t->rows] = line;
    return RT_OK;
}

/* How many rows there may be, by what was read of the file; 0: nobody knows how long it is. */
static int64_t expected_rows(const Csv *c)
{
    int64_t left = rt_input_left(c->in), ready = c->scan.end - c->scan.at;
    double all = (double)c->size, done = all - (double)left - (double)ready;
    if (left < 0 || done < 1)
        return 0;
    return (int64_t)((double)(c->table->rows + 1) * (all / done) * 1.02) + FIRST_ROWS / 8;
}

RtStatus csv_add_row(Csv *c, int64_t line)
{
    RtStatus status = note_line(c, line);
    if (rt_table_rows_are_full(&c->rows))
        c->rows.expected = expected_rows(c);
    return status == RT_OK ? rt_table_rows_add(&c->rows, c->error) : status;
}

static RtStatus keep_cells(const Csv *c)
{
    RtTable *t = c->table;
    for (uint32_t i = 0; i < t->kept.n; i++) {
        int64_t text = rt_texts_add(&t->kept_texts, c->scan.cells[c->keep[i]].text);
        if (text < 0)
            return csv_no_memory(c);
        t->kept_at[t->rows * t->kept.n + i] = (uint32_t)text;
    }
    return RT_OK;
}

static RtStatus read_row(Csv *c)
{
    const RtCsvScan *s = &c->scan;
    RtTable *t = c->table;
    bool left_out = false;
    if (s->n != t->names.n) {
        if (c->n_uneven < MOST_UNEVEN) {
            c->uneven[c->n_uneven].line = s->cells[0].line;
            c->uneven[c->n_uneven].fields = s->n;
        }
        c->n_uneven++;
        c->n_ended += s->n == t->names.n + 1 && !*s->cells[s->n - 1].text;
        return RT_OK;
    }
    RtStatus status = t->rows < c->cap ? RT_OK : grow(c);
    if (status == RT_OK)
        status = csv_target_add(c, &left_out);
    if (status != RT_OK || left_out)
        return status;
    double *to = rt_table_rows_next(&c->rows);
    for (uint32_t i = 0; i < t->names.n && status == RT_OK; i++)
        if (c->kinds[i] == CSV_TEXTS || (!t->columns[i].wrong && c->kinds[i] != CSV_LATE))
            status = read_cell(c, i, to + i);
    if (status == RT_OK)
        status = keep_cells(c);
    return status == RT_OK ? csv_add_row(c, s->cells[0].line) : status;
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
            status = csv_no_memory(c);
    for (uint32_t i = 0; known.n && i < c->table->names.n && status == RT_OK; i++) {
        bool texts = rt_texts_find(&known, c->table->names.at[i]) >= 0;
        if (texts && c->kinds[i] == CSV_TARGET)
            c->target.kind = c->target.n > 1 ? CSV_OPEN : CSV_TEXTS;
        else if (texts && !c->table->columns[i].wrong)
            status = start_texts(c, i);
    }
    rt_texts_free(&known);
    return status == RT_OK ? csv_target_grow(c) : status;
}

/* The first three rows of another length, and how many there are. */
static RtStatus fail_uneven(const Csv *c)
{
    char others[160] = "";
    size_t at = 0;
    const char *first = c->table->has_header ? "the header" : "the first row";
    for (int64_t i = 1; i < c->n_uneven && i < MOST_UNEVEN; i++)
        at += (size_t)snprintf(others + at, sizeof others - at, "%s line %lld has %u",
                               i > 1 ? "," : "; also", (long long)c->uneven[i].line,
                               c->uneven[i].fields);
    if (c->n_uneven > MOST_UNEVEN)
        snprintf(others + at, sizeof others - at, "; %lld such rows in all",
                 (long long)c->n_uneven);
    (void)rt_fail(c->error, "%s:%lld:1: this row has %u fields, %s has %u%s", csv_path(c),
                  (long long)c->uneven[0].line, c->uneven[0].fields, first, c->table->names.n,
                  others);
    csv_help_title(c);
    if (c->n_ended == c->n_uneven)
        rt_fail_help(c->error, "they end with '%c': let %s end with it, too", c->table->delimiter,
                     first);
    return RT_ERROR;
}

static RtStatus end_rows(Csv *c)
{
    if (c->n_uneven)
        return fail_uneven(c);
    if (c->target.missing)
        return csv_target_store(c);
    if (!c->table->rows && c->target.n_missing)
        return rt_fail(c->error, "'%s' has no rows with a target", csv_path(c));
    if (!c->table->rows)
        return rt_fail(c->error, "'%s' has no rows", csv_path(c));
    RtStatus status = rt_table_rows_store(&c->rows, c->error);
    return status == RT_OK ? csv_target_store(c) : status;
}

RtStatus csv_read_rows(Csv *c)
{
    RtTable *t = c->table;
    RtStatus status = rt_table_rows_open(&c->rows, t, csv_path(c), c->error);
    if (status == RT_OK)
        status = grow(c);
    if (status == RT_OK)
        status = start_known_texts(c);
    if (status == RT_OK && !t->has_header)
        status = read_row(c);
    while (status == RT_OK) {
        bool fast = c->table->rows < c->cap &&
                    c->scan.at < c->scan.end; /* else a quote went on to the end */
        status = fast ? csv_read_fast(c) : RT_END;
        if (status == RT_END && (status = rt_csv_next(&c->scan, c->error)) == RT_OK)
            status = read_row(c);
    }
    return status == RT_END ? end_rows(c) : status;
}
