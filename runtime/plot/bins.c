/* bins.c: which bins a histogram has. */
#include <math.h>
#include <stdlib.h>

#include "runtime/plot/series.h"

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Between the two values around it. */
static double percentile(int64_t n, const double *sorted, double part)
{
    double at = part * (double)(n - 1);
    int64_t below = (int64_t)at, above = below + 1 < n ? below + 1 : below;
    return sorted[below] + (at - (double)below) * (sorted[above] - sorted[below]);
}

static bool are_whole(int64_t n, const double *values)
{
    for (int64_t i = 0; i < n; i++)
        if (values[i] != floor(values[i]))
            return false;
    return true;
}

static double width_of(int64_t n, const double *sorted)
{
    double room = sorted[n - 1] - sorted[0];
    double sturges = room / (log2((double)n) + 1), least = room / sqrt((double)n) / 2;
    double spread = percentile(n, sorted, 0.75) - percentile(n, sorted, 0.25);
    double width = fmin(fmax(2 * spread / cbrt((double)n), least), sturges);
    return width < 1 && are_whole(n, sorted) ? 1 : width;
}

int64_t rt_bins_make(int64_t n, double *values, double *edges)
{
    qsort(values, (size_t)n, sizeof *values, by_value);
    double least = values[0], most = values[n - 1], room = most - least;
    if (!(room > 1e-12 * fmax(fabs(least), fabs(most))) || isinf(room)) {
        double half = isinf(room) || fabs(least) > 1e12 ? fabs(least) / 10 : 0.5;
        least = isinf(room) ? least : least - half;
        most = isinf(room) ? most : most + half;
        edges[0] = least;
        edges[1] = most;
        return 1;
    }
    double wanted = ceil(room / width_of(n, values));
    int64_t count = wanted >= 1 && wanted < RT_MOST_BINS ? (int64_t)wanted : RT_MOST_BINS;
    for (int64_t i = 0; i <= count; i++)
        edges[i] = least + room * ((double)i / (double)count);
    edges[count] = most;
    return count;
}
