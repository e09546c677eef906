/* targets.c: the targets of all parts made to mean the same.
 *
 * Each source numbers its own texts; here they get the numbers of one list. What was read stays as it is:
 * other data sets may share it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/name_index.h"
#include "runtime/data/categories.h"
#include "runtime/data/dataset_internal.h"
#include "runtime/data/probe.h"

typedef struct Targets {
    const RtDatasetDesc *desc;
    RtDataset *data;
    RtError *error;
    RtTexts names; /* those of data->class_names, for look-ups */
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
    char place[300], list[360];
    rt_reading_place(r, first_row(r->y, label), true, place, sizeof place);
    if (near)
        return rt_fail(t->error, "%s: '%s' has no class '%.100s'; did you mean '%s'?", place,
                       t->desc->name, name, near);
    return rt_fail(t->error, "%s: '%s' has no class '%.100s'; it has %s", place, t->desc->name,
                   name, rt_names_text(&t->data->class_names, list, sizeof list));
}

/* Targets of this data set's own, of the shape of those that were read. */
static RtStatus own_targets(const Targets *t, RtSourced *s, RtDtype dtype)
{
    return rt_array_open(dtype, s->y->rank, s->y->dims, rt_reading_y_label(s->from), &s->own_y,
                         t->error);
}

/* The part's own numbers -> the places in data->class_names. */
static RtStatus renumber(Targets *t, RtSourced *s)
{
    const RtReading *r = s->from;
    const int32_t *labels = r->y->data;
    bool same = true;
    int32_t *map = malloc(r->class_names.n * sizeof *map);
    RtStatus status = RT_OK;
    if (!map)
        return rt_fail(t->error, "not enough memory for the classes of '%s'", t->desc->name);
    for (uint32_t i = 0; i < r->class_names.n && status == RT_OK; i++) {
        map[i] = (int32_t)rt_texts_find(&t->names, r->class_names.at[i]);
        same = same && map[i] == (int32_t)i;
        if (map[i] < 0)
            status = fail_unknown(t, r, (int32_t)i);
    }
    if (status == RT_OK && !same)
        status = own_targets(t, s, RT_i32);
    for (int64_t i = 0; status == RT_OK && !same && i < r->y->dims[0]; i++)
        ((int32_t *)s->own_y->data)[i] = map[labels[i]];
    if (status == RT_OK && !same)
        s->y = s->own_y;
    free(map);
    return status;
}

/* ---- classes() ---- */

