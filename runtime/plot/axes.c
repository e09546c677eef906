/* axes.c: scales that fit the data, ticks that fit the page, texts around them. */
#include "runtime/plot/axes.h"

#include <math.h>
#include <string.h>

#include "runtime/plot/legend.h"

enum { TICK = 4, GAP = 4, LONGEST = 256 };

static bool has_names(const RtPanelView *v)
{
    return v->of->kind == RT_CURVE_bar && v->of->n_names > 0;
}

static bool is_empty(const RtPanelView *v)
{
    return v->series.shown == 0;
}

/* ---- scales ---- */

static bool from_zero(const RtPanelView *v)
{
    return (v->of->kind == RT_CURVE_bar || v->of->kind == RT_CURVE_hist) && !v->of->log_y;
}

static void fit_y(RtPanelView *v)
{
    const RtSeriesList *s = &v->series;
    v->y = (RtScale){.log = v->of->log_y, .least = s->y_least, .most = s->y_most};
    if (from_zero(v)) {
        v->y.least = fmin(v->y.least, 0);
        v->y.most = fmax(v->y.most, 0);
    }
    if (v->of->log_y && v->of->kind == RT_CURVE_bar && v->y.least <= 0)
        v->y.least = v->y.most > 0 ? v->y.most / 10 : 1;
    if (v->of->log_y && v->y.most <= 0) /* bars that are all 0 */
        v->y.most = 10 * v->y.least;
    if (v->of->log_y && v->of->kind == RT_CURVE_hist)
        v->y.least = 0.7;
    double least = v->y.least, most = v->y.most;
    rt_scale_fit(&v->y, 0.05);
    if (from_zero(v) && least == 0) /* bars stand on the axis */
        v->y.least = 0;
    if (from_zero(v) && most == 0 && least < 0)
        v->y.most = 0;
}

/* Are the x the numbers of the points? */
static bool counts_up(const RtPanelView *v)
{
    for (uint32_t k = 0; k < v->of->n; k++)
        if (v->of->curves[k].x || v->of->curves[k].first != floor(v->of->curves[k].first))
            return false;
    return v->of->kind != RT_CURVE_hist;
}

static void fit_x(RtPanelView *v)
{
    const RtSeriesList *s = &v->series;
    RtCurveKind kind = v->of->kind;
    v->x = (RtScale){.log = v->of->log_x,
                     .whole = v->of->whole_x || counts_up(v),
                     .least = s->x_least,
                     .most = s->x_most};
    if (kind == RT_CURVE_bar && !v->of->log_x) {
        v->x.least -= 0.6 * s->width;
        v->x.most += 0.6 * s->width;
    }
    rt_scale_fit(&v->x, kind == RT_CURVE_scatter ? 0.05 : 0.025);
}

/* ---- ticks and margins ---- */

static double widest_label(const RtCanvas *c, const RtTicks *t)
{
    double most = rt_canvas_text_width(c, RT_TEXT_SMALL, t->offset);
    for (int i = 0; i < t->n; i++)
        most = fmax(most, rt_canvas_text_width(c, RT_TEXT_SMALL, t->label[i]));
    return most;
}

/* With what keeps it apart from others; 0: there is none. */
static double offset_width(const RtCanvas *c, const RtTicks *t)
{
    return *t->offset ? rt_canvas_text_width(c, RT_TEXT_SMALL, t->offset) + RT_CELL_WIDTH : 0;
}

static double gap_of(const RtPanelView *v)
{
    return v->cells ? RT_CELL_WIDTH : GAP;
}

/* Do the labels of the x axis stand apart on an axis this wide? */
static bool labels_fit(const RtCanvas *c, RtPanelView *v, double width)
{
    double end = -INFINITY;
    v->x.from = 0;
    v->x.to = width;
    for (int i = 0; i < v->x_ticks.n; i++) {
        double half = rt_canvas_text_width(c, RT_TEXT_SMALL, v->x_ticks.label[i]) / 2,
               at = rt_scale_at(&v->x, v->x_ticks.at[i]);
        if (at - half < end + 2 * RT_CELL_WIDTH)
            return false;
        end = at + half;
    }
    return true;
}

/* A page has a minus sign, as long as a plus. */
static void set_minus(char *label, size_t size)
{
    static const char minus[] = "\u2212";
    char text[64];
    size_t n = 0;
    for (const char *at = label; *at && n + sizeof minus < sizeof text; at++) {
        size_t length = *at == '-' ? sizeof minus - 1 : 1;
        memcpy(text + n, *at == '-' ? minus : at, length);
        n += length;
    }
    text[n] = 0;
    if (n < size)
        memcpy(label, text, n + 1);
}

