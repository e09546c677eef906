/* csv_scan.c: finds the cells of a record, then unpacks them; a record that goes on behind what was read is
 * scanned again when more of it is there. */
#include "runtime/data/csv_scan.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/data/words.h"

enum {
    PIECE = 1 << 18,       /* bytes that are read at once */
    MOST_FIELDS = 1000000, /* of a row ... */
    MOST_MEGABYTES = 64    /* ... and its length */
};

/* ---- the text ---- */

static RtStatus fail_text(const RtCsvScan *s, const RtTextFault *fault, RtError *error)
{
    int64_t line = s->line;
    for (const char *p = s->at; p < fault->at; p++)
        line += *p == '\n';
    if (fault->what)
        return rt_fail(error, "'%s' is not text: %s in line %lld", s->path, fault->what,
                       (long long)line);
    return rt_fail(error,
                   "'%s' is not UTF-8: line %lld has the byte 0x%02X; "
                   "should it be encoding=\"latin1\"?",
                   s->path, (long long)line, (unsigned char)*fault->at);
}

/* Looks at all that was not scanned. */
static RtStatus look(RtCsvScan *s, RtError *error)
{
    RtTextFault fault = {NULL, NULL};
    s->plain = true;
    rt_text_look(s->at, s->end, !s->in, &s->plain, &fault);
    return fault.at ? fail_text(s, &fault, error) : RT_OK;
}

static RtStatus look_at_start(RtCsvScan *s, RtError *error)
{
    size_t n = (size_t)(s->end - s->at);
    const char *other = rt_text_other_file(s->at, n);
    if (other)
        return rt_fail(error, "'%s' is %s", s->path, other);
    if (n >= 3 && !memcmp(s->at, "\xef\xbb\xbf", 3))
        s->at += 3;
    return look(s, error);
}

static void set_up(RtCsvScan *s, const char *path, char delimiter)
{
    *s = (RtCsvScan){.path = path, .delimiter = delimiter, .line = 1};
    s->special[(unsigned char)delimiter] = s->special['\n'] = s->special['\r'] = true;
}

RtStatus rt_csv_start(RtCsvScan *s, const char *path, char delimiter, char *text, size_t size,
                      RtError *error)
{
    set_up(s, path, delimiter);
    s->at = text;
    s->end = text + size;
    *s->end = '\n';
    return look_at_start(s, error);
}

static RtStatus no_memory(const RtCsvScan *s, RtError *error)
{
    return rt_fail(error, "not enough memory to read '%s'", s->path);
}

/* Room for a piece behind what was not scanned, which moves to the front. */
static RtStatus make_room(RtCsvScan *s, RtError *error)
{
    size_t left = (size_t)(s->end - s->at), piece = s->encoding == RT_UTF8 ? PIECE : 3 * PIECE;
    if (left >> 20 >= MOST_MEGABYTES)
        return rt_fail(error, "%s:%lld:1: this row is longer than %d MB", s->path,
                       (long long)s->line, MOST_MEGABYTES);
    if (left)
        memmove(s->buffer, s->at, left);
    if (left + piece + 1 + RT_WORD_AHEAD > s->room) {
        size_t room = 2 * s->room + piece + 1 + RT_WORD_AHEAD;
        char *buffer = realloc(s->buffer, room);
        if (!buffer)
            return no_memory(s, error);
        s->buffer = buffer;
        s->room = room;
    }
    s->at = s->buffer;
    s->end = s->buffer + left;
    return RT_OK;
}

/* Fills the room: a record that is long already is not scanned often. */
static RtStatus read_piece(RtCsvScan *s, size_t *got, RtError *error)
{
    size_t n = s->room - (size_t)(s->end - s->buffer) - 1 - RT_WORD_AHEAD;
    RtStatus status;
    if (s->encoding == RT_UTF8) {
        status = rt_input_read(s->in, s->end, n, got, error);
        s->end += status == RT_OK ? *got : 0;
        return status;
    }
    unsigned char *bytes = malloc(n / 3);
    status = bytes ? rt_input_read(s->in, bytes, n / 3, got, error) : no_memory(s, error);
    if (status == RT_OK)
        s->end = rt_text_widen(s->encoding, bytes, *got, s->end);
    free(bytes);
    return status;
}

