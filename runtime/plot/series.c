/* series.c: the curves of a panel, made ready. */
#include "runtime/plot/series.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- points ---- */

static bool keep(const RtPanel *p, double *x, double *y)
{
    bool is_bar = p->kind == RT_CURVE_bar;
    return isfinite(*x) && isfinite(*y) && !(p->log_x && *x <= 0) &&
           !(p->log_y && *y <= 0 && !(is_bar && *y == 0));
}

/* NaN is where nothing was measured; the others are counted. */
static void clean(const RtPanel *p, RtSeries *s, RtSeriesList *out)
{
    for (int64_t i = 0; i < s->n; i++) {
        if (keep(p, &s->x[i], &s->y[i])) {
            out->shown++;
            continue;
        }
        out->left_out += !isnan(s->x[i]) && !isnan(s->y[i]);
        s->y[i] = NAN;
    }
}

static double *copy_of(int64_t n, const double *values, double first)
{
    double *copy = malloc((n > 0 ? (size_t)n : 1) * sizeof *copy);
    for (int64_t i = 0; copy && i < n; i++)
        copy[i] = values ? values[i] : first + (double)i;
    return copy;
}

static bool read_curve(const RtPanel *p, uint32_t k, RtSeriesList *out)
{
    const RtCurve *c = &p->curves[k];
    RtSeries *s = &out->at[k];
    uint32_t color = c->color >= 0 ? (uint32_t)c->color : k;
    *s = (RtSeries){.name = c->name,
                    .color = RT_COLOR_SERIES + color % 0x10000,
                    .dashed = c->dashed,
                    .n = c->n,
                    .mark = c->mark >= 0 && c->mark < c->n ? c->mark : -1,
                    .x = copy_of(c->n, p->n_names ? NULL : c->x, p->n_names ? 0 : c->first),
                    .y = copy_of(c->n, c->y, 0)};
    if (s->x && s->y && p->kind != RT_CURVE_hist)
        clean(p, s, out);
    return s->x && s->y;
}

/* The mean of what came before, newer values weigh more; the first values are not drawn towards zero. */
static bool smooth_series(RtSeries *s, double weight)
{
    double mean = 0, sum = 0;
    s->plain = copy_of(s->n, s->y, 0);
    for (int64_t i = 0; s->plain && i < s->n; i++) {
        if (isnan(s->y[i]))
            continue;
        mean = weight * mean + (1 - weight) * s->y[i];
        sum = weight * sum + (1 - weight);
        s->y[i] = mean / sum;
    }
    return s->plain != NULL;
}

/* ---- histograms ---- */

/* All values of all curves that can be shown, in malloc memory. */
static double *pool(const RtPanel *p, RtSeriesList *out)
{
    int64_t n = 0;
    for (uint32_t k = 0; k < out->n; k++)
        n += out->at[k].n;
    double *all = malloc((size_t)(n ? n : 1) * sizeof *all);
    for (uint32_t k = 0; all && k < out->n; k++)
        for (int64_t i = 0; i < out->at[k].n; i++) {
            double value = out->at[k].y[i];
            if (isfinite(value) && !(p->log_x && value <= 0))
                all[out->shown++] = p->log_x ? log10(value) : value;
            else
                out->left_out += !isnan(value);
        }
    return all;
}

/* The bin of a value; the last one holds its upper edge, too. -1: none. */
static int64_t bin_of(const RtSeriesList *s, double value)
{
    int64_t low = 0, high = s->n_bins;
    if (!(value >= s->edges[0] && value <= s->edges[s->n_bins]))
        return -1;
    while (high - low > 1) {
        int64_t middle = (low + high) / 2;
        if (value >= s->edges[middle])
            low = middle;
        else
            high = middle;
    }
    return low;
}

