/* svg.c: pictures as text of SVG 1.1.
 *
 * Colors that have a role are classes, so that the picture follows the page: dark where the reader prefers dark pages,
 * with a paper of its own in any case. Numbers have at most two decimals and never depend on the locale. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/plot/canvas_format.h"
#include "runtime/plot/font.h"
#include "runtime/plot/png_stored.h"

typedef struct Svg {
    RtCanvas canvas;
    char *text; /* what is drawn; the head comes when it is finished */
    size_t n, room;
    uint32_t fills, lines; /* bit r: a fill, an edge has this role; see role_of */
} Svg;

enum { N_ROLES = RT_COLOR_WRONG - RT_COLOR_INK + 1, DECIMALS = 100 };

/* ---- text ---- */

static void put_n(Svg *s, const char *text, size_t n)
{
    if (s->n + n > s->room && !s->canvas.failed) {
        size_t room = 2 * (s->n + n) + 4096;
        char *grown = realloc(s->text, room);
        s->canvas.failed = !grown;
        s->text = grown ? grown : s->text;
        s->room = grown ? room : s->room;
    }
    if (s->canvas.failed)
        return;
    memcpy(s->text + s->n, text, n);
    s->n += n;
}

static void put(Svg *s, const char *text)
{
    put_n(s, text, strlen(text));
}

/* In hundredths, far outside the page at most. */
static int64_t rounded(double value)
{
    const double most = 1e7;
    return value > most    ? (int64_t)(DECIMALS * most)
           : value < -most ? (int64_t)(-DECIMALS * most)
                           : llround(DECIMALS * (value == value ? value : 0));
}

static void put_hundredths(Svg *s, int64_t value)
{
    char text[32], *at = text + sizeof text;
    uint64_t size = value < 0 ? (uint64_t)-value : (uint64_t)value, whole = size / DECIMALS,
             part = size % DECIMALS;
    if (part % 10)
        *--at = (char)('0' + part % 10);
    if (part)
        *--at = (char)('0' + part / 10), *--at = '.';
    for (; whole || (!part && at == text + sizeof text); whole /= 10) {
        *--at = (char)('0' + whole % 10);
        if (whole < 10)
            break;
    }
    if (value < 0)
        *--at = '-';
    put_n(s, at, (size_t)(text + sizeof text - at));
}

static void put_attribute(Svg *s, const char *name, double value)
{
    put(s, " ");
    put(s, name);
    put(s, "=\"");
    put_hundredths(s, rounded(value));
    put(s, "\"");
}