static void end_text(RtCsvScan *s)
{
    *s->end = '\n';
    memset(s->end + 1, 0, RT_WORD_AHEAD);
}

/* More of the file; s->in is NULL when that was all. */
static RtStatus more_text(RtCsvScan *s, RtError *error)
{
    size_t got = 0;
    RtStatus status = make_room(s, error);
    if (status == RT_OK)
        status = read_piece(s, &got, error);
    if (status != RT_OK)
        return status;
    s->in = got ? s->in : NULL;
    end_text(s);
    return look(s, error);
}

RtStatus rt_csv_open(RtCsvScan *s, const char *path, char delimiter, RtEncoding encoding,
                     RtInput *in, RtError *error)
{
    size_t got = 0;
    set_up(s, path, delimiter);
    s->encoding = encoding;
    s->in = in;
    RtStatus status = make_room(s, error);
    if (status == RT_OK)
        status = read_piece(s, &got, error);
    if (status != RT_OK)
        return status;
    end_text(s);
    return look_at_start(s, error);
}

void rt_csv_stop(RtCsvScan *s)
{
    free(s->cells);
    free(s->buffer);
    s->cells = NULL;
    s->buffer = NULL;
}

/* ---- finding cells ---- */

/* A record under way. */
typedef struct Record {
    char *at;
    bool any_quoted;
} Record;

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

static char *skip_spaces(const RtCsvScan *s, char *p)
{
    while (is_space(*p) && *p != s->delimiter)
        p++;
    return p;
}

/* The place of a byte of this record. */
static void place(const RtCsvScan *s, const char *at, int64_t *line, uint32_t *column)
{
    const char *start = s->at;
    *line = s->line;
    *column = 1;
    for (const char *p = start; p < at; p++) {
        bool ends = *p == '\n' || (*p == '\r' && p[1] != '\n');
        *line += ends;
        *column = ends ? 1 : *column + ((*p & 0xc0) != 0x80);
    }
}

static RtStatus fail_quote(const RtCsvScan *s, const char *at, RtError *error)
{
    int64_t line;
    uint32_t column;
    place(s, at, &line, &column);
    return rt_fail(error, "%s:%lld:%u: this quote is never closed", s->path, (long long)line,
                   column);
}

static RtStatus fail_after(const RtCsvScan *s, const char *at, RtError *error)
{
    int64_t line;
    uint32_t column;
    place(s, at, &line, &column);
    return rt_fail(error, "%s:%lld:%u: after the closing quote comes '%c' instead of '%c'", s->path,
                   (long long)line, column, *at, s->delimiter);
}

/* From the opening quote to what ends the cell. */
static RtStatus find_quoted(RtCsvScan *s, Record *r, RtCell *cell, RtError *error)
{
    char *open = r->at, *p = open + 1;
    cell->text = p;
    cell->quoted = true;
    for (;; p += 2) {
        p = memchr(p, '"', (size_t)(s->end - p));
        if (!p)
            return s->in ? RT_END : fail_quote(s, open, error);
        if (p + 1 == s->end && s->in)
            return RT_END;
        if (p + 1 == s->end || p[1] != '"')
            break;
    }
    cell->n = (uint32_t)(p - cell->text);
    r->at = p = skip_spaces(s, p + 1);
    r->any_quoted = true;
    if (p >= s->end || s->special[(unsigned char)*p])
        return RT_OK;
    return fail_after(s, p, error);
}

static void find_unquoted(const RtCsvScan *s, Record *r, RtCell *cell)
{
    char *p = r->at, *end;
    while (!s->special[(unsigned char)*p])
        p++;
    r->at = end = p;
    while (end > cell->text && is_space(end[-1]))
        end--;
    cell->n = (uint32_t)(end - cell->text);
}

