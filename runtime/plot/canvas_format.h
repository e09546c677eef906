/* canvas_format.h: what a format of pictures brings: a function for each thing that is drawn.
 *
 * A canvas is opened, asked for the sizes of texts, told the size of its page, drawn on, finished and closed. */
#ifndef NNLC_RUNTIME_PLOT_CANVAS_FORMAT_H
#define NNLC_RUNTIME_PLOT_CANVAS_FORMAT_H

#include <stddef.h>
#include <stdio.h>

#include "runtime/plot/canvas.h"

typedef struct RtCanvasFormat {
    double (*text_width)(const RtCanvas *c, RtTextStyle style, const char *text);
    void (*page)(RtCanvas *c);
    void (*rect)(RtCanvas *c, RtBox box, RtColor fill, RtPen edge);
    void (*line)(RtCanvas *c, int64_t n, const double *xy, RtPen pen);
    void (*area)(RtCanvas *c, int64_t n, const double *xy, RtColor fill);
    void (*marks)(RtCanvas *c, int64_t n, const double *xy, RtMark mark, double size,
                  RtColor color);
    void (*text)(RtCanvas *c, double x, double y, RtAnchor anchor, RtTextStyle style, RtColor color,
                 bool turned, const char *text);
    void (*image)(RtCanvas *c, RtBox box, int64_t rows, int64_t columns, const uint8_t *rgb);
    void (*finish)(RtCanvas *c, FILE *out);
    void (*close)(RtCanvas *c);
} RtCanvasFormat;

struct RtCanvas {
    const RtCanvasFormat *format;
    double line_height[RT_N_TEXTS];
    double room;          /* rt_canvas_room */
    double width, height; /* of the page */
    double opacity;
    bool failed; /* for want of memory; nothing is drawn from there on */
};

/* How a series is drawn: its color on light and on dark pages. */
typedef struct RtSeriesColor {
    uint32_t light, dark;
} RtSeriesColor;

enum { RT_N_SERIES_COLORS = 8 };
extern const RtSeriesColor rt_series_colors[RT_N_SERIES_COLORS];

/* The color on a light page, or a dark one, as 0xRRGGBB. Not for RT_COLOR_NONE. */
uint32_t rt_color_light(RtColor color);
uint32_t rt_color_dark(RtColor color);
/* Which of RT_N_SERIES_COLORS a series has; -1: the color is another. */
int rt_color_series(RtColor color);
/* The dash of a pen, with that of a series whose color others have, too. */
uint32_t rt_pen_dash(RtPen pen);
/* Lengths of dashes and gaps in units of a pen one wide, *n of them. */
const double *rt_dash_lengths(uint32_t dash, int *n);
/* Corners of a mark of size 1 around (0, 0), at most ten: how many; 0: a dot or square. */
int rt_mark_corners(RtMark mark, double *xy);
/* Height of the letters of a style on pages in units; terminals have their own. */
double rt_text_size(RtTextStyle style);

/* Opened for a page whose lengths are pixels. NULL: no memory. */
RtCanvas *rt_svg_open(void);

/* To be called by the formats' open functions. */
void rt_canvas_init(RtCanvas *c, const RtCanvasFormat *format);
/* Begins the page. */
void rt_canvas_page(RtCanvas *c, double width, double height);
void rt_canvas_close(RtCanvas *c); /* NULL: nothing */

#endif
