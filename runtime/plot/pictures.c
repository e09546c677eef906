/* pictures.c: pictures in rows, as large as each other, with their captions below. In a terminal a pixel is half a cell
 * high and a cell wide; pictures larger than a page or a terminal shows are made smaller by whole numbers. */
#include <math.h>
#include <stdlib.h>

#include "runtime/plot/canvas_format.h"
#include "runtime/plot/kinds.h"
#include "runtime/plot/shades.h"

enum {
    MOST_ACROSS = 10,
    ONE_ROW = 5, /* pictures that stand side by side */
    MOST_TEXT = 512,
    WIDEST_TITLE = 640,
    LARGE = 256,     /* pixels that a page shows along a side */
    USUAL = 84,      /* length of a small picture's side ... */
    USUAL_CELLS = 16 /* ... and in a terminal */
};

typedef struct Grid {
    const RtPictures *p;
    bool cells;
    int64_t shrink;             /* a pixel that is shown is the mean of shrink * shrink */
    int64_t rows, columns;      /* of pixels that are shown */
    double least, most;         /* what is black and white */
    double width, height;       /* of a picture ... */
    double cell, captions, gap; /* ... of its column, of the lines below it, between columns */
    int64_t across;
    double margin, top; /* of the page; above the first row */
} Grid;

/* ---- layout ---- */

static int64_t whole_up(int64_t a, int64_t b)
{
    return (a + b - 1) / b;
}

static double greater(double a, double b)
{
    return a > b ? a : b;
}

static int64_t count_captions(const RtPictures *p)
{
    int64_t lines = 0;
    for (int64_t i = 0; i < p->n && lines < 2; i++) {
        int64_t own = p->at[i].second ? 2 : p->at[i].caption != NULL;
        lines = own > lines ? own : lines;
    }
    return lines;
}

/* What the second line says of a wrong one, so that it is seen without its color. */
static const char *second_line(const RtPicture *at, char text[MOST_TEXT])
{
    snprintf(text, MOST_TEXT, at->wrong ? "\u00d7 %s" : "%s", at->second);
    return text;
}

static double widest_caption(const Grid *g, const RtCanvas *c)
{
    double width = 0;
    char text[MOST_TEXT];
    for (int64_t i = 0; i < g->p->n; i++) {
        const RtPicture *at = &g->p->at[i];
        if (at->caption)
            width = greater(width, rt_canvas_text_width(c, RT_TEXT_SMALL, at->caption));
        if (at->second)
            width = greater(width, rt_canvas_text_width(c, RT_TEXT_SMALL, second_line(at, text)));
    }
    return width;
}

/* Pixels of a picture along its longer side that there is room for. */
static int64_t most_pixels(const Grid *g, double room)
{
    int64_t columns = (int64_t)(room / RT_CELL_WIDTH);
    if (!g->cells)
        return LARGE;
    if (g->p->n > 1 && columns > 4) /* two of them side by side */
        columns = columns / 2 - 1;
    return columns > 1 ? columns : 1;
}

static void measure_picture(Grid *g, double room)
{
    int64_t rows = g->p->rows, columns = g->p->columns, larger = rows > columns ? rows : columns;
    larger = larger > 0 ? larger : 1;
    g->shrink = whole_up(larger, most_pixels(g, room));
    g->rows = whole_up(rows, g->shrink);
    g->columns = whole_up(columns, g->shrink);
    larger = whole_up(larger, g->shrink);
    int64_t usual = most_pixels(g, room) < USUAL_CELLS ? 1 : USUAL_CELLS / larger;
    double scale = g->cells ? RT_CELL_WIDTH * (double)(usual > 1 ? usual : 1)
                            : greater(1, floor((double)USUAL / (double)larger + 0.5));
    g->width = scale * (double)g->columns;
    g->height = scale * (double)g->rows;
    if (g->cells) /* whole cells */
        g->height = RT_CELL_HEIGHT * ceil(g->height / RT_CELL_HEIGHT);
}

