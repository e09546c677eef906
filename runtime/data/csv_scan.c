/* csv_scan.c: a state machine over bytes; every cell knows its place. */
#include "runtime/data/csv_scan.h"

#include <stdlib.h>
#include <string.h>

RtStatus rt_csv_start(RtCsvScan *s, const char *path, char delimiter, char *text, size_t size,
                      RtError *error)
{
    *s = (RtCsvScan){.path = path,
                     .delimiter = delimiter,
                     .at = text,
                     .end = text + size,
                     .line = 1,
                     .column = 1};
    const char *zero = memchr(text, 0, size);
    if (zero) {
        int64_t line = 1;
        for (const char *p = text; p < zero; p++)
            line += *p == '\n';
        return rt_fail(error, "'%s' is not text: there is a zero byte in line %lld", path,
                       (long long)line);
    }
    if (size >= 3 && !memcmp(text, "\xef\xbb\xbf", 3))
        s->at += 3;
    return RT_OK;
}

void rt_csv_stop(RtCsvScan *s)
{
    free(s->cells);
    s->cells = NULL;
}

/* Moves over one byte. */
static void step(RtCsvScan *s)
{
    unsigned char c = (unsigned char)*s->at++;
    if (c == '\n') {
        s->line++;
        s->column = 1;
    } else if ((c & 0xc0) != 0x80) {
        s->column++;
    }
}

static bool at_line_end(const RtCsvScan *s)
{
    return s->at >= s->end || *s->at == '\n' ||
           (*s->at == '\r' && s->at + 1 < s->end && s->at[1] == '\n') ||
           (*s->at == '\r' && s->at + 1 == s->end);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

static RtStatus quoted(RtCsvScan *s, RtCell *cell, RtError *error)
{
    char *to = s->at;
    step(s);
    cell->text = to;
    for (;; step(s)) {
        if (s->at >= s->end)
            return rt_fail(error, "%s:%lld:%u: this quote is never closed", s->path,
                           (long long)cell->line, cell->column);
        if (*s->at == '"' && !(s->at + 1 < s->end && s->at[1] == '"'))
            break;
        if (*s->at == '"')
            step(s);
        *to++ = *s->at;
    }
    step(s);
    while (!at_line_end(s) && *s->at != s->delimiter && is_space(*s->at))
        step(s);
    if (!at_line_end(s) && *s->at != s->delimiter)
        return rt_fail(error, "%s:%lld:%u: after the closing quote comes '%c' instead of '%c'",
                       s->path, (long long)s->line, s->column, *s->at, s->delimiter);
    *to = 0; /* the closing quote or before: never what at_line_end looks at */
    return RT_OK;
}

/* The end of the text of an unquoted cell; it is cut there when the byte behind was looked at. */
static char *unquoted(RtCsvScan *s, RtCell *cell)
{
    while (!at_line_end(s) && *s->at != s->delimiter)
        step(s);
    char *end = s->at;
    while (end > cell->text && is_space(end[-1]))
        end--;
    return end;
}

static RtStatus add_cell(RtCsvScan *s, RtError *error)
{
    if (s->n < s->cap)
        return RT_OK;
    uint32_t cap = s->cap ? 2 * s->cap : 16;
    RtCell *cells = realloc(s->cells, cap * sizeof *cells);
    if (!cells)
        return rt_fail(error, "not enough memory for a row of '%s'", s->path);
    s->cells = cells;
    s->cap = cap;
    return RT_OK;
}

/* One cell and what ends it. *more: the record goes on. */
static RtStatus next_cell(RtCsvScan *s, bool *more, bool *is_blank, RtError *error)
{
    RtStatus status = add_cell(s, error);
    if (status != RT_OK)
        return status;
    while (!at_line_end(s) && *s->at != s->delimiter && is_space(*s->at))
        step(s);
    RtCell *cell = &s->cells[s->n++];
    *cell = (RtCell){s->at, s->column, s->line};
    char *end = NULL;
    if (s->at < s->end && *s->at == '"')
        status = quoted(s, cell, error);
    else
        end = unquoted(s, cell);
    if (status != RT_OK)
        return status;
    *more = s->at < s->end && *s->at == s->delimiter;
    *is_blank = end == cell->text && !*more && s->n == 1;
    if (!*more && s->at < s->end && *s->at == '\r')
        step(s);
    if (s->at < s->end)
        step(s);
    if (end)
        *end = 0;
    return RT_OK;
}

RtStatus rt_csv_next(RtCsvScan *s, RtError *error)
{
    bool more = true, is_blank = true;
    while (is_blank) {
        if (s->at >= s->end)
            return RT_END;
        s->n = 0;
        for (more = true; more;) {
            RtStatus status = next_cell(s, &more, &is_blank, error);
            if (status != RT_OK)
                return status;
        }
    }
    return RT_OK;
}

/* ---- cells ---- */

static const char *skip_digits(const char *p, uint64_t *mantissa, int *n)
{
    for (; *p >= '0' && *p <= '9'; p++) {
        if (*n < 19)
            *mantissa = *mantissa * 10 + (uint64_t)(*p - '0');
        *n += *n > 0 || *p != '0';
    }
    return p;
}

/* mantissa 10^exponent: exact where both are exact doubles, so that one rounding is left. */
static bool exact(uint64_t mantissa, int exponent, double *value)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (mantissa >> 53 || exponent < -22 || exponent > 22)
        return false;
    *value =
        exponent < 0 ? (double)mantissa / powers[-exponent] : (double)mantissa * powers[exponent];
    return true;
}

bool rt_parse_number(const char *text, double *value, bool *is_int)
{
    const char *p = text + (*text == '-' || *text == '+');
    uint64_t mantissa = 0;
    int n = 0, exponent = 0;
    const char *digits = p;
    p = skip_digits(p, &mantissa, &n);
    bool any = p > digits, is_whole = true;
    if (*p == '.') {
        const char *fraction = ++p;
        p = skip_digits(p, &mantissa, &n);
        any = any || p > fraction;
        exponent = (int)(fraction - p);
        is_whole = false;
    }
    if (any && (*p == 'e' || *p == 'E')) {
        int e = 0;
        bool is_negative = p[1] == '-';
        p += p[1] == '-' || p[1] == '+' ? 2 : 1;
        any = *p >= '0' && *p <= '9';
        for (; *p >= '0' && *p <= '9'; p++)
            e = e < 100000 ? e * 10 + (*p - '0') : e;
        exponent += is_negative ? -e : e;
        is_whole = false;
    }
    if (!any || *p)
        return false;
    if (n < 19 && exact(mantissa, exponent, value))
        *value = *text == '-' ? -*value : *value;
    else
        *value = strtod(text, NULL); /* nobody here sets a locale */
    *is_int = is_whole && *value >= INT32_MIN && *value <= INT32_MAX;
    return true;
}

bool rt_is_missing(const char *text)
{
    static const char *const words[] = {"",    "NA",   "N/A",  "NaN",  "nan",
                                        "NAN", "null", "NULL", "None", "?"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(text, words[i]))
            return true;
    return false;
}
