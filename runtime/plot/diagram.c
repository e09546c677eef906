/* diagram.c: boxes with heads and facts, frames, arrows from each box to the next and through lanes to others. */
#include <stdio.h>

#include "runtime/plot/canvas_format.h"
#include "runtime/plot/diagram_layout.h"
#include "runtime/plot/kinds.h"

typedef RtDiagramLayout Layout;

static const char nothing[] = "no layers";

static const RtPen no_pen = {RT_COLOR_NONE, 0, 0}, edge_pen = {RT_COLOR_MUTED, 1, 0},
                   frame_pen = {RT_COLOR_MUTED, 1, 1}, arrow_pen = {RT_COLOR_MUTED, 1.5, 0};

/* ---- boxes ---- */

/* In a row of this height below y. */
static void put_text(RtCanvas *c, double x, double y, double height, RtColor color,
                     const char *text)
{
    double h = rt_canvas_line_height(c, RT_TEXT_LABEL);
    rt_canvas_text(c, x, y + (height - h) / 2 + 0.77 * h, RT_ANCHOR_START, RT_TEXT_LABEL, color,
                   false, text);
}

static void put_cut(RtCanvas *c, double x, double y, double height, double width, RtColor color,
                    const char *text)
{
    char shown[RT_DIAGRAM_TEXT];
    put_text(c, x, y, height, color,
             rt_canvas_cut(c, RT_TEXT_LABEL, text, width, shown, sizeof shown));
}

/* In a terminal through the middles of the cells. */
static void draw_edge(RtCanvas *c, const Layout *l, RtBox box, RtPen pen)
{
    double x = l->look.edge_x / 2, y = l->look.edge_y / 2;
    rt_canvas_rect(c, (RtBox){box.x + x, box.y + y, box.width - 2 * x, box.height - 2 * y},
                   RT_COLOR_NONE, pen);
}

/* A paper behind it hides the arrow into a frame. */
static void draw_head(RtCanvas *c, const Layout *l, uint32_t i, RtColor color)
{
    char head[RT_DIAGRAM_TEXT], cut[RT_DIAGRAM_TEXT], shown[RT_DIAGRAM_TEXT + 2];
    RtBox at = l->boxes[i];
    double left = l->look.edge_x + l->look.pad_x, gaps = l->look.cells ? 2 * RT_CELL_WIDTH : 0;
    rt_diagram_head(&l->d->boxes[i], head, sizeof head);
    rt_canvas_cut(c, RT_TEXT_LABEL, head, at.width - 2 * left - gaps, cut, sizeof cut);
    snprintf(shown, sizeof shown, l->look.cells ? " %s " : "%s", cut);
    if (l->d->boxes[i].inside && !l->look.cells)
        rt_canvas_rect(c,
                       (RtBox){at.x + left, at.y + 4, rt_canvas_text_width(c, RT_TEXT_LABEL, shown),
                               l->look.head - 8},
                       RT_COLOR_PAPER, no_pen);
    put_text(c, at.x + left, at.y, l->look.head, color, shown);
}

static void draw_facts(RtCanvas *c, const Layout *l, uint32_t i)
{
    const RtDiagramBox *box = &l->d->boxes[i];
    const RtDiagramLook *look = &l->look;
    uint32_t rows = rt_diagram_rows(l, box);
    double left = l->boxes[i].x + look->edge_x + look->pad_x;
    double right = l->boxes[i].x + l->boxes[i].width - look->edge_x;
    for (uint32_t k = 1; k < box->n_lines; k++) {
        int column = k > rows;
        uint32_t row = k - 1 - (column ? rows : 0);
        double y = l->boxes[i].y + look->head + look->pad_y + row * look->row;
        double x = left + (column ? l->name[0] + l->value[0] + 3 * look->space : 0);
        put_cut(c, x, y, look->row, l->name[column], RT_COLOR_MUTED, box->lines[k]);
        x += l->name[column] + look->space;
        put_cut(c, x, y, look->row, x + l->value[column] < right ? l->value[column] : right - x,
                RT_COLOR_INK, box->values[k]);
    }
}

static void draw_box(RtCanvas *c, const Layout *l, uint32_t i)
{
    RtBox at = l->boxes[i];
    if (l->d->boxes[i].inside) {
        draw_edge(c, l, at, frame_pen);
        draw_head(c, l, i, RT_COLOR_MUTED);
        return;
    }
    if (!l->look.cells)
        rt_canvas_rect(c, (RtBox){at.x, at.y, at.width, l->look.head}, RT_COLOR_GRID, no_pen);
    draw_edge(c, l, at, edge_pen);
    draw_head(c, l, i, RT_COLOR_INK);
    draw_facts(c, l, i);
}

