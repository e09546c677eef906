/* panels.c: curves in panels, side by side. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "runtime/plot/canvas_format.h"
#include "runtime/plot/curves.h"
#include "runtime/plot/kinds.h"
#include "runtime/plot/legend.h"

enum { TERMINAL_ROWS = 15, LONGEST = 256 };

typedef struct Grid {
    uint32_t across, down;
    double panel_width, panel_height, title;
} Grid;

/* Rows of a terminal around the axes of the panel that needs most. */
static double rows_around(const RtCanvas *c, const RtFigure *f, double width)
{
    double most = 0;
    for (uint32_t i = 0; i < f->n_panels; i++) {
        const RtPanel *p = &f->panels[i];
        double rows = rt_legend_height(c, p, width) / RT_CELL_HEIGHT + 2;
        rows += (p->title != NULL) + (p->x_label != NULL) + (p->y_label != NULL) + 1;
        most = fmax(most, rows);
    }
    return most;
}

static Grid grid_of(const RtCanvas *c, const RtFigure *f)
{
    uint32_t n = f->n_panels ? f->n_panels : 1;
    Grid g = {.across = n == 1 ? 1 : n <= 4 ? 2 : 3};
    double room = rt_canvas_room(c);
    g.panel_width = n == 1 ? 640 : 480;
    g.panel_height = n == 1 ? 400 : 320;
    if (room > 0) {
        double rows = n == 1 ? TERMINAL_ROWS : TERMINAL_ROWS - 4;
        g.across = 1;
        g.panel_width = room;
        g.panel_height = RT_CELL_HEIGHT * (rows + rows_around(c, f, room));
    }
    g.down = (n + g.across - 1) / g.across;
    if (f->title)
        g.title = rt_canvas_line_height(c, RT_TEXT_TITLE) + (room > 0 ? 0 : 8);
    return g;
}

void rt_panels_size(const RtCanvas *c, const RtFigure *f, double *width, double *height)
{
    Grid g = grid_of(c, f);
    *width = g.across * g.panel_width;
    *height = g.down * g.panel_height + g.title;
}

/* ---- one panel ---- */

static void draw_remark(RtCanvas *c, const RtPanelView *v)
{
    char whole[128], text[128];
    long long n = (long long)v->series.left_out;
    bool log = v->of->log_x || v->of->log_y;
    double y = v->box.y - rt_canvas_line_height(c, RT_TEXT_SMALL) / 2 - (v->cells ? 0 : 2);
    double beside = rt_canvas_text_width(c, RT_TEXT_SMALL, v->y_ticks.offset) + 2 * RT_CELL_WIDTH;
    snprintf(whole, sizeof whole, "%lld %s left out: %s", n, n == 1 ? "point" : "points",
             log ? "not positive, or infinite" : "infinite");
    if (n && v->series.shown)
        rt_canvas_text(
            c, v->box.x + v->box.width, rt_canvas_base(c, RT_TEXT_SMALL, y), RT_ANCHOR_END,
            RT_TEXT_SMALL, RT_COLOR_MUTED, false,
            rt_canvas_cut(c, RT_TEXT_SMALL, whole, v->box.width - beside, text, sizeof text));
}

static void draw_nothing(RtCanvas *c, const RtPanelView *v)
{
    double middle = v->box.y + v->box.height / 2;
    rt_canvas_text(c, v->box.x + v->box.width / 2, rt_canvas_base(c, RT_TEXT_LABEL, middle),
                   RT_ANCHOR_MIDDLE, RT_TEXT_LABEL, RT_COLOR_MUTED, false, "nothing to draw");
}

static void draw_panel(RtCanvas *c, RtPanelView *v)
{
    if (!v->series.shown) {
        rt_axes_draw(c, v);
        draw_nothing(c, v);
        return;
    }
    rt_axes_place(c, v);
    c->failed = !rt_curves_place(c, v) || c->failed;
    if (c->failed)
        return;
    rt_legend_place(c, v);
    rt_axes_draw_grid(c, v);
    rt_curves_draw(c, v);
    rt_axes_draw(c, v);
    rt_curves_draw_notes(c, v);
    rt_legend_draw(c, v);
    draw_remark(c, v);
}

/* ---- all ---- */

static RtBox box_of(const RtPanelView *v, double left, double right, double top, double bottom)
{
    RtBox o = v->outer;
    return (RtBox){o.x + left, o.y + top, fmax(o.width - left - right, 20),
                   fmax(o.height - top - bottom, 20)};
}

