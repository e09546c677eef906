/* constraints.c: which weights keep a constraint, and whether it fits them. The rules are in ir/optim/constraints.c. */
#include <stdio.h>

#include "ir/layers/build_internal.h"

/* The axes of the constraint must be among those of the weight, each once. */
static bool axes_fit(BuildCx *cx, const Call *call, const ArgValue *arg, const State *w,
                     const char *name)
{
    uint32_t n = arg->none ? 0 : arg->n ? arg->n : 1;
    bool taken[MAX_RANK] = {false};
    for (uint32_t i = 0; i < n; i++) {
        int64_t given = arg->n ? arg->ints[i] : arg->i, rank = w->shape.rank;
        int64_t axis = given < 0 ? given + rank : given;
        if (axis < 0 || axis >= rank) {
            diag_error(cx->diags, arg->range,
                       "'%s' has no axis %lld to go over: the %s of layer '%s' has shape %s",
                       call->row->name, (long long)given, name, cx->layer->name,
                       shape_for_user(cx->arena, &w->shape));
            return false;
        }
        if (taken[axis]) {
            diag_error(cx->diags, arg->range, "'%s' goes over axis %lld twice", call->row->name,
                       (long long)given);
            return false;
        }
        taken[axis] = true;
    }
    return true;
}

static bool bounds_fit(BuildCx *cx, const Call *call)
{
    const ArgValue *low = &call->args[ARG_min_max_norm_min_value];
    const ArgValue *high = &call->args[ARG_min_max_norm_max_value];
    if (call->row->id != CONSTRAINT_min_max_norm || low->f <= high->f)
        return true;
    diag_error(cx->diags, low->given ? low->range : high->range,
               "'min_value' of 'min_max_norm' is %g, more than 'max_value', which is %g", low->f,
               high->f);
    return false;
}

bool constraint_of_weight(BuildCx *cx, const State *w, const char *name)
{
    char argument[64];
    (void)snprintf(argument, sizeof argument, "%s_constraint", name);
    int at = row_arg(cx->layer->call->row, argument);
    if (at < 0 || layer_arg(cx->layer, at)->none)
        return true;
    const Call *call = layer_arg(cx->layer, at)->calls[0];
    int axis = row_arg(call->row, "axis");
    if (!bounds_fit(cx, call) || (axis >= 0 && !axes_fit(cx, call, &call->args[axis], w, name)))
        return false;
    vec_push(cx->arena, &cx->out->constraints, (WeightConstraint){w->name, call});
    return true;
}