static void choose_across(Grid *g, double room)
{
    int64_t fits = INT64_MAX, wanted = g->p->across;
    if (room > 0)
        fits = (int64_t)((room + g->gap) / (g->cell + g->gap));
    if (wanted <= 0 && room > 0)
        wanted = fits;
    if (wanted <= 0) {
        wanted = g->p->n <= ONE_ROW ? g->p->n : (int64_t)ceil(sqrt((double)g->p->n));
        wanted = wanted > MOST_ACROSS ? MOST_ACROSS : wanted;
    }
    g->across = wanted > fits ? fits : wanted;
    g->across = g->across > g->p->n ? g->p->n : g->across;
    g->across = g->across < 1 ? 1 : g->across;
}

static Grid measure(const RtCanvas *c, const RtPictures *p)
{
    double room = rt_canvas_room(c), h = rt_canvas_line_height(c, RT_TEXT_SMALL);
    Grid g = {.p = p, .cells = room > 0, .margin = room > 0 ? 0 : 12};
    g.gap = g.cells ? 2 * RT_CELL_WIDTH : 12;
    measure_picture(&g, room);
    double caption = widest_caption(&g, c), most = g.cells ? 16 * RT_CELL_WIDTH : 120;
    g.cell = greater(g.width, caption < most ? caption : most);
    if (g.cells && g.cell > room)
        g.cell = room;
    g.captions = (double)count_captions(p) * h + (g.cells || !count_captions(p) ? 0 : 4);
    g.top = g.margin;
    if (p->title)
        g.top += rt_canvas_line_height(c, RT_TEXT_TITLE) + (g.cells ? 0 : 8);
    choose_across(&g, room);
    return g;
}

static double row_height(const Grid *g)
{
    return g->height + g->captions + (g->cells ? RT_CELL_HEIGHT : g->gap);
}

void rt_pictures_size(const RtCanvas *c, const RtFigure *f, double *width, double *height)
{
    Grid g = measure(c, f->pictures);
    int64_t rows = whole_up(g.p->n, g.across);
    double title = g.p->title ? rt_canvas_text_width(c, RT_TEXT_TITLE, g.p->title) : 0;
    *width = (double)g.across * (g.cell + g.gap) - g.gap;
    *width = greater(g.p->n ? *width : 160, title < WIDEST_TITLE ? title : WIDEST_TITLE);
    *width += 2 * g.margin;
    *height = g.top + (double)rows * row_height(&g) -
              (rows ? row_height(&g) - g.height - g.captions : 0) + g.margin;
    if (!rows)
        *height += rt_canvas_line_height(c, RT_TEXT_LABEL);
}

/* ---- pixels ---- */

/* The least and the greatest of all pixels that are numbers. */
static void find_range(Grid *g)
{
    const RtPictures *p = g->p;
    int64_t n = p->rows * p->columns * p->channels;
    g->least = p->least;
    g->most = p->most;
    if (p->least < p->most)
        return;
    g->least = INFINITY;
    g->most = -INFINITY;
    for (int64_t i = 0; i < p->n; i++)
        for (int64_t k = 0; k < n; k++) {
            double x = p->at[i].pixels[k];
            if (isfinite(x)) {
                g->least = x < g->least ? x : g->least;
                g->most = x > g->most ? x : g->most;
            }
        }
}

/* The mean of the pixels behind the one that is shown, as far as the picture goes; NaN: they are no numbers. */
static double pixel(const Grid *g, const double *pixels, int64_t row, int64_t column,
                    int64_t channel)
{
    const RtPictures *p = g->p;
    double sum = 0, n = 0;
    for (int64_t r = row * g->shrink; r < (row + 1) * g->shrink && r < p->rows; r++)
        for (int64_t k = column * g->shrink; k < (column + 1) * g->shrink && k < p->columns; k++) {
            sum += pixels[(r * p->columns + k) * p->channels + channel];
            n++;
        }
    return sum / n;
}

enum { MISSING = 0x9e };

