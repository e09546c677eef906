/* network.c: the rows of a summary -> boxes and arrows. */
#include "runtime/train/network.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/abi/commas.h"
#include "runtime/abi/dtype.h"
#include "runtime/train/summary.h"

enum { CELL = 512, LINES = 7 /* of a box */, NONE = UINT32_MAX };

typedef struct Maker {
    RtNetwork *net;
    const ImgLayerRow *rows;
    uint32_t n;
    const RtNetworkShow *show;
    uint32_t n_lines, *box_of; /* of each row that is the first of its layer; NONE: not drawn yet */
    uint32_t last;             /* the box whose value goes on; NONE: the input */
    RtStatus status;
    RtError *error;
} Maker;

/* ---- boxes ---- */

static void add_line(Maker *mk, RtDiagramBox *box, const char *name, const char *value)
{
    RtNames *texts = &mk->net->texts;
    if (mk->status == RT_OK)
        mk->status = rt_names_add(texts, value, mk->error);
    if (mk->status != RT_OK)
        return;
    mk->net->lines[mk->n_lines] = name;
    mk->net->values[mk->n_lines++] = texts->at[texts->n - 1];
    box->n_lines++;
}

static void add_shape(Maker *mk, RtDiagramBox *box, const char *name, const Img_LIST_I64 *dims)
{
    char text[CELL];
    rt_shape_text(dims, text, sizeof text);
    add_line(mk, box, name, text);
}

static void add_params(Maker *mk, RtDiagramBox *box, const ImgLayerRow *row)
{
    char text[32];
    rt_commas(row->params, text);
    add_line(mk, box, "Params", text);
}

static void add_facts(Maker *mk, RtDiagramBox *box, const ImgLayerRow *row)
{
    const RtNetworkShow *show = mk->show;
    if (show->shapes) {
        add_shape(mk, box, "Input shape", &row->input);
        add_shape(mk, box, "Output shape", &row->dims);
    }
    if (show->dtype)
        add_line(mk, box, "Output dtype", rt_dtype((RtDtype)row->dtype)->name);
    if (show->activations && *row->activation)
        add_line(mk, box, "Activation", row->activation);
    if (show->params)
        add_params(mk, box, row);
    if (show->trainable && row->params)
        add_line(mk, box, "Trainable", row->trainable ? "yes" : "no");
}

static uint32_t add_box(Maker *mk, const ImgLayerRow *row, bool is_frame)
{
    RtDiagram *d = &mk->net->diagram;
    RtDiagramBox *box = &mk->net->boxes[d->n_boxes];
    *box = (RtDiagramBox){.lines = mk->net->lines + mk->n_lines,
                          .values = mk->net->values + mk->n_lines,
                          .depth = row->depth};
    add_line(mk, box, mk->show->names ? row->name : row->type, mk->show->names ? row->type : "");
    if (!is_frame)
        add_facts(mk, box, row);
    return d->n_boxes++;
}

/* ---- arrows ---- */

/* Only an arrow to a box that was there before can be there, too. */
static bool has_edge(const RtDiagram *d, uint32_t from, uint32_t to)
{
    for (uint32_t i = 0; i < d->n_edges; i++)
        if (d->edges[i].from == from && d->edges[i].to == to)
            return true;
    return false;
}

static void go_on(Maker *mk, uint32_t box, bool is_new)
{
    RtDiagram *d = &mk->net->diagram;
    if (mk->last != NONE && (is_new || !has_edge(d, mk->last, box)))
        mk->net->edges[d->n_edges++] = (RtDiagramEdge){mk->last, box, NULL};
    mk->last = box;
}

/* ---- rows ---- */

static uint32_t first_of(const Maker *mk, uint32_t row)
{
    while (mk->rows[row].first != row)
        row = mk->rows[row].first;
    return row;
}

static uint32_t add_rows(Maker *mk, uint32_t row, uint32_t depth);

/* A nested model and the rows in it. Of one whose layers all have boxes elsewhere nothing is left. */
static uint32_t add_nested(Maker *mk, uint32_t row)
{
    RtDiagram *d = &mk->net->diagram;
    uint32_t n_lines = mk->n_lines, frame = add_box(mk, &mk->rows[row], true);
    uint32_t next = add_rows(mk, row + 1, mk->rows[row].depth + 1);
    mk->net->boxes[frame].inside = d->n_boxes - frame - 1;
    if (!mk->net->boxes[frame].inside) {
        d->n_boxes--;
        mk->n_lines = n_lines;
    }
    return next;
}

static void add_layer(Maker *mk, uint32_t row)
{
    uint32_t *box = &mk->box_of[first_of(mk, row)];
    bool is_new = *box == NONE;
    if (is_new)
        *box = add_box(mk, &mk->rows[row], false);
    go_on(mk, *box, is_new);
}

/* The rows of this depth from here on; returns the row behind them. */
static uint32_t add_rows(Maker *mk, uint32_t row, uint32_t depth)
{
    while (row < mk->n && mk->rows[row].depth >= depth && mk->status == RT_OK) {
        bool nested = row + 1 < mk->n && mk->rows[row + 1].depth > mk->rows[row].depth;
        if (nested && mk->show->expand_nested) {
            row = add_nested(mk, row);
            continue;
        }
        add_layer(mk, row);
        do
            row++;
        while (row < mk->n && mk->rows[row].depth > depth);
    }
    return row;
}

RtStatus rt_network(RtNetwork *net, const ImgInstance *m, const RtNetworkShow *show, RtError *error)
{
    size_t n = m->layers.n + (size_t)1;
    Maker mk = {.net = net,
                .rows = m->layers.at,
                .n = m->layers.n,
                .show = show,
                .box_of = malloc(n * sizeof *mk.box_of),
                .last = NONE,
                .status = RT_OK,
                .error = error};
    *net = (RtNetwork){.boxes = malloc(n * sizeof *net->boxes),
                       .edges = malloc(n * sizeof *net->edges),
                       .lines = malloc(n * LINES * sizeof *net->lines),
                       .values = malloc(n * LINES * sizeof *net->values)};
    net->diagram = (RtDiagram){.title = m->title, .boxes = net->boxes, .edges = net->edges};
    if (!mk.box_of || !net->boxes || !net->edges || !net->lines || !net->values)
        mk.status = rt_fail(error, "not enough memory for the picture of '%s'", m->name);
    for (uint32_t i = 0; mk.status == RT_OK && i < m->layers.n; i++)
        mk.box_of[i] = NONE;
    add_rows(&mk, 0, 0);
    free(mk.box_of);
    return mk.status;
}

void rt_network_close(RtNetwork *net)
{
    free(net->boxes);
    free(net->edges);
    free((void *)net->lines);
    free((void *)net->values);
    rt_names_free(&net->texts);
    *net = (RtNetwork){.boxes = NULL};
}
