/* axes.c: the axes that a layer, an activation or a function of a fn goes over. They count as in Keras: the batch
 * is axis 0, and nothing goes over it. */
#include "ir/layers/build_internal.h"

static bool refuse(BuildCx *cx, Range range, const char *who, int64_t axis, const Shape *shape)
{
    if (axis == 0 || axis == -(int64_t)shape->rank)
        diag_error(cx->diags, range, "%s cannot go over axis %lld: that is the batch", who,
                   (long long)axis);
    else
        diag_error(cx->diags, range, "%s cannot go over axis %lld of a value of shape %s", who,
                   (long long)axis, shape_for_user(cx->arena, shape));
    return false;
}

bool axes_find(BuildCx *cx, Range range, const char *who, uint32_t n, const int64_t *given,
               const Shape *shape, Axes *out)
{
    bool taken[MAX_RANK] = {false};
    *out = (Axes){.count = 1};
    for (uint32_t i = 0; i < n; i++) {
        int64_t rank = shape->rank, axis = given[i] < 0 ? given[i] + rank : given[i];
        if (axis < 1 || axis >= rank)
            return refuse(cx, range, who, given[i], shape);
        if (taken[axis]) {
            diag_error(cx->diags, range, "%s goes over axis %lld twice", who, (long long)given[i]);
            return false;
        }
        taken[axis] = true;
    }
    for (int d = 1; d < shape->rank; d++) {
        if (n && !taken[d])
            continue;
        out->at[out->n++] = d;
        out->count *= shape->dim[d].n;
    }
    return true;
}

bool axes_of_argument(BuildCx *cx, const ArgValue *arg, const char *who, const Shape *shape,
                      Axes *out)
{
    uint32_t n = arg->none ? 0 : arg->n ? arg->n : 1;
    if (!axes_find(cx, arg->range, who, n, arg->n ? arg->ints : &arg->i, shape, out))
        return false;
    if (out->n)
        return true;
    diag_error(cx->diags, arg->range, "%s has no axis to go over: the value has shape %s", who,
               shape_for_user(cx->arena, shape));
    return false;
}
