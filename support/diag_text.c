/* diag_text.c: one message as a person reads it.
 *
 *     file:line:col: error: text
 *         the line as it stands
 *             ^~~~
 *
 * A line is cut into cells: what is printed for a character (runtime/abi/shown.h) and how many columns that
 * takes. Before the caret tabs are copied as tabs; inside the span they are filled up to the next multiple of
 * 8. A line that is too long is cut to the part around the caret; there a tab is one blank. Of one that is longer
 * than any terminal only the part around the caret is looked at. */
#include "support/diag_internal.h"

#include <string.h>

#include "runtime/abi/shown.h"

enum { COLUMNS = 120, SHOWN_COLUMNS = 80, DOTS = 3, LEAST = 10, TAB = 8, NEAR = 64 << 10 };

#define BOLD "\033[1m"
#define RED "\033[0;1;31m"
#define MAGENTA "\033[0;1;35m"
#define CYAN "\033[0;1;36m"
#define GREEN "\033[0;1;32m"
#define PLAIN "\033[0m"

typedef struct Printer {
    StrBuf *out;
    const SourceMap *map;
    bool color;
    uint32_t columns; /* of the terminal, 0: there is none */
} Printer;

typedef struct Cell {
    uint32_t at;     /* byte in the line */
    uint32_t size;   /* bytes */
    uint32_t width;  /* columns; a tab counts 1 here */
    char escape[12]; /* printed instead of the bytes unless empty */
} Cell;

typedef struct Line {
    const char *text;
    uint32_t length;
    uint32_t begin, end; /* the span, in bytes of the line; end may equal begin */
    bool cut;            /* only a part of it is shown */
    bool before, after;  /* there is more of it than `text` */
} Line;

static Cell cell_at(const char *text, uint32_t at, uint32_t length)
{
    RtGlyph glyph = rt_glyph(text + at, length - at);
    Cell cell = {.at = at, .size = (uint32_t)glyph.bytes, .width = (uint32_t)glyph.columns};
    if (text[at] == '\t')
        cell.width = 1;
    else
        memcpy(cell.escape, glyph.escape, sizeof cell.escape);
    return cell;
}

static bool is_tab(const Line *line, uint32_t at)
{
    return line->text[at] == '\t' && !line->cut;
}

static Cell line_cell(const Line *line, uint32_t at)
{
    Cell cell = cell_at(line->text, at, line->length);
    if (line->cut && line->text[at] == '\t')
        cell.escape[0] = ' ';
    return cell;
}

static void put_cell(StrBuf *out, const char *text, const Cell *cell)
{
    if (cell->escape[0])
        strbuf_add(out, cell->escape);
    else
        strbuf_add_n(out, text + cell->at, cell->size);
}

static void put_color(const Printer *p, const char *color)
{
    if (p->color)
        strbuf_add(p->out, color);
}

static void put_name(StrBuf *out, const char *name)
{
    char shown[1024];
    rt_show(shown, sizeof shown, "%s", name);
    strbuf_add(out, shown);
}

static uint32_t width_at(const Line *line, const Cell *cell, uint32_t column)
{
    return is_tab(line, cell->at) ? TAB - column % TAB : cell->width;
}

/* Columns of the line's bytes before `end`. */
static uint32_t width_to(const Line *line, uint32_t end)
{
    uint32_t column = 0;
    for (uint32_t i = 0; i < end;) {
        Cell cell = line_cell(line, i);
        column += width_at(line, &cell, column);
        i += cell.size;
    }
    return column;
}

