/* plot_grids.h: grids of pictures and diagrams by name, for the tests of pictures. */
#ifndef NNLC_TESTS_UNIT_PLOT_GRIDS_H
#define NNLC_TESTS_UNIT_PLOT_GRIDS_H

#include <math.h>

#include "runtime/plot/figure.h"

enum { GRID_SIDE = 12, GRID_MOST = 1000 };

/* A disk, a ring or a bar, somewhere. */
static inline double grid_pixel(int64_t i, int64_t row, int64_t column)
{
    double x = (double)column - 4 - (double)(i % 4), y = (double)row - 4 - (double)(i % 3);
    double radius = sqrt(x * x + y * y);
    double inside = i % 3 == 0 ? radius < 4 : i % 3 == 1 ? fabs(radius - 4) < 1.2 : fabs(x) < 1.5;
    return inside ? 255 - 12 * radius : 3 * (double)((row * 7 + column * 5 + i) % 9);
}

static inline RtFigure grid_of(int64_t n, const char *title)
{
    static const char *const names[] = {"disk", "ring", "bar"};
    static double pixels[GRID_MOST][GRID_SIDE * GRID_SIDE];
    static RtPicture at[GRID_MOST];
    static RtPictures pictures;
    for (int64_t i = 0; i < n; i++) {
        for (int64_t k = 0; k < GRID_SIDE * GRID_SIDE; k++)
            pixels[i][k] = grid_pixel(i, k / GRID_SIDE, k % GRID_SIDE);
        bool wrong = i % 5 == 3;
        at[i] = (RtPicture){.pixels = pixels[i],
                            .caption = names[i % 3],
                            .second = names[(i + wrong) % 3],
                            .wrong = wrong};
    }
    pictures = (RtPictures){.title = title,
                            .rows = GRID_SIDE,
                            .columns = GRID_SIDE,
                            .channels = 1,
                            .least = 0,
                            .most = 255,
                            .n = n,
                            .at = at};
    return (RtFigure){.kind = RT_FIGURE_pictures, .pictures = &pictures};
}

static inline RtFigure figure_pictures(void)
{
    return grid_of(12, "test[0..12]");
}

static inline RtFigure figure_many_pictures(void)
{
    return grid_of(GRID_MOST, NULL);
}

/* Colors, wider than high; an odd number of rows. */
static inline RtFigure figure_colors(void)
{
    enum { ROWS = 9, COLUMNS = 16, N = 3 };
    static double pixels[N][ROWS * COLUMNS * 3];
    static RtPicture at[N];
    static RtPictures pictures;
    for (int i = 0; i < N; i++) {
        for (int k = 0; k < ROWS * COLUMNS; k++) {
            pixels[i][3 * k + i] = (double)(k % COLUMNS) / COLUMNS;
            pixels[i][3 * k + (i + 1) % 3] = (double)k / (ROWS * COLUMNS);
            pixels[i][3 * k + (i + 2) % 3] = 0.3;
        }
        at[i] =
            (RtPicture){.pixels = pixels[i], .caption = "a name that is longer than its picture"};
    }
    pictures =
        (RtPictures){.rows = ROWS, .columns = COLUMNS, .channels = 3, .most = 1, .n = N, .at = at};
    return (RtFigure){.kind = RT_FIGURE_pictures, .pictures = &pictures};
}

static inline RtFigure figure_weights(void)
{
    enum { SIDE = 5, N = 8 };
    static double pixels[N][SIDE * SIDE];
    static RtPicture at[N];
    static RtPictures pictures;
    for (int i = 0; i < N; i++) {
        for (int k = 0; k < SIDE * SIDE; k++)
            pixels[i][k] = ((i + 3) * (k + 1) * 37 % 101 - 50) / 100.0;
        at[i].pixels = pixels[i];
    }
    pixels[1][7] = NAN;
    pictures = (RtPictures){
        .rows = SIDE, .columns = SIDE, .channels = 1, .diverging = true, .n = N, .at = at};
    return (RtFigure){.kind = RT_FIGURE_pictures, .pictures = &pictures};
}

/* Nested models, one of which is used three times, a name that is too long. */
static inline RtFigure figure_network(void)
{
    static const char *const dense[] = {"Dense", "(None, 784)", "(None, 64)",
                                        "f32",   "relu",        "50,240"};
    static const char *const other[] = {"Flatten", "(None, 28, 28)", "(None, 784)", "f32"};
    static const char *const lines[][6] = {
        {"flatten", "Input shape", "Output shape", "Output dtype"},
        {"encoder"},
        {"dense", "Input shape", "Output shape", "Output dtype", "Activation", "Params"},
        {"inner"},
        {"a_layer_with_a_name_that_is_longer_than_all_that_stands_in_its_box", "Input shape",
         "Output shape", "Output dtype", "Activation", "Params"},
        {"dense_2", "Input shape", "Output shape", "Output dtype", "Activation", "Params"}};
    static const char *const frame[] = {"Sequential"};
    static RtDiagramBox boxes[7];
    static const RtDiagramEdge edges[] = {{0, 2, NULL}, {2, 4, NULL}, {4, 5, "again"}, {5, 2, NULL},
                                          {4, 6, NULL}, {6, 6, NULL}, {6, 2, NULL}};
    static RtDiagram d;
    boxes[0] = (RtDiagramBox){4, lines[0], other, 0, 0};
    boxes[1] = (RtDiagramBox){1, lines[1], frame, 0, 3};
    boxes[2] = (RtDiagramBox){6, lines[2], dense, 1, 0};
    boxes[3] = (RtDiagramBox){1, lines[3], frame, 1, 1};
    boxes[4] = (RtDiagramBox){6, lines[4], dense, 2, 0};
    boxes[5] = (RtDiagramBox){6, lines[5], dense, 0, 0};
    boxes[6] = (RtDiagramBox){4, lines[0], other, 0, 0};
    d = (RtDiagram){.title = "net", .n_boxes = 7, .n_edges = 7, .boxes = boxes, .edges = edges};
    return (RtFigure){.kind = RT_FIGURE_diagram, .diagram = &d};
}

#endif
