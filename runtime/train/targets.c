/* targets.c: what was read, behind the transforms of the targets, against what loss, metrics and class
 * weights need. All parts of the data set count, as they do when compiling. */
#include "runtime/train/targets.h"

#include <stdio.h>
#include <string.h>

#include "runtime/abi/dtype.h"
#include "runtime/abi/target_check.h"
#include "runtime/data/probe.h"
#include "runtime/train/rows.h"

static bool transform(RtTargets *t, const ImgCall *call, RtTargetFault *fault)
{
    const ImgArg *factor = rt_call_arg(call, "factor"), *value = rt_call_arg(call, "value"),
                 *n = rt_call_arg(call, "n");
    if (!strcmp(call->name, "scale") && factor)
        rt_targets_scale(t, factor->f);
    else if (!strcmp(call->name, "offset") && value)
        rt_targets_offset(t, value->f);
    else if (!strcmp(call->name, "one_hot") && n)
        return rt_targets_one_hot(t, n->i, fault);
    else if (!strcmp(call->name, "log1p"))
        return rt_targets_log1p(t, fault);
    else if (rt_transform_row(rt_transform_named(call->name))->n_fitted)
        rt_targets_fitted(t);
    return true;
}

/* As stored; parts of one source are looked at once. */
static RtTargets stored_targets(const RtDataset *set, const ImgDataSet *d)
{
    RtNumbers numbers = rt_numbers_none();
    const RtPart *first = NULL;
    RtTargets t = rt_targets_stored(d->name, false, 0, NULL);
    for (int i = 0; i < RT_N_PARTS; i++) {
        const RtPart *p = &set->parts[i];
        if (!p->from || !p->y || (first && p->y == first->y))
            continue;
        if (!first) {
            first = p;
            t = rt_targets_stored(d->name, rt_dtype(p->y->dtype)->is_float, p->y->rank - 1,
                                  p->y->dims + 1);
        }
        rt_numbers_of(p->y, &numbers);
    }
    if (first)
        rt_targets_know(&t,
                        first->from->class_names.n || d->numbers_classes ? set->class_names.n : 0,
                        d->labels.n, numbers);
    return t;
}

static RtTargetNeed need_of(const ImgEntry *e, const ImgNeed *n)
{
    RtTargetNeed need = {.kind = (RtNeedKind)n->kind,
                         .is_metric = n->is_metric != 0,
                         .trains = e->use == 0,
                         .name = n->name,
                         .last = n->last,
                         .rank = n->dims.n,
                         .axis = n->axis,
                         .ignores = n->ignored.n != 0,
                         .ignored = n->ignored.n ? n->ignored.at[0] : 0};
    memcpy(need.dims, n->dims.at, n->dims.n * sizeof *n->dims.at);
    return need;
}

static bool fits(const ImgEntry *e, const ImgDataSet *d, RtTargets *t, RtTargetFault *fault)
{
    RtTargets behind = *t;
    RtTargetFault unfit;
    bool right = true;
    for (uint32_t i = 0; i < d->targets.n && right; i++)
        right = transform(&behind, &d->targets.at[i], &unfit);
    for (uint32_t i = 0; i < e->weighted.n && right; i++)
        if (!rt_class_weight_check(&behind, e->weighted.at[i], fault))
            return false;
    if (!right)
        *fault = unfit;
    for (uint32_t i = 0; i < e->needs.n && right; i++) {
        RtTargetNeed need = need_of(e, &e->needs.at[i]);
        right = rt_target_check(&need, &behind, fault);
    }
    return right;
}

/* "line 3 of 't.csv'": the first row with a number outside low … high; "" if there is none. */
static const char *first_outside(const RtDataset *set, const RtTargetFault *fault, char *buf,
                                 size_t size)
{
    for (int i = 0; i < RT_N_PARTS && fault->bounded; i++) {
        const RtPart *p = &set->parts[i];
        int64_t row = p->from && p->y ? rt_array_row(p->y) : 0;
        for (int64_t k = 0; row && k < p->y->dims[0] * row; k++) {
            double value = rt_array_f64(p->y, k);
            if (!(value >= fault->low && value <= fault->high))
                return rt_reading_place(p->from, k / row, true, buf, size);
        }
    }
    return "";
}