static void put_text(Svg *s, const char *text)
{
    for (uint32_t c; (c = rt_font_next(&text));) {
        char bytes[4];
        if (c == '<' || c == '>' || c == '&')
            put(s, c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&amp;");
        else
            put_n(s, bytes, rt_font_put(c, bytes));
    }
}

/* ---- colors ---- */

/* The number of a color's class: roles first, then series; -1: a color of its own. */
static int role_of(RtColor color)
{
    int series = rt_color_series(color);
    return series >= 0             ? N_ROLES + series
           : color < RT_COLOR_NONE ? -1
                                   : (int)(color - RT_COLOR_INK);
}

static RtColor color_of_role(int role)
{
    return role < N_ROLES ? RT_COLOR_INK + (RtColor)role
                          : RT_COLOR_SERIES + (RtColor)(role - N_ROLES);
}

static void put_class(Svg *s, char kind, int role)
{
    char name[] = {kind, (char)('a' + role), 0};
    put(s, name);
    *(kind == 'f' ? &s->fills : &s->lines) |= 1U << role;
}

static void put_color(Svg *s, const char *name, uint32_t color)
{
    char text[48];
    snprintf(text, sizeof text, " %s=\"#%06x\"", name, (unsigned)color);
    put(s, text);
}

/* Fill and edge of an element; RT_COLOR_NONE: none. */
static void put_paint(Svg *s, RtColor fill, RtColor edge)
{
    int fill_role = role_of(fill), edge_role = role_of(edge);
    bool has_fill = fill != RT_COLOR_NONE, has_edge = edge != RT_COLOR_NONE;
    bool fill_class = has_fill && fill_role >= 0, edge_class = has_edge && edge_role >= 0;
    if (fill_class || edge_class) {
        put(s, " class=\"");
        if (fill_class)
            put_class(s, 'f', fill_role);
        if (fill_class && edge_class)
            put(s, " ");
        if (edge_class)
            put_class(s, 'l', edge_role);
        put(s, "\"");
    }
    if (has_fill && !fill_class)
        put_color(s, "fill", fill);
    if (!has_fill)
        put(s, " fill=\"none\"");
    if (has_edge && !edge_class)
        put_color(s, "stroke", edge);
    if (s->canvas.opacity < 1)
        put_attribute(s, "opacity", s->canvas.opacity);
}

static void put_pen(Svg *s, RtPen pen)
{
    int n;
    const double *dashes = rt_dash_lengths(rt_pen_dash(pen), &n);
    if (pen.width != 1)
        put_attribute(s, "stroke-width", pen.width);
    for (int i = 0; i < n; i++) {
        put(s, i ? " " : " stroke-dasharray=\"");
        put_hundredths(s, rounded(dashes[i] * pen.width));
    }
    if (n)
        put(s, "\"");
}

/* ---- what is drawn ---- */

static void put_box(Svg *s, RtBox box)
{
    put_attribute(s, "x", box.x);
    put_attribute(s, "y", box.y);
    put_attribute(s, "width", box.width);
    put_attribute(s, "height", box.height);
}

static void svg_rect(RtCanvas *c, RtBox box, RtColor fill, RtPen edge)
{
    Svg *s = (Svg *)c;
    put(s, "<rect");
    put_box(s, box);
    put_paint(s, fill, edge.color);
    if (edge.color != RT_COLOR_NONE)
        put_pen(s, edge);
    put(s, "/>\n");
}

/* A step of a path, from the point in *x, *y (hundredths). Minus signs need no space before them. */
static void put_step(Svg *s, int64_t *x, int64_t *y, const double *xy)
{
    int64_t to_x = rounded(xy[0]), to_y = rounded(xy[1]);
    put_hundredths(s, to_x - *x);
    if (to_y >= *y)
        put(s, " ");
    put_hundredths(s, to_y - *y);
    *x = to_x;
    *y = to_y;
}

static void put_points(Svg *s, int64_t n, const double *xy)
{
    int64_t x = 0, y = 0;
    put(s, "<path d=\"M");
    put_step(s, &x, &y, xy);
    for (int64_t i = 1; i < n; i++) {
        put(s, i == 1 ? "l" : rounded(xy[2 * i]) < x ? "" : " ");
        put_step(s, &x, &y, xy + 2 * i);
    }
}

static void svg_line(RtCanvas *c, int64_t n, const double *xy, RtPen pen)
{
    Svg *s = (Svg *)c;
    put_points(s, n, xy);
    put(s, n == 1 ? "h0\" stroke-linecap=\"round\"" : "\"");
    put_paint(s, RT_COLOR_NONE, pen.color);
    put_pen(s, pen);
    put(s, "/>\n");
}

static void svg_area(RtCanvas *c, int64_t n, const double *xy, RtColor fill)
{
    Svg *s = (Svg *)c;
    put_points(s, n, xy);
    put(s, "z\"");
    put_paint(s, fill, RT_COLOR_NONE);
    put(s, "/>\n");
}

/* Dots and squares are the ends of lines of no length. */
static void put_short_lines(Svg *s, int64_t n, const double *xy, RtMark mark, double size,
                            RtColor color)
{
    int64_t x = 0, y = 0;
    put(s, "<path d=\"");
    for (int64_t i = 0; i < n; i++) {
        put(s, i ? "m" : "M");
        put_step(s, &x, &y, xy + 2 * i);
        put(s, "h0");
    }
    put(s, mark == RT_MARK_DOT ? "\" stroke-linecap=\"round\"" : "\" stroke-linecap=\"square\"");
    put_paint(s, RT_COLOR_NONE, color);
    put_attribute(s, "stroke-width", size);
    put(s, "/>\n");
}

static void svg_marks(RtCanvas *c, int64_t n, const double *xy, RtMark mark, double size,
                      RtColor color)
{
    double shape[20], at[20];
    int corners = rt_mark_corners(mark, shape);
    if (!corners) {
        put_short_lines((Svg *)c, n, xy, mark, size, color);
        return;
    }
    for (int64_t i = 0; i < n; i++) {
        for (int k = 0; k < 2 * corners; k++)
            at[k] = xy[2 * i + k % 2] + size * shape[k];
        svg_area(c, corners, at, color);
    }
}

static void svg_text(RtCanvas *c, double x, double y, RtAnchor anchor, RtTextStyle style,
                     RtColor color, bool turned, const char *text)
{
    static const char *const anchors[] = {"", " text-anchor=\"middle\"", " text-anchor=\"end\""};
    Svg *s = (Svg *)c;
    put(s, "<text");
    put_attribute(s, "x", x);
    put_attribute(s, "y", y);
    put(s, anchors[anchor]);
    if (turned) {
        put(s, " transform=\"rotate(-90 ");
        put_hundredths(s, rounded(x));
        put(s, " ");
        put_hundredths(s, rounded(y));
        put(s, ")\"");
    }
    if (style != RT_TEXT_LABEL)
        put_attribute(s, "font-size", rt_text_size(style));
    put_paint(s, color, RT_COLOR_NONE);
    put(s, ">");
    put_text(s, text);
    put(s, "</text>\n");
}

static void put_base64(Svg *s, const uint8_t *bytes, size_t n)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < n; i += 3) {
        uint32_t b = (uint32_t)bytes[i] << 16;
        b |= i + 1 < n ? (uint32_t)bytes[i + 1] << 8 : 0;
        b |= i + 2 < n ? bytes[i + 2] : 0;
        char four[4] = {digits[b >> 18], digits[b >> 12 & 63],
                        i + 1 < n ? digits[b >> 6 & 63] : '=', i + 2 < n ? digits[b & 63] : '='};
        put_n(s, four, 4);
    }
}