static int compare_labels(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The first target that is not a whole number; -1: there is none. */
static int64_t first_fraction(const RtArray *y)
{
    for (int64_t i = 0; i < y->dims[0]; i++) {
        double value = rt_array_f64(y, i);
        if (!(value == floor(value)))
            return i;
    }
    return -1;
}

static RtStatus fail_several(const RtReading *r, RtError *error)
{
    char list[360];
    if (r->y_columns.n < 2)
        return rt_fail(error,
                       "classes() takes one whole number or text for each row, but the "
                       "targets of '%s' are rows of numbers",
                       rt_reading_y_label(r));
    (void)rt_fail(error, "classes() takes one target, but '%s' gives %u: %s", rt_reading_y_label(r),
                  r->y_columns.n, rt_names_text(&r->y_columns, list, sizeof list));
    rt_fail_help(error,
                 "for classes take one column: target=\"%.60s\"; several targets are numbers, or "
                 "answers that are 0 or 1, without classes()",
                 r->y_columns.at[0]);
    return RT_ERROR;
}

RtStatus rt_target_classes(const RtReading *r, RtNames *out, RtError *error)
{
    char text[RT_NUMBER_TEXT], place[300];
    const RtArray *y = r->y;
    RtStatus status = RT_OK;
    if (!y)
        return rt_fail(error, "classes() needs targets, but '%s' has none", rt_reading_label(r));
    if (rt_array_row(y) != 1)
        return fail_several(r, error);
    int64_t row = first_fraction(y);
    if (row >= 0) {
        (void)rt_fail(error, "%s: classes() takes whole numbers or texts, not %s",
                      rt_reading_place(r, row, true, place, sizeof place),
                      rt_number_text(rt_array_f64(y, row), text));
        rt_fail_help(error, "for amounts leave classes() out, and end with Dense(1)");
        return RT_ERROR;
    }
    int64_t *all = malloc(((size_t)y->dims[0] + 1) * sizeof *all);
    if (!all)
        return rt_fail(error, "not enough memory for the classes of '%s'", rt_reading_y_label(r));
    for (int64_t i = 0; i < y->dims[0]; i++)
        all[i] = rt_to_i64(rt_array_f64(y, i));
    qsort(all, (size_t)y->dims[0], sizeof *all, compare_labels);
    for (int64_t i = 0; i < y->dims[0] && status == RT_OK; i++)
        if (!i || all[i] != all[i - 1])
            status = rt_names_add(out, rt_number_text((double)all[i], text), error);
    free(all);
    return status;
}

/* Does classes() number the targets of this reading? */
static bool numbers(const RtDatasetDesc *desc, const RtReading *r)
{
    return desc->numbers_classes && r && r->y && !r->class_names.n;
}

/* Integers -> the places in data->class_names. */
static RtStatus number_integers(Targets *t, RtSourced *s)
{
    char text[RT_NUMBER_TEXT], place[300], list[360];
    const RtArray *from = s->from->y;
    RtStatus status =
        rt_array_row(from) == 1 ? own_targets(t, s, RT_i32) : fail_several(s->from, t->error);
    for (int64_t i = 0; status == RT_OK && i < from->dims[0]; i++) {
        rt_number_text(rt_array_f64(from, i), text);
        int64_t number = rt_texts_find(&t->names, text);
        ((int32_t *)s->own_y->data)[i] = (int32_t)number;
        if (number < 0)
            status = rt_fail(t->error, "%s: '%s' has no class '%.100s'; it has %s",
                             rt_reading_place(s->from, i, true, place, sizeof place), t->desc->name,
                             text, rt_names_text(&t->data->class_names, list, sizeof list));
    }
    if (status == RT_OK)
        s->y = s->own_y;
    return status;
}

/* labels(...), or what was known before, or those of the training file. */
static RtStatus copy_class_names(Targets *t, const RtReading *train)
{
    const RtDatasetDesc *d = t->desc;
    const char *const *from = d->n_labels        ? d->labels
                              : d->n_class_names ? d->class_names
                              : train            ? (const char *const *)train->class_names.at
                                                 : NULL;
    uint32_t n = d->n_labels        ? d->n_labels
                 : d->n_class_names ? d->n_class_names
                 : train            ? train->class_names.n
                                    : 0;
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < n && status == RT_OK; i++)
        status = rt_names_add(&t->data->class_names, from[i], t->error);
    if (status == RT_OK && !n && numbers(d, train))
        status = rt_target_classes(train, &t->data->class_names, t->error);
    const RtNames *names = &t->data->class_names;
    for (uint32_t i = 0; i < names->n && status == RT_OK; i++)
        if (rt_texts_add(&t->names, names->at[i]) < 0)
            status = rt_fail(t->error, "not enough memory for the classes of '%s'", d->name);
    return status;
}

/* Whole numbers become floats where another part has fractions. */
static RtStatus make_floats(const Targets *t, RtSourced *s)
{
    RtStatus status = own_targets(t, s, RT_f32);
    if (status != RT_OK)
        return status;
    for (int64_t i = 0; i < s->y->dims[0] * rt_array_row(s->y); i++)
        ((float *)s->own_y->data)[i] = (float)rt_array_f64(s->y, i);
    s->y = s->own_y;
    return RT_OK;
}

static const char *kind_of(const RtReading *r)
{
    return r->class_names.n ? "texts" : "numbers";
}

/* Targets of a table that floats may stand beside. */
static bool are_numbers(const RtReading *r)
{
    return r->y && r->table && !r->class_names.n;
}

