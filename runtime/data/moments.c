/* moments.c: mean and variance of the samples, for transforms that are fitted. */
#include <stdlib.h>

#include "runtime/data/dataset.h"

typedef struct Moments {
    const RtPart *part;
    int64_t row, cols;
    double *values; /* one row */
} Moments;

/* Adds up (x - mean) or (x - mean)^2 per column; mean NULL: x. */
static void add_up(const Moments *m, const double *mean, double *sums)
{
    for (int64_t c = 0; c < m->cols; c++)
        sums[c] = 0;
    for (int64_t i = 0; i < m->part->rows; i++) {
        rt_array_get_f64(m->part->x, (int64_t)m->part->index[i] * m->row, m->row, m->values);
        for (int64_t k = 0; k < m->row; k += m->cols)
            for (int64_t c = 0; c < m->cols; c++) {
                double x = m->values[k + c] - (mean ? mean[c] : 0);
                sums[c] += mean ? x * x : x;
            }
    }
    int64_t count = m->part->rows * (m->row / m->cols);
    for (int64_t c = 0; c < m->cols; c++)
        sums[c] /= (double)count;
}

RtStatus rt_fit_moments(const RtPart *part, bool per_column, double *mean, double *variance,
                        RtError *error)
{
    Moments m = {.part = part};
    if (!part->x || part->rows < 1)
        return rt_fail(error, "there are no rows to take a mean of");
    m.row = rt_array_row(part->x);
    m.cols = per_column && part->x->rank > 1 ? part->x->dims[part->x->rank - 1] : 1;
    if (m.row < 1)
        return rt_fail(error, "there are no values to take a mean of");
    m.values = malloc((size_t)m.row * sizeof *m.values);
    if (!m.values)
        return rt_fail(error, "not enough memory for a row of %lld values", (long long)m.row);
    add_up(&m, NULL, mean);
    add_up(&m, mean, variance);
    free(m.values);
    return RT_OK;
}