static void make_ticks(const RtPanelView *v, const RtScale *s, int most, RtTicks *out)
{
    rt_ticks_make(s, most, out);
    for (int i = 0; i < out->n && !v->cells; i++)
        set_minus(out->label[i], sizeof out->label[i]);
    if (!v->cells)
        set_minus(out->offset, sizeof out->offset);
}

static void make_x_ticks(const RtCanvas *c, RtPanelView *v, double width)
{
    for (int most = (int)fmin(11, 2 + width / 50); most >= 2; most--) {
        make_ticks(v, &v->x, most, &v->x_ticks);
        if (labels_fit(c, v, width))
            break;
    }
}

static void make_y_ticks(const RtCanvas *c, RtPanelView *v, double height)
{
    make_ticks(v, &v->y, (int)(height / (2.1 * rt_canvas_line_height(c, RT_TEXT_SMALL))),
               &v->y_ticks);
}

/* Room for the names under bars, cut to a third of the panel. */
static double names_height(const RtCanvas *c, RtPanelView *v, double width)
{
    double slot = width / v->of->n_names, most = 0;
    for (uint32_t i = 0; i < v->of->n_names; i++)
        most = fmax(most, rt_canvas_text_width(c, RT_TEXT_SMALL, v->of->names[i]));
    v->turned = !v->cells && most > slot - GAP;
    double height = rt_canvas_line_height(c, RT_TEXT_SMALL);
    return v->turned ? fmin(most, v->outer.height / 3) + GAP : height;
}

static void measure_texts(const RtCanvas *c, RtPanelView *v)
{
    double label = rt_canvas_line_height(c, RT_TEXT_LABEL), gap = gap_of(v);
    bool above = v->cells && v->of->y_label;
    v->top = v->of->title ? rt_canvas_line_height(c, RT_TEXT_TITLE) : 0;
    v->top += v->cells ? 0 : 2 * GAP;
    v->top += above ? label : 0;
    if ((*v->y_ticks.offset && !above) || v->series.left_out)
        v->top += rt_canvas_line_height(c, RT_TEXT_SMALL);
    v->left = v->y_labels + gap + (v->cells ? gap : TICK + 2 * GAP);
    v->left += v->of->y_label && !v->cells ? label + GAP : 0;
    v->right = v->cells ? gap : 3 * GAP;
    v->bottom = v->cells ? RT_CELL_HEIGHT : TICK + GAP;
    v->bottom += v->of->x_label || *v->x_ticks.offset ? label + (v->cells ? 0 : GAP) : 0;
    v->bottom += v->cells ? 0 : GAP;
}

void rt_axes_measure(const RtCanvas *c, RtPanelView *v)
{
    double line = rt_canvas_line_height(c, RT_TEXT_SMALL), height = 0.75 * v->outer.height;
    if (!is_empty(v)) {
        fit_y(v);
        fit_x(v);
        make_y_ticks(c, v, height);
        v->y_labels = widest_label(c, &v->y_ticks);
    }
    measure_texts(c, v);
    rt_legend_measure(c, v);
    double width = v->outer.width - v->left - v->right;
    if (!is_empty(v) && !has_names(v)) {
        make_x_ticks(c, v, width);
        measure_texts(c, v); /* now with the offset of the x axis */
        rt_legend_measure(c, v);
        v->bottom += line;
    } else if (has_names(v)) {
        v->bottom += names_height(c, v, width);
    } else {
        v->bottom += line;
    }
}

bool rt_axes_retick(const RtCanvas *c, RtPanelView *v)
{
    if (!v->series.shown)
        return false;
    make_y_ticks(c, v, v->box.height);
    double more = widest_label(c, &v->y_ticks) - v->y_labels;
    v->y_labels += fmax(more, 0);
    v->left += fmax(more, 0);
    return more > 0;
}

void rt_axes_place(const RtCanvas *c, RtPanelView *v)
{
    if (v->series.shown && !has_names(v))
        make_x_ticks(c, v, v->box.width);
    v->x.from = v->box.x;
    v->x.to = v->box.x + v->box.width;
    v->y.from = v->box.y + v->box.height;
    v->y.to = v->box.y;
}

/* ---- drawing ---- */

static void draw_line(RtCanvas *c, double x0, double y0, double x1, double y1, RtColor color)
{
    double xy[] = {x0, y0, x1, y1};
    rt_canvas_line(c, 2, xy, (RtPen){color, 1, 0});
}

/* Lines of one pixel lie between two pixels of a page if they are not moved. */
static double sharp(const RtPanelView *v, double at)
{
    return v->cells ? at : floor(at) + 0.5;
}