/* Cuts a line of a terminal with `columns`, 0 if there is none, down to what shows the begin of the span. */
static void find_window(Line *line, uint32_t columns, uint32_t *from, uint32_t *to)
{
    uint32_t window = !columns ? COLUMNS : columns > LEAST + 2 * DOTS ? columns - 2 * DOTS : LEAST;
    *from = 0;
    *to = line->length;
    line->cut = width_to(line, line->length) > (columns > window ? columns : window);
    line->cut = line->cut || line->before || line->after;
    uint32_t total = width_to(line, line->length), before = width_to(line, line->begin);
    if (!line->cut || total <= window)
        return;
    uint32_t first = before <= window / 2 ? 0 : before - window * 5 / 12;
    if (first && total - first < window)
        first = total - window;
    uint32_t column = 0;
    bool found = false;
    for (uint32_t i = 0; i < line->length;) {
        Cell cell = line_cell(line, i);
        if (!found && column >= first && cell.width) {
            *from = i;
            found = true;
        }
        if (column + cell.width > first + window) {
            *to = i;
            break;
        }
        column += cell.width;
        i += cell.size;
    }
}

static void put_line(const Printer *p, const Line *line, uint32_t from, uint32_t to)
{
    if (from || line->before)
        strbuf_add(p->out, "...");
    for (uint32_t i = from; i < to;) {
        Cell cell = line_cell(line, i);
        put_cell(p->out, line->text, &cell);
        i += cell.size;
    }
    strbuf_add(p->out, to < line->length || line->after ? "...\n" : "\n");
}

/* The line under it: blanks up to the span, then `first`, then ~ to the span's end. */
static void put_marks(const Printer *p, const Line *line, uint32_t from, uint32_t to, char first)
{
    uint32_t column = 0, i = from;
    if (from || line->before)
        for (; column < 3; column++)
            strbuf_char(p->out, ' ');
    while (i < to && i < line->begin) {
        Cell cell = line_cell(line, i);
        bool tab = is_tab(line, i);
        uint32_t width = width_at(line, &cell, column);
        for (uint32_t k = 0; k < (tab ? 1 : width); k++)
            strbuf_char(p->out, tab ? '\t' : ' ');
        column += width;
        i += cell.size;
    }
    put_color(p, GREEN);
    strbuf_char(p->out, first);
    uint32_t begin = column;
    while (i < to && i < line->end) {
        Cell cell = line_cell(line, i);
        uint32_t width = width_at(line, &cell, column);
        for (uint32_t k = column; k < column + width; k++)
            if (k > begin)
                strbuf_char(p->out, '~');
        column += width;
        i += cell.size;
    }
    put_color(p, PLAIN);
    strbuf_char(p->out, '\n');
}

static void put_snippet(const Printer *p, Line *line, char first)
{
    uint32_t from, to;
    find_window(line, p->columns, &from, &to);
    put_line(p, line, from, to);
    put_marks(p, line, from, to, first);
}

/* The part of a very long line around the begin of its span. */
static Line near(Line line)
{
    uint32_t from = line.begin > NEAR ? line.begin - NEAR : 0;
    uint32_t to = line.length - line.begin > NEAR ? line.begin + NEAR : line.length;
    while (from && from < line.begin && ((unsigned char)line.text[from] & 0xc0) == 0x80)
        from++;
    while (to < line.length && to > line.begin && ((unsigned char)line.text[to] & 0xc0) == 0x80)
        to--;
    line.before = line.before || from;
    line.after = line.after || to < line.length;
    line.text += from;
    line.length = to - from;
    line.begin -= from;
    line.end = (line.end < to ? line.end : to) - from;
    return line;
}

/* The first line of a range; a span over several lines ends where that line's text ends. */
static Line line_of_range(const SourceMap *map, Range where)
{
    Place place = source_place(map, where.begin);
    Line line = {0};
    line.text = source_line(place.source, place.line, &line.length);
    uint32_t start = place.source->base + (uint32_t)(line.text - place.source->text);
    uint32_t trimmed = line.length;
    while (trimmed && strchr(" \t\r", line.text[trimmed - 1]))
        trimmed--;
    line.begin = where.begin > start ? where.begin - start : 0;
    if (line.begin > line.length)
        line.begin = line.length;
    line.end = where.end > start ? where.end - start : 0;
    if (line.end > line.length)
        line.end = trimmed;
    if (line.end < line.begin)
        line.end = line.begin;
    return near(line);
}

