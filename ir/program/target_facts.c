/* target_facts.c: what the files of a data set and its transforms say about its targets, and what a data
 * set says about the weights of its samples. */
#include "ir/program/program.h"

#include "support/bug.h"

static bool apply(RtTargets *t, const Call *call, RtTargetFault *fault)
{
    switch ((TransformId)call->row->id) {
    case TRANSFORM_scale:
        rt_targets_scale(t, call->args[ARG_scale_factor].f);
        return true;
    case TRANSFORM_offset:
        rt_targets_offset(t, call->args[ARG_offset_value].f);
        return true;
    case TRANSFORM_log1p:
        return rt_targets_log1p(t, fault);
    case TRANSFORM_one_hot:
        return rt_targets_one_hot(t, call->args[ARG_one_hot_n].i, fault);
    case TRANSFORM_normalize:
    case TRANSFORM_min_max:
    case TRANSFORM_robust:
        rt_targets_fitted(t);
        return true;
    default:
        nnl_bug("'%s' is a transform of inputs", call->row->name);
    }
}

const char *data_absence(const DataSet *d)
{
    return d->facts.missing ? d->facts.missing : "its files were not read";
}

const char *const *data_target_names(const DataSet *d, uint32_t *n)
{
    const Call *source = d->part[PART_TRAIN].source;
    const ArgValue *given = source ? call_given(source, "target") : NULL;
    bool known = d->facts.by_name && d->facts.n_y_columns > 0;
    *n = known ? d->facts.n_y_columns : given && !given->ints ? given->n : 0;
    return known ? d->facts.y_columns : given ? given->texts : NULL;
}

bool data_has_weights(const DataSet *d)
{
    for (int i = 0; i < N_PARTS; i++) {
        const Call *source = d->part[i].kind == PART_SOURCE ? d->part[i].source : NULL;
        if (source && call_given(source, "weights"))
            return true;
    }
    return false;
}

RtTargets data_targets(const DataSet *d, RtTargetFault *fault, const Call **at)
{
    const DataFacts *f = &d->facts;
    bool known = f->have && (!f->from_weights || f->classes);
    bool have = known && f->y_dtype < RT_N_DTYPES;
    RtTargets t =
        rt_targets_stored(*d->name ? d->name : "data", have && rt_dtype(f->y_dtype)->is_float,
                          have ? f->y_rank : 0, f->y_dims);
    if (have && !d->targets_are_inputs)
        rt_targets_know(&t, f->n_class_names, d->n_labels, f->numbers);
    *at = NULL;
    for (uint32_t i = 0; i < d->n_targets && !*at; i++)
        if (!apply(&t, d->targets[i], fault))
            *at = d->targets[i];
    return t;
}
