/* legend.c: samples of lines and their names. */
#include "runtime/plot/legend.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "runtime/plot/hidden.h"

enum { SAMPLE = 22, GAP = 6, PAD = 6, LONGEST = 200, MOST_INSIDE = 10, N_PLACES = 9 };

/* A single curve whose name stands already at an axis or above needs none. */
static bool is_wanted(const RtPanel *p)
{
    uint32_t n = 0;
    const char *name = NULL;
    for (uint32_t k = 0; k < p->n; k++)
        if (p->curves[k].name && *p->curves[k].name) {
            name = p->curves[k].name;
            n++;
        }
    return n > 1 || (n == 1 && !(p->y_label && !strcmp(p->y_label, name)) &&
                     !(p->title && !strcmp(p->title, name)));
}

static bool has_name(const RtCurve *c)
{
    return c->name && *c->name;
}

/* ---- in a terminal: names in lines ---- */

static double entry_width(const RtCanvas *c, const char *text)
{
    return rt_canvas_text_width(c, RT_TEXT_SMALL, text) + (3 + 3) * RT_CELL_WIDTH;
}

typedef void ShowEntry(RtCanvas *c, const RtPanel *p, uint32_t k, double x, double y,
                       const char *text);

/* Calls `show`, if there is one, for each entry. Returns how many lines it takes. */
static int each_entry(RtCanvas *draw, const RtCanvas *c, const RtPanel *p, RtBox area,
                      ShowEntry *show)
{
    char text[LONGEST];
    double x = 0;
    int line = 0;
    for (uint32_t k = 0; k < p->n; k++) {
        if (!has_name(&p->curves[k]))
            continue;
        rt_canvas_cut(c, RT_TEXT_SMALL, p->curves[k].name, area.width - 6 * RT_CELL_WIDTH, text,
                      sizeof text);
        double wide = entry_width(c, text);
        if (x > 0 && x + wide - 2 * RT_CELL_WIDTH > area.width) {
            x = 0;
            line++;
        }
        if (show)
            show(draw, p, k, area.x + x, area.y + line * RT_CELL_HEIGHT, text);
        x += wide;
    }
    return line + 1;
}

double rt_legend_height(const RtCanvas *c, const RtPanel *p, double width)
{
    return c && rt_canvas_room(c) > 0 && is_wanted(p)
               ? RT_CELL_HEIGHT * each_entry(NULL, c, p, (RtBox){0, 0, width, 0}, NULL)
               : 0;
}

/* ---- on a page: a box ---- */

typedef struct Block {
    uint32_t rows, left_out; /* entries shown, and those there is no room for */
    double width, height, line;
} Block;

static Block block_of(const RtCanvas *c, const RtPanelView *v, double widest, double highest)
{
    char text[LONGEST];
    Block b = {.line = rt_canvas_line_height(c, RT_TEXT_SMALL) + 2};
    uint32_t most = (uint32_t)fmax(1, floor((highest - 2 * PAD) / b.line)), n = 0;
    for (uint32_t k = 0; k < v->of->n; k++)
        n += has_name(&v->of->curves[k]);
    b.rows = n > most ? most - 1 : n;
    b.left_out = n - b.rows;
    double names = b.left_out ? 100 : 0;
    for (uint32_t k = 0, row = 0; k < v->of->n && row < b.rows; k++) {
        if (!has_name(&v->of->curves[k]))
            continue;
        rt_canvas_cut(c, RT_TEXT_SMALL, v->of->curves[k].name, widest - SAMPLE - GAP - 2 * PAD,
                      text, sizeof text);
        names = fmax(names, rt_canvas_text_width(c, RT_TEXT_SMALL, text));
        row++;
    }
    b.width = names + SAMPLE + GAP + 2 * PAD;
    b.height = (b.rows + (b.left_out > 0)) * b.line + 2 * PAD;
    return b;
}

static Block inside_block(const RtCanvas *c, const RtPanelView *v, RtBox axes)
{
    return block_of(c, v, 0.65 * axes.width, axes.height);
}

static Block outside_block(const RtCanvas *c, const RtPanelView *v)
{
    return block_of(c, v, 0.42 * v->outer.width, v->outer.height - v->top);
}

void rt_legend_measure(const RtCanvas *c, RtPanelView *v)
{
    if (!is_wanted(v->of) || !v->series.shown)
        return;
    if (v->cells) {
        v->top += rt_legend_height(c, v->of, v->outer.width);
        return;
    }
    RtBox axes = {0, 0, v->outer.width - v->left - v->right,
                  v->outer.height - v->top - v->bottom - 20};
    Block b = inside_block(c, v, axes);
    v->legend_outside = v->legend_outside || b.left_out || b.rows > MOST_INSIDE ||
                        b.height > 0.6 * axes.height || b.width > 0.6 * axes.width;
    if (v->legend_outside)
        v->right += outside_block(c, v).width + GAP;
}

/* ---- the place that hides least ---- */

/* From the upper right on, corners first. */
static RtBox best_place(const RtPanelView *v, double width, double height, double *hidden)
{
    static const double part[N_PLACES][2] = {{1, 0},   {0, 0},   {0, 1},   {1, 1},    {1, 0.5},
                                             {0, 0.5}, {0.5, 0}, {0.5, 1}, {0.5, 0.5}};
    RtBox best = {0, 0, width, height};
    double least = INFINITY;
    for (int i = 0; i < N_PLACES; i++) {
        RtBox b = {v->box.x + GAP + part[i][0] * (v->box.width - width - 2 * GAP),
                   v->box.y + GAP + part[i][1] * (v->box.height - height - 2 * GAP), width, height};
        double here = rt_hidden_by(v, b);
        if (here < least) {
            least = here;
            best = b;
        }
    }
    *hidden = least;
    return best;
}

