/* probe.c: the figures of what a reader gives. */
#include "runtime/data/probe.h"

#include <stdlib.h>
#include <string.h>

static void look_at_labels(const RtArray *y, RtProbe *p)
{
    int64_t n = y->dims[0] * rt_array_row(y);
    if (rt_dtype(y->dtype)->is_float || n < 1)
        return;
    p->label_min = INT64_MAX;
    p->label_max = INT64_MIN;
    for (int64_t i = 0; i < n; i++) {
        int64_t label = rt_to_i64(rt_array_f64(y, i));
        p->label_min = label < p->label_min ? label : p->label_min;
        p->label_max = label > p->label_max ? label : p->label_max;
    }
    if (rt_array_row(y) == 1 && p->label_min >= 0 && p->label_max < INT32_MAX)
        p->classes = p->label_max + 1;
}

/* Bits of a set of integers; above this many nobody counts. */
static const double most_bits = 1 << 28;

/* How many different integers from `least` on there are, in a set of one bit each; 0: not counted. */
static int64_t count_distinct(const RtArray *y, int64_t n, const RtNumbers *numbers)
{
    int64_t distinct = 0;
    double range = numbers->most - numbers->least + 1;
    if (numbers->has_nan || numbers->has_fraction || !(range >= 1 && range <= most_bits))
        return 0;
    unsigned char *seen = calloc((size_t)range / 8 + 1, 1);
    for (int64_t i = 0; seen && i < n; i++) {
        size_t at = (size_t)(rt_array_f64(y, i) - numbers->least);
        distinct += !(seen[at / 8] >> (at % 8) & 1);
        seen[at / 8] |= (unsigned char)(1 << (at % 8));
    }
    free(seen);
    return distinct;
}

void rt_numbers_of(const RtArray *y, RtNumbers *numbers)
{
    int64_t n = y->dims[0] * rt_array_row(y);
    RtNumbers own = rt_numbers_none();
    for (int64_t i = 0; i < n; i++)
        rt_numbers_add(&own, rt_array_f64(y, i));
    own.n = n;
    own.distinct = n == y->dims[0] ? count_distinct(y, n, &own) : 0;
    rt_numbers_merge(numbers, &own);
}

RtStatus rt_probe(RtReadings *readings, const RtSourceDesc *source, const RtDirs *dirs,
                  RtProbe *out, RtError *error)
{
    const RtReading *r = NULL;
    bool missing;
    RtStatus status = rt_readings_get(readings, source, dirs, true, &r, &missing, error);
    *out = (RtProbe){.missing = missing, .numbers = rt_numbers_none()};
    if (status != RT_OK)
        return missing ? RT_OK : status;
    out->from = r;
    out->rows = rt_reading_rows(r);
    out->x_rank = r->table ? 1 : r->x->rank - 1;
    out->x_dtype = r->table ? RT_f32 : r->x->dtype;
    if (r->table)
        out->x_dims[0] = r->columns.n;
    else
        memcpy(out->x_dims, r->x->dims + 1, out->x_rank * sizeof *out->x_dims);
    if (r->weights) {
        out->weights_rank = r->weights->rank - 1;
        memcpy(out->weights_dims, r->weights->dims + 1,
               out->weights_rank * sizeof *out->weights_dims);
    }
    out->has_y = r->y != NULL;
    if (r->y) {
        out->y_dtype = r->y->dtype;
        out->y_rank = r->y->rank - 1;
        memcpy(out->y_dims, r->y->dims + 1, out->y_rank * sizeof *out->y_dims);
        look_at_labels(r->y, out);
        rt_numbers_of(r->y, &out->numbers);
    }
    return RT_OK;
}
