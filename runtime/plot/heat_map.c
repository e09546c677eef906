/* heat_map.c: a matrix as colors: a small one with its numbers, a large one as an image with a scale beside it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/plot/canvas_format.h"
#include "runtime/plot/kinds.h"
#include "runtime/plot/shades.h"
#include "runtime/plot/ticks.h"

enum {
    MOST_NUMBERED = 30,
    IMAGE = 400,
    MOST_PIXELS = 400,
    GAP = 6,
    LONGEST = 256,
    BAR = 16,
    FLATTEST = 4,
    N_COLORS = 50
};

typedef struct HeatView {
    const RtHeatMap *of;
    bool cells, numbers, diverging, turned; /* turned: names of columns read upward */
    double least, most;                     /* of the colors */
    int decimals;                           /* of the numbers; -1: three digits in all */
    double cell_width, cell_height;
    double row_names, column_names; /* their width and height */
    double left, right, top, bottom;
    RtTicks scale; /* of the colors, where there are no numbers */
} HeatView;

/* ---- numbers ---- */

static void find_range(HeatView *v)
{
    const RtHeatMap *m = v->of;
    bool found = false;
    v->decimals = m->whole ? 0 : 2;
    for (int64_t i = 0; i < m->rows * m->columns; i++) {
        double value = m->values[i];
        if (!isfinite(value))
            continue;
        v->least = found ? fmin(v->least, value) : value;
        v->most = found ? fmax(v->most, value) : value;
        found = true;
    }
    double size = fmax(fabs(v->least), fabs(v->most));
    if (size >= (m->whole ? 1e7 : 1e3) || (size < 0.1 && size > 0 && !m->whole))
        v->decimals = -1;
    v->diverging = v->least < 0 && v->most > 0;
    if (v->diverging) {
        v->least = -size;
        v->most = size;
    } else if (v->least > 0 && (m->whole || v->least < 0.5 * v->most)) {
        v->least = 0; /* counts: no color is none */
    }
}

static const char *number_text(const HeatView *v, double value, char *out, size_t size)
{
    if (isnan(value))
        return "";
    if (v->decimals < 0)
        snprintf(out, size, "%.3g", value);
    else
        snprintf(out, size, "%.*f", v->decimals, value);
    return strcmp(out, "-0.00") ? out : "0.00";
}

static double widest_number(const RtCanvas *c, const HeatView *v)
{
    char text[48];
    double most = 0;
    for (int64_t i = 0; i < v->of->rows * v->of->columns; i++)
        most =
            fmax(most, rt_canvas_text_width(c, RT_TEXT_SMALL,
                                            number_text(v, v->of->values[i], text, sizeof text)));
    return most;
}

/* ---- sizes ---- */

static const char *name_of(const char *const *names, uint32_t n, int64_t at, char *out, size_t size)
{
    if (names && at < n)
        return names[at];
    snprintf(out, size, "%lld", (long long)at);
    return out;
}

static double widest_name(const RtCanvas *c, const char *const *names, uint32_t n, int64_t count)
{
    char text[32];
    double most = 0;
    for (int64_t i = 0; i < count; i = names || i + 1 >= count ? i + 1 : count - 1)
        most = fmax(
            most, rt_canvas_text_width(c, RT_TEXT_SMALL, name_of(names, n, i, text, sizeof text)));
    return most;
}

static void size_numbered(const RtCanvas *c, HeatView *v)
{
    double number = widest_number(c, v), most = fmax((double)v->of->rows, (double)v->of->columns);
    if (v->cells) {
        v->cell_width = number + 2 * RT_CELL_WIDTH;
        double room = rt_canvas_room(c) - v->left - v->row_names - RT_CELL_WIDTH;
        double name = widest_name(c, v->of->column_names, v->of->n_column_names, v->of->columns) +
                      RT_CELL_WIDTH;
        double each = RT_CELL_WIDTH * floor(room / (double)v->of->columns / RT_CELL_WIDTH);
        v->cell_width = fmax(v->cell_width, fmin(name, each));
        v->cell_height = RT_CELL_HEIGHT;
        return;
    }
    v->cell_height = fmax(20, fmin(44, floor(IMAGE / most)));
    v->cell_width = fmax(ceil(number) + 8, v->cell_height);
}