RtStatus rt_targets_fit(RtRun *run, const ImgEntry *entry)
{
    char buf[300];
    RtTargetFault fault;
    const ImgDataSet *d = entry->data != IMG_NONE ? &run->image->data.at[entry->data] : NULL;
    const RtDataset *set = d ? run->data[entry->data].set : NULL;
    if (!set)
        return RT_OK;
    RtTargets t = stored_targets(set, d);
    if (fits(entry, d, &t, &fault))
        return RT_OK;
    const char *place = first_outside(set, &fault, buf, sizeof buf);
    (void)rt_fail(&run->error, "%s%s%s", fault.text, *place ? "; see " : "", place);
    if (*fault.help && *fault.fitting)
        rt_fail_help(&run->error, "%s\nhelp: %s", fault.help, fault.fitting);
    else if (*fault.help || *fault.fitting)
        rt_fail_help(&run->error, "%s%s", fault.help, fault.fitting);
    return RT_ERROR;
}

/* ---- targets = inputs ---- */

static RtNumbers numbers_of_rows(const RtModelRows *rows)
{
    RtNumbers numbers = rt_numbers_none();
    for (int64_t r = 0; r < rows->part->rows; r++) {
        const double *values = rt_rows_get(rows, rows->part->index[r]);
        for (int64_t i = 0; i < rows->chain.n_out; i++)
            rt_numbers_add(&numbers, values[i]);
    }
    return numbers;
}

static int64_t row_outside(const RtModelRows *rows, double low, double high)
{
    for (int64_t r = 0; r < rows->part->rows; r++) {
        const double *values = rt_rows_get(rows, rows->part->index[r]);
        for (int64_t i = 0; i < rows->chain.n_out; i++)
            if (!(values[i] >= low && values[i] <= high))
                return rows->part->index[r];
    }
    return -1;
}

static RtStatus check_rows(RtRun *run, const ImgEntry *entry, const ImgNeed *n,
                           const RtModelRows *rows)
{
    char place[300];
    RtTargetFault fault;
    RtTargetNeed need = need_of(entry, n);
    const ImgDataSet *d = &run->image->data.at[entry->data];
    bool is_float = d->inputs.n || !rows->part->x || rt_dtype(rows->part->x->dtype)->is_float;
    RtTargets t = rt_targets_stored(d->name, is_float, need.rank, need.dims);
    rt_targets_know(&t, 0, 0, numbers_of_rows(rows));
    if (rt_target_check(&need, &t, &fault))
        return RT_OK;
    int64_t row = fault.bounded ? row_outside(rows, fault.low, fault.high) : -1;
    if (row < 0)
        return rt_fail(&run->error, "%s", fault.text);
    (void)rt_fail(&run->error, "%s; see %s", fault.text,
                  rt_reading_place(rows->part->from, row, false, place, sizeof place));
    if (t.numbers.least >= 0 && t.numbers.most > 1)
        rt_fail_help(&run->error, "bring the inputs into 0..1, as inputs = scale(1/%g) does",
                     t.numbers.most);
    return RT_ERROR;
}

RtStatus rt_inputs_fit_as_targets(RtRun *run, const RtModel *m, const ImgEntry *entry,
                                  const RtPart *part)
{
    RtStatus status = RT_OK;
    RtModelRows rows;
    if (entry->data == IMG_NONE || !run->image->data.at[entry->data].targets_are_inputs)
        return RT_OK;
    for (uint32_t i = 0; i < entry->needs.n && status == RT_OK; i++) {
        if (entry->needs.at[i].kind != RT_NEED_BINARY)
            continue;
        status = rt_rows_open(run, m, entry->data, part, &rows);
        if (status == RT_OK)
            status = check_rows(run, entry, &entry->needs.at[i], &rows);
        rt_rows_close(&rows);
    }
    return status;
}