/* Black at the least, white at the most; what is no number is gray. */
static uint8_t gray(const Grid *g, double x)
{
    if (isnan(x))
        return MISSING;
    double part = g->least < g->most ? (x - g->least) / (g->most - g->least) : x > g->most;
    return (uint8_t)lround(255 * fmax(0, fmin(part, 1)));
}

static void fill_pixels(const Grid *g, const double *pixels, uint8_t *rgb)
{
    int64_t channels = g->p->channels;
    for (int64_t r = 0; r < g->rows; r++)
        for (int64_t k = 0; k < g->columns; k++, rgb += 3) {
            for (int64_t i = 0; i < 3; i++)
                rgb[i] = gray(g, pixel(g, pixels, r, k, channels == 3 ? i : 0));
            if (g->p->diverging && channels == 1) {
                double most = fmax(fabs(g->least), fabs(g->most));
                uint32_t color = rt_shade(pixel(g, pixels, r, k, 0), -most, most, true);
                for (int i = 0; i < 3; i++)
                    rgb[i] = (uint8_t)(color >> (16 - 8 * i));
            }
        }
}

/* ---- drawing ---- */

static void put_caption(RtCanvas *c, const Grid *g, double x, double y, RtColor color,
                        const char *text)
{
    char shown[MOST_TEXT];
    double h = rt_canvas_line_height(c, RT_TEXT_SMALL);
    rt_canvas_text(c, x + g->cell / 2, y + 0.77 * h, RT_ANCHOR_MIDDLE, RT_TEXT_SMALL, color, false,
                   rt_canvas_cut(c, RT_TEXT_SMALL, text, g->cell, shown, sizeof shown));
}

static void draw_picture(RtCanvas *c, const Grid *g, int64_t i, uint8_t *rgb)
{
    const RtPicture *at = &g->p->at[i];
    double x = g->margin + (double)(i % g->across) * (g->cell + g->gap);
    double y = g->top + (double)(i / g->across) * row_height(g);
    double h = rt_canvas_line_height(c, RT_TEXT_SMALL), below = y + g->height + (g->cells ? 0 : 4);
    RtBox box = {x + (g->cell - g->width) / 2, y, g->width, g->height};
    char text[MOST_TEXT];
    if (g->cells)
        box.x = RT_CELL_WIDTH * floor(box.x / RT_CELL_WIDTH);
    fill_pixels(g, at->pixels, rgb);
    rt_canvas_image(c, box, g->rows, g->columns, rgb);
    if (!g->cells)
        rt_canvas_rect(c, box, RT_COLOR_NONE,
                       at->wrong ? (RtPen){RT_COLOR_WRONG, 2, 0} : (RtPen){RT_COLOR_GRID, 1, 0});
    if (at->caption)
        put_caption(c, g, x, below, RT_COLOR_INK, at->caption);
    if (at->second)
        put_caption(c, g, x, below + h, at->wrong ? RT_COLOR_WRONG : RT_COLOR_RIGHT,
                    second_line(at, text));
}

void rt_pictures_draw(RtCanvas *c, const RtFigure *f, RtBox page)
{
    Grid g = measure(c, f->pictures);
    double h = rt_canvas_line_height(c, RT_TEXT_TITLE);
    char title[MOST_TEXT];
    uint8_t *rgb = malloc((size_t)(g.rows * g.columns * 3) + 1);
    if (!rgb)
        c->failed = true;
    if (g.p->title)
        rt_canvas_text(
            c, page.width / 2, g.margin + 0.77 * h, RT_ANCHOR_MIDDLE, RT_TEXT_TITLE, RT_COLOR_INK,
            false, rt_canvas_cut(c, RT_TEXT_TITLE, g.p->title, page.width, title, sizeof title));
    if (!g.p->n)
        rt_canvas_text(c, page.width / 2, g.top + 0.77 * rt_canvas_line_height(c, RT_TEXT_LABEL),
                       RT_ANCHOR_MIDDLE, RT_TEXT_LABEL, RT_COLOR_MUTED, false, "no pictures");
    find_range(&g);
    for (int64_t i = 0; i < g.p->n && rgb; i++)
        draw_picture(c, &g, i, rgb);
    free(rgb);
}
