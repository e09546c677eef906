/* csv_fast.c: a row in one go, straight from the text: numbers where numbers were before, texts where texts were,
 * nothing quoted, no spaces to take away.
 *
 * Anything else, such as the first missing cell of a column or a row of another length, goes the long way of
 * csv_rows.c, which sees the whole row again: here nothing is done that cannot be done twice. */
#include <math.h>
#include <string.h>

#include "runtime/data/csv_internal.h"
#include "runtime/data/number.h"

typedef struct Row {
    char *at;         /* the cell that comes next */
    double *to;       /* the numbers of the row */
    uint32_t n_empty; /* missing cells, listed in c->empty */
} Row;

static char *end_of(const Csv *c, char *at)
{
    while (!c->scan.special[(unsigned char)*at])
        at++;
    return at;
}

/* Numbers, or missing as others of this column were. */
static RtStatus number(Csv *c, Row *row, uint32_t column)
{
    bool is_int;
    char *at = row->at;
    double *to = row->to + column;
    if (!c->missing.first[(unsigned char)*at] && !c->scan.special[(unsigned char)*at]) {
        const char *end = rt_scan_decimal(at, c->point, to, &is_int);
        row->at += end ? end - at : 0;
        return end && fabs(*to) < 3e38 && c->kinds[column] == CSV_NUMBERS ? RT_OK : RT_END;
    }
    row->at = end_of(c, at);
    if (!rt_missing_has_n(&c->missing, at, (size_t)(row->at - at)) ||
        !c->table->columns[column].missing) {
        const char *end = rt_scan_decimal(at, c->point, to, &is_int);
        return end == row->at && end != at && fabs(*to) < 3e38 && c->kinds[column] == CSV_NUMBERS
                   ? RT_OK
                   : RT_END;
    }
    *to = NAN;
    c->empty[row->n_empty++] = column;
    return RT_OK;
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

static RtStatus text(Csv *c, Row *row, uint32_t column)
{
    RtColumn *own = &c->table->columns[column];
    char *at = row->at, *end = text_end(c, at);
    if (!end || !own->wrong)
        return RT_END;
    row->at = end;
    if (rt_missing_has_n(&c->missing, at, (size_t)(end - at))) {
        own->codes[c->table->rows] = -1;
        c->empty[row->n_empty++] = column;
        return own->missing ? RT_OK : RT_END;
    }
    char behind = *end;
    *end = 0;
    int64_t code = rt_texts_add(&own->texts, at);
    *end = behind;
    own->codes[c->table->rows] = (int32_t)code;
    return code < 0 ? csv_no_memory(c) : RT_OK;
}

static RtStatus target(Csv *c, Row *row, uint32_t column)
{
    const CsvTarget *t = &c->target;
    char *at = row->at, *end = text_end(c, at);
    double value;
    bool is_int;
    if (!end || t->kind == CSV_OPEN || rt_missing_has_n(&c->missing, at, (size_t)(end - at)))
        return RT_END;
    row->at = end;
    if (t->kind == CSV_LATE)
        return RT_OK;
    if (t->kind == CSV_NUMBERS)
        return rt_scan_decimal(at, c->point, &value, &is_int) == end && fabs(value) < 3e38
                   ? csv_target_number(c, c->table->columns[column].target - 1, value, is_int)
                   : RT_END;
    char behind = *end;
    *end = 0;
    RtStatus status = csv_target_text(c, at);
    *end = behind;
    return status;
}

static RtStatus cell(Csv *c, Row *row, uint32_t column)
{
    if (c->kinds[column] == CSV_TARGET)
        return target(c, row, column);
    if (c->kinds[column] == CSV_TEXTS)
        return text(c, row, column);
    if (!c->table->columns[column].wrong && c->kinds[column] != CSV_LATE)
        return number(c, row, column);
    char *end = text_end(c, row->at);
    row->at = end ? end : row->at;
    return end ? RT_OK : RT_END;
}

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
    Row row = {s->at, rt_table_rows_next(&c->rows), 0};
    if (c->table->kept.n || n < 2)
        return RT_END;
    for (uint32_t i = 0; i < n; i++) {
        RtStatus status = cell(c, &row, i);
        if (status != RT_OK)
            return status;
        if (i + 1 < n && (*row.at != s->delimiter || row.at >= s->end))
            return RT_END;
        row.at += i + 1 < n;
    }
    char *behind = behind_line(s, row.at);
    if (!behind)
        return RT_END;
    for (uint32_t i = 0; i < row.n_empty; i++)
        c->table->columns[c->empty[i]].missing++;
    s->at = behind;
    return csv_add_row(c, s->line++);
}
