/* figure.h: what a picture shows, apart from where it is drawn: curves in panels, a heat map, a grid of pictures, a
 * diagram of boxes. The texts are UTF-8 and belong to the caller. Nothing here knows a training. */
#ifndef NNLC_RUNTIME_PLOT_FIGURE_H
#define NNLC_RUNTIME_PLOT_FIGURE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "runtime/abi/status.h"

typedef enum { RT_CURVE_line, RT_CURVE_scatter, RT_CURVE_bar, RT_CURVE_hist } RtCurveKind;

typedef struct RtCurve {
    const char *name; /* in the legend; NULL: not there */
    int64_t n;
    const double *x; /* [n], or NULL: first, first + 1, ... */
    const double *y; /* [n]; NaN breaks the line; hist: what is counted */
    double first;
    int64_t mark;  /* index of the point that is marked, -1: none */
    int32_t color; /* which series color; -1: in the order of the curves */
    bool dashed;   /* the second of a pair: val_loss beside loss */
} RtCurve;

typedef struct RtPanel {
    const char *title, *x_label, *y_label; /* or NULL */
    RtCurveKind kind;
    bool log_x, log_y;
    bool whole_x; /* x are counts (epochs): ticks at whole numbers only */
    double
        smooth; /* 0: as it is; below 1: weight of the past in a running mean, the curve itself shown faint */
    uint32_t n_names; /* bar: names under the bars; 0: numbers */
    const char *const *names;
    uint32_t n;
    const RtCurve *curves;
} RtPanel;

/* A matrix with its numbers; rows from above. */
typedef struct RtHeatMap {
    const char *title, *x_label, *y_label;
    int64_t rows, columns;
    const double *values; /* [rows, columns]; NaN: an empty cell */
    uint32_t n_row_names, n_column_names;
    const char *const *row_names, *const *column_names; /* or NULL: numbers */
    bool whole;                                         /* shown without a point */
} RtHeatMap;

/* Pictures in rows, each with its captions. */
typedef struct RtPicture {
    const double *pixels; /* [rows, columns, channels] */
    const char *caption;  /* or NULL */
    const char *second;   /* a second line, marked as right or wrong; or NULL */
    bool wrong;
} RtPicture;

typedef struct RtPictures {
    const char *title;
    int64_t rows, columns, channels; /* of each picture; channels 1 or 3 */
    double least,
        most; /* the pixel values that are black and white; equal: from the pictures themselves */
    bool diverging;    /* weights: zero is neutral, signs have their colors */
    int64_t n, across; /* across: pictures in a row, 0: as it fits */
    const RtPicture *at;
} RtPictures;

/* Boxes from above to below, and arrows between them. */
typedef struct RtDiagramBox {
    uint32_t
        n_lines; /* the first is the head, the others have a name and a value ("output", "(None, 64)") */
    const char *const *lines, *const *values;
    uint32_t depth; /* of nested models; a box that others lie in has `inside` of them behind it */
    uint32_t inside;
} RtDiagramBox;

typedef struct RtDiagramEdge {
    uint32_t from, to; /* boxes that nothing lies in */
    const char *text;  /* beside the arrow, or NULL */
} RtDiagramEdge;

typedef struct RtDiagram {
    const char *title;
    uint32_t n_boxes, n_edges;
    const RtDiagramBox *boxes;
    const RtDiagramEdge *edges;
} RtDiagram;

typedef enum {
    RT_FIGURE_panels,
    RT_FIGURE_heat_map,
    RT_FIGURE_pictures,
    RT_FIGURE_diagram
} RtFigureKind;

typedef struct RtFigure {
    RtFigureKind kind;
    const char *title; /* over all panels, or NULL */
    uint32_t n_panels;
    const RtPanel *panels;
    const RtHeatMap *heat_map;
    const RtPictures *pictures;
    const RtDiagram *diagram;
} RtFigure;

/* Has the path an extension that pictures are written with (.svg, .png)? Says which there are, and of .png in a
 * program without it, how to get it. */
RtStatus rt_figure_check(const char *path, RtError *error) RT_MUST_USE;
/* Written beside the file and renamed: never half there. */
RtStatus rt_figure_write(const RtFigure *f, const char *path, RtError *error) RT_MUST_USE;
/* For a terminal: block and braille characters, or ASCII where the locale has no UTF-8; as wide as the terminal has
 * columns, else COLUMNS, else 80. */
RtStatus rt_figure_print(const RtFigure *f, FILE *out, RtError *error) RT_MUST_USE;

#endif
