/* probe.c: the figures of what a reader gives. */
#include "runtime/data/probe.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/data/source_internal.h"

static void look_at_labels(const RtArray *y, RtProbe *p)
{
    int64_t n = y->dims[0] * rt_array_row(y);
    if (rt_dtype(y->dtype)->is_float || n < 1)
        return;
    p->label_min = INT64_MAX;
    p->label_max = INT64_MIN;
    for (int64_t i = 0; i < n; i++) {
        int64_t label = (int64_t)rt_array_f64(y, i);
        p->label_min = label < p->label_min ? label : p->label_min;
        p->label_max = label > p->label_max ? label : p->label_max;
    }
    if (rt_array_row(y) == 1 && p->label_min >= 0 && p->label_max < INT32_MAX)
        p->classes = p->label_max + 1;
}

static void row_shape(const RtArray *a, RtDtype *dtype, uint32_t *rank, int64_t *dims)
{
    *dtype = a->dtype;
    *rank = a->rank - 1;
    memcpy(dims, a->dims + 1, *rank * sizeof *dims);
}

RtStatus rt_probe(const RtSourceDesc *source, const RtDirs *dirs, RtProbe *out, RtError *error)
{
    RtReading r = {.source = source, .dirs = dirs, .facts_only = true, .error = error};
    RtStatus status = rt_reading_run(&r);
    if (status != RT_OK && !r.missing) {
        rt_reading_close(&r);
        return status;
    }
    *out = (RtProbe){.missing = r.missing};
    if (!r.missing) {
        out->rows = r.x->dims[0];
        row_shape(r.x, &out->x_dtype, &out->x_rank, out->x_dims);
        out->has_y = r.y != NULL;
        if (r.y) {
            row_shape(r.y, &out->y_dtype, &out->y_rank, out->y_dims);
            look_at_labels(r.y, out);
        }
        out->class_names = r.class_names;
        out->columns = r.columns;
        out->path = r.path;
        r.class_names = r.columns = (RtNames){0, NULL};
        r.path = NULL;
    }
    rt_reading_close(&r);
    return RT_OK;
}

void rt_probe_close(RtProbe *probe)
{
    rt_names_free(&probe->class_names);
    rt_names_free(&probe->columns);
    free(probe->path);
    probe->path = NULL;
}
