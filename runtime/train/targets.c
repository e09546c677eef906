/* targets.c: what was read, behind the transforms of the targets, against what loss, metrics and class
 * weights need. All parts of the data set count, as they do when compiling. */
#include "runtime/train/targets.h"

#include <stdio.h>
#include <string.h>

#include "runtime/abi/dtype.h"
#include "runtime/abi/target_check.h"
#include "runtime/data/probe.h"

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
        rt_targets_know(&t, first->from->class_names.n ? set->class_names.n : 0, d->labels.n,
                        numbers);
    return t;
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
        const ImgNeed *n = &e->needs.at[i];
        RtTargetNeed need = {.kind = (RtNeedKind)n->kind,
                             .is_metric = n->is_metric != 0,
                             .trains = e->use == 0,
                             .name = n->name,
                             .last = n->last,
                             .rank = n->dims.n};
        memcpy(need.dims, n->dims.at, n->dims.n * sizeof *n->dims.at);
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
    if (*fault.help)
        rt_fail_help(&run->error, "%s", fault.help);
    return RT_ERROR;
}