void rt_axes_draw_grid(RtCanvas *c, const RtPanelView *v)
{
    RtBox b = v->box;
    for (int i = 0;
         i < v->x_ticks.n && (v->of->kind == RT_CURVE_line || v->of->kind == RT_CURVE_scatter);
         i++) {
        double x = sharp(v, rt_scale_at(&v->x, v->x_ticks.at[i]));
        draw_line(c, x, b.y, x, b.y + b.height, RT_COLOR_GRID);
    }
    for (int i = 0; i < v->y_ticks.n; i++) {
        double y = sharp(v, rt_scale_at(&v->y, v->y_ticks.at[i]));
        draw_line(c, b.x, y, b.x + b.width, y, RT_COLOR_GRID);
    }
}

static void draw_x_tick(RtCanvas *c, const RtPanelView *v, double value, double length,
                        const char *label)
{
    double x = sharp(v, rt_scale_at(&v->x, value)), y = v->box.y + v->box.height;
    double line = rt_canvas_line_height(c, RT_TEXT_SMALL);
    if (v->cells && *label) {
        x = RT_CELL_WIDTH * (floor(x / RT_CELL_WIDTH) + 0.5);
        draw_line(c, x, y + RT_CELL_HEIGHT / 2, x, y + RT_CELL_HEIGHT, RT_COLOR_MUTED);
    } else if (!v->cells) {
        draw_line(c, x, y, x, y + length, RT_COLOR_MUTED);
    }
    double half = rt_canvas_text_width(c, RT_TEXT_SMALL, label) / 2;
    x = fmin(x, v->outer.x + v->outer.width - half - 1); /* the last one may be long */
    double middle = y + (v->cells ? 1.5 * RT_CELL_HEIGHT : TICK + GAP / 2 + line / 2);
    rt_canvas_text(c, x, rt_canvas_base(c, RT_TEXT_SMALL, middle), RT_ANCHOR_MIDDLE, RT_TEXT_SMALL,
                   RT_COLOR_MUTED, false, label);
}

static void draw_y_tick(RtCanvas *c, const RtPanelView *v, double value, double length,
                        const char *label)
{
    double x = v->box.x, y = sharp(v, rt_scale_at(&v->y, value)), gap = gap_of(v);
    if (v->cells && *label) {
        y = RT_CELL_HEIGHT * (floor(fmin(y, v->box.y + v->box.height - 1) / RT_CELL_HEIGHT) + 0.5);
        draw_line(c, x - gap, y, x - gap / 2, y, RT_COLOR_MUTED);
    } else if (!v->cells) {
        draw_line(c, x - length, y, x, y, RT_COLOR_MUTED);
    }
    double end = x - (v->cells ? 2 * gap : TICK + gap);
    rt_canvas_text(c, end, rt_canvas_base(c, RT_TEXT_SMALL, y), RT_ANCHOR_END, RT_TEXT_SMALL,
                   RT_COLOR_MUTED, false, label);
}

/* Names of bars: each, or as many as there is room for. */
static void draw_names(RtCanvas *c, const RtPanelView *v)
{
    char text[LONGEST];
    double line = rt_canvas_line_height(c, RT_TEXT_SMALL), y = v->box.y + v->box.height;
    double slot = v->box.width / v->of->n_names, least = v->turned  ? line
                                                         : v->cells ? 4 * RT_CELL_WIDTH
                                                                    : 0;
    uint32_t each = slot >= least ? 1 : (uint32_t)ceil(least / slot);
    for (uint32_t i = 0; i < v->of->n_names; i += each) {
        double x = rt_scale_at(&v->x, i);
        if (v->turned) {
            rt_canvas_cut(c, RT_TEXT_SMALL, v->of->names[i], v->outer.height / 3, text,
                          sizeof text);
            rt_canvas_text(c, x + 0.36 * rt_canvas_line_height(c, RT_TEXT_SMALL) / 1.3, y + TICK,
                           RT_ANCHOR_END, RT_TEXT_SMALL, RT_COLOR_INK, true, text);
            continue;
        }
        rt_canvas_cut(c, RT_TEXT_SMALL, v->of->names[i], each * slot - gap_of(v), text,
                      sizeof text);
        double middle = y + (v->cells ? 1.5 * RT_CELL_HEIGHT : TICK + line / 2);
        rt_canvas_text(c, x, rt_canvas_base(c, RT_TEXT_SMALL, middle), RT_ANCHOR_MIDDLE,
                       RT_TEXT_SMALL, RT_COLOR_INK, false, text);
    }
}