/* Pixels are squares, unless the picture would be a strip. */
static void size_image(const RtCanvas *c, HeatView *v)
{
    double rows = (double)v->of->rows, columns = (double)v->of->columns, ratio = columns / rows;
    double width = v->cells
                       ? fmin(rt_canvas_room(c) - v->left - v->row_names - 12 * RT_CELL_WIDTH, 480)
                       : IMAGE,
           height = width / fmax(ratio, 1e-9);
    ratio = fmax(1.0 / FLATTEST, fmin(ratio, FLATTEST));
    height = width / ratio;
    if (height > (v->cells ? 24 * RT_CELL_HEIGHT : IMAGE)) {
        height = v->cells ? 24 * RT_CELL_HEIGHT : IMAGE;
        width = height * ratio;
    }
    if (v->cells) {
        width = RT_CELL_WIDTH * fmax(ceil(width / RT_CELL_WIDTH), 2);
        height = RT_CELL_HEIGHT * fmax(ceil(height / RT_CELL_HEIGHT), 1);
    }
    v->cell_width = width / columns;
    v->cell_height = height / rows;
}

static void size_scale(const RtCanvas *c, HeatView *v)
{
    RtScale s = {.least = v->least, .most = v->most};
    double most = 0;
    rt_scale_fit(&s, 0);
    v->least = s.least;
    v->most = s.most;
    rt_ticks_make(&s, 6, &v->scale);
    for (int i = 0; i < v->scale.n; i++)
        most = fmax(most, rt_canvas_text_width(c, RT_TEXT_SMALL, v->scale.label[i]));
    most = fmax(most, rt_canvas_text_width(c, RT_TEXT_SMALL, v->scale.offset));
    v->right += v->cells ? 4 * RT_CELL_WIDTH + most : 2 * GAP + BAR + GAP + most;
}

static bool numbers_fit(const RtCanvas *c, const HeatView *v)
{
    const RtHeatMap *m = v->of;
    if (m->rows > MOST_NUMBERED || m->columns > MOST_NUMBERED)
        return false;
    double width = v->left + v->row_names + RT_CELL_WIDTH +
                   (widest_number(c, v) + 2 * RT_CELL_WIDTH) * (double)m->columns;
    return !v->cells || width <= rt_canvas_room(c);
}

static bool is_empty(const RtHeatMap *m)
{
    for (int64_t i = 0; i < m->rows * m->columns; i++)
        if (!isnan(m->values[i]))
            return false;
    return true;
}

/* Names that do not fit beside each other are turned, or cut in a terminal. */
static void size_column_names(const RtCanvas *c, HeatView *v)
{
    double names = widest_name(c, v->of->column_names, v->of->n_column_names, v->of->columns);
    v->turned = !v->cells && v->of->column_names && names > v->cell_width - 4;
    v->column_names = v->turned ? fmin(names, 130) : rt_canvas_line_height(c, RT_TEXT_SMALL);
    v->bottom += v->column_names + (v->cells ? 0 : GAP);
}

static HeatView view_of(const RtCanvas *c, const RtHeatMap *m)
{
    HeatView v = {.of = m, .cells = rt_canvas_room(c) > 0};
    double label = rt_canvas_line_height(c, RT_TEXT_LABEL), gap = v.cells ? 0 : GAP;
    find_range(&v);
    v.top = gap + (m->title ? rt_canvas_line_height(c, RT_TEXT_TITLE) + gap : 0);
    v.top += v.cells && m->y_label ? label : 0;
    v.left = gap + (m->y_label && !v.cells ? label : 0);
    v.bottom = gap + (m->x_label ? label + gap : 0);
    v.row_names = fmin(widest_name(c, m->row_names, m->n_row_names, m->rows),
                       v.cells ? 18 * RT_CELL_WIDTH : 150);
    v.row_names += v.cells ? RT_CELL_WIDTH : GAP;
    v.numbers = numbers_fit(c, &v) || is_empty(m);
    v.right = v.cells ? 0 : 2 * GAP;
    if (is_empty(m)) {
        v.cell_width = 280.0 / (double)(m->columns > 0 ? m->columns : 1);
        v.cell_height = 160.0 / (double)(m->rows > 0 ? m->rows : 1);
    } else if (v.numbers) {
        size_numbered(c, &v);
    } else {
        size_image(c, &v);
        size_scale(c, &v);
    }
    v.left += v.row_names;
    size_column_names(c, &v);
    return v;
}

