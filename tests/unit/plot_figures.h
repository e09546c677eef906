/* plot_figures.h: figures by name, for the tests of pictures: what courses draw, and what is awkward. */
#ifndef NNLC_TESTS_UNIT_PLOT_FIGURES_H
#define NNLC_TESTS_UNIT_PLOT_FIGURES_H

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/plot/figure.h"
#include "tests/unit/plot_grids.h"

enum { FIGURE_MOST = 120000 };

/* The same numbers everywhere: no libm but where all agree. */
static inline double figure_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return (double)(*seed >> 11) / 9007199254740992.0;
}

/* About normal. */
static inline double figure_normal(uint64_t *seed)
{
    double sum = -6;
    for (int i = 0; i < 12; i++)
        sum += figure_random(seed);
    return sum;
}

static double figure_values[4][FIGURE_MOST];
static RtCurve figure_curves[12];
static RtPanel figure_panels[4];

static inline RtCurve *figure_curve(int k, const char *name, int64_t n, const double *x,
                                    const double *y)
{
    figure_curves[k] =
        (RtCurve){.name = name, .n = n, .x = x, .y = y, .first = 1, .mark = -1, .color = -1};
    return &figure_curves[k];
}

static inline RtFigure figure_of(uint32_t n_panels)
{
    return (RtFigure){.kind = RT_FIGURE_panels, .n_panels = n_panels, .panels = figure_panels};
}

/* A loss that falls and its twin that rises again, with noise. */
static inline void figure_loss(int64_t n, double *loss, double *val_loss, uint64_t seed)
{
    for (int64_t i = 0; i < n; i++) {
        double t = (double)(i + 1) / (double)n;
        loss[i] = 0.05 + 0.9 / (1 + 9 * t) + 0.02 * figure_random(&seed);
        val_loss[i] = 0.12 + 0.8 / (1 + 9 * t) + 0.25 * t * t + 0.03 * figure_random(&seed);
    }
}

static inline int64_t figure_least(int64_t n, const double *y)
{
    int64_t best = 0;
    for (int64_t i = 1; i < n; i++)
        best = y[i] < y[best] ? i : best;
    return best;
}

static inline RtFigure figure_history(void)
{
    int64_t n = 30;
    double *loss = figure_values[0], *val = figure_values[1], *acc = figure_values[2],
           *val_acc = figure_values[3];
    figure_loss(n, loss, val, 1);
    for (int64_t i = 0; i < n; i++) {
        acc[i] = 1 - 0.4 * loss[i];
        val_acc[i] = 1 - 0.45 * val[i];
    }
    figure_curve(0, "loss", n, NULL, loss)->color = 0;
    RtCurve *twin = figure_curve(1, "val_loss", n, NULL, val);
    twin->color = 0;
    twin->dashed = true;
    twin->mark = figure_least(n, val);
    figure_curve(2, "accuracy", n, NULL, acc)->color = 0;
    twin = figure_curve(3, "val_accuracy", n, NULL, val_acc);
    twin->color = 0;
    twin->dashed = true;
    twin->mark = figure_least(n, val);
    figure_panels[0] = (RtPanel){
        .x_label = "epoch", .title = "loss", .whole_x = true, .n = 2, .curves = figure_curves};
    figure_panels[1] = (RtPanel){.x_label = "epoch",
                                 .title = "accuracy",
                                 .whole_x = true,
                                 .n = 2,
                                 .curves = figure_curves + 2};
    return figure_of(2);
}

static inline RtFigure figure_curves_one(void)
{
    RtFigure f = figure_history();
    figure_panels[0].title = "Training of net";
    figure_panels[0].y_label = "loss";
    f.n_panels = 1;
    return f;
}

static inline RtFigure figure_runs(void)
{
    static const char *const names[] = {"units = 16", "units = 64", "units = 256"};
    int64_t n = 1000;
    for (int k = 0; k < 3; k++) {
        figure_loss(n, figure_values[0] + k * n, figure_values[1] + k * n, (uint64_t)k + 3);
        for (int64_t i = 0; i < n; i++)
            figure_values[1][k * n + i] += 0.2 * k * figure_values[0][k * n + i];
        RtCurve *c = figure_curve(k, names[k], n, NULL, figure_values[1] + k * n);
        c->mark = figure_least(n, c->y);
    }
    figure_panels[0] = (RtPanel){.title = "val_loss",
                                 .x_label = "epoch",
                                 .whole_x = true,
                                 .log_y = true,
                                 .smooth = 0.9,
                                 .n = 3,
                                 .curves = figure_curves};
    return figure_of(1);
}