static RtStatus more_cells(RtCsvScan *s, RtError *error)
{
    uint32_t cap = s->cap ? 2 * s->cap : 16;
    if (s->n >= MOST_FIELDS)
        return rt_fail(error, "%s:%lld:1: this row has more than %d fields", s->path,
                       (long long)s->line, MOST_FIELDS);
    cap = cap < MOST_FIELDS ? cap : MOST_FIELDS;
    RtCell *cells = realloc(s->cells, cap * sizeof *cells);
    if (!cells)
        return rt_fail(error, "not enough memory for a row of '%s'", s->path);
    s->cells = cells;
    s->cap = cap;
    return RT_OK;
}

/* RT_END: the text ends before the cell does. */
static RtStatus next_cell(RtCsvScan *s, Record *r, bool *more, RtError *error)
{
    RtStatus status = s->n < s->cap ? RT_OK : more_cells(s, error);
    if (status != RT_OK)
        return status;
    RtCell *cell = &s->cells[s->n++];
    r->at = skip_spaces(s, r->at);
    cell->text = r->at;
    cell->quoted = false;
    if (*r->at == '"' && r->at < s->end)
        status = find_quoted(s, r, cell, error);
    else
        find_unquoted(s, r, cell);
    if (status != RT_OK)
        return status;
    if (r->at >= s->end && s->in)
        return RT_END;
    *more = r->at < s->end && *r->at == s->delimiter;
    r->at += *more;
    return RT_OK;
}

/* Behind the line end; RT_END: it may go on. */
static RtStatus end_line(const RtCsvScan *s, Record *r)
{
    if (r->at < s->end && *r->at++ == '\r') {
        if (r->at >= s->end && s->in)
            return RT_END;
        r->at += r->at < s->end && *r->at == '\n';
    }
    return RT_OK;
}

static RtStatus find_record(RtCsvScan *s, Record *r, RtError *error)
{
    bool more = true;
    *r = (Record){s->at, false};
    s->n = 0;
    if (s->at >= s->end)
        return RT_END;
    while (more) {
        RtStatus status = next_cell(s, r, &more, error);
        if (status != RT_OK)
            return status;
    }
    return end_line(s, r);
}

/* ---- unpacking them ---- */

/* One byte is one character, and all stand in one line. */
static void place_simply(RtCsvScan *s)
{
    for (uint32_t i = 0; i < s->n; i++) {
        s->cells[i].line = s->line;
        s->cells[i].column = (uint32_t)(s->cells[i].text - s->at) + 1;
    }
    s->line++;
}

static void place_all(RtCsvScan *s, const char *end)
{
    uint32_t column = 1, i = 0;
    for (const char *p = s->at;; p++) {
        for (; i < s->n && p == s->cells[i].text - s->cells[i].quoted; i++) {
            s->cells[i].line = s->line;
            s->cells[i].column = column;
        }
        if (p >= end)
            break;
        bool ends = *p == '\n' || (*p == '\r' && p[1] != '\n');
        s->line += ends;
        column = ends ? 1 : column + ((*p & 0xc0) != 0x80);
    }
}

static void unpack(RtCell *cell)
{
    char *from = cell->text, *to = from, *end = from + cell->n;
    if (cell->quoted && memchr(from, '"', cell->n)) {
        for (; from < end; from++) {
            *to++ = *from;
            from += *from == '"';
        }
        cell->n = (uint32_t)(to - cell->text);
    }
    cell->text[cell->n] = 0;
}

/* Blank lines are no records. */
static bool is_blank(const RtCsvScan *s)
{
    return s->n == 1 && !s->cells[0].n && !s->cells[0].quoted;
}

RtStatus rt_csv_next(RtCsvScan *s, RtError *error)
{
    Record r;
    for (bool blank = true; blank;) {
        RtStatus status = find_record(s, &r, error);
        if (status == RT_END && s->in) {
            status = more_text(s, error);
            if (status == RT_OK)
                continue;
        }
        if (status != RT_OK)
            return status;
        blank = is_blank(s);
        if (s->plain && !r.any_quoted)
            place_simply(s);
        else
            place_all(s, r.at);
        s->at = r.at;
    }
    for (uint32_t i = 0; i < s->n; i++)
        unpack(&s->cells[i]);
    return RT_OK;
}
