/* statistics.c: what transforms fit on training rows: means and variances, quantiles, the most frequent value.
 *
 * In row order, in double, with compensated sums; quantiles as NumPy interpolates them. Missing values are left
 * out where the transforms may have them; elsewhere they are an error. */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/data/chain.h"

/* ---- normalize ---- */

/* A sum and what was lost of it by rounding (Neumaier). */
typedef struct Sums {
    double *sum, *lost;
} Sums;

static void add(Sums s, int64_t c, double x)
{
    double sum = s.sum[c] + x;
    double big = fabs(s.sum[c]) >= fabs(x) ? s.sum[c] : x, small = big == x ? s.sum[c] : x;
    s.lost[c] += (big - sum) + small;
    s.sum[c] = sum;
}

/* Names the column whose statistics are not finite: how many values are to blame, the first row. */
static RtStatus fail_values(const RtStage *s, const RtFitting *f, int64_t column, RtError *error)
{
    char place[300] = "";
    int64_t count = 0;
    for (int64_t r = 0; r < f->rows->n; r++) {
        const double *row = rt_fitting_row(f, r);
        for (int64_t i = column; i < s->n; i += s->n_fitted) {
            if (isfinite(row[i]))
                continue;
            if (!count++)
                f->rows->place(f->rows->cx, r, place, sizeof place);
        }
    }
    if (!count)
        return rt_fail(error, "%s: the values are too large for a mean and a variance",
                       s->call->name);
    return rt_fail(error,
                   "%s: missing (NaN) or infinite values would make a whole column NaN: %lld, the "
                   "first in %s",
                   s->call->name, (long long)count, place);
}

static RtStatus fail_empty(const RtStage *s, int64_t column, RtError *error)
{
    if (s->column)
        return rt_fail(error,
                       "%s: all cells of the column \"%.60s\" are missing in the training rows",
                       s->call->name, s->column->name);
    return rt_fail(error, "%s: all values of column %lld are missing in the training rows",
                   s->call->name, (long long)column + 1);
}

/* scikit-learn's test: what is left is rounding. */
static bool is_constant(double mean, double variance, double n)
{
    double rounding = n * mean * DBL_EPSILON;
    return variance <= n * DBL_EPSILON * variance + rounding * rounding;
}

/* Sums of each column, and of how many values. */
static void find_means(const RtStage *s, const RtFitting *f, Sums first, double *n)
{
    int64_t cols = s->n_fitted;
    for (int64_t r = 0; r < f->rows->n; r++) {
        const double *row = rt_fitting_row(f, r);
        for (int64_t i = 0; i < s->n; i += cols)
            for (int64_t c = 0; c < cols; c++) {
                if (s->skips_missing && isnan(row[i + c]))
                    continue;
                add(first, c, row[i + c]);
                n[c]++;
            }
    }
}

/* Two passes, both with compensated sums; the second takes away what the mean is off by (Chan, Golub and
 * LeVeque, 1983). */
static void find_moments(const RtStage *s, const RtFitting *f, double *work)
{
    int64_t cols = s->n_fitted;
    double *mean = s->fitted[0], *variance = s->fitted[1];
    Sums first = {work, work + cols}, second = {work + 2 * cols, work + 3 * cols};
    double *n = work + 4 * cols; /* of each column */
    find_means(s, f, first, n);
    for (int64_t c = 0; c < cols; c++) {
        mean[c] = (first.sum[c] + first.lost[c]) / n[c];
        first.sum[c] = first.lost[c] = 0;
    }
    for (int64_t r = 0; r < f->rows->n; r++) {
        const double *row = rt_fitting_row(f, r);
        for (int64_t i = 0; i < s->n; i += cols)
            for (int64_t c = 0; c < cols; c++) {
                double d = row[i + c] - mean[c];
                if (s->skips_missing && isnan(row[i + c]))
                    continue;
                add(first, c, d);
                add(second, c, d * d);
            }
    }
    for (int64_t c = 0; c < cols; c++) {
        double off = first.sum[c] + first.lost[c];
        variance[c] = (second.sum[c] + second.lost[c] - off * off / n[c]) / n[c];
        if (is_constant(mean[c], variance[c], n[c]))
            variance[c] = 0;
    }
}

RtStatus rt_fit_normalize(RtStage *s, const RtFitting *f, RtError *error)
{
    double *work = calloc((size_t)s->n_fitted * 5, sizeof *work);
    if (!work)
        return rt_fail(error, "not enough memory to fit '%s'", s->call->name);
    find_moments(s, f, work);
    int64_t empty = 0;
    while (empty < s->n_fitted && work[4 * s->n_fitted + empty] > 0)
        empty++;
    free(work);
    if (empty < s->n_fitted)
        return fail_empty(s, empty, error);
    for (int64_t c = 0; c < s->n_fitted; c++)
        if (!isfinite(s->fitted[0][c]) || !isfinite(s->fitted[1][c]))
            return fail_values(s, f, c, error);
    return RT_OK;
}

