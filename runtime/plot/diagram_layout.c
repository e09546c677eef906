/* diagram_layout.c: sizes of texts -> columns, boxes from above to below, lanes. */
#include "runtime/plot/diagram_layout.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double widest = 320, widest_title = 640; /* names and values of boxes; the title */

/* ---- widths ---- */

static RtDiagramLook look_of(const RtCanvas *c)
{
    double h = rt_canvas_line_height(c, RT_TEXT_LABEL);
    if (rt_canvas_room(c) > 0)
        return (RtDiagramLook){.cells = true,
                               .edge_x = RT_CELL_WIDTH,
                               .edge_y = RT_CELL_HEIGHT,
                               .pad_x = RT_CELL_WIDTH,
                               .head = RT_CELL_HEIGHT,
                               .row = h,
                               .gap = RT_CELL_HEIGHT,
                               .inset = 2 * RT_CELL_WIDTH,
                               .lane = 2 * RT_CELL_WIDTH,
                               .space = 2 * RT_CELL_WIDTH};
    return (RtDiagramLook){.margin = 12,
                           .pad_x = 10,
                           .pad_y = 6,
                           .head = h + 10,
                           .row = h + 2,
                           .gap = 28,
                           .inset = 16,
                           .lane = 14,
                           .space = 12};
}

uint32_t rt_diagram_rows(const RtDiagramLayout *l, const RtDiagramBox *box)
{
    uint32_t n = box->inside ? 0 : box->n_lines - 1;
    return l->columns == 2 ? (n + 1) / 2 : n;
}

void rt_diagram_head(const RtDiagramBox *box, char *text, size_t size)
{
    snprintf(text, size, *box->values[0] ? "%s (%s)" : "%s", box->lines[0], box->values[0]);
}

static double greater(double a, double b)
{
    return a > b ? a : b;
}

static double width_of(const RtCanvas *c, const char *text)
{
    double width = rt_canvas_text_width(c, RT_TEXT_LABEL, text);
    return width < widest ? width : widest;
}

/* Names and values of both columns, each as wide as the widest of all boxes. */
static double measure_facts(RtDiagramLayout *l, const RtCanvas *c, uint32_t columns)
{
    double width = 0;
    l->columns = columns;
    memset(l->name, 0, sizeof l->name);
    memset(l->value, 0, sizeof l->value);
    for (uint32_t i = 0; i < l->d->n_boxes; i++) {
        const RtDiagramBox *box = &l->d->boxes[i];
        uint32_t rows = rt_diagram_rows(l, box);
        for (uint32_t k = 1; k < box->n_lines && rows; k++) {
            int column = k > rows;
            l->name[column] = greater(l->name[column], width_of(c, box->lines[k]));
            l->value[column] = greater(l->value[column], width_of(c, box->values[k]));
        }
    }
    for (int column = 0; column < 2; column++)
        if (l->name[column] > 0)
            width += (column ? 3 : 1) * l->look.space + l->name[column] + l->value[column];
    return width;
}

static double heads_width(const RtDiagramLayout *l, const RtCanvas *c)
{
    double width = 0;
    for (uint32_t i = 0; i < l->d->n_boxes; i++) {
        char head[RT_DIAGRAM_TEXT];
        rt_diagram_head(&l->d->boxes[i], head, sizeof head);
        width = greater(width, width_of(c, head));
    }
    width += l->look.cells ? 2 * RT_CELL_WIDTH : 0;
    return l->d->n_boxes ? width : 80;
}

static void measure_width(RtDiagramLayout *l, const RtCanvas *c)
{
    const RtDiagramLook *look = &l->look;
    double edges = 2 * (look->edge_x + look->pad_x), frames = 2 * l->depth * look->inset;
    double lanes = l->n_lanes ? (l->n_lanes + 1) * look->lane : 0;
    double most = rt_canvas_room(c) - edges - frames - lanes;
    double facts = measure_facts(l, c, 2);
    if (look->cells && facts > most)
        facts = measure_facts(l, c, 1);
    l->width = greater(facts, heads_width(l, c));
    if (look->cells && l->width > most)
        l->width = greater(most, 0);
    l->width += edges;
    l->axis = look->margin + (l->width + frames) / 2;
    if (look->cells) /* the middle of a cell */
        l->axis = floor(l->axis / RT_CELL_WIDTH) * RT_CELL_WIDTH + RT_CELL_WIDTH / 2;
    double title = l->d->title ? rt_canvas_text_width(c, RT_TEXT_TITLE, l->d->title) : 0;
    l->page_width = greater(l->width + frames + lanes, title < widest_title ? title : widest_title);
    l->page_width += 2 * look->margin;
}

