/* csv_fast.c: a row in one go, straight from the text: numbers where numbers were before, texts where texts were,
 * nothing quoted, no spaces to take away.
 *
 * Anything else, such as the first missing cell of a column or a row of another length, goes the long way of
 * csv_rows.c, which sees the whole row again: here nothing is done that cannot be done twice. */
#include <math.h>
#include <string.h>

#include "runtime/data/csv_internal.h"
#include "runtime/data/number.h"
#include "runtime/data/words.h"

typedef struct Row {
    double *to;       /* its numbers */
    uint32_t n_empty; /* missing cells, listed in c->empty */
    RtStatus status;  /* of a cell that has no end: RT_END, or an error */
} Row;

/* Marks what ends a cell that is not quoted. */
static uint64_t ends_of(const Csv *c, const char *at)
{
    uint64_t word = rt_word(at);
    return rt_word_finds(word, c->scan.delimiter) | rt_word_finds(word, '\n') |
           rt_word_finds(word, '\r');
}

/* No branch depends on the length of a short one. */
static char *end_of(const Csv *c, char *at)
{
    for (;; at += 16) {
        uint64_t low = ends_of(c, at), high = ends_of(c, at + 8);
        if (low | high)
            return at + (low ? rt_word_first(low) : 8 + rt_word_first(high));
    }
}

static bool is_missing(const Csv *c, const char *at, const char *end)
{
    return at == end || (c->missing.first[(unsigned char)*at] &&
                         rt_missing_has_n(&c->missing, at, (size_t)(end - at)));
}

/* ---- cells: their ends; NULL: they go the long way ---- */

/* Numbers that a column of numbers takes. */
static char *number(const Csv *c, char *at, double *to)
{
    bool is_int;
    const char *end = rt_scan_near(at, c->point, to, &is_int);
    return end && fabs(*to) < 3e38 ? at + (end - at) : NULL;
}

/* Missing as others of this column were, or a number that begins as missing ones do. */
static char *missing_number(Csv *c, Row *row, char *at, uint32_t column)
{
    char *end = end_of(c, at);
    if (is_missing(c, at, end) && c->table->columns[column].missing) {
        row->to[column] = NAN;
        c->empty[row->n_empty++] = column;
        return end;
    }
    bool right = end != at && c->kinds[column] == CSV_NUMBERS;
    return right && number(c, at, row->to + column) == end ? end : NULL;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

/* The end of a cell that needs no unpacking, and does not go on behind what was read. */
static char *text_end(const Csv *c, char *at)
{
    char *end = end_of(c, at);
    bool unpacked = *at == '"' || is_space(*at) || (end > at && is_space(end[-1]));
    return unpacked || end >= c->scan.end ? NULL : end;
}

static char *text(Csv *c, Row *row, char *at, uint32_t column)
{
    RtColumn *own = &c->table->columns[column];
    char *end = text_end(c, at);
    if (!end || !own->wrong)
        return NULL;
    if (is_missing(c, at, end)) {
        own->codes[c->table->rows] = -1;
        c->empty[row->n_empty++] = column;
        return own->missing ? end : NULL;
    }
    int64_t code = rt_texts_add_n(&own->texts, at, (size_t)(end - at));
    own->codes[c->table->rows] = (int32_t)code;
    row->status = code < 0 ? csv_no_memory(c) : RT_END;
    return code < 0 ? NULL : end;
}

static char *target(Csv *c, Row *row, char *at, uint32_t column)
{
    const CsvTarget *t = &c->target;
    char *end = text_end(c, at);
    double value;
    bool is_int;
    RtStatus status = RT_OK;
    if (!end || t->kind == CSV_OPEN || is_missing(c, at, end))
        return NULL;
    if (t->kind == CSV_TEXTS)
        status = csv_target_text(c, at, (size_t)(end - at));
    else if (t->kind == CSV_NUMBERS)
        status = rt_scan_near(at, c->point, &value, &is_int) == end && fabs(value) < 3e38
                     ? csv_target_number(c, c->table->columns[column].target - 1, value, is_int)
                     : RT_END;
    row->status = status == RT_OK ? RT_END : status;
    return status == RT_OK ? end : NULL;
}

static char *cell(Csv *c, Row *row, char *at, uint32_t column)
{
    CsvKind kind = c->kinds[column];
    if (kind == CSV_TARGET)
        return target(c, row, at, column);
    if (kind == CSV_TEXTS)
        return text(c, row, at, column);
    if (kind == CSV_LATE || c->table->columns[column].wrong)
        return text_end(c, at);
    if (kind == CSV_OPEN || c->missing.first[(unsigned char)*at] ||
        c->scan.special[(unsigned char)*at])
        return missing_number(c, row, at, column);
    return number(c, at, row->to + column);
}

/* ---- rows ---- */

/* Behind the line end; NULL: there is none, or it may go on. */
static char *behind_line(const RtCsvScan *s, char *at)
{
    if (*at == '\r' && at + 1 < s->end && at[1] == '\n')
        at++;
    return at < s->end && *at == '\n' ? at + 1 : NULL;
}

RtStatus csv_read_fast(Csv *c)
{
    RtCsvScan *s = &c->scan;
    uint32_t n = c->table->names.n;
    Row row = {rt_table_rows_next(&c->rows), 0, RT_END};
    char *at = s->at;
    if (c->table->kept.n || n < 2)
        return RT_END;
    for (uint32_t i = 0; i < n; i++) {
        at = cell(c, &row, at, i);
        if (!at)
            return row.status;
        if (i + 1 < n && (*at != s->delimiter || at >= s->end))
            return RT_END;
        at += i + 1 < n;
    }
    char *behind = behind_line(s, at);
    if (!behind)
        return RT_END;
    for (uint32_t i = 0; i < row.n_empty; i++)
        c->table->columns[c->empty[i]].missing++;
    s->at = behind;
    return csv_add_row(c, s->line++);
}