static inline RtFigure figure_scatter_of(int64_t n)
{
    uint64_t seed = 5;
    for (int64_t i = 0; i < n; i++)
        for (int k = 0; k < 2; k++) {
            double x = figure_normal(&seed);
            figure_values[2 * k][i] = x + 2.5 * k;
            figure_values[2 * k + 1][i] = 0.6 * x + 0.5 * figure_normal(&seed) - k;
        }
    figure_curve(0, "setosa", n, figure_values[0], figure_values[1]);
    figure_curve(1, "virginica", n, figure_values[2], figure_values[3]);
    figure_panels[0] = (RtPanel){.kind = RT_CURVE_scatter,
                                 .x_label = "petal length (cm)",
                                 .y_label = "petal width (cm)",
                                 .n = 2,
                                 .curves = figure_curves};
    return figure_of(1);
}

static inline RtFigure figure_scatter(void)
{
    return figure_scatter_of(150);
}

static inline RtFigure figure_cloud(void)
{
    return figure_scatter_of(50000);
}

static inline RtFigure figure_bars(void)
{
    static const char *const names[] = {"T-shirt/top", "Trouser",   "Pullover", "Dress",
                                        "Coat",        "Sandal",    "Shirt",    "Sneaker",
                                        "Bag",         "Ankle boot"};
    uint64_t seed = 2;
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < 10; i++)
            figure_values[k][i] = 0.7 + 0.3 * figure_random(&seed);
    figure_curve(0, "precision", 10, NULL, figure_values[0]);
    figure_curve(1, "recall", 10, NULL, figure_values[1]);
    figure_panels[0] = (RtPanel){.kind = RT_CURVE_bar,
                                 .title = "Fashion-MNIST",
                                 .n_names = 10,
                                 .names = names,
                                 .n = 2,
                                 .curves = figure_curves};
    return figure_of(1);
}

static inline RtFigure figure_hist(void)
{
    uint64_t seed = 9;
    for (int i = 0; i < 5000; i++) {
        figure_values[0][i] = figure_normal(&seed);
        figure_values[1][i] = 1.5 + 0.7 * figure_normal(&seed);
    }
    figure_curve(0, "kernel", 5000, NULL, figure_values[0]);
    figure_curve(1, "bias", 2000, NULL, figure_values[1]);
    figure_panels[0] = (RtPanel){.kind = RT_CURVE_hist,
                                 .x_label = "weight",
                                 .y_label = "count",
                                 .n = 2,
                                 .curves = figure_curves};
    return figure_of(1);
}

/* Four panels of what is hard to draw. */
static inline RtFigure figure_awkward(void)
{
    static double same[5] = {3, 3, 3, 3, 3}, gaps[8] = {1, NAN, 2, 3, NAN, INFINITY, 2.5, 2},
                  offset[20], tiny[20];
    for (int i = 0; i < 20; i++) {
        offset[i] = 1e9 + 0.1 * i;
        tiny[i] = (i - 10) * 1e-7 * i;
    }
    figure_curve(0, "a constant", 5, NULL, same);
    figure_curve(1, "with gaps & <marks>", 8, NULL, gaps);
    figure_curve(2, "1e9 and a bit", 20, NULL, offset);
    figure_curve(3, "tiny, log x", 20, NULL, tiny);
    figure_panels[0] = (RtPanel){.title = "Nothing", .x_label = "epoch", .n = 0};
    figure_panels[1] =
        (RtPanel){.title = "One value, and gaps", .n = 2, .whole_x = true, .curves = figure_curves};
    figure_panels[2] =
        (RtPanel){.title = "A huge offset", .n = 1, .x_label = "step", .curves = figure_curves + 2};
    figure_panels[3] = (RtPanel){
        .title = "Tiny", .n = 1, .log_x = true, .y_label = "gradient", .curves = figure_curves + 3};
    RtFigure f = figure_of(4);
    f.title = "What is awkward: \xc3\xa4\xc3\xb6\xc3\xbc \xce\xb1\xce\xb2\xce\xb3 \xd0\x96";
    return f;
}