/* ---- places ---- */

/* Puts a box and all that is in it below y; returns where it ends, and in *next what is behind it. */
static double place(RtDiagramLayout *l, uint32_t i, double y, uint32_t *next)
{
    const RtDiagramBox *box = &l->d->boxes[i];
    const RtDiagramLook *look = &l->look;
    uint32_t end = i + 1 + box->inside, rows = rt_diagram_rows(l, box);
    double inset = (box->inside ? box->depth : l->depth) * look->inset;
    double bottom = y + look->head + (rows ? rows * look->row + 2 * look->pad_y : 0);
    for (uint32_t k = i + 1; k < end;)
        bottom = place(l, k, bottom + (k > i + 1 ? look->gap : 0), &k);
    bottom += box->inside && !look->cells ? look->inset : look->edge_y;
    l->boxes[i] = (RtBox){look->margin + inset, y, l->width + 2 * (l->depth * look->inset - inset),
                          bottom - y};
    *next = end;
    return bottom;
}

static void place_all(RtDiagramLayout *l, const RtCanvas *c)
{
    double y = l->look.margin;
    if (l->d->title)
        y += rt_canvas_line_height(c, RT_TEXT_TITLE) + (l->look.cells ? RT_CELL_HEIGHT : 8);
    for (uint32_t i = 0; i < l->d->n_boxes;)
        y = place(l, i, y + (i ? l->look.gap : 0), &i);
    if (!l->d->n_boxes)
        y += rt_canvas_line_height(c, RT_TEXT_LABEL);
    l->page_height = y + l->look.margin;
}

/* ---- lanes ---- */

/* The next box that is no frame. */
static uint32_t leaf_after(const RtDiagram *d, uint32_t i)
{
    for (i++; i < d->n_boxes && d->boxes[i].inside; i++)
        ;
    return i;
}

/* Do two edges stand beside a common box? */
static bool overlap(const RtDiagramEdge *a, const RtDiagramEdge *b)
{
    uint32_t a0 = a->from < a->to ? a->from : a->to, a1 = a->from + a->to - a0;
    uint32_t b0 = b->from < b->to ? b->from : b->to, b1 = b->from + b->to - b0;
    return a0 <= b1 && b0 <= a1;
}

/* The first lane in which no edge before is beside this one. used: of every lane the last edge, counted from 1, that
 * could not take it. */
static uint32_t free_lane(const RtDiagramLayout *l, uint32_t edge, uint32_t *used)
{
    uint32_t lane = 0;
    for (uint32_t i = 0; i < edge; i++)
        if (l->lanes[i] != RT_NO_LANE && overlap(&l->d->edges[i], &l->d->edges[edge]))
            used[l->lanes[i]] = edge + 1;
    while (used[lane] == edge + 1)
        lane++;
    return lane;
}

static void choose_lanes(RtDiagramLayout *l, uint32_t *used)
{
    for (uint32_t e = 0; e < l->d->n_edges; e++) {
        const RtDiagramEdge *edge = &l->d->edges[e];
        bool down = edge->to == leaf_after(l->d, edge->from);
        l->lanes[e] = down ? RT_NO_LANE : free_lane(l, e, used);
        if (!down && l->lanes[e] >= l->n_lanes)
            l->n_lanes = l->lanes[e] + 1;
    }
}

bool rt_diagram_layout(RtDiagramLayout *l, const RtCanvas *c, const RtDiagram *d)
{
    *l = (RtDiagramLayout){.d = d, .look = look_of(c)};
    l->boxes = malloc((d->n_boxes + (size_t)1) * sizeof *l->boxes);
    l->lanes = malloc((d->n_edges + (size_t)1) * sizeof *l->lanes);
    uint32_t *used = calloc(d->n_edges + (size_t)1, sizeof *used);
    bool right = l->boxes && l->lanes && used;
    if (right)
        choose_lanes(l, used);
    free(used);
    if (!right)
        return false;
    for (uint32_t i = 0; i < d->n_boxes; i++)
        if (d->boxes[i].depth > l->depth)
            l->depth = d->boxes[i].depth;
    measure_width(l, c);
    place_all(l, c);
    return true;
}

void rt_diagram_layout_close(RtDiagramLayout *l)
{
    free(l->boxes);
    free(l->lanes);
}
