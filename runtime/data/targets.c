/* targets.c: the targets of all parts made to mean the same.
 *
 * Each source numbers its own texts; here they get the numbers of one list. Rows count from 0 in
 * messages, as everywhere in the language. */
#include <stdlib.h>
#include <string.h>

#include "runtime/data/dataset_internal.h"

typedef struct Targets {
    const RtDatasetDesc *desc;
    RtDataset *data;
    RtError *error;
} Targets;

static int64_t first_row(const RtArray *y, int64_t label)
{
    for (int64_t i = 0; i < y->dims[0]; i++)
        if (((const int32_t *)y->data)[i] == label)
            return i;
    return -1;
}

static RtStatus fail_unknown(const Targets *t, const RtReading *r, int32_t label)
{
    const char *name = r->class_names.at[label];
    const char *near = rt_names_suggest(&t->data->class_names, name);
    const char *where = t->desc->n_labels ? "labels(...)" : "the training data";
    long long row = first_row(r->y, label);
    if (near)
        return rt_fail(t->error,
                       "class '%.100s' in row %lld of '%s' is not in %s; did you mean "
                       "'%s'?",
                       name, row, rt_reading_y_label(r), where, near);
    return rt_fail(t->error, "class '%.100s' in row %lld of '%s' is not in %s", name, row,
                   rt_reading_y_label(r), where);
}

/* The part's own numbers -> the places in data->class_names. */
static RtStatus renumber(const Targets *t, RtReading *r)
{
    RtStatus status = RT_OK;
    int32_t *labels = r->y->data;
    int32_t *map = malloc(r->class_names.n * sizeof *map);
    if (!map)
        return rt_fail(t->error, "not enough memory for the classes of '%s'", t->desc->name);
    for (uint32_t i = 0; i < r->class_names.n && status == RT_OK; i++) {
        map[i] = (int32_t)rt_names_find(&t->data->class_names, r->class_names.at[i]);
        if (map[i] < 0)
            status = fail_unknown(t, r, (int32_t)i);
    }
    for (int64_t i = 0; i < r->y->dims[0] && status == RT_OK; i++)
        labels[i] = map[labels[i]];
    free(map);
    return status;
}

static RtStatus copy_class_names(Targets *t, const RtReading *train)
{
    uint32_t n = t->desc->n_labels ? t->desc->n_labels : train->class_names.n;
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < n && status == RT_OK; i++)
        status = rt_names_add(&t->data->class_names,
                              t->desc->n_labels ? t->desc->labels[i] : train->class_names.at[i],
                              t->error);
    return status;
}

/* Whole numbers become floats where those of the training part are. */
static RtStatus make_floats(const Targets *t, RtReading *r)
{
    RtArray *floats;
    RtStatus status =
        rt_array_open(RT_f32, r->y->rank, r->y->dims, rt_reading_y_label(r), &floats, t->error);
    if (status != RT_OK)
        return status;
    for (int64_t i = 0; i < r->y->dims[0] * rt_array_row(r->y); i++)
        ((float *)floats->data)[i] = (float)rt_array_f64(r->y, i);
    rt_array_close(r->y);
    r->y = floats;
    return RT_OK;
}

static const char *kind_of(const RtReading *r)
{
    return r->class_names.n ? "texts" : rt_dtype(r->y->dtype)->name;
}

static RtStatus check_same(const Targets *t, const RtReading *train, const RtReading *r,
                           const RtArray *a, const RtArray *b, const char *what)
{
    char shape_a[128], shape_b[128];
    if (a->dtype != b->dtype)
        return rt_fail(t->error, "the %s of '%s' are %s, those of '%s' are %s", what,
                       rt_reading_label(r), rt_dtype(b->dtype)->name, rt_reading_label(train),
                       rt_dtype(a->dtype)->name);
    if (a->rank == b->rank && !memcmp(a->dims + 1, b->dims + 1, (a->rank - 1) * sizeof *a->dims))
        return RT_OK;
    return rt_fail(
        t->error, "the rows of %s in '%s' have the shape %s, those in '%s' %s", what,
        rt_reading_label(r), rt_dims_text(shape_b, sizeof shape_b, b->rank - 1, b->dims + 1),
        rt_reading_label(train), rt_dims_text(shape_a, sizeof shape_a, a->rank - 1, a->dims + 1));
}

static RtStatus settle_part(const Targets *t, const RtReading *train, RtReading *r)
{
    RtStatus status = check_same(t, train, r, train->x, r->x, "inputs");
    if (status != RT_OK || (!train->y && !r->y))
        return status;
    if (!train->y || !r->y)
        return rt_fail(t->error, "'%s' has targets, but '%s' has none",
                       rt_reading_label(r->y ? r : train), rt_reading_label(r->y ? train : r));
    if (!train->class_names.n != !r->class_names.n)
        return rt_fail(t->error, "the targets of '%s' are %s, those of '%s' are %s",
                       rt_reading_y_label(r), kind_of(r), rt_reading_y_label(train),
                       kind_of(train));
    if (train->y->dtype == RT_f32 && r->y->dtype == RT_i32 && !r->class_names.n)
        status = make_floats(t, r);
    return status == RT_OK ? check_same(t, train, r, train->y, r->y, "targets") : status;
}

static RtStatus check_range(const Targets *t, const RtReading *r)
{
    int64_t classes = t->data->classes;
    if (!r->y || !classes)
        return RT_OK;
    if (rt_dtype(r->y->dtype)->is_float)
        return rt_fail(t->error, "the targets of '%s' are %s, not labels of %lld classes",
                       rt_reading_y_label(r), rt_dtype(r->y->dtype)->name, (long long)classes);
    int64_t row = rt_array_row(r->y), n = r->y->dims[0] * row;
    for (int64_t i = 0; i < n; i++) {
        double label = rt_array_f64(r->y, i);
        if (label < 0 || label >= (double)classes)
            return rt_fail(t->error, "label %lld in row %lld of '%s' is outside 0..%lld",
                           (long long)label, (long long)(i / row), rt_reading_y_label(r),
                           (long long)classes - 1);
    }
    return RT_OK;
}

RtStatus rt_targets_settle(const RtDatasetDesc *desc, RtDataset *data, RtError *error)
{
    Targets t = {desc, data, error};
    RtReading *parts = data->store->parts, *train = &parts[RT_TRAIN];
    RtStatus status = copy_class_names(&t, train);
    data->classes = desc->classes ? desc->classes : data->class_names.n;
    for (int i = 0; i < RT_N_PARTS && status == RT_OK; i++)
        if (desc->part[i].kind == RT_PART_SOURCE)
            status = settle_part(&t, train, &parts[i]);
    for (int i = 0; i < RT_N_PARTS && status == RT_OK; i++) {
        if (desc->part[i].kind != RT_PART_SOURCE)
            continue;
        if (parts[i].class_names.n)
            status = renumber(&t, &parts[i]);
        if (status == RT_OK)
            status = check_range(&t, &parts[i]);
    }
    return status;
}
