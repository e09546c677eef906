/* plot_random.h: figures of random numbers, names and sizes, as awkward as can be. */
#ifndef NNLC_TESTS_UNIT_PLOT_RANDOM_H
#define NNLC_TESTS_UNIT_PLOT_RANDOM_H

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/plot/figure.h"

enum {
    RANDOM_PANELS = 5,
    RANDOM_CURVES = 12,
    RANDOM_POINTS = 300,
    RANDOM_CELLS = 40 * 40,
    RANDOM_NAMES = 40,
    RANDOM_GRID = 60,
    RANDOM_BOXES = 30,
    RANDOM_LINES = 8
};

typedef struct RandomFigure {
    uint64_t seed;
    bool nasty; /* names that are long or no UTF-8, numbers that are no numbers */
    RtPanel panels[RANDOM_PANELS];
    RtCurve curves[RANDOM_PANELS][RANDOM_CURVES];
    double values[RANDOM_PANELS][RANDOM_CURVES][2][RANDOM_POINTS];
    RtHeatMap map;
    double cells[RANDOM_CELLS];
    const char *names[RANDOM_NAMES];
    char long_name[10001];
    RtPictures pictures;
    RtPicture grid[RANDOM_GRID];
    RtDiagram diagram;
    RtDiagramBox boxes[RANDOM_BOXES];
    const char *lines[RANDOM_BOXES][RANDOM_LINES], *facts[RANDOM_BOXES][RANDOM_LINES];
    RtDiagramEdge edges[RANDOM_BOXES];
} RandomFigure;

static inline uint32_t random_below(RandomFigure *r, uint32_t n)
{
    r->seed = r->seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return (uint32_t)((r->seed >> 33) % n);
}

static inline double random_number(RandomFigure *r)
{
    static const double nasty[] = {NAN,    INFINITY, -INFINITY, 1e308, -1e308,
                                   5e-324, 0,        1e-300,    1e15,  -0.0};
    double part = random_below(r, 1000000) / 1e6;
    if (r->nasty && random_below(r, 6) == 0)
        return nasty[random_below(r, sizeof nasty / sizeof *nasty)];
    return random_below(r, 2) ? part : 100 * part * part - 20;
}

static inline const char *random_name(RandomFigure *r)
{
    static const char *const plain[] = {"loss", "val_loss", "a much longer name of a metric",
                                        "x",    "<&>\"'",   "\xc3\xa4\xce\xb1\xe4\xb8\xad"};
    static const char *const nasty[] = {"\xff\xfe broken", "\xe2\x82", "tab\tand\nline\x01",
                                        "\xef\xbf\xbf",    "",         "\xf0\x9f\x98\x80 smile",
                                        "e\xcc\x81"};
    if (r->nasty && random_below(r, 4) == 0)
        return random_below(r, 3) ? nasty[random_below(r, sizeof nasty / sizeof *nasty)]
                                  : r->long_name;
    return plain[random_below(r, sizeof plain / sizeof *plain)];
}

static inline const char *random_title(RandomFigure *r)
{
    return random_below(r, 2) ? random_name(r) : NULL;
}

static inline void random_curve(RandomFigure *r, RtCurve *c, double values[2][RANDOM_POINTS])
{
    double scale = random_below(r, 3) ? 1 : pow(10, random_below(r, 40) - 20.0),
           offset = random_below(r, 4) ? 0 : 1e6;
    *c = (RtCurve){.name = random_title(r),
                   .n = random_below(r, RANDOM_POINTS),
                   .y = values[1],
                   .first = 1,
                   .color = -1,
                   .mark = -1,
                   .dashed = random_below(r, 2)};
    if (random_below(r, 4) == 0)
        c->n = random_below(r, 3);
    for (int64_t i = 0; i < c->n; i++) {
        values[0][i] = random_below(r, 2) ? random_number(r) * scale : (double)i;
        values[1][i] = random_number(r) * scale + offset;
    }
    if (random_below(r, 2))
        c->x = values[0];
    if (random_below(r, 2) && c->n)
        c->mark = random_below(r, (uint32_t)c->n);
    if (random_below(r, 3) == 0)
        c->color = (int32_t)random_below(r, 30);
}

static inline void random_panel(RandomFigure *r, uint32_t k)
{
    RtPanel *p = &r->panels[k];
    *p = (RtPanel){.title = random_title(r),
                   .x_label = random_title(r),
                   .y_label = random_title(r),
                   .kind = (RtCurveKind)random_below(r, 4),
                   .log_x = random_below(r, 4) == 0,
                   .log_y = random_below(r, 3) == 0,
                   .whole_x = random_below(r, 2),
                   .smooth = random_below(r, 3) ? 0 : 0.9,
                   .n = random_below(r, RANDOM_CURVES),
                   .curves = r->curves[k]};
    if (p->kind == RT_CURVE_bar && random_below(r, 2)) {
        p->n_names = 1 + random_below(r, RANDOM_NAMES - 1);
        p->names = r->names;
    }
    for (uint32_t i = 0; i < p->n; i++) {
        random_curve(r, &r->curves[k][i], r->values[k][i]);
        if (p->n_names && r->curves[k][i].n > p->n_names)
            r->curves[k][i].n = p->n_names;
        if (r->curves[k][i].mark >= r->curves[k][i].n)
            r->curves[k][i].mark = -1;
    }
}

