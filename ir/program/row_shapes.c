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
    if (axis->none || axis->i == -1 || axis->i == row->rank)
        return true;
    diag_error(diags, call->range, "normalize over axis %lld is not built yet", (long long)axis->i);
    diag_help(diags,
              "axis=-1 keeps a mean for each element of the last axis, axis=none one mean for all");
    return false;
}

bool row_transform(Arena *arena, Diags *diags, const Call *call, RowShape *row)
{
    switch ((TransformId)call->row->id) {
    case TRANSFORM_reshape:
        return reshape(arena, diags, call, row);
    case TRANSFORM_one_hot:
        return one_hot(arena, diags, call, row);
    case TRANSFORM_normalize:
        return normalize(diags, call, row);
    case TRANSFORM_scale:
    case TRANSFORM_offset:
    case TRANSFORM_labels: /* names the classes; the reader turns texts into numbers */
        return true;
    case TRANSFORM_crop:
    case TRANSFORM_pad:
    case TRANSFORM_flip:
    case TRANSFORM_shift:
    case TRANSFORM_rotate:
    case TRANSFORM_zoom:
    case TRANSFORM_noise:
    case TRANSFORM_columns:
    case TRANSFORM_fill:
    case TRANSFORM_drop:
    case TRANSFORM_pad_sequences:
    case N_TRANSFORM:
        break;
    }
    nnl_bug("transform '%s' is not built", call->row->name);
}

bool row_behind(Arena *arena, Diags *diags, const Call *const *calls, uint32_t n, RowShape *row)
{
    for (uint32_t i = 0; i < n; i++)
        if (!row_transform(arena, diags, calls[i], row))
            return false;
    return true;
}
