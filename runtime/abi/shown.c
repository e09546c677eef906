/* shown.c: characters and how they are shown; shown_format.c puts them into messages. */
#include "runtime/abi/shown.h"

#include <stdlib.h>
#include <string.h>

typedef struct Span {
    uint32_t first, last;
} Span;

/* Control characters; marks, embeddings and isolates of direction; separators and blanks that look like nothing; tags. */
static const Span hidden[] = {{0x00, 0x1f},     {0x7f, 0x9f},      {0x061c, 0x061c},
                              {0x180e, 0x180e}, {0x200b, 0x200b},  {0x200e, 0x200f},
                              {0x2028, 0x202e}, {0x2060, 0x206f},  {0xfeff, 0xfeff},
                              {0xfff9, 0xfffb}, {0xe0000, 0xe007f}};

static const struct {
    uint8_t columns;
    Span codes;
} widths[] = {
#define WIDTH(columns, first, last) {columns, {first, last}},
#include "runtime/abi/display_widths.def"
};

size_t rt_utf8_next(const char *text, size_t n, uint32_t *code)
{
    const unsigned char *t = (const unsigned char *)text;
    unsigned char c = n ? t[0] : 0xff;
    size_t size = c < 0x80 ? 1 : c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 0;
    *code = size == 1 ? c : size ? c & (0x7fU >> size) : 0;
    for (size_t i = 1; i < size; i++) {
        if (i >= n || (t[i] & 0xc0) != 0x80)
            return 0;
        *code = *code << 6 | (t[i] & 0x3f);
    }
    bool overlong = (size == 3 && *code < 0x800) || (size == 4 && *code < 0x10000);
    bool none = (*code >= 0xd800 && *code < 0xe000) || *code > 0x10ffff;
    return overlong || none ? 0 : size;
}

bool rt_code_is_hidden(uint32_t code)
{
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden && code >= hidden[i].first; i++)
        if (code <= hidden[i].last)
            return true;
    return false;
}

int rt_code_columns(uint32_t code)
{
    size_t low = 0, high = sizeof widths / sizeof *widths;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (code > widths[middle].codes.last)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < sizeof widths / sizeof *widths && code >= widths[low].codes.first;
    return found ? widths[low].columns : 1;
}

static const char *short_escape(char c)
{
    return c == '\n' ? "\\n" : c == '\r' ? "\\r" : c == '\t' ? "\\t" : NULL;
}

RtGlyph rt_glyph(const char *text, size_t n)
{
    RtGlyph g = {.bytes = 1};
    uint32_t code;
    size_t size = rt_utf8_next(text, n, &code);
    const char *name = short_escape(*text);
    if (size)
        g.bytes = size;
    if (name)
        g.columns = snprintf(g.escape, sizeof g.escape, "%s", name);
    else if (!size || (size == 1 && rt_code_is_hidden(code)))
        g.columns = snprintf(g.escape, sizeof g.escape, "\\x%02x", (unsigned char)*text);
    else if (rt_code_is_hidden(code))
        g.columns = snprintf(g.escape, sizeof g.escape, code > 0xffff ? "\\U%08x" : "\\u%04x",
                             (unsigned)code);
    else
        g.columns = rt_code_columns(code);
    return g;
}

int rt_shown_columns(const char *text)
{
    int sum = 0;
    for (size_t n = strlen(text); n;) {
        RtGlyph g = rt_glyph(text, n);
        sum += g.columns;
        text += g.bytes;
        n -= g.bytes;
    }
    return sum;
}

size_t rt_shown_head(const char *text, int columns)
{
    size_t at = 0;
    for (size_t n = strlen(text); at < n;) {
        RtGlyph g = rt_glyph(text + at, n - at);
        columns -= g.columns;
        if (columns < 0)
            break;
        at += g.bytes;
    }
    return at;
}

size_t rt_shown_tail(const char *text, int columns)
{
    int left = rt_shown_columns(text) - columns;
    size_t n = strlen(text), at = 0;
    while (at < n && left > 0) {
        RtGlyph g = rt_glyph(text + at, n - at);
        left -= g.columns;
        at += g.bytes;
    }
    return n - at;
}

const char *rt_shown_cut(const char *text, int columns, char *out, size_t size)
{
    static const char end[] = "...";
    bool fits = rt_shown_columns(text) <= columns;
    size_t head = fits ? strlen(text) : rt_shown_head(text, columns - (int)strlen(end));
    rt_show(out, size, "%.*s%s", (int)head, text, fits ? "" : end);
    return out;
}

bool rt_is_shown(const char *text)
{
    size_t n = strlen(text);
    for (size_t at = 0; at < n;) {
        RtGlyph g = rt_glyph(text + at, n - at);
        if (*g.escape)
            return false;
        at += g.bytes;
    }
    return true;
}

char *rt_shown(const char *text)
{
    size_t n = rt_show(NULL, 0, "%s", text);
    char *out = malloc(n + 1);
    if (out)
        rt_show(out, n + 1, "%s", text);
    return out;
}