static inline void random_map(RandomFigure *r)
{
    uint32_t rows = random_below(r, 40), columns = random_below(r, 40);
    bool whole = random_below(r, 2);
    r->map = (RtHeatMap){.title = random_title(r),
                         .x_label = random_title(r),
                         .y_label = random_title(r),
                         .rows = rows,
                         .columns = columns,
                         .values = r->cells,
                         .whole = whole};
    for (uint32_t i = 0; i < rows * columns; i++)
        r->cells[i] = whole ? floor(random_number(r)) : random_number(r);
    if (random_below(r, 2)) {
        r->map.n_row_names = rows;
        r->map.row_names = r->names;
    }
    if (random_below(r, 2)) {
        r->map.n_column_names = columns;
        r->map.column_names = r->names;
    }
}

static inline void random_pictures(RandomFigure *r)
{
    uint32_t channels = random_below(r, 2) ? 1 : 3;
    r->pictures = (RtPictures){.title = random_title(r),
                               .rows = random_below(r, 8) ? 1 + random_below(r, 20) : 0,
                               .columns = 1 + random_below(r, 20),
                               .channels = channels,
                               .least = random_below(r, 2) ? random_number(r) : 0,
                               .most = random_number(r),
                               .diverging = random_below(r, 2),
                               .n = random_below(r, RANDOM_GRID),
                               .across = random_below(r, 12),
                               .at = r->grid};
    for (int i = 0; i < RANDOM_CELLS; i++)
        r->cells[i] = random_number(r);
    for (int i = 0; i < RANDOM_GRID; i++)
        r->grid[i] = (RtPicture){.pixels = r->cells + random_below(r, 300),
                                 .caption = random_title(r),
                                 .second = random_title(r),
                                 .wrong = random_below(r, 2)};
}

/* Boxes from `at` on, in a frame of this depth; returns how many. */
static inline uint32_t random_boxes(RandomFigure *r, uint32_t at, uint32_t most, uint32_t depth)
{
    uint32_t n = 0;
    while (n < most && random_below(r, 6)) {
        RtDiagramBox *b = &r->boxes[at + n];
        *b = (RtDiagramBox){.n_lines = 1 + random_below(r, RANDOM_LINES),
                            .lines = r->lines[at + n],
                            .values = r->facts[at + n],
                            .depth = depth};
        for (int i = 0; i < RANDOM_LINES; i++) {
            r->lines[at + n][i] = random_name(r);
            r->facts[at + n][i] = random_name(r);
        }
        n++;
        if (n < most && random_below(r, 4) == 0 && depth < 5) {
            b->inside = random_boxes(r, at + n, most - n, depth + 1);
            n += b->inside;
        }
    }
    return n;
}

static inline void random_diagram(RandomFigure *r)
{
    uint32_t n = random_boxes(r, 0, RANDOM_BOXES, 0);
    r->diagram =
        (RtDiagram){.title = random_title(r), .n_boxes = n, .boxes = r->boxes, .edges = r->edges};
    for (uint32_t i = 0; n && i < random_below(r, RANDOM_BOXES); i++) {
        RtDiagramEdge e = {random_below(r, n), random_below(r, n), random_title(r)};
        bool again = r->boxes[e.from].inside || r->boxes[e.to].inside; /* arrows join layers */
        for (uint32_t k = 0; k < r->diagram.n_edges; k++)
            again = again || (r->edges[k].from == e.from && r->edges[k].to == e.to);
        if (!again)
            r->edges[r->diagram.n_edges++] = e;
    }
}

/* What it points to lives in r. */
static inline RtFigure random_figure(RandomFigure *r, uint64_t seed, bool nasty)
{
    r->seed = seed * 2654435761U + 17;
    r->nasty = nasty;
    memset(r->long_name, 'w', sizeof r->long_name - 1);
    for (int i = 0; i < RANDOM_NAMES; i++)
        r->names[i] = random_name(r);
    switch (random_below(r, 7)) {
    case 0:
        random_map(r);
        return (RtFigure){.kind = RT_FIGURE_heat_map, .heat_map = &r->map};
    case 1:
        random_pictures(r);
        return (RtFigure){.kind = RT_FIGURE_pictures, .pictures = &r->pictures};
    case 2:
        random_diagram(r);
        return (RtFigure){.kind = RT_FIGURE_diagram, .diagram = &r->diagram};
    default:
        break;
    }
    RtFigure f = {.kind = RT_FIGURE_panels,
                  .title = random_title(r),
                  .n_panels = random_below(r, RANDOM_PANELS + 1),
                  .panels = r->panels};
    for (uint32_t k = 0; k < f.n_panels; k++)
        random_panel(r, k);
    return f;
}

#endif