bool rt_legend_hides(const RtCanvas *c, const RtPanelView *v)
{
    double hidden, points = 0;
    if (v->cells || v->legend_outside || !is_wanted(v->of) || !v->series.shown)
        return false;
    for (uint32_t k = 0; k < v->series.n; k++)
        points += (double)v->series.at[k].n_xy;
    Block b = inside_block(c, v, v->box);
    best_place(v, b.width, b.height, &hidden);
    bool bars = v->of->kind == RT_CURVE_bar || v->of->kind == RT_CURVE_hist;
    return hidden > (bars ? 0 : fmax(3, 0.06 * points));
}

void rt_legend_place(const RtCanvas *c, RtPanelView *v)
{
    double hidden;
    uint32_t kept = 0;
    if (v->cells || v->legend_outside || !is_wanted(v->of))
        return;
    Block b = inside_block(c, v, v->box);
    v->legend = best_place(v, b.width, b.height, &hidden);
    for (uint32_t i = 0; i < v->n_notes; i++)
        if (!rt_boxes_overlap(v->notes[i].box, v->legend))
            v->notes[kept++] = v->notes[i];
    v->n_notes = kept;
}

/* ---- drawing ---- */

static void draw_sample(RtCanvas *c, const RtPanel *p, uint32_t k, double x, double y,
                        double length)
{
    RtColor color = RT_COLOR_SERIES + (p->curves[k].color >= 0 ? (uint32_t)p->curves[k].color : k);
    double xy[] = {x, y, x + length, y}, middle[] = {x + length / 2, y};
    if (p->kind == RT_CURVE_line)
        rt_canvas_line(c, 2, xy, (RtPen){color, 2, p->curves[k].dashed});
    else if (p->kind == RT_CURVE_scatter)
        rt_canvas_marks(c, 1, middle, RT_MARK_DOT, 6, color);
    else
        rt_canvas_rect(c, (RtBox){x + 2, y - 4.5, length - 4, 9}, color,
                       (RtPen){RT_COLOR_NONE, 0, 0});
}

static void show_entry(RtCanvas *c, const RtPanel *p, uint32_t k, double x, double y,
                       const char *text)
{
    RtBox area = {x, y, 3 * RT_CELL_WIDTH, RT_CELL_HEIGHT};
    if (p->kind == RT_CURVE_bar || p->kind == RT_CURVE_hist)
        rt_canvas_rect(
            c, area, RT_COLOR_SERIES + (p->curves[k].color >= 0 ? (uint32_t)p->curves[k].color : k),
            (RtPen){RT_COLOR_NONE, 0, 0});
    else
        draw_sample(c, p, k, x, y + RT_CELL_HEIGHT / 2.0, 3 * RT_CELL_WIDTH - 1);
    rt_canvas_text(c, x + 4 * RT_CELL_WIDTH, y + 0.75 * RT_CELL_HEIGHT, RT_ANCHOR_START,
                   RT_TEXT_SMALL, RT_COLOR_INK, false, text);
}

static void draw_block(RtCanvas *c, const RtPanelView *v, Block b, RtBox at)
{
    char text[LONGEST];
    double y = at.y + PAD + b.line / 2, x = at.x + PAD;
    for (uint32_t k = 0, row = 0; k < v->of->n && row < b.rows; k++) {
        if (!has_name(&v->of->curves[k]))
            continue;
        rt_canvas_cut(c, RT_TEXT_SMALL, v->of->curves[k].name,
                      b.width - SAMPLE - GAP - 2 * PAD + 0.01, text, sizeof text);
        draw_sample(c, v->of, k, x, y, SAMPLE);
        rt_canvas_text(c, x + SAMPLE + GAP, rt_canvas_base(c, RT_TEXT_SMALL, y), RT_ANCHOR_START,
                       RT_TEXT_SMALL, RT_COLOR_INK, false, text);
        y += b.line;
        row++;
    }
    snprintf(text, sizeof text, "and %u more", (unsigned)b.left_out);
    if (b.left_out)
        rt_canvas_text(c, x, rt_canvas_base(c, RT_TEXT_SMALL, y), RT_ANCHOR_START, RT_TEXT_SMALL,
                       RT_COLOR_MUTED, false, text);
}

void rt_legend_draw(RtCanvas *c, const RtPanelView *v)
{
    if (!is_wanted(v->of) || !v->series.shown)
        return;
    if (v->cells) {
        double title = v->of->title ? RT_CELL_HEIGHT : 0;
        each_entry(c, c, v->of, (RtBox){v->outer.x, v->outer.y + title, v->outer.width, 0},
                   show_entry);
        return;
    }
    if (v->legend_outside) {
        Block b = outside_block(c, v);
        draw_block(c, v, b, (RtBox){v->box.x + v->box.width + GAP, v->box.y, b.width, b.height});
        return;
    }
    Block b = inside_block(c, v, v->box);
    RtBox at = v->legend;
    rt_canvas_fade(c, 0.85);
    rt_canvas_rect(c, at, RT_COLOR_PAPER, (RtPen){RT_COLOR_GRID, 1, 0});
    rt_canvas_fade(c, 1);
    draw_block(c, v, b, at);
}
