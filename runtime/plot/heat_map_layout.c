/* heat_map_layout.c: the range of a matrix, how its numbers are written, and how large everything is. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "runtime/plot/heat_map.h"
#include "runtime/plot/kinds.h"

enum { MOST_NUMBERED = 30, FLATTEST = 4 };

/* ---- numbers ---- */

static void find_range(RtHeatView *v)
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

const char *rt_heat_number(const RtHeatView *v, double value, char *out, size_t size)
{
    if (isnan(value))
        return "";
    if (v->decimals < 0)
        snprintf(out, size, "%.3g", value);
    else
        snprintf(out, size, "%.*f", v->decimals, value);
    return strcmp(out, "-0.00") ? out : "0.00";
}

static double widest_number(const RtCanvas *c, const RtHeatView *v)
{
    char text[48];
    double most = 0;
    for (int64_t i = 0; i < v->of->rows * v->of->columns; i++)
        most = fmax(most,
                    rt_canvas_text_width(c, RT_TEXT_SMALL,
                                         rt_heat_number(v, v->of->values[i], text, sizeof text)));
    return most;
}

/* ---- sizes ---- */

const char *rt_heat_name(const char *const *names, uint32_t n, int64_t at, char *out, size_t size)
{
    if (names && at < n)
        return names[at];
    snprintf(out, size, "%lld", (long long)at);
    return out;
}

double rt_heat_widest_name(const RtCanvas *c, const char *const *names, uint32_t n, int64_t count)
{
    char text[32];
    double most = 0;
    for (int64_t i = 0; i < count; i = names || i + 1 >= count ? i + 1 : count - 1)
        most = fmax(most, rt_canvas_text_width(c, RT_TEXT_SMALL,
                                               rt_heat_name(names, n, i, text, sizeof text)));
    return most;
}

static void size_numbered(const RtCanvas *c, RtHeatView *v)
{
    double number = widest_number(c, v), most = fmax((double)v->of->rows, (double)v->of->columns);
    if (v->cells) {
        v->cell_width = number + 2 * RT_CELL_WIDTH;
        double room = rt_canvas_room(c) - v->left - v->row_names - RT_CELL_WIDTH;
        double name =
            rt_heat_widest_name(c, v->of->column_names, v->of->n_column_names, v->of->columns) +
            RT_CELL_WIDTH;
        double each = RT_CELL_WIDTH * floor(room / (double)v->of->columns / RT_CELL_WIDTH);
        v->cell_width = fmax(v->cell_width, fmin(name, each));
        v->cell_height = RT_CELL_HEIGHT;
        return;
    }
    v->cell_height = fmax(20, fmin(44, floor(RT_HEAT_IMAGE / most)));
    v->cell_width = fmax(ceil(number) + 8, v->cell_height);
}

/* Pixels are squares, unless the picture would be a strip. */
static void size_image(const RtCanvas *c, RtHeatView *v)
{
    double rows = (double)v->of->rows, columns = (double)v->of->columns, ratio = columns / rows;
    double width = v->cells
                       ? fmin(rt_canvas_room(c) - v->left - v->row_names - 12 * RT_CELL_WIDTH, 480)
                       : RT_HEAT_IMAGE,
           height = width / fmax(ratio, 1e-9);
    ratio = fmax(1.0 / FLATTEST, fmin(ratio, FLATTEST));
    height = width / ratio;
    if (height > (v->cells ? 24 * RT_CELL_HEIGHT : RT_HEAT_IMAGE)) {
        height = v->cells ? 24 * RT_CELL_HEIGHT : RT_HEAT_IMAGE;
        width = height * ratio;
    }
    if (v->cells) {
        width = RT_CELL_WIDTH * fmax(ceil(width / RT_CELL_WIDTH), 2);
        height = RT_CELL_HEIGHT * fmax(ceil(height / RT_CELL_HEIGHT), 1);
    }
    v->cell_width = width / columns;
    v->cell_height = height / rows;
}

static void size_scale(const RtCanvas *c, RtHeatView *v)
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
    v->right +=
        v->cells ? 4 * RT_CELL_WIDTH + most : 2 * RT_HEAT_GAP + RT_HEAT_BAR + RT_HEAT_GAP + most;
}

static bool numbers_fit(const RtCanvas *c, const RtHeatView *v)
{
    const RtHeatMap *m = v->of;
    if (m->rows > MOST_NUMBERED || m->columns > MOST_NUMBERED)
        return false;
    double width = v->left + v->row_names + RT_CELL_WIDTH +
                   (widest_number(c, v) + 2 * RT_CELL_WIDTH) * (double)m->columns;
    return !v->cells || width <= rt_canvas_room(c);
}

bool rt_heat_is_empty(const RtHeatMap *m)
{
    for (int64_t i = 0; i < m->rows * m->columns; i++)
        if (!isnan(m->values[i]))
            return false;
    return true;
}

/* Names that do not fit beside each other are turned, or cut in a terminal. */
static void size_column_names(const RtCanvas *c, RtHeatView *v)
{
    double names =
        rt_heat_widest_name(c, v->of->column_names, v->of->n_column_names, v->of->columns);
    v->turned = !v->cells && v->of->column_names && names > v->cell_width - 4;
    v->column_names = v->turned ? fmin(names, 130) : rt_canvas_line_height(c, RT_TEXT_SMALL);
    v->bottom += v->column_names + (v->cells ? 0 : RT_HEAT_GAP);
}

RtHeatView rt_heat_view(const RtCanvas *c, const RtHeatMap *m)
{
    RtHeatView v = {.of = m, .cells = rt_canvas_room(c) > 0};
    double label = rt_canvas_line_height(c, RT_TEXT_LABEL), gap = v.cells ? 0 : RT_HEAT_GAP;
    find_range(&v);
    v.top = gap + (m->title ? rt_canvas_line_height(c, RT_TEXT_TITLE) + gap : 0);
    v.top += v.cells && m->y_label ? label : 0;
    v.left = gap + (m->y_label && !v.cells ? label : 0);
    v.bottom = gap + (m->x_label ? label + gap : 0);
    v.row_names = fmin(rt_heat_widest_name(c, m->row_names, m->n_row_names, m->rows),
                       v.cells ? 18 * RT_CELL_WIDTH : 150);
    v.row_names += v.cells ? RT_CELL_WIDTH : RT_HEAT_GAP;
    v.numbers = numbers_fit(c, &v) || rt_heat_is_empty(m);
    v.right = v.cells ? 0 : 2 * RT_HEAT_GAP;
    if (rt_heat_is_empty(m)) {
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

double rt_heat_width(const RtHeatView *v)
{
    return v->cell_width * (double)(v->of->columns > 0 ? v->of->columns : 1);
}

double rt_heat_height(const RtHeatView *v)
{
    return v->cell_height * (double)(v->of->rows > 0 ? v->of->rows : 1);
}

void rt_heat_map_size(const RtCanvas *c, const RtFigure *f, double *width, double *height)
{
    RtHeatView v = rt_heat_view(c, f->heat_map);
    double title = f->heat_map->title ? rt_canvas_text_width(c, RT_TEXT_TITLE, f->heat_map->title) +
                                            2 * RT_HEAT_GAP
                                      : 0;
    *width = fmax(v.left + rt_heat_width(&v) + v.right, fmin(title, RT_HEAT_IMAGE));
    *height = v.top + rt_heat_height(&v) + v.bottom;
    if (v.cells)
        *width = rt_canvas_room(c);
}