/* ---- the values of a few columns, sorted ---- */

/* Columns are gathered in blocks: each block takes one pass over the rows. */
enum { BLOCK_VALUES = 1 << 23 };

typedef struct Block {
    int64_t first, n; /* columns */
    int64_t room;     /* values of each */
    double *values;   /* [n][room] */
    int64_t *counts;
} Block;

typedef void UseColumn(RtStage *s, int64_t column, double *values, int64_t n);

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The first value that is not finite, missing ones left out, in *column; -1: there is none. */
static int64_t gather(const RtStage *s, const RtFitting *f, int64_t columns, Block *b)
{
    int64_t bad = -1;
    memset(b->counts, 0, (size_t)b->n * sizeof *b->counts);
    for (int64_t r = 0; r < f->rows->n; r++) {
        const double *row = rt_fitting_row(f, r);
        for (int64_t i = b->first; i < s->n; i += columns)
            for (int64_t c = 0; c < b->n; c++) {
                double x = row[i + c];
                if (s->skips_missing && isnan(x))
                    continue;
                if (!isfinite(x) && bad < 0)
                    bad = b->first + c;
                b->values[c * b->room + b->counts[c]++] = x;
            }
    }
    return bad;
}

static RtStatus use_block(RtStage *s, const RtFitting *f, int64_t columns, Block *b, UseColumn *use,
                          RtError *error)
{
    int64_t bad = gather(s, f, columns, b);
    if (bad >= 0)
        return fail_values(s, f, bad, error);
    for (int64_t c = 0; c < b->n; c++) {
        double *values = b->values + c * b->room;
        if (!b->counts[c])
            return fail_empty(s, b->first + c, error);
        qsort(values, (size_t)b->counts[c], sizeof *values, compare_doubles);
        use(s, b->first + c, values, b->counts[c]);
    }
    return RT_OK;
}

/* Calls `use` with the sorted values of each column. */
static RtStatus fit_sorted(RtStage *s, const RtFitting *f, int64_t columns, UseColumn *use,
                           RtError *error)
{
    RtStatus status = RT_OK;
    Block b = {.room = f->rows->n * (s->n / columns)};
    int64_t most = BLOCK_VALUES / (b.room ? b.room : 1);
    most = most < 1 ? 1 : most > columns ? columns : most;
    b.values = malloc((size_t)most * (size_t)b.room * sizeof *b.values + 1);
    b.counts = malloc((size_t)most * sizeof *b.counts + 1);
    if (!b.values || !b.counts)
        status = rt_fail(error, "not enough memory to fit '%s'", s->call->name);
    for (; b.first < columns && status == RT_OK; b.first += b.n) {
        b.n = columns - b.first < most ? columns - b.first : most;
        status = use_block(s, f, columns, &b, use, error);
    }
    free(b.values);
    free(b.counts);
    return status;
}

/* As NumPy's method "linear". */
static double quantile(const double *sorted, int64_t n, double q)
{
    double at = q * (double)(n - 1), low = floor(at), t = at - low;
    double a = sorted[(int64_t)low], b = sorted[(int64_t)low + ((int64_t)low < n - 1)];
    return t < 0.5 ? a + (b - a) * t : b - (b - a) * (1 - t);
}

/* scikit-learn's bound: what is less is rounding. */
static double range_or_0(double range)
{
    return range < 10 * DBL_EPSILON ? 0 : range;
}

static void use_range(RtStage *s, int64_t column, double *values, int64_t n)
{
    double range = range_or_0(values[n - 1] - values[0]);
    s->fitted[0][column] = values[0];
    s->fitted[1][column] = range > 0 ? values[n - 1] : values[0];
}

RtStatus rt_fit_min_max(RtStage *s, const RtFitting *f, RtError *error)
{
    return fit_sorted(s, f, s->n_fitted, use_range, error);
}

static double median(const double *sorted, int64_t n)
{
    return n % 2 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
}

static void use_quartiles(RtStage *s, int64_t column, double *values, int64_t n)
{
    s->fitted[0][column] = median(values, n);
    s->fitted[1][column] = range_or_0(quantile(values, n, 0.75) - quantile(values, n, 0.25));
}

RtStatus rt_fit_robust(RtStage *s, const RtFitting *f, RtError *error)
{
    return fit_sorted(s, f, s->n_fitted, use_quartiles, error);
}

/* ---- fill ---- */

