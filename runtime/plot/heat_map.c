/* heat_map.c: a matrix as colors: a small one with its numbers, a large one as an image. */
#include "runtime/plot/heat_map.h"

#include <math.h>
#include <stdlib.h>

#include "runtime/plot/canvas_format.h"
#include "runtime/plot/kinds.h"
#include "runtime/plot/shades.h"

enum { MOST_PIXELS = 400, LONGEST = 256, N_COLORS = 50 };

/* More is darker on a page, lighter in a terminal. */
static uint32_t color_of(const RtHeatView *v, double value)
{
    if (v->cells && !v->diverging)
        value = v->most - (value - v->least);
    return rt_shade(value, v->least, v->most, v->diverging);
}

static void draw_numbered(RtCanvas *c, const RtHeatView *v, RtBox in)
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
                       rt_heat_number(v, value, text, sizeof text));
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

static void draw_image(RtCanvas *c, const RtHeatView *v, RtBox in)
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
static void draw_colors(RtCanvas *c, const RtHeatView *v, RtBox bar)
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

static void draw_scale(RtCanvas *c, const RtHeatView *v, RtBox in)
{
    double gap = v->cells ? RT_CELL_WIDTH : 2 * RT_HEAT_GAP;
    RtBox bar = {in.x + in.width + gap, in.y, v->cells ? 2 * RT_CELL_WIDTH : RT_HEAT_BAR,
                 in.height};
    RtScale s = {.least = v->least, .most = v->most, .from = bar.y + bar.height, .to = bar.y};
    draw_colors(c, v, bar);
    for (int i = 0; i < v->scale.n; i++) {
        double y = fmin(rt_scale_at(&s, v->scale.at[i]), bar.y + bar.height - (v->cells ? 1 : 0));
        rt_canvas_text(c, bar.x + bar.width + (v->cells ? RT_CELL_WIDTH : RT_HEAT_GAP),
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

static void draw_row_names(RtCanvas *c, const RtHeatView *v, RtBox in)
{
    char text[LONGEST], number[32];
    double gap = v->cells ? RT_CELL_WIDTH : RT_HEAT_GAP,
           line = rt_canvas_line_height(c, RT_TEXT_SMALL);
    int64_t each = v->cell_height >= line ? 1 : round_up(2 * line / v->cell_height);
    for (int64_t i = 0; i < v->of->rows; i += each) {
        rt_canvas_cut(c, RT_TEXT_SMALL,
                      rt_heat_name(v->of->row_names, v->of->n_row_names, i, number, sizeof number),
                      v->row_names - gap + 0.01, text, sizeof text);
        rt_canvas_text(c, in.x - gap,
                       rt_canvas_base(c, RT_TEXT_SMALL, in.y + ((double)i + 0.5) * v->cell_height),
                       RT_ANCHOR_END, RT_TEXT_SMALL, RT_COLOR_INK, false, text);
    }
}

static void draw_column_names(RtCanvas *c, const RtHeatView *v, RtBox in)
{
    char text[LONGEST], number[32];
    double line = rt_canvas_line_height(c, RT_TEXT_SMALL), y = in.y + in.height;
    double most =
        rt_heat_widest_name(c, v->of->column_names, v->of->n_column_names, v->of->columns);
    double wanted = v->turned             ? line
                    : v->of->column_names ? v->cell_width
                                          : most + 2 * RT_CELL_WIDTH;
    int64_t each = v->cell_width >= wanted ? 1 : round_up(wanted / v->cell_width);
    each = v->numbers && !v->turned ? 1 : each;
    for (int64_t i = 0; i < v->of->columns; i += each) {
        const char *name =
            rt_heat_name(v->of->column_names, v->of->n_column_names, i, number, sizeof number);
        double x = in.x + ((double)i + 0.5) * v->cell_width;
        if (v->turned) {
            rt_canvas_cut(c, RT_TEXT_SMALL, name, v->column_names + 0.01, text, sizeof text);
            rt_canvas_text(c, x + 4, y + RT_HEAT_GAP, RT_ANCHOR_END, RT_TEXT_SMALL, RT_COLOR_INK,
                           true, text);
            continue;
        }
        rt_canvas_cut(c, RT_TEXT_SMALL, name,
                      fmax((double)each * v->cell_width - (v->cells ? RT_CELL_WIDTH : 0), 1), text,
                      sizeof text);
        double end = in.x + ((double)i + 1) * v->cell_width - RT_CELL_WIDTH;
        rt_canvas_text(
            c, v->cells && v->numbers ? end : x,
            rt_canvas_base(c, RT_TEXT_SMALL, y + (v->cells ? 0 : RT_HEAT_GAP / 2.0) + line / 2),
            v->cells && v->numbers ? RT_ANCHOR_END : RT_ANCHOR_MIDDLE, RT_TEXT_SMALL, RT_COLOR_INK,
            false, text);
    }
}

static void draw_titles(RtCanvas *c, const RtHeatView *v, RtBox page, RtBox in)
{
    char text[LONGEST];
    double label = rt_canvas_line_height(c, RT_TEXT_LABEL),
           title = rt_canvas_line_height(c, RT_TEXT_TITLE), gap = v->cells ? 0 : RT_HEAT_GAP;
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
    RtHeatView v = rt_heat_view(c, f->heat_map);
    RtBox in = {page.x + v.left, page.y + v.top, rt_heat_width(&v), rt_heat_height(&v)};
    if (rt_heat_is_empty(f->heat_map)) {
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
    if (rt_heat_is_empty(f->heat_map))
        return;
    draw_row_names(c, &v, in);
    draw_column_names(c, &v, in);
}