static RtStatus check_same(const Targets *t, const RtReading *train, const RtReading *r,
                           const RtArray *a, const RtArray *b, const char *what)
{
    char shape_a[128], shape_b[128];
    bool converted = a == train->y && are_numbers(train) && are_numbers(r);
    if (a->dtype != b->dtype && !converted)
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

/* Tables were compared by their columns. */
static RtStatus check_inputs(const Targets *t, const RtReading *train, const RtReading *r)
{
    if (train->table && r->table)
        return RT_OK;
    if (train->table || r->table)
        return rt_fail(t->error, "'%s' is a table, '%s' an array",
                       rt_reading_label(train->table ? train : r),
                       rt_reading_label(train->table ? r : train));
    return check_same(t, train, r, train->x, r->x, "inputs");
}

static RtStatus check_part(const Targets *t, const RtReading *first, const RtReading *r)
{
    RtStatus status = check_inputs(t, first, r);
    if (status == RT_OK && first->weights && r->weights)
        status = check_same(t, first, r, first->weights, r->weights, "weights");
    if (status != RT_OK || (!first->y && !r->y))
        return status;
    if (!first->y || !r->y)
        return rt_fail(t->error, "'%s' has targets, but '%s' has none",
                       rt_reading_label(r->y ? r : first), rt_reading_label(r->y ? first : r));
    if (!first->class_names.n != !r->class_names.n)
        return rt_fail(t->error, "the targets of '%s' are %s, those of '%s' are %s",
                       rt_reading_y_label(r), kind_of(r), rt_reading_y_label(first),
                       kind_of(first));
    return check_same(t, first, r, first->y, r->y, "targets");
}

static RtStatus settle_numbers(const Targets *t, RtSourced *parts)
{
    bool floats = false;
    RtStatus status = RT_OK;
    for (int i = 0; i < RT_N_PARTS && !t->desc->numbers_classes; i++)
        if (parts[i].from && are_numbers(parts[i].from))
            floats = floats || parts[i].y->dtype == RT_f32;
    for (int i = 0; i < RT_N_PARTS && floats && status == RT_OK; i++)
        if (parts[i].from && are_numbers(parts[i].from) && parts[i].y->dtype == RT_i32)
            status = make_floats(t, &parts[i]);
    return status;
}

RtStatus rt_part_compare(const RtDatasetDesc *desc, const RtReading *train, const RtReading *part,
                         RtError *error)
{
    RtDataset data = {0};
    Targets t = {.desc = desc, .data = &data, .error = error};
    RtStatus status = copy_class_names(&t, train);
    if (status == RT_OK && part != train)
        status = check_part(&t, train, part);
    for (uint32_t i = 0; i < part->class_names.n && status == RT_OK; i++)
        if (rt_texts_find(&t.names, part->class_names.at[i]) < 0)
            status = fail_unknown(&t, part, (int32_t)i);
    if (status == RT_OK && part != train && numbers(desc, part)) {
        RtSourced s = {.from = part, .y = part->y};
        status = number_integers(&t, &s);
        rt_array_close(s.own_y);
    }
    rt_names_free(&data.class_names);
    rt_texts_free(&t.names);
    return status;
}

/* labels(...) must name all classes. */
static RtStatus check_labels(const Targets *t, const RtSourced *parts)
{
    char place[300];
    RtNumbers numbers = rt_numbers_none();
    const RtSourced *first = NULL;
    RtTargetFault fault;
    for (int i = 0; i < RT_N_PARTS; i++)
        if (parts[i].y) {
            first = first ? first : &parts[i];
            rt_numbers_of(parts[i].y, &numbers);
        }
    if (!first || !t->desc->n_labels)
        return RT_OK;
    RtTargets all = rt_targets_stored(t->desc->name, rt_dtype(first->y->dtype)->is_float,
                                      first->y->rank - 1, first->y->dims + 1);
    rt_targets_know(&all, first->from->class_names.n, t->desc->n_labels, numbers);
    if (rt_labels_check(&all, &fault))
        return RT_OK;
    for (int i = 0; i < RT_N_PARTS && fault.bounded; i++)
        for (int64_t k = 0; parts[i].y && k < parts[i].y->dims[0]; k++) {
            double value = rt_array_f64(parts[i].y, k * rt_array_row(parts[i].y));
            if (!(value >= fault.low && value <= fault.high))
                return rt_fail(t->error, "%s; see %s", fault.text,
                               rt_reading_place(parts[i].from, k, true, place, sizeof place));
        }
    return rt_fail(t->error, "%s", fault.text);
}

RtStatus rt_targets_settle(const RtDatasetDesc *desc, RtDataset *data, RtError *error)
{
    Targets t = {.desc = desc, .data = data, .error = error};
    RtSourced *parts = data->store->parts, *train = &parts[RT_TRAIN];
    RtStatus status = copy_class_names(&t, train->from);
    for (int i = 0; i < RT_N_PARTS && status == RT_OK; i++)
        if (parts[i].from && train->from)
            status = check_part(&t, train->from, parts[i].from);
    if (status == RT_OK && train->from)
        status = settle_numbers(&t, parts);
    if (status == RT_OK)
        status = check_labels(&t, parts);
    for (int i = 0; i < RT_N_PARTS && status == RT_OK; i++)
        if (parts[i].from && parts[i].from->class_names.n)
            status = renumber(&t, &parts[i]);
        else if (numbers(desc, parts[i].from))
            status = number_integers(&t, &parts[i]);
    rt_names_compared += t.names.comparisons;
    rt_texts_free(&t.names);
    return status;
}