static void put_head(const Printer *p, Range where, const char *color, const char *kind)
{
    put_color(p, BOLD);
    if (where.begin) {
        Place place = source_place(p->map, where.begin);
        put_name(p->out, place.source->name);
        strbuf_printf(p->out, ":%u:%u: ", (unsigned)place.line, (unsigned)place.column);
    }
    put_color(p, color);
    strbuf_printf(p->out, "%s: ", kind);
    put_color(p, PLAIN);
}

/* Shows the line as it would be after the edit, with the new text marked. */
static void put_edited(const Printer *p, const DiagPart *fix)
{
    Line old = line_of_range(p->map, fix->where);
    Place end = source_place(p->map, fix->where.end);
    uint32_t rest_length;
    const char *rest = source_line(end.source, end.line, &rest_length);
    uint32_t cut = fix->where.end - end.source->base - (uint32_t)(rest - end.source->text);
    StrBuf text = {0};
    strbuf_add_n(&text, old.text, old.begin);
    strbuf_add(&text, fix->replacement);
    uint32_t behind = cut < rest_length ? rest_length - cut : 0;
    strbuf_add_n(&text, rest + cut, behind < 2 * NEAR ? behind : 2 * NEAR);
    uint32_t inserted = (uint32_t)strlen(fix->replacement);
    size_t shown = strcspn(text.text, "\n");
    Line line = {.text = text.text,
                 .length = (uint32_t)shown,
                 .begin = old.begin,
                 .end = old.begin + inserted,
                 .before = old.before};
    if (line.end > line.length)
        line.end = line.length;
    line = near(line);
    put_snippet(p, &line, inserted ? '~' : '^');
    strbuf_close(&text);
}

static bool is_elsewhere(const SourceMap *map, Range a, Range b)
{
    if (!a.begin || !b.begin)
        return true;
    Place here = source_place(map, a.begin), there = source_place(map, b.begin);
    return here.source != there.source || here.line != there.line;
}

static void put_part(const Printer *p, const DiagMessage *message, const DiagPart *part)
{
    bool is_note = part->kind == DIAG_NOTE;
    Range place = part->where;
    if (!is_note && !(part->replacement && is_elsewhere(p->map, place, message->where)))
        place = (Range){0, 0};
    put_head(p, place, CYAN, is_note ? "note" : "help");
    strbuf_add(p->out, part->text);
    strbuf_char(p->out, '\n');
    if (is_note && place.begin) {
        Line line = line_of_range(p->map, place);
        put_snippet(p, &line, '^');
    }
    if (part->replacement && part->where.begin)
        put_edited(p, part);
}

void diag_show_line(StrBuf *out, const SourceMap *map, Range where)
{
    Printer p = {.out = out, .map = map, .columns = SHOWN_COLUMNS};
    Line line = line_of_range(map, where);
    put_snippet(&p, &line, '^');
}

void diag_print_text(StrBuf *out, const SourceMap *map, const DiagMessage *message, DiagColor color,
                     uint32_t columns)
{
    Printer printer = {out, map, color == DIAG_COLOR_ON, columns};
    const Printer *p = &printer;
    bool is_error = message->kind == DIAG_ERROR;
    if (!message->where.begin) {
        put_color(p, BOLD);
        strbuf_add(out, "nnlc: ");
    }
    put_head(p, message->where, is_error ? RED : MAGENTA, is_error ? "error" : "warning");
    put_color(p, BOLD);
    strbuf_add(out, message->text);
    if (message->name)
        strbuf_printf(out, " [-W%s%s]", is_error ? "error,-W" : "", message->name);
    put_color(p, PLAIN);
    strbuf_char(out, '\n');
    if (message->where.begin) {
        Line line = line_of_range(map, message->where);
        put_snippet(p, &line, '^');
    }
    for (size_t i = 0; i < message->parts.n; i++)
        put_part(p, message, &message->parts.at[i]);
}