static void draw_ticks(RtCanvas *c, const RtPanelView *v)
{
    for (int i = 0; i < v->x_ticks.n_minor && !v->cells; i++)
        draw_x_tick(c, v, v->x_ticks.minor[i], TICK / 2, "");
    for (int i = 0; i < v->y_ticks.n_minor && !v->cells; i++)
        draw_y_tick(c, v, v->y_ticks.minor[i], TICK / 2, "");
    for (int i = 0; i < v->x_ticks.n; i++)
        draw_x_tick(c, v, v->x_ticks.at[i], TICK, v->x_ticks.label[i]);
    for (int i = 0; i < v->y_ticks.n; i++)
        draw_y_tick(c, v, v->y_ticks.at[i], TICK, v->y_ticks.label[i]);
    if (has_names(v) && !is_empty(v))
        draw_names(c, v);
}

static void draw_titles(RtCanvas *c, const RtPanelView *v)
{
    char text[LONGEST];
    double middle_x = v->box.x + v->box.width / 2, label = rt_canvas_line_height(c, RT_TEXT_LABEL);
    double small = rt_canvas_line_height(c, RT_TEXT_SMALL),
           title = rt_canvas_line_height(c, RT_TEXT_TITLE);
    if (v->of->title) {
        rt_canvas_cut(c, RT_TEXT_TITLE, v->of->title, v->outer.width - 2 * GAP, text, sizeof text);
        double half = rt_canvas_text_width(c, RT_TEXT_TITLE, text) / 2;
        double x = fmax(fmin(middle_x, v->outer.x + v->outer.width - half), v->outer.x + half);
        rt_canvas_text(
            c, x, rt_canvas_base(c, RT_TEXT_TITLE, v->outer.y + (v->cells ? 0 : GAP) + title / 2),
            RT_ANCHOR_MIDDLE, RT_TEXT_TITLE, RT_COLOR_INK, false, text);
    }
    if (v->of->x_label) {
        double middle = v->outer.y + v->outer.height - label / 2 - (v->cells ? 0 : GAP);
        double room = v->box.width - 2 * offset_width(c, &v->x_ticks); /* it is centered */
        rt_canvas_cut(c, RT_TEXT_LABEL, v->of->x_label, room, text, sizeof text);
        rt_canvas_text(c, middle_x, rt_canvas_base(c, RT_TEXT_LABEL, middle), RT_ANCHOR_MIDDLE,
                       RT_TEXT_LABEL, RT_COLOR_INK, false, text);
    }
    if (v->of->y_label && v->cells) {
        double room = v->box.x + v->box.width - v->outer.x - offset_width(c, &v->y_ticks);
        rt_canvas_cut(c, RT_TEXT_LABEL, v->of->y_label, fmin(room, v->outer.width / 2), text,
                      sizeof text);
        rt_canvas_text(c, v->outer.x, rt_canvas_base(c, RT_TEXT_LABEL, v->box.y - label / 2),
                       RT_ANCHOR_START, RT_TEXT_LABEL, RT_COLOR_INK, false, text);
    } else if (v->of->y_label) {
        rt_canvas_cut(c, RT_TEXT_LABEL, v->of->y_label, v->box.height, text, sizeof text);
        rt_canvas_text(c, v->box.x - v->y_labels - TICK - 2 * GAP, v->box.y + v->box.height / 2,
                       RT_ANCHOR_MIDDLE, RT_TEXT_LABEL, RT_COLOR_INK, true, text);
    }
    if (*v->y_ticks.offset) {
        double x = v->cells && v->of->y_label ? v->box.x + v->box.width : v->box.x,
               y = v->box.y - small / 2;
        rt_canvas_text(c, x, rt_canvas_base(c, RT_TEXT_SMALL, y - (v->cells ? 0 : GAP / 2)),
                       x > v->box.x ? RT_ANCHOR_END : RT_ANCHOR_START, RT_TEXT_SMALL,
                       RT_COLOR_MUTED, false, v->y_ticks.offset);
    }
    if (*v->x_ticks.offset)
        rt_canvas_text(
            c, v->box.x + v->box.width,
            rt_canvas_base(c, RT_TEXT_SMALL,
                           v->outer.y + v->outer.height - label / 2 - (v->cells ? 0 : GAP)),
            RT_ANCHOR_END, RT_TEXT_SMALL, RT_COLOR_MUTED, false, v->x_ticks.offset);
}

void rt_axes_draw(RtCanvas *c, const RtPanelView *v)
{
    double x = v->cells ? v->box.x - RT_CELL_WIDTH / 2.0 : sharp(v, v->box.x);
    double y = v->cells ? v->box.y + v->box.height + RT_CELL_HEIGHT / 2.0
                        : sharp(v, v->box.y + v->box.height);
    draw_line(c, x, v->box.y, x, y, RT_COLOR_MUTED);
    draw_line(c, x, y, v->box.x + v->box.width, y, RT_COLOR_MUTED);
    draw_ticks(c, v);
    draw_titles(c, v);
}
