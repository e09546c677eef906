/* canvas.h: what pictures are drawn with: rectangles, lines, marks, texts and images on a page, for each format a
 * set of functions of its own. Lengths are units of the page, y downward: CSS pixels in .svg, pixels in .png; in a
 * terminal a cell is RT_CELL_WIDTH x RT_CELL_HEIGHT units. Nothing here knows a training. */
#ifndef NNLC_RUNTIME_PLOT_CANVAS_H
#define NNLC_RUNTIME_PLOT_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runtime/abi/status.h"

enum { RT_CELL_WIDTH = 8, RT_CELL_HEIGHT = 16 };

/* A color is 0xRRGGBB, or a role, which each format shows as suits its page (light and dark). */
typedef uint32_t RtColor;
enum {
    RT_COLOR_NONE = 0x1000000, /* nothing is drawn */
    RT_COLOR_INK,              /* texts, axes */
    RT_COLOR_MUTED,            /* ticks, second texts */
    RT_COLOR_GRID,
    RT_COLOR_PAPER,
    RT_COLOR_RIGHT, /* a right prediction */
    RT_COLOR_WRONG, /* a wrong one */
    RT_COLOR_SERIES =
        0x1000100 /* + k: the k-th series; after the last the colors begin again with another dash */
};

typedef enum { RT_TEXT_TITLE, RT_TEXT_LABEL, RT_TEXT_SMALL, RT_N_TEXTS } RtTextStyle;
typedef enum { RT_ANCHOR_START, RT_ANCHOR_MIDDLE, RT_ANCHOR_END } RtAnchor;
typedef enum {
    RT_MARK_DOT,
    RT_MARK_SQUARE,
    RT_MARK_DIAMOND,
    RT_MARK_TRIANGLE,
    RT_MARK_STAR
} RtMark;

typedef struct RtPen {
    RtColor color;
    double width;  /* units */
    uint32_t dash; /* 0 solid, 1 dashed, 2 dotted, 3 dash-dot */
} RtPen;

typedef struct RtBox {
    double x, y, width, height;
} RtBox;

typedef struct RtCanvas RtCanvas;

/* The width that a picture has to keep to: that of a terminal; 0: any. */
double rt_canvas_room(const RtCanvas *c);
/* Height of a line of this style, and width of a text (UTF-8), in units. */
double rt_canvas_line_height(const RtCanvas *c, RtTextStyle style);
double rt_canvas_text_width(const RtCanvas *c, RtTextStyle style, const char *text);
/* Base line of a text whose middle is at y. */
double rt_canvas_base(const RtCanvas *c, RtTextStyle style, double middle);
/* Copies a text, cut to a width with "..." (or "." in a few cells) where it is wider; returns out. */
const char *rt_canvas_cut(const RtCanvas *c, RtTextStyle style, const char *text, double width,
                          char *out, size_t size);

void rt_canvas_rect(RtCanvas *c, RtBox box, RtColor fill, RtPen edge);
/* A line through n points, xy[2 * i], xy[2 * i + 1]. */
void rt_canvas_line(RtCanvas *c, int64_t n, const double *xy, RtPen pen);
void rt_canvas_area(RtCanvas *c, int64_t n, const double *xy, RtColor fill);
/* n equal marks, `size` units across. */
void rt_canvas_marks(RtCanvas *c, int64_t n, const double *xy, RtMark mark, double size,
                     RtColor color);
/* (x, y): the anchor on the base line; turned: reading upward. */
void rt_canvas_text(RtCanvas *c, double x, double y, RtAnchor anchor, RtTextStyle style,
                    RtColor color, bool turned, const char *text);
/* Pixels, row-major, rgb[3 * (row * columns + column)], each a rectangle with sharp edges. */
void rt_canvas_image(RtCanvas *c, RtBox box, int64_t rows, int64_t columns, const uint8_t *rgb);
/* What is drawn from here on lets through what is behind it: 1 not at all, 0 is not seen. */
void rt_canvas_fade(RtCanvas *c, double opacity);

#endif
