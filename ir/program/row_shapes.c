/* row_shapes.c: what the transforms of a data set make of the shape of one row: for its members, for its
 * check, and for the graphs of ir/layers alike. */
#include "ir/program/program.h"

#include "support/bug.h"

const char *row_shape_text(Arena *arena, uint32_t rank, const int64_t *dims)
{
    const char *text = "(";
    for (uint32_t i = 0; i < rank; i++)
        text = arena_printf(arena, "%s%s%lld", text, i ? ", " : "", (long long)dims[i]);
    return arena_printf(arena, rank == 1 ? "%s,)" : "%s)", text);
}

static bool reshape(Arena *arena, Diags *diags, const Call *call, RowShape *row)
{
    const ArgValue *sizes = &call->args[ARG_reshape_shape];
    RowShape to = {.rank = sizes->n};
    int64_t count = 0;
    nnl_assert(sizes->n <= RT_MAX_ROW_RANK);
    if (rt_elements(row->dims, row->rank, &count) &&
        rt_reshape(sizes->ints, sizes->n, count, to.dims)) {
        *row = to;
        return true;
    }
    diag_error(diags, call->range, "a sample of shape %s has %lld elements and cannot become %s",
               row_shape_text(arena, row->rank, row->dims), (long long)count,
               row_shape_text(arena, sizes->n, sizes->ints));
    return false;
}

static bool one_hot(Arena *arena, Diags *diags, const Call *call, RowShape *row)
{
    int64_t count;
    if (row->rank == RT_MAX_ROW_RANK) {
        diag_error(
            diags, call->range,
            "one_hot adds an axis, but a sample of shape %s has %d already, the most possible",
            row_shape_text(arena, row->rank, row->dims), RT_MAX_ROW_RANK);
        return false;
    }
    row->dims[row->rank++] = call->args[ARG_one_hot_n].i;
    if (rt_elements(row->dims, row->rank, &count))
        return true;
    diag_error(diags, call->range, "a sample would have more than 2^40 elements: shape %s",
               row_shape_text(arena, row->rank, row->dims));
    return false;
}

/* The last axis, or none for a mean over everything. */
static bool normalize(Diags *diags, const Call *call, const RowShape *row)
{
    const ArgValue *axis = &call->args[ARG_normalize_axis];
    if (axis->none || (!axis->n && (axis->i == -1 || axis->i == row->rank)))
        return true;
    if (axis->n)
        diag_error(diags, call->range, "normalize over several axes is not built yet");
    else
        diag_error(diags, call->range, "normalize over axis %lld is not built yet",
                   (long long)axis->i);
    diag_help(diags,
              "axis=-1 keeps a mean for each element of the last axis, axis=none one mean for all");
    return false;
}

/* Without a number of classes it stands for the values of a column. */
static bool one_hot_alone(Arena *arena, Diags *diags, const Call *call, RowShape *row)
{
    if (!call->args[ARG_one_hot_n].none)
        return one_hot(arena, diags, call, row);
    diag_error(
        diags, call->range,
        "one_hot needs the number of classes here, as in one_hot(10); the values of a column are "
        "counted in columns([\"NAME\": one_hot()])");
    return false;
}

static bool fill_alone(Diags *diags, const Call *call)
{
    const ArgValue *value = &call->args[ARG_fill_value];
    bool right = value->i != RT_FILL_text && !call->args[ARG_fill_indicator].i;
    if (!right)
        diag_error(
            diags, call->range,
            value->i == RT_FILL_text
                ? "a text fills cells of single columns: write columns([\"NAME\": fill(...)])"
                : "'indicator' is for single columns: write columns([\"NAME\": fill(...)])");
    return right;
}

bool row_transform(Arena *arena, Diags *diags, const Call *call, RowShape *row)
{
    switch ((TransformId)call->row->id) {
    case TRANSFORM_reshape:
        return reshape(arena, diags, call, row);
    case TRANSFORM_one_hot:
        return one_hot_alone(arena, diags, call, row);
    case TRANSFORM_fill:
        return fill_alone(diags, call);
    case TRANSFORM_columns:
        nnl_assert(row->plan);
        row->dims[0] = row->plan->width;
        return true;
    case TRANSFORM_normalize:
        return normalize(diags, call, row);
    case TRANSFORM_scale:
    case TRANSFORM_offset:
    case TRANSFORM_min_max:
    case TRANSFORM_robust:
    case TRANSFORM_log1p:
    case TRANSFORM_clip:
    case TRANSFORM_classes:
    case TRANSFORM_labels: /* names the classes; the reader turns texts into numbers */
        return true;
    case TRANSFORM_crop:
    case TRANSFORM_pad:
    case TRANSFORM_flip:
    case TRANSFORM_shift:
    case TRANSFORM_rotate:
    case TRANSFORM_zoom:
    case TRANSFORM_noise:
    case TRANSFORM_ordinal:
    case TRANSFORM_bucketize:
    case TRANSFORM_drop: /* of single columns */
    case TRANSFORM_pad_sequences:
    case N_TRANSFORM:
        break;
    }
    nnl_bug("transform '%s' is not built", call->row->name);
}

uint32_t row_fitted(const Call *call)
{
    if (call->row->id == TRANSFORM_fill && call->args[ARG_fill_value].i < RT_FILL_mean)
        return 0;
    return rt_transform_row((RtTransformId)call->row->id)->n_fitted;
}

bool row_behind(Arena *arena, Diags *diags, const Call *const *calls, uint32_t n, RowShape *row)
{
    for (uint32_t i = 0; i < n; i++)
        if (!row_transform(arena, diags, calls[i], row))
            return false;
    return true;
}
