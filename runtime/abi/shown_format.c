/* shown_format.c: formats with foreign texts in them; shown.h says how they are shown. */
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/shown.h"

/* The digits of the largest double, and a precision of as many. */
enum { SPEC = 48, NUMBER = 1024, MOST_NUMBER = 600 };

/* Where it goes: into a file, or into `size` bytes; n counts all that there is. */
typedef struct Out {
    FILE *file;
    char *at;
    size_t size, n;
    size_t most; /* bytes of a text that are shown; 0: all */
    bool full;
} Out;

/* All of it, or nothing. */
static void put(Out *o, const char *text, size_t n)
{
    if (o->file)
        fwrite(text, 1, n, o->file);
    o->full = o->full || o->n + n >= o->size;
    if (!o->full)
        memcpy(o->at + o->n, text, n);
    if (!o->full)
        o->at[o->n + n] = 0;
    o->n += n;
}

static void put_blanks(Out *o, int n)
{
    for (; n > 0; n--)
        put(o, " ", 1);
}

static void put_glyph(Out *o, const char *text, const RtGlyph *g)
{
    if (*g->escape)
        put(o, g->escape, strlen(g->escape));
    else
        put(o, text, g->bytes);
}

/* Bytes of a text up to `most`, without the character that would be cut. */
static size_t cut(const char *text, size_t most)
{
    size_t n = strnlen(text, most), last = n;
    uint32_t code;
    if (n < most)
        return n;
    while (last && n - last < 3 && (text[last - 1] & 0xc0) == 0x80)
        last--;
    unsigned char lead = last ? (unsigned char)text[last - 1] : 0;
    size_t whole = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    bool is_cut = whole > n - (last - 1) && !rt_utf8_next(text + last - 1, n - (last - 1), &code);
    return is_cut ? last - 1 : n;
}

/* One conversion of a format. */
typedef struct Conversion {
    char text[SPEC]; /* as it stands, with numbers instead of stars */
    bool left;
    int width, precision; /* precision -1: none */
    char length[3], type;
} Conversion;

static void put_glyphs(Out *o, const char *text, size_t n)
{
    for (size_t i = 0; i < n;) {
        RtGlyph g = rt_glyph(text + i, n - i);
        put_glyph(o, text + i, &g);
        i += g.bytes;
    }
}

/* Begin and end of a text, whole characters. */
static void put_ends(Out *o, const char *text, size_t n)
{
    size_t end = n - o->most / 2;
    put_glyphs(o, text, cut(text, o->most / 2));
    put(o, "...", 3);
    for (int i = 0; i < 3 && (text[end] & 0xc0) == 0x80; i++)
        end++;
    put_glyphs(o, text + end, n - end);
}

static void put_text(Out *o, const Conversion *c, const char *text)
{
    size_t n = c->precision < 0 ? strlen(text) : cut(text, (size_t)c->precision);
    int columns = 0;
    for (size_t i = 0; c->width && i < n;) {
        RtGlyph g = rt_glyph(text + i, n - i);
        columns += g.columns;
        i += g.bytes;
    }
    put_blanks(o, c->left ? 0 : c->width - columns);
    if (o->most && n > o->most)
        put_ends(o, text, n);
    else
        put_glyphs(o, text, n);
    put_blanks(o, c->left ? c->width - columns : 0);
}

/* A width or a precision at *at, which moves on: digits, or the next argument. */
static int take_count(const char **at, va_list *list)
{
    int n = 0;
    if (**at == '*') {
        ++*at;
        return va_arg(*list, int);
    }
    for (; **at >= '0' && **at <= '9'; ++*at)
        n = n < MOST_NUMBER ? 10 * n + (**at - '0') : n;
    return n;
}

/* The conversion for snprintf, with numbers that fit into a buffer. */
static void write_spec(Conversion *c, const char *flags)
{
    char width[16] = "", precision[16] = "";
    if (c->width)
        snprintf(width, sizeof width, "%d", c->width < MOST_NUMBER ? c->width : MOST_NUMBER);
    if (c->precision >= 0)
        snprintf(precision, sizeof precision, ".%d",
                 c->precision < MOST_NUMBER ? c->precision : MOST_NUMBER);
    snprintf(c->text, sizeof c->text, "%%%s%s%s%s%s%c", flags, c->left ? "-" : "", width, precision,
             c->length, c->type);
}

/* Of flags or letters, as many as fit. */
static void take_letters(const char **at, const char *which, char *out, size_t size)
{
    size_t n = strspn(*at, which), most = n < size ? n : size - 1;
    memcpy(out, *at, most);
    out[most] = 0;
    *at += n;
}