static double inner_width(const HeatView *v)
{
    return v->cell_width * (double)(v->of->columns > 0 ? v->of->columns : 1);
}

static double inner_height(const HeatView *v)
{
    return v->cell_height * (double)(v->of->rows > 0 ? v->of->rows : 1);
}

void rt_heat_map_size(const RtCanvas *c, const RtFigure *f, double *width, double *height)
{
    HeatView v = view_of(c, f->heat_map);
    double title = f->heat_map->title
                       ? rt_canvas_text_width(c, RT_TEXT_TITLE, f->heat_map->title) + 2 * GAP
                       : 0;
    *width = fmax(v.left + inner_width(&v) + v.right, fmin(title, IMAGE));
    *height = v.top + inner_height(&v) + v.bottom;
    if (v.cells)
        *width = rt_canvas_room(c);
}

/* ---- drawing ---- */

/* More is darker on a page, lighter in a terminal. */
static uint32_t color_of(const HeatView *v, double value)
{
    if (v->cells && !v->diverging)
        value = v->most - (value - v->least);
    return rt_shade(value, v->least, v->most, v->diverging);
}

static void draw_numbered(RtCanvas *c, const HeatView *v, RtBox in)
{
    char text[48];
    for (int64_t i = 0; i < v->of->rows * v->of->columns; i++) {
        double value = v->of->values[i];
        RtBox b = {in.x + v->cell_width * (double)(i % v->of->columns),
                   in.y + v->cell_height * (double)(i / v->of->columns), v->cell_width,
                   v->cell_height};
        uint32_t color = color_of(v, value);
        if (isnan(value))
            continue;
        rt_canvas_rect(c, b, color, (RtPen){v->cells ? RT_COLOR_NONE : RT_COLOR_PAPER, 1, 0});
        RtAnchor anchor = v->cells ? RT_ANCHOR_END : RT_ANCHOR_MIDDLE;
        double x = v->cells ? b.x + b.width - RT_CELL_WIDTH : b.x + b.width / 2;
        rt_canvas_text(c, x, rt_canvas_base(c, RT_TEXT_SMALL, b.y + b.height / 2), anchor,
                       RT_TEXT_SMALL, rt_shade_ink(color), false,
                       number_text(v, value, text, sizeof text));
    }
}

/* The mean of the values that fall into a pixel. */
static double block_mean(const RtHeatMap *m, int64_t row, int64_t rows, int64_t column,
                         int64_t columns)
{
    double sum = 0, n = 0;
    int64_t last_row = ((row + 1) * m->rows + rows - 1) / rows,
            last_column = ((column + 1) * m->columns + columns - 1) / columns;
    for (int64_t i = row * m->rows / rows; i < last_row; i++)
        for (int64_t k = column * m->columns / columns; k < last_column; k++) {
            double value = m->values[i * m->columns + k];
            if (!isfinite(value))
                continue;
            sum += value / 1024; /* so that no sum overflows */
            n++;
        }
    return n > 0 ? sum / n * 1024 : NAN;
}

static void put_rgb(uint8_t *rgb, uint32_t color)
{
    for (int k = 0; k < 3; k++)
        rgb[k] = (uint8_t)(color >> (16 - 8 * k));
}

static void draw_image(RtCanvas *c, const HeatView *v, RtBox in)
{
    int64_t rows = v->of->rows < MOST_PIXELS ? v->of->rows : MOST_PIXELS;
    int64_t columns = v->of->columns < MOST_PIXELS ? v->of->columns : MOST_PIXELS;
    uint8_t *rgb = malloc((size_t)(3 * rows * columns));
    c->failed = c->failed || !rgb;
    for (int64_t i = 0; rgb && i < rows * columns; i++)
        put_rgb(rgb + 3 * i,
                color_of(v, block_mean(v->of, i / columns, rows, i % columns, columns)));
    if (rgb)
        rt_canvas_image(c, in, rows, columns, rgb);
    free(rgb);
}