static void use_median(RtStage *s, int64_t column, double *values, int64_t n)
{
    s->fitted[0][column] = median(values, n);
}

/* Of equally frequent values the smallest. */
static void use_most_frequent(RtStage *s, int64_t column, double *values, int64_t n)
{
    int64_t most = 0, length;
    for (int64_t i = 0; i < n; i += length) {
        length = 1;
        while (i + length < n && values[i + length] == values[i])
            length++;
        if (length > most)
            s->fitted[0][column] = values[i];
        most = length > most ? length : most;
    }
}

static RtStatus fit_mean(RtStage *s, const RtFitting *f, RtError *error)
{
    int64_t cols = s->n_fitted;
    double *work = calloc((size_t)cols * 3, sizeof *work);
    RtStatus status = RT_OK;
    if (!work)
        return rt_fail(error, "not enough memory to fit '%s'", s->call->name);
    Sums sums = {work, work + cols};
    double *n = work + 2 * cols;
    find_means(s, f, sums, n);
    for (int64_t c = 0; c < cols && status == RT_OK; c++) {
        s->fitted[0][c] = (sums.sum[c] + sums.lost[c]) / n[c];
        if (n[c] < 1)
            status = fail_empty(s, c, error);
        else if (!isfinite(s->fitted[0][c]))
            status = fail_values(s, f, c, error);
    }
    free(work);
    return status;
}

RtStatus rt_fit_fill(RtStage *s, const RtFitting *f, RtError *error)
{
    RtFill fill = (RtFill)s->call->args.at[RT_ARG_fill_value].i;
    if (fill == RT_FILL_mean)
        return fit_mean(s, f, error);
    return fit_sorted(s, f, s->n_fitted, fill == RT_FILL_median ? use_median : use_most_frequent,
                      error);
}

/* ---- bucketize ---- */

/* The inner ones of n + 1 equally distant quantiles. */
static void use_edges(RtStage *s, int64_t column, double *values, int64_t n)
{
    (void)column;
    for (int64_t k = 0; k < s->n_fitted; k++)
        s->fitted[0][k] = quantile(values, n, (double)(k + 1) / (double)(s->n_fitted + 1));
    if (s->n_fitted && s->fitted[0][0] <= values[0])
        s->fitted[0][0] = NAN; /* the first bucket is empty */
    if (s->n_fitted && s->fitted[0][s->n_fitted - 1] > values[n - 1])
        s->fitted[0][s->n_fitted - 1] = NAN;
}

RtStatus rt_fit_bucketize(RtStage *s, const RtFitting *f, RtError *error)
{
    RtStatus status = fit_sorted(s, f, 1, use_edges, error);
    for (int64_t k = 0; k < s->n_fitted && status == RT_OK; k++) {
        if (!isnan(s->fitted[0][k]) && !(k && !(s->fitted[0][k] > s->fitted[0][k - 1])))
            continue;
        status = rt_fail(error,
                         "bucketize: the column \"%.60s\" has too many equal values for %lld "
                         "buckets: two of their edges would be equal",
                         s->column->name, (long long)s->n_fitted + 1);
        rt_fail_help(error, "ask for fewer buckets, or list the edges: bucketize([1, 10, 100])");
    }
    return status;
}

/* ---- what a transform does not take ---- */

/* The first value, and how many there are. */
static RtStatus fail_log(const RtStage *s, const char *place, int64_t at, double value,
                         int64_t count, RtError *error)
{
    char column[100];
    if (s->column)
        snprintf(column, sizeof column, "the column \"%.60s\"", s->column->name);
    else
        snprintf(column, sizeof column, "column %lld", (long long)at + 1);
    (void)!rt_fail(error,
                   "%s: log1p takes numbers above -1, but %s gives it %g; %lld such %s in all",
                   place, column, value, (long long)count, count == 1 ? "value" : "values");
    rt_fail_help(error,
                 "an offset(...) or a clip(0, ...) in front of it brings them into its range");
    return RT_ERROR;
}

RtStatus rt_fitting_check(const RtStage *s, const RtFitting *f, RtError *error)
{
    char place[300] = "";
    double first = 0;
    int64_t count = 0, at = 0;
    if (s->id == RT_TRANSFORM_columns)
        return rt_cells_check(s, f->rows, error);
    for (int64_t r = 0; s->id == RT_TRANSFORM_log1p && r < f->rows->n; r++) {
        const double *row = rt_fitting_row(f, r);
        for (int64_t i = 0; i < s->n; i++) {
            if (!(row[i] <= -1) || count++)
                continue;
            first = row[i];
            at = i;
            f->rows->place(f->rows->cx, r, place, sizeof place);
        }
    }
    return count ? fail_log(s, place, at, first, count, error) : RT_OK;
}