/* ---- arrows ---- */

/* The point of an arrow at (x, y), down or to the left. */
static void draw_point(RtCanvas *c, double x, double y, bool down)
{
    double below[] = {x, y, x - 4, y - 8, x + 4, y - 8},
           left[] = {x, y, x + 8, y - 4, x + 8, y + 4};
    rt_canvas_area(c, 3, down ? below : left, RT_COLOR_MUTED);
}

/* In a terminal in the cell in front of the edge. */
static void draw_straight(RtCanvas *c, const Layout *l, const RtDiagramEdge *e)
{
    double from = l->boxes[e->from].y + l->boxes[e->from].height, to = l->boxes[e->to].y,
           x = l->axis;
    double end = l->look.cells ? to - RT_CELL_HEIGHT : to - 6;
    rt_canvas_line(c, 2, (double[]){x, from, x, end}, arrow_pen);
    if (l->look.cells)
        put_text(c, x - RT_CELL_WIDTH / 2, end, RT_CELL_HEIGHT, RT_COLOR_MUTED, "\u25bc");
    else
        draw_point(c, x, to, true);
    if (e->text)
        put_cut(c, x + RT_CELL_WIDTH, l->look.cells ? end : from, l->look.gap,
                l->width / 2 - RT_CELL_WIDTH, RT_COLOR_MUTED, e->text);
}

/* Out of the lower half of its box, through its lane, into the upper half of the other. */
static void draw_lane(RtCanvas *c, const Layout *l, uint32_t e)
{
    RtBox a = l->boxes[l->d->edges[e].from], b = l->boxes[l->d->edges[e].to];
    double half = l->look.cells ? RT_CELL_WIDTH / 2 : 0,
           inside = l->look.cells ? RT_CELL_HEIGHT * 1.5 : l->look.head / 2;
    double x = l->look.margin + l->width + 2 * l->depth * l->look.inset +
               (l->lanes[e] + 1) * l->look.lane - half;
    double from = a.y + a.height - inside, to = b.y + inside, right = b.x + b.width;
    double xy[] = {
        a.x + a.width - half, from, x, from, x, to, right + (l->look.cells ? half : 6), to};
    rt_canvas_line(c, 4, xy, arrow_pen);
    if (l->look.cells)
        put_text(c, right, to - RT_CELL_HEIGHT / 2, RT_CELL_HEIGHT, RT_COLOR_MUTED, "\u25c0");
    else
        draw_point(c, right, to, false);
}

/* ---- the page ---- */

void rt_diagram_size(const RtCanvas *c, const RtFigure *f, double *width, double *height)
{
    Layout l;
    if (rt_diagram_layout(&l, c, f->diagram)) {
        *width = l.page_width;
        *height = l.page_height;
    }
    rt_diagram_layout_close(&l);
}

static void draw_all(RtCanvas *c, const Layout *l, RtBox page)
{
    const RtDiagram *d = l->d;
    double h = rt_canvas_line_height(c, RT_TEXT_TITLE), middle = page.width / 2;
    char title[RT_DIAGRAM_TEXT];
    if (d->title) {
        rt_canvas_cut(c, RT_TEXT_TITLE, d->title, page.width, title, sizeof title);
        if (l->axis > rt_canvas_text_width(c, RT_TEXT_TITLE, title) / 2 && d->n_boxes)
            middle = l->axis;
        rt_canvas_text(c, middle, l->look.margin + 0.77 * h, RT_ANCHOR_MIDDLE, RT_TEXT_TITLE,
                       RT_COLOR_INK, false, title);
    }
    if (!d->n_boxes)
        put_text(c, l->look.margin, page.height - l->look.margin - l->look.row, l->look.row,
                 RT_COLOR_MUTED, nothing);
    for (uint32_t e = 0; e < d->n_edges; e++)
        if (l->lanes[e] == RT_NO_LANE)
            draw_straight(c, l, &d->edges[e]);
    for (uint32_t i = 0; i < d->n_boxes; i++)
        draw_box(c, l, i);
    for (uint32_t e = 0; e < d->n_edges; e++)
        if (l->lanes[e] != RT_NO_LANE)
            draw_lane(c, l, e);
}

void rt_diagram_draw(RtCanvas *c, const RtFigure *f, RtBox page)
{
    Layout l;
    if (rt_diagram_layout(&l, c, f->diagram))
        draw_all(c, &l, page);
    else
        c->failed = true;
    rt_diagram_layout_close(&l);
}