static void svg_image(RtCanvas *c, RtBox box, int64_t rows, int64_t columns, const uint8_t *rgb)
{
    Svg *s = (Svg *)c;
    size_t size;
    uint8_t *png = rt_png_stored(rows, columns, rgb, &size);
    if (!png) {
        c->failed = true;
        return;
    }
    put(s, "<image");
    put_box(s, box);
    put(s, " preserveAspectRatio=\"none\" image-rendering=\"optimizeSpeed\" "
           "style=\"image-rendering:pixelated\" xlink:href=\"data:image/png;base64,");
    put_base64(s, png, size);
    put(s, "\"/>\n");
    free(png);
}

/* ---- the page ---- */

static void svg_page(RtCanvas *c)
{
    svg_rect(c, (RtBox){0, 0, c->width, c->height}, RT_COLOR_PAPER, (RtPen){RT_COLOR_NONE, 0, 0});
}

static void put_rules(const Svg *s, FILE *out, const char *before, bool dark)
{
    for (int role = 0; role < N_ROLES + RT_N_SERIES_COLORS; role++) {
        RtColor color = color_of_role(role);
        unsigned shown = dark ? rt_color_dark(color) : rt_color_light(color);
        if (s->fills >> role & 1)
            fprintf(out, "%s.nnlc .f%c{fill:#%06x}\n", before, 'a' + role, shown);
        if (s->lines >> role & 1)
            fprintf(out, "%s.nnlc .l%c{stroke:#%06x}\n", before, 'a' + role, shown);
    }
}

static void svg_finish(RtCanvas *c, FILE *out)
{
    Svg *s = (Svg *)c;
    fprintf(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" "
            "xmlns:xlink=\"http://www.w3.org/1999/xlink\" class=\"nnlc\" "
            "width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" font-size=\"%.0f\" "
            "font-family=\"DejaVu Sans,Verdana,sans-serif\" stroke-linejoin=\"round\">\n<style>\n",
            c->width, c->height, c->width, c->height, rt_text_size(RT_TEXT_LABEL));
    put_rules(s, out, "", false);
    fputs("@media (prefers-color-scheme:dark){\n", out);
    put_rules(s, out, "", true);
    fputs("}\n</style>\n", out);
    fwrite(s->text, 1, s->n, out);
    fputs("</svg>\n", out);
}

static void svg_close(RtCanvas *c)
{
    free(((Svg *)c)->text);
    free(c);
}

RtCanvas *rt_svg_open(void)
{
    static const RtCanvasFormat format = {.page = svg_page,
                                          .rect = svg_rect,
                                          .line = svg_line,
                                          .area = svg_area,
                                          .marks = svg_marks,
                                          .text = svg_text,
                                          .image = svg_image,
                                          .finish = svg_finish,
                                          .close = svg_close};
    Svg *s = calloc(1, sizeof *s);
    if (s)
        rt_canvas_init(&s->canvas, &format);
    return s ? &s->canvas : NULL;
}
