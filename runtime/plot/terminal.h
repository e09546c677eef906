/* terminal.h: the canvas of a terminal, of cells; what the three files of it share. */
#ifndef NNLC_RUNTIME_PLOT_TERMINAL_H
#define NNLC_RUNTIME_PLOT_TERMINAL_H

#include "runtime/plot/canvas_format.h"

typedef enum { RT_TERMINAL_NO_COLORS, RT_TERMINAL_256, RT_TERMINAL_TRUE_COLORS } RtTerminalColors;

typedef struct RtTerminalMode {
    int columns;
    bool utf8; /* else ASCII */
    RtTerminalColors colors;
} RtTerminalMode;

/* What a stream can show: as wide as the terminal, else COLUMNS, else 80; UTF-8 as the locale says; colors in a
 * terminal, unless NO_COLOR is set. */
RtTerminalMode rt_terminal_mode(FILE *out);

enum { RT_LINE_UP = 1, RT_LINE_DOWN = 2, RT_LINE_LEFT = 4, RT_LINE_RIGHT = 8 };
#define RT_NO_COLOR UINT32_MAX /* the terminal's own */

/* What a cell shows: the first of character, block, lines, dots that is set. */
typedef struct RtCell {
    uint32_t character; /* 0: none */
    uint8_t dots;       /* 2 x 4, as braille has them */
    uint8_t lines;      /* RT_LINE_UP ... */
    uint8_t block;      /* eighths from below */
    uint8_t symbol;     /* of the series, in ASCII and without colors */
    bool behind_wide;   /* the character before takes this cell, too */
    uint32_t color, back;
} RtCell;

typedef struct RtTerminal {
    RtCanvas canvas;
    RtTerminalMode mode;
    int columns, rows;
    RtCell *cells; /* [rows, columns] */
} RtTerminal;

/* NULL: no memory. */
RtCanvas *rt_terminal_open(RtTerminalMode mode);
/* NULL: outside of the page. */
RtCell *rt_terminal_cell(RtTerminal *t, int column, int row);
/* Pixels as half blocks in two colors, or shades. */
void rt_terminal_image(RtCanvas *c, RtBox box, int64_t rows, int64_t columns, const uint8_t *rgb);
/* The page as text with its colors. */
void rt_terminal_finish(RtCanvas *c, FILE *out);

#endif
