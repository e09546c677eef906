/* canvas.c: what is drawn, to the functions of the canvas's format; colors, dashes and sizes of letters. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/shown.h"
#include "runtime/plot/canvas_format.h"
#include "runtime/plot/font.h"

/* Told apart with every kind of color blindness, by hue and by lightness, and at least 3 to 1 against their page
 * (tests/unit/plot_colors.c). */
const RtSeriesColor rt_series_colors[RT_N_SERIES_COLORS] = {
    {0x0072b2, 0x4da6e8}, {0xd55e00, 0xff7f2e}, {0x009e73, 0x2fd0a0}, {0xd667b0, 0xf09fd4},
    {0x8a5a00, 0xf4e04d}, {0x2b9be8, 0xc4e8ff}, {0x5c2a66, 0x8a5ce0}, {0x6f6f6f, 0x8a8a8a},
};

static const RtSeriesColor roles[] = {
    {0x24292f, 0xe6edf3}, /* INK */
    {0x57606a, 0xa0a9b3}, /* MUTED */
    {0xe1e4e8, 0x30363d}, /* GRID */
    {0xffffff, 0x0d1117}, /* PAPER */
    {0x0072b2, 0x4da6e8}, /* RIGHT */
    {0xc83e00, 0xff7f2e}, /* WRONG */
};

static const RtSeriesColor *color_of(RtColor color)
{
    int series = rt_color_series(color);
    return series >= 0 ? &rt_series_colors[series] : &roles[color - RT_COLOR_INK];
}

uint32_t rt_color_light(RtColor color)
{
    return color < RT_COLOR_NONE ? color : color_of(color)->light;
}

uint32_t rt_color_dark(RtColor color)
{
    return color < RT_COLOR_NONE ? color : color_of(color)->dark;
}

int rt_color_series(RtColor color)
{
    return color < RT_COLOR_SERIES ? -1 : (int)((color - RT_COLOR_SERIES) % RT_N_SERIES_COLORS);
}

uint32_t rt_pen_dash(RtPen pen)
{
    uint32_t again =
        pen.color < RT_COLOR_SERIES ? 0 : (pen.color - RT_COLOR_SERIES) / RT_N_SERIES_COLORS;
    return (pen.dash + 2 * again) % 4;
}

const double *rt_dash_lengths(uint32_t dash, int *n)
{
    static const double lengths[][4] = {{0}, {4, 2.5}, {1, 2}, {6, 2, 1, 2}};
    static const int count[] = {0, 2, 2, 4};
    *n = count[dash % 4];
    return lengths[dash % 4];
}

double rt_text_size(RtTextStyle style)
{
    static const double sizes[] = {14, 12, 11};
    return sizes[style];
}

int rt_mark_corners(RtMark mark, double *xy)
{
    static const double diamond[] = {0, -0.6, 0.6, 0, 0, 0.6, -0.6, 0},
                        triangle[] = {0, -0.55, 0.55, 0.45, -0.55, 0.45};
    const double pi = 3.14159265358979323846;
    if (mark == RT_MARK_DIAMOND)
        memcpy(xy, diamond, sizeof diamond);
    if (mark == RT_MARK_TRIANGLE)
        memcpy(xy, triangle, sizeof triangle);
    for (int i = 0; mark == RT_MARK_STAR && i < 10; i++) {
        double radius = i % 2 ? 0.24 : 0.6;
        xy[2 * i] = radius * sin(i * pi / 5);
        xy[2 * i + 1] = -radius * cos(i * pi / 5);
    }
    return mark == RT_MARK_DIAMOND    ? 4
           : mark == RT_MARK_TRIANGLE ? 3
           : mark == RT_MARK_STAR     ? 10
                                      : 0;
}

/* ---- the page ---- */

void rt_canvas_init(RtCanvas *c, const RtCanvasFormat *format)
{
    *c = (RtCanvas){.format = format, .opacity = 1};
    for (int style = 0; style < RT_N_TEXTS; style++)
        c->line_height[style] = ceil(1.3 * rt_text_size((RtTextStyle)style));
}