/* From above; on a page each color reaches down to the end, so that no seam shows. */
static void draw_colors(RtCanvas *c, const HeatView *v, RtBox bar)
{
    uint8_t rgb[3 * N_COLORS];
    for (int i = 0; i < N_COLORS; i++) {
        uint32_t color = color_of(v, v->most - (v->most - v->least) * i / (N_COLORS - 1));
        double above = bar.height * i / N_COLORS;
        put_rgb(rgb + 3 * i, color);
        if (!v->cells)
            rt_canvas_rect(c, (RtBox){bar.x, bar.y + above, bar.width, bar.height - above}, color,
                           (RtPen){RT_COLOR_NONE, 0, 0});
    }
    if (v->cells)
        rt_canvas_image(c, bar, N_COLORS, 1, rgb);
}

static void draw_scale(RtCanvas *c, const HeatView *v, RtBox in)
{
    double gap = v->cells ? RT_CELL_WIDTH : 2 * GAP;
    RtBox bar = {in.x + in.width + gap, in.y, v->cells ? 2 * RT_CELL_WIDTH : BAR, in.height};
    RtScale s = {.least = v->least, .most = v->most, .from = bar.y + bar.height, .to = bar.y};
    draw_colors(c, v, bar);
    for (int i = 0; i < v->scale.n; i++) {
        double y = fmin(rt_scale_at(&s, v->scale.at[i]), bar.y + bar.height - (v->cells ? 1 : 0));
        rt_canvas_text(c, bar.x + bar.width + (v->cells ? RT_CELL_WIDTH : GAP),
                       rt_canvas_base(c, RT_TEXT_SMALL, y), RT_ANCHOR_START, RT_TEXT_SMALL,
                       RT_COLOR_MUTED, false, v->scale.label[i]);
    }
}

/* Of 1, 2, 5, 10 ... the least number that is not below another. */
static int64_t round_up(double least)
{
    int64_t each = 1;
    for (int k = 0; (double)each < least && each < INT64_MAX / 10; k++)
        each = k % 3 == 1 ? each / 2 * 5 : 2 * each;
    return each;
}

static void draw_row_names(RtCanvas *c, const HeatView *v, RtBox in)
{
    char text[LONGEST], number[32];
    double gap = v->cells ? RT_CELL_WIDTH : GAP, line = rt_canvas_line_height(c, RT_TEXT_SMALL);
    int64_t each = v->cell_height >= line ? 1 : round_up(2 * line / v->cell_height);
    for (int64_t i = 0; i < v->of->rows; i += each) {
        rt_canvas_cut(c, RT_TEXT_SMALL,
                      name_of(v->of->row_names, v->of->n_row_names, i, number, sizeof number),
                      v->row_names - gap + 0.01, text, sizeof text);
        rt_canvas_text(c, in.x - gap,
                       rt_canvas_base(c, RT_TEXT_SMALL, in.y + ((double)i + 0.5) * v->cell_height),
                       RT_ANCHOR_END, RT_TEXT_SMALL, RT_COLOR_INK, false, text);
    }
}