static bool count_series(const RtSeriesList *list, RtSeries *s, bool log_x)
{
    double *counts = calloc((size_t)list->n_bins + 1, sizeof *counts);
    double *middles = calloc((size_t)list->n_bins + 1, sizeof *middles);
    for (int64_t i = 0; counts && i < s->n; i++) {
        int64_t bin = bin_of(list, log_x && s->y[i] > 0 ? log10(s->y[i]) : log_x ? NAN : s->y[i]);
        if (bin >= 0)
            counts[bin]++;
    }
    for (int64_t i = 0; middles && i < list->n_bins; i++)
        middles[i] = list->edges[i] / 2 + list->edges[i + 1] / 2;
    free(s->x);
    free(s->y);
    s->x = middles;
    s->y = counts;
    s->n = list->n_bins;
    s->mark = -1;
    return counts && middles;
}

static bool make_histogram(const RtPanel *p, RtSeriesList *out)
{
    double *all = pool(p, out);
    out->edges = malloc((RT_MOST_BINS + 1) * sizeof *out->edges);
    bool good = all && out->edges;
    if (good && out->shown) {
        out->n_bins = rt_bins_make(out->shown, all, out->edges);
        for (uint32_t k = 0; k < out->n; k++)
            good = count_series(out, &out->at[k], p->log_x) && good;
        for (int64_t i = 0; p->log_x && i <= out->n_bins; i++)
            out->edges[i] = pow(10, out->edges[i]);
    }
    free(all);
    return good;
}

/* ---- ranges ---- */

static void widen(double value, double *least, double *most)
{
    *least = fmin(*least, value);
    *most = fmax(*most, value);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Bars take most of the least gap between two places. */
static double bar_width(const RtSeriesList *s)
{
    double gap = INFINITY;
    for (uint32_t k = 0; k < s->n; k++) {
        double *x = copy_of(s->at[k].n, s->at[k].x, 0);
        if (x && s->at[k].n)
            qsort(x, (size_t)s->at[k].n, sizeof *x, by_value);
        for (int64_t i = 1; x && i < s->at[k].n; i++)
            gap = x[i] > x[i - 1] ? fmin(gap, x[i] - x[i - 1]) : gap;
        free(x);
    }
    return isfinite(gap) ? 0.8 * gap : 0.8;
}

static void find_ranges(const RtPanel *p, RtSeriesList *s)
{
    s->x_least = s->y_least = INFINITY;
    s->x_most = s->y_most = -INFINITY;
    for (uint32_t k = 0; k < s->n; k++)
        for (int64_t i = 0; i < s->at[k].n; i++) {
            double y = s->at[k].y[i];
            if (isnan(y) || (p->kind == RT_CURVE_hist && p->log_y && y == 0))
                continue;
            widen(s->at[k].x[i], &s->x_least, &s->x_most);
            widen(y, &s->y_least, &s->y_most);
            if (s->at[k].plain)
                widen(s->at[k].plain[i], &s->y_least, &s->y_most);
        }
    if (p->kind == RT_CURVE_bar)
        s->width = bar_width(s);
    if (p->kind == RT_CURVE_hist && s->n_bins) {
        s->x_least = s->edges[0];
        s->x_most = s->edges[s->n_bins];
    }
    if (p->n_names) {
        s->x_least = fmin(s->x_least, 0);
        s->x_most = fmax(s->x_most, p->n_names - 1.0);
    }
}

bool rt_series_make(const RtPanel *p, RtSeriesList *out)
{
    *out = (RtSeriesList){.n = p->n, .at = calloc(p->n ? p->n : 1, sizeof *out->at)};
    bool good = out->at != NULL;
    for (uint32_t k = 0; good && k < p->n; k++)
        good = read_curve(p, k, out);
    if (good && p->kind == RT_CURVE_hist)
        good = make_histogram(p, out);
    for (uint32_t k = 0; good && k < p->n && p->kind == RT_CURVE_line && p->smooth > 0; k++)
        good = smooth_series(&out->at[k], fmin(p->smooth, 0.9999));
    if (good)
        find_ranges(p, out);
    return good;
}

void rt_series_close(RtSeriesList *s)
{
    for (uint32_t k = 0; s->at && k < s->n; k++) {
        free(s->at[k].x);
        free(s->at[k].y);
        free(s->at[k].plain);
        free(s->at[k].xy);
    }
    free(s->at);
    free(s->edges);
}