/* What stands behind a '%'. */
static Conversion read_conversion(const char **at, va_list *list)
{
    Conversion c = {.precision = -1};
    char flags[6];
    take_letters(at, "-+ #0", flags, sizeof flags);
    c.width = take_count(at, list);
    c.left = c.width < 0 || strchr(flags, '-');
    c.width = c.width < 0 ? -c.width : c.width;
    if (**at == '.') {
        ++*at;
        c.precision = take_count(at, list);
    }
    take_letters(at, "hlzjt", c.length, sizeof c.length);
    c.type = **at;
    *at += c.type != 0;
    write_spec(&c, flags);
    return c;
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wdouble-promotion"

static int number_text(const Conversion *c, va_list *list, char *out, size_t size)
{
    if (strchr("aefgAEFG", c->type))
        return snprintf(out, size, c->text, va_arg(*list, double));
    if (c->type == 'p')
        return snprintf(out, size, c->text, va_arg(*list, void *));
    if (!strcmp(c->length, "ll") || *c->length == 'j')
        return snprintf(out, size, c->text, va_arg(*list, long long));
    if (*c->length == 'l' || *c->length == 't')
        return snprintf(out, size, c->text, va_arg(*list, long));
    if (*c->length == 'z')
        return snprintf(out, size, c->text, va_arg(*list, size_t));
    return snprintf(out, size, c->text, va_arg(*list, int));
}

#pragma GCC diagnostic pop

static void put_conversion(Out *o, const char **at, va_list *list)
{
    char number[NUMBER];
    Conversion c = read_conversion(at, list);
    if (c.type == '%') {
        put(o, "%", 1);
    } else if (c.type == 's') {
        put_text(o, &c, va_arg(*list, const char *));
    } else if (c.type == 'c') {
        char text[2] = {(char)va_arg(*list, int), 0};
        put_text(o, &c, text);
    } else if (c.type) {
        int n = number_text(&c, list, number, sizeof number);
        put(o, number, n < 0 ? 0 : (size_t)n < sizeof number ? (size_t)n : sizeof number - 1);
    }
}

static void put_format(Out *o, const char *format, va_list *list)
{
    if (o->size)
        o->at[0] = 0;
    while (*format) {
        size_t n = strcspn(format, "%");
        for (size_t i = 0; i < n;) { /* by characters, where there may be too little room */
            uint32_t code;
            size_t size = rt_utf8_next(format + i, n - i, &code);
            size = size ? size : 1;
            put(o, format + i, size);
            i += size;
        }
        format += n;
        if (*format && *++format)
            put_conversion(o, &format, list);
    }
}

static size_t show(char *out, size_t size, size_t most, const char *format, va_list list)
{
    Out o = {.at = out, .size = size, .most = most};
    va_list own;
    va_copy(own, list);
    put_format(&o, format, &own);
    va_end(own);
    return o.n;
}

size_t rt_vshow(char *out, size_t size, const char *format, va_list list)
{
    return show(out, size, 0, format, list);
}

size_t rt_vshow_short(char *out, size_t size, const char *format, va_list list)
{
    enum { LEAST = 8 };
    size_t n = show(out, size, 0, format, list);
    for (size_t most = size / 2; n >= size && most >= LEAST; most /= 2)
        n = show(out, size, most, format, list);
    return n;
}

size_t rt_show(char *out, size_t size, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    size_t n = rt_vshow(out, size, format, list);
    va_end(list);
    return n;
}

/* Piece by piece, without memory for all of it. */
static void print_directly(FILE *out, const char *format, va_list list)
{
    Out o = {.file = out, .full = true};
    va_list own;
    va_copy(own, list);
    put_format(&o, format, &own);
    va_end(own);
}

/* At once, so that lines of several threads and processes stay whole. */
void rt_vprint(FILE *out, const char *format, va_list list)
{
    char small[1024], *large = NULL;
    size_t n = rt_vshow(small, sizeof small, format, list);
    if (n >= sizeof small && (large = malloc(n + 1)))
        rt_vshow(large, n + 1, format, list);
    if (large || n < sizeof small)
        fwrite(large ? large : small, 1, n, out);
    else
        print_directly(out, format, list);
    free(large);
}

void rt_print(FILE *out, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    rt_vprint(out, format, list);
    va_end(list);
}

void rt_print_short(FILE *out, const char *format, ...)
{
    char text[1024];
    va_list list;
    va_start(list, format);
    (void)rt_vshow_short(text, sizeof text, format, list);
    va_end(list);
    rt_print_message(out, text);
}

void rt_print_message(FILE *out, const char *text)
{
    size_t n = strlen(text), from = 0;
    for (size_t at = 0; at < n;) {
        RtGlyph g = rt_glyph(text + at, n - at);
        if (*g.escape && text[at] != '\n' && text[at] != '\t') {
            fwrite(text + from, 1, at - from, out);
            fputs(g.escape, out);
            from = at + g.bytes;
        }
        at += g.bytes;
    }
    fwrite(text + from, 1, n - from, out);
}
