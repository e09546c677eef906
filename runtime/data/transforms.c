/* transforms.c: the rows of transforms.def: what each makes of shapes, of values, and of the training rows.
 *
 * Row by row, in double. ir/layers/transforms.c has the same as nodes, for arrays. */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/shape.h"
#include "runtime/data/chain.h"

/* ---- scale, offset, labels ---- */

RtStatus rt_shape_scale(RtStage *s, RtError *error)
{
    (void)s;
    (void)error;
    return RT_OK;
}

void rt_apply_scale(const RtStage *s, double *values)
{
    double factor = s->call->args.at[RT_ARG_scale_factor].f;
    for (int64_t i = 0; i < s->n; i++)
        values[i] *= factor;
}

RtStatus rt_shape_offset(RtStage *s, RtError *error)
{
    (void)s;
    (void)error;
    return RT_OK;
}

void rt_apply_offset(const RtStage *s, double *values)
{
    double value = s->call->args.at[RT_ARG_offset_value].f;
    for (int64_t i = 0; i < s->n; i++)
        values[i] += value;
}

/* Names classes: values stay. */
RtStatus rt_shape_labels(RtStage *s, RtError *error)
{
    (void)s;
    (void)error;
    return RT_OK;
}

void rt_apply_labels(const RtStage *s, double *values)
{
    (void)s;
    (void)values;
}

/* ---- reshape, one_hot ---- */

RtStatus rt_shape_reshape(RtStage *s, RtError *error)
{
    char from[128], to[128];
    const Img_LIST_I64 *sizes = &s->call->args.at[RT_ARG_reshape_shape].ints;
    s->out_rank = sizes->n;
    if (sizes->n <= RT_MAX_ROW_RANK && rt_reshape(sizes->at, sizes->n, s->n, s->out_dims))
        return RT_OK;
    return rt_fail(error, "reshape: a sample of shape (%s) cannot become (%s)",
                   rt_dims_text(from, sizeof from, s->rank, s->dims),
                   rt_dims_text(to, sizeof to, sizes->n, sizes->at));
}

void rt_apply_reshape(const RtStage *s, double *values)
{
    (void)s;
    (void)values;
}

RtStatus rt_shape_one_hot(RtStage *s, RtError *error)
{
    if (s->rank >= RT_MAX_ROW_RANK)
        return rt_fail(error, "one_hot: a sample would get more than %d axes", RT_MAX_ROW_RANK);
    s->out_dims[s->out_rank++] = s->call->args.at[RT_ARG_one_hot_n].i;
    return RT_OK;
}

/* A value that is no class number gives zeros, as in the graph: saturated on the way to i32. */
void rt_apply_one_hot(const RtStage *s, double *values)
{
    int64_t n = s->call->args.at[RT_ARG_one_hot_n].i;
    for (int64_t i = s->n; i-- > 0;) {
        double label = trunc(values[i]);
        for (int64_t k = 0; k < n; k++)
            values[i * n + k] = 0;
        if (isnan(label))
            label = 0;
        if (label >= 0 && label < (double)n)
            values[i * n + (int64_t)label] = 1;
    }
}

/* ---- normalize ---- */

RtStatus rt_shape_normalize(RtStage *s, RtError *error)
{
    const ImgArg *axis = &s->call->args.at[RT_ARG_normalize_axis];
    if (!axis->none && axis->i != -1 && axis->i != (int64_t)s->rank)
        return rt_fail(error, "normalize over axis %lld is not built yet", (long long)axis->i);
    s->n_fitted = axis->none || !s->rank ? 1 : s->dims[s->rank - 1];
    return RT_OK;
}

/* (x - mean) / sqrt(variance); a constant column has variance 0 and is divided by 1. */
void rt_ready_normalize(RtStage *s)
{
    for (int64_t c = 0; c < s->n_fitted; c++)
        s->scale[c] = s->fitted[1][c] > 0 ? sqrt(s->fitted[1][c]) : 1;
}

void rt_apply_normalize(const RtStage *s, double *values)
{
    const double *mean = s->fitted[0], *scale = s->scale;
    for (int64_t i = 0; i < s->n; i += s->n_fitted)
        for (int64_t c = 0; c < s->n_fitted; c++)
            values[i + c] = (values[i + c] - mean[c]) / scale[c];
}

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

/* scikit-learn's test: what is left is rounding. */
static bool is_constant(double mean, double variance, double n)
{
    double rounding = n * mean * DBL_EPSILON;
    return variance <= n * DBL_EPSILON * variance + rounding * rounding;
}

/* Two passes, both with compensated sums; the second takes away what the mean is off by (Chan, Golub and
 * LeVeque, 1983). */
static void find_moments(const RtStage *s, const RtFitting *f, double *work)
{
    int64_t cols = s->n_fitted;
    double *mean = s->fitted[0], *variance = s->fitted[1];
    Sums first = {work, work + cols}, second = {work + 2 * cols, work + 3 * cols};
    double n = (double)f->rows->n * (double)(s->n / cols);
    for (int64_t r = 0; r < f->rows->n; r++) {
        const double *row = rt_fitting_row(f, r);
        for (int64_t i = 0; i < s->n; i += cols)
            for (int64_t c = 0; c < cols; c++)
                add(first, c, row[i + c]);
    }
    for (int64_t c = 0; c < cols; c++) {
        mean[c] = (first.sum[c] + first.lost[c]) / n;
        first.sum[c] = first.lost[c] = 0;
    }
    for (int64_t r = 0; r < f->rows->n; r++) {
        const double *row = rt_fitting_row(f, r);
        for (int64_t i = 0; i < s->n; i += cols)
            for (int64_t c = 0; c < cols; c++) {
                double d = row[i + c] - mean[c];
                add(first, c, d);
                add(second, c, d * d);
            }
    }
    for (int64_t c = 0; c < cols; c++) {
        double off = first.sum[c] + first.lost[c];
        variance[c] = (second.sum[c] + second.lost[c] - off * off / n) / n;
        if (is_constant(mean[c], variance[c], n))
            variance[c] = 0;
    }
}

RtStatus rt_fit_normalize(RtStage *s, const RtFitting *f, RtError *error)
{
    double *work = calloc((size_t)s->n_fitted * 4, sizeof *work);
    if (!work)
        return rt_fail(error, "not enough memory to fit '%s'", s->call->name);
    find_moments(s, f, work);
    free(work);
    for (int64_t c = 0; c < s->n_fitted; c++)
        if (!isfinite(s->fitted[0][c]) || !isfinite(s->fitted[1][c]))
            return fail_values(s, f, c, error);
    return RT_OK;
}