/* The same margins for all, so that axes stand in line. */
static void place_boxes(uint32_t n, RtPanelView *views)
{
    double left = 0, right = 0, top = 0, bottom = 0;
    for (uint32_t i = 0; i < n; i++) {
        left = fmax(left, views[i].left);
        right = fmax(right, views[i].right);
        top = fmax(top, views[i].top);
        bottom = fmax(bottom, views[i].bottom);
    }
    for (uint32_t i = 0; i < n; i++) {
        bool below = views[i].cells; /* one below the other: their heights differ */
        views[i].box = box_of(&views[i], left, right, below ? views[i].top : top,
                              below ? views[i].bottom : bottom);
    }
}

/* Tries with the legend within the axes first. */
static bool measure(const RtCanvas *c, RtPanelView *v)
{
    rt_axes_measure(c, v);
    v->box = box_of(v, v->left, v->right, v->top, v->bottom);
    rt_axes_place(c, v);
    bool good = !v->series.shown || rt_curves_place(c, v);
    if (good && rt_legend_hides(c, v)) {
        v->legend_outside = true;
        rt_axes_measure(c, v);
    }
    return good;
}

/* If one legend stands beside its axes, all do, since all axes are equally wide. */
static void legends_alike(const RtCanvas *c, uint32_t n, RtPanelView *views)
{
    bool outside = false;
    for (uint32_t i = 0; i < n; i++)
        outside = outside || views[i].legend_outside;
    for (uint32_t i = 0; outside && i < n; i++) {
        if (views[i].legend_outside)
            continue;
        views[i].legend_outside = true;
        rt_axes_measure(c, &views[i]);
    }
}

/* Without settings that mean nothing beside others: names stand under bars, at 0, 1, 2 ... */
static RtPanel consistent(const RtPanel *p)
{
    RtPanel panel = *p;
    if (panel.kind != RT_CURVE_bar || !panel.names)
        panel.n_names = 0;
    if (panel.n_names)
        panel.log_x = panel.whole_x = false;
    return panel;
}

static bool open_views(const RtCanvas *c, const RtFigure *f, RtBox page, RtPanelView *views)
{
    Grid g = grid_of(c, f);
    bool good = true;
    for (uint32_t i = 0; i < f->n_panels; i++) {
        RtPanelView *v = &views[i];
        v->panel = consistent(&f->panels[i]);
        v->of = &v->panel;
        v->cells = rt_canvas_room(c) > 0;
        v->outer = (RtBox){page.x + i % g.across * g.panel_width,
                           page.y + g.title + i / g.across * g.panel_height, g.panel_width,
                           g.panel_height};
        good = rt_series_make(v->of, &v->series) && good;
        good = good && measure(c, v);
    }
    if (good)
        legends_alike(c, f->n_panels, views);
    bool grew = false;
    place_boxes(f->n_panels, views);
    for (uint32_t i = 0; good && i < f->n_panels; i++)
        grew = rt_axes_retick(c, &views[i]) || grew;
    if (grew)
        place_boxes(f->n_panels, views);
    return good;
}

static void draw_title(RtCanvas *c, const RtFigure *f, RtBox page)
{
    char text[LONGEST];
    double middle =
        page.y + (rt_canvas_room(c) > 0 ? 0 : 6) + rt_canvas_line_height(c, RT_TEXT_TITLE) / 2;
    rt_canvas_cut(c, RT_TEXT_TITLE, f->title, page.width - 2 * RT_CELL_WIDTH, text, sizeof text);
    rt_canvas_text(c, page.x + page.width / 2, rt_canvas_base(c, RT_TEXT_TITLE, middle),
                   RT_ANCHOR_MIDDLE, RT_TEXT_TITLE, RT_COLOR_INK, false, text);
}

void rt_panels_draw(RtCanvas *c, const RtFigure *f, RtBox page)
{
    RtPanelView *views = calloc(f->n_panels ? f->n_panels : 1, sizeof *views);
    c->failed = c->failed || !views || !open_views(c, f, page, views);
    if (f->title)
        draw_title(c, f, page);
    for (uint32_t i = 0; !c->failed && i < f->n_panels; i++)
        draw_panel(c, &views[i]);
    for (uint32_t i = 0; views && i < f->n_panels; i++)
        rt_series_close(&views[i].series);
    free(views);
}