void rt_canvas_page(RtCanvas *c, double width, double height)
{
    c->width = ceil(width);
    c->height = ceil(height);
    c->format->page(c);
}

void rt_canvas_close(RtCanvas *c)
{
    if (c)
        c->format->close(c);
}

double rt_canvas_room(const RtCanvas *c)
{
    return c->room;
}

double rt_canvas_line_height(const RtCanvas *c, RtTextStyle style)
{
    return c->line_height[style];
}

double rt_canvas_text_width(const RtCanvas *c, RtTextStyle style, const char *text)
{
    char *shown = rt_is_shown(text) ? NULL : rt_shown(text);
    const char *drawn = shown ? shown : text;
    double width = c->format->text_width ? c->format->text_width(c, style, drawn)
                                         : rt_text_size(style) * rt_font_width(drawn);
    free(shown);
    return width;
}

double rt_canvas_base(const RtCanvas *c, RtTextStyle style, double middle)
{
    if (c->room > 0)
        return RT_CELL_HEIGHT * floor(middle / RT_CELL_HEIGHT) + 0.75 * RT_CELL_HEIGHT;
    return middle + 0.36 * rt_text_size(style);
}

const char *rt_canvas_cut(const RtCanvas *c, RtTextStyle style, const char *text, double width,
                          char *out, size_t size)
{
    size_t n = strnlen(text, size - 1);
    for (; n && (text[n] & 0xc0) == 0x80; n--) /* whole characters */
        ;
    memcpy(out, text, n);
    out[n] = 0;
    if (!text[n] && rt_canvas_text_width(c, style, out) <= width)
        return out;
    const char *end =
        c->room > 0 && width < 9 * RT_CELL_WIDTH ? "." : "..."; /* of few cells, less */
    n = n < size - 4 ? n : size - 4;
    for (;; n--) {
        while (n && (text[n] & 0xc0) == 0x80)
            n--;
        memcpy(out + n, end, strlen(end) + 1);
        if (!n || rt_canvas_text_width(c, style, out) <= width)
            return out;
    }
}

/* ---- what is drawn ---- */

void rt_canvas_rect(RtCanvas *c, RtBox box, RtColor fill, RtPen edge)
{
    if (!c->failed && box.width >= 0 && box.height >= 0)
        c->format->rect(c, box, fill, edge);
}

void rt_canvas_line(RtCanvas *c, int64_t n, const double *xy, RtPen pen)
{
    if (!c->failed && n > 0 && pen.color != RT_COLOR_NONE)
        c->format->line(c, n, xy, pen);
}

void rt_canvas_area(RtCanvas *c, int64_t n, const double *xy, RtColor fill)
{
    if (!c->failed && n > 2 && fill != RT_COLOR_NONE)
        c->format->area(c, n, xy, fill);
}

void rt_canvas_marks(RtCanvas *c, int64_t n, const double *xy, RtMark mark, double size,
                     RtColor color)
{
    if (!c->failed && n > 0 && color != RT_COLOR_NONE)
        c->format->marks(c, n, xy, mark, size, color);
}

void rt_canvas_text(RtCanvas *c, double x, double y, RtAnchor anchor, RtTextStyle style,
                    RtColor color, bool turned, const char *text)
{
    if (c->failed || !*text || color == RT_COLOR_NONE)
        return;
    bool plain = rt_is_shown(text);
    char *shown = plain ? NULL : rt_shown(text);
    const char *drawn = plain ? text : shown;
    if (drawn)
        c->format->text(c, x, y, anchor, style, color, turned, drawn);
    c->failed = c->failed || !drawn;
    free(shown);
}

void rt_canvas_image(RtCanvas *c, RtBox box, int64_t rows, int64_t columns, const uint8_t *rgb)
{
    if (!c->failed && rows > 0 && columns > 0)
        c->format->image(c, box, rows, columns, rgb);
}

void rt_canvas_fade(RtCanvas *c, double opacity)
{
    c->opacity = opacity;
}
