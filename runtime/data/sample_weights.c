/* sample_weights.c: what the samples of a reading count in the loss. */
#include <math.h>
#include <stdio.h>

#include "runtime/data/npy.h"
#include "runtime/data/source_internal.h"

static const char *label_of(const RtReading *r)
{
    return r->weights_path ? r->weights_path : rt_reading_label(r);
}

RtStatus rt_sample_weights_file(RtReader *r)
{
    RtInput *in = NULL;
    if (!rt_source_text(r->source, "weights", NULL))
        return RT_OK;
    RtStatus status = rt_reader_open(r, "weights", &in);
    if (status == RT_OK)
        status = rt_npy_parse(in, false, &r->out->weights, r->error);
    rt_input_close(in);
    return status;
}

RtStatus rt_sample_weights_column(RtReader *r, uint32_t column)
{
    RtTable *t = r->out->table;
    if (rt_column_fault(&t->columns[column]))
        return rt_fail(r->error, "%s", rt_column_fault(&t->columns[column]));
    RtStatus status =
        rt_array_open(RT_f64, 1, &t->rows, label_of(r->out), &r->out->weights, r->error);
    for (int64_t i = 0; status == RT_OK && i < t->rows; i++)
        rt_table_row(t, i, &column, 1, (double *)r->out->weights->data + i);
    return status;
}

static RtStatus fail_weight(const RtReading *r, int64_t row, double value, RtError *error)
{
    char place[300];
    if (r->weights_path)
        snprintf(place, sizeof place, "row %lld of '%s'", (long long)row + 1, r->weights_path);
    else
        rt_reading_place(r, row, false, place, sizeof place);
    return rt_fail(error, "the weights of samples are numbers from 0 on, but %s holds %g", place,
                   value);
}

/* To f32, checked on the way. */
static RtStatus convert(const RtReading *r, const RtArray *from, RtArray *to, RtError *error)
{
    int64_t row = rt_array_row(from), n = from->dims[0] * row;
    for (int64_t i = 0; i < n; i++) {
        double value = rt_array_f64(from, i);
        float rounded = (float)value;
        if (!(value >= 0) || !isfinite(rounded))
            return fail_weight(r, i / row, value, error);
        ((float *)to->data)[i] = rounded;
    }
    return RT_OK;
}

RtStatus rt_sample_weights_settle(RtReading *r, RtError *error)
{
    RtArray *from = r->weights, *to = NULL;
    if (!from)
        return RT_OK;
    long long rows = rt_reading_rows(r);
    if (!from->rank || from->dims[0] != rows)
        return rt_fail(error, "'%s' has %lld rows of samples, but there are %lld weights",
                       rt_reading_label(r), rows, from->rank ? (long long)from->dims[0] : 1LL);
    RtStatus status = rt_array_open(RT_f32, from->rank, from->dims, label_of(r), &to, error);
    if (status == RT_OK)
        status = convert(r, from, to, error);
    rt_array_close(from);
    r->weights = to;
    return status;
}