static void draw_column_names(RtCanvas *c, const HeatView *v, RtBox in)
{
    char text[LONGEST], number[32];
    double line = rt_canvas_line_height(c, RT_TEXT_SMALL), y = in.y + in.height;
    double most = widest_name(c, v->of->column_names, v->of->n_column_names, v->of->columns);
    double wanted = v->turned             ? line
                    : v->of->column_names ? v->cell_width
                                          : most + 2 * RT_CELL_WIDTH;
    int64_t each = v->cell_width >= wanted ? 1 : round_up(wanted / v->cell_width);
    each = v->numbers && !v->turned ? 1 : each;
    for (int64_t i = 0; i < v->of->columns; i += each) {
        const char *name =
            name_of(v->of->column_names, v->of->n_column_names, i, number, sizeof number);
        double x = in.x + ((double)i + 0.5) * v->cell_width;
        if (v->turned) {
            rt_canvas_cut(c, RT_TEXT_SMALL, name, v->column_names + 0.01, text, sizeof text);
            rt_canvas_text(c, x + 4, y + GAP, RT_ANCHOR_END, RT_TEXT_SMALL, RT_COLOR_INK, true,
                           text);
            continue;
        }
        rt_canvas_cut(c, RT_TEXT_SMALL, name,
                      fmax((double)each * v->cell_width - (v->cells ? RT_CELL_WIDTH : 0), 1), text,
                      sizeof text);
        double end = in.x + ((double)i + 1) * v->cell_width - RT_CELL_WIDTH;
        rt_canvas_text(c, v->cells && v->numbers ? end : x,
                       rt_canvas_base(c, RT_TEXT_SMALL, y + (v->cells ? 0 : GAP / 2.0) + line / 2),
                       v->cells && v->numbers ? RT_ANCHOR_END : RT_ANCHOR_MIDDLE, RT_TEXT_SMALL,
                       RT_COLOR_INK, false, text);
    }
}

static void draw_titles(RtCanvas *c, const HeatView *v, RtBox page, RtBox in)
{
    char text[LONGEST];
    double label = rt_canvas_line_height(c, RT_TEXT_LABEL),
           title = rt_canvas_line_height(c, RT_TEXT_TITLE), gap = v->cells ? 0 : GAP;
    if (v->of->title) {
        rt_canvas_cut(c, RT_TEXT_TITLE, v->of->title, page.width - 2 * gap, text, sizeof text);
        double half = rt_canvas_text_width(c, RT_TEXT_TITLE, text) / 2;
        double x =
            fmax(fmin(in.x + in.width / 2, page.x + page.width - half - gap), page.x + half + gap);
        rt_canvas_text(c, x, rt_canvas_base(c, RT_TEXT_TITLE, page.y + gap + title / 2),
                       RT_ANCHOR_MIDDLE, RT_TEXT_TITLE, RT_COLOR_INK, false, text);
    }
    if (v->of->x_label) {
        rt_canvas_cut(c, RT_TEXT_LABEL, v->of->x_label, in.width, text, sizeof text);
        rt_canvas_text(c, in.x + in.width / 2,
                       rt_canvas_base(c, RT_TEXT_LABEL, page.y + page.height - gap - label / 2),
                       RT_ANCHOR_MIDDLE, RT_TEXT_LABEL, RT_COLOR_INK, false, text);
    }
    if (v->of->y_label && v->cells) {
        rt_canvas_text(
            c, page.x, rt_canvas_base(c, RT_TEXT_LABEL, in.y - label / 2), RT_ANCHOR_START,
            RT_TEXT_LABEL, RT_COLOR_INK, false,
            rt_canvas_cut(c, RT_TEXT_LABEL, v->of->y_label, page.width, text, sizeof text));
    } else if (v->of->y_label) {
        rt_canvas_cut(c, RT_TEXT_LABEL, v->of->y_label, in.height, text, sizeof text);
        rt_canvas_text(c, page.x + label, in.y + in.height / 2, RT_ANCHOR_MIDDLE, RT_TEXT_LABEL,
                       RT_COLOR_INK, true, text);
    }
}

void rt_heat_map_draw(RtCanvas *c, const RtFigure *f, RtBox page)
{
    HeatView v = view_of(c, f->heat_map);
    RtBox in = {page.x + v.left, page.y + v.top, inner_width(&v), inner_height(&v)};
    if (is_empty(f->heat_map)) {
        rt_canvas_text(c, in.x + in.width / 2,
                       rt_canvas_base(c, RT_TEXT_LABEL, in.y + in.height / 2), RT_ANCHOR_MIDDLE,
                       RT_TEXT_LABEL, RT_COLOR_MUTED, false, "nothing to draw");
    } else if (v.numbers) {
        draw_numbered(c, &v, in);
    } else {
        draw_image(c, &v, in);
        draw_scale(c, &v, in);
    }
    draw_titles(c, &v, page, in);
    if (is_empty(f->heat_map))
        return;
    draw_row_names(c, &v, in);
    draw_column_names(c, &v, in);
}
