/* series.h: what a panel shows, ready to be drawn: points with what cannot be shown left out, running means, bins. */
#ifndef NNLC_RUNTIME_PLOT_SERIES_H
#define NNLC_RUNTIME_PLOT_SERIES_H

#include "runtime/plot/canvas.h"
#include "runtime/plot/figure.h"

typedef struct RtSeries {
    const char *name; /* or NULL */
    RtColor color;
    bool dashed;
    int64_t n, mark;
    double *x, *y; /* y is NaN where nothing is shown; hist: the counts of the bins */
    double *plain; /* y before it was smoothed, or NULL */
    int64_t n_xy;
    double *xy; /* on the page (curves.h), thinned; NaN between the parts of a line; or NULL */
} RtSeries;

typedef struct RtSeriesList {
    uint32_t n;
    RtSeries *at;
    int64_t shown, left_out; /* points; left out: infinite, or not positive on a log axis */
    double x_least, x_most, y_least, y_most; /* of what is shown, if there is any */
    int64_t n_bins;
    double *edges; /* hist: [n_bins + 1] */
    double width;  /* bar: of all bars of one place */
} RtSeriesList;

/* False: no memory. The caller closes it in any case. */
bool rt_series_make(const RtPanel *p, RtSeriesList *out);
void rt_series_close(RtSeriesList *s);
/* Edges of the bins that n finite values fall into, as NumPy's "auto": the narrower ones of Sturges and of Freedman
 * and Diaconis (but not below half of 1 / sqrt(n)); of whole numbers, at least 1 wide. Sorts the values. Returns how
 * many bins; edges has room for RT_MOST_BINS + 1. */
int64_t rt_bins_make(int64_t n, double *values, double *edges);

enum { RT_MOST_BINS = 400 };

#endif