static inline RtFigure figure_confusion(void)
{
    static const char *const names[] = {"T-shirt/top", "Trouser",   "Pullover", "Dress",
                                        "Coat",        "Sandal",    "Shirt",    "Sneaker",
                                        "Bag",         "Ankle boot"};
    static RtHeatMap map;
    uint64_t seed = 4;
    for (int i = 0; i < 100; i++)
        figure_values[0][i] = i % 11 == 0 ? 800 + floor(200 * figure_random(&seed))
                                          : floor(40 * figure_random(&seed) * figure_random(&seed));
    map = (RtHeatMap){.title = "Confusion matrix",
                      .x_label = "predicted",
                      .y_label = "true",
                      .rows = 10,
                      .columns = 10,
                      .values = figure_values[0],
                      .n_row_names = 10,
                      .n_column_names = 10,
                      .row_names = names,
                      .column_names = names,
                      .whole = true};
    return (RtFigure){.kind = RT_FIGURE_heat_map, .heat_map = &map};
}

static inline RtFigure figure_correlation(void)
{
    static const char *const names[] = {"MedInc", "HouseAge", "AveRooms", "Population"};
    static RtHeatMap map;
    static double values[16];
    for (int i = 0; i < 4; i++)
        for (int k = 0; k < 4; k++)
            values[4 * i + k] = i == k ? 1 : ((i * k) % 3 - 1) * 0.37 + 0.05 * (i + k);
    values[3] = NAN;
    map = (RtHeatMap){.rows = 4,
                      .columns = 4,
                      .values = values,
                      .n_row_names = 4,
                      .n_column_names = 4,
                      .row_names = names,
                      .column_names = names};
    return (RtFigure){.kind = RT_FIGURE_heat_map, .heat_map = &map};
}

static inline RtFigure figure_large_matrix(void)
{
    static RtHeatMap map;
    static double values[1000 * 1000];
    uint64_t seed = 8;
    for (int i = 0; i < 1000 * 1000; i++)
        values[i] = figure_random(&seed) + (double)(i % 1000) / 500 * (double)(i / 1000) / 500;
    map = (RtHeatMap){.title = "1000 x 1000", .rows = 1000, .columns = 1000, .values = values};
    return (RtFigure){.kind = RT_FIGURE_heat_map, .heat_map = &map};
}

/* Ten curves of 1,000 epochs. */
static inline RtFigure figure_thousand(void)
{
    static char names[10][16];
    figure_history();
    for (int k = 0; k < 10; k++) {
        int64_t n = 1000;
        snprintf(names[k], sizeof names[k], "run %d", k + 1);
        figure_loss(n, figure_values[0] + k * n, figure_values[1] + k * n, (uint64_t)k + 20);
        figure_curve(k, names[k], n, NULL, figure_values[k % 2] + k * n);
    }
    figure_panels[0].n = 10;
    return figure_of(1);
}

static inline RtFigure figure_many_bars(void)
{
    uint64_t seed = 6;
    for (int i = 0; i < 100000; i++)
        figure_values[0][i] = figure_normal(&seed);
    figure_curve(0, "gradient", 100000, NULL, figure_values[0]);
    figure_panels[0] = (RtPanel){.kind = RT_CURVE_bar, .n = 1, .curves = figure_curves};
    return figure_of(1);
}

static const struct {
    const char *name;
    RtFigure (*make)(void);
} figure_rows[] = {
    {"history", figure_history},
    {"curves", figure_curves_one},
    {"runs", figure_runs},
    {"scatter", figure_scatter},
    {"cloud", figure_cloud},
    {"bars", figure_bars},
    {"hist", figure_hist},
    {"awkward", figure_awkward},
    {"confusion", figure_confusion},
    {"correlation", figure_correlation},
    {"large_matrix", figure_large_matrix},
    {"thousand", figure_thousand},
    {"many_bars", figure_many_bars},
    {"pictures", figure_pictures},
    {"many_pictures", figure_many_pictures},
    {"colors", figure_colors},
    {"weights", figure_weights},
    {"network", figure_network},
};
enum { N_FIGURES = sizeof figure_rows / sizeof *figure_rows };

static inline RtFigure figure_named(const char *name)
{
    for (int i = 0; i < N_FIGURES; i++)
        if (!strcmp(figure_rows[i].name, name))
            return figure_rows[i].make();
    abort();
}

#endif
