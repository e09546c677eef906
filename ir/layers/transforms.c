/* transforms.c: per-sample transforms of a data set as nodes, and what they make of shapes.
 *
 * scale, offset, normalize, reshape, one_hot, labels. The figures that normalize is fitted with are
 * those of the stored training rows: transforms in front of it are applied to them here, in the graph,
 * so the runtime fits each data set once, on what it has in memory. */
#include "ir/layers/build_internal.h"

/* What happened to the stored values so far. */
typedef struct Stored {
    double factor, offset; /* what the transforms so far did to stored values */
    bool reshaped, encoded, normalized;
    bool targets; /* these are transforms of targets */
} Stored;

static Node *one_hot_node(BuildCx *cx, Node *x, int64_t n)
{
    Builder *b = &cx->b;
    Shape shape = shape_with_appended(&x->shape, n);
    int64_t axes[MAX_RANK];
    for (int i = 0; i < x->shape.rank; i++)
        axes[i] = i;
    Node *label = g_broadcast(b, g_cast(b, x, RT_i32), shape, axes);
    Node *hit = g_binary(b, OP_eq, g_iota(b, RT_i32, shape, shape.rank - 1), label);
    Node *one = g_splat(b, g_const(b, cx->request->compute, 1), shape);
    return g_select(b, hit, one, g_splat(b, g_const(b, cx->request->compute, 0), shape));
}

static int64_t reshape_dim(const ArgValue *shape, uint32_t i, int64_t count)
{
    int64_t known = 1;
    for (uint32_t k = 0; k < shape->n; k++)
        known *= shape->ints[k] < 0 ? 1 : shape->ints[k];
    return shape->ints[i] < 0 ? (known ? count / known : 0) : shape->ints[i];
}

static bool reshape_row(BuildCx *cx, const Call *call, Shape *row)
{
    const ArgValue *shape = &call->args[ARG_reshape_shape];
    int64_t count = shape_count(row, 1), product = 1;
    Shape out = {.rank = (uint8_t)shape->n};
    for (uint32_t i = 0; i < shape->n; i++) {
        out.dim[i] = (Dim){reshape_dim(shape, i, count), false};
        product *= out.dim[i].n;
    }
    if (product != count) {
        diag_error(
            cx->diags, call->range, "a sample of shape %s has %lld elements and cannot become %s",
            shape_for_user(cx->arena, row), (long long)count, shape_for_user(cx->arena, &out));
        return false;
    }
    *row = out;
    return true;
}

/* The last axis, or none for a mean over everything. */
static bool normalize_axis(BuildCx *cx, const Call *call, const Shape *row, bool *last)
{
    const ArgValue *axis = &call->args[ARG_normalize_axis];
    *last = !axis->none && row->rank > 0;
    if (!*last || axis->i == -1 || axis->i == row->rank)
        return true;
    diag_error(cx->diags, call->range, "normalize over axis %lld is not built yet",
               (long long)axis->i);
    diag_help(cx->diags, "axis=-1 keeps figures per last axis, axis=none takes one mean for all");
    return false;
}

static bool may_normalize(BuildCx *cx, const Call *call, const Stored *m)
{
    if (!m->reshaped && !m->encoded && !m->normalized)
        return true;
    diag_error(cx->diags, call->range, "normalize after %s is not built yet",
               m->reshaped  ? "reshape"
               : m->encoded ? "one_hot"
                            : "another normalize");
    diag_help(cx->diags, "put it first");
    return false;
}

static Node *moment_read(BuildCx *cx, const DataSet *data, const char *name, Shape shape)
{
    const char *prefix = *data->name ? data->name : "data";
    const char *full = intern(cx->names, arena_printf(cx->arena, "%s.%s", prefix, name));
    if (!graph_state(cx->g, full)) {
        State s = {.name = full,
                   .dtype = cx->request->compute,
                   .shape = shape,
                   .role = ROLE_data,
                   .origin = cx->b.origin};
        graph_state_add(cx->g, s);
    }
    return state_read(cx, full);
}

/* (x - mean) / max(sqrt(variance), 1e-7), with the figures of x = stored * factor + offset. */
static Node *normalize_node(BuildCx *cx, const DataSet *data, const Call *call, const Stored *m,
                            Node *x)
{
    Builder *b = &cx->b;
    Shape row = row_of_shape(&x->shape);
    bool last;
    if (!may_normalize(cx, call, m) || !normalize_axis(cx, call, &row, &last))
        return NULL;
    Shape shape = last ? shape_of_dims(1, &row.dim[row.rank - 1].n) : shape_scalar();
    Node *mean = moment_read(cx, data, "mean", shape);
    Node *deviation = g_unary(b, OP_sqrt, moment_read(cx, data, "variance", shape));
    if (m->factor != 1) {
        mean = g_mul(b, mean, g_const_like(b, mean, m->factor));
        deviation =
            g_mul(b, deviation, g_const_like(b, mean, m->factor < 0 ? -m->factor : m->factor));
    }
    if (m->offset != 0)
        mean = g_add(b, mean, g_const_like(b, mean, m->offset));
    deviation = g_binary(b, OP_max, deviation, g_const_like(b, mean, 1e-7));
    x = g_sub(b, x, broadcast_last(cx, mean, &x->shape));
    return g_div(b, x, broadcast_last(cx, deviation, &x->shape));
}

/* Class numbers of the targets must have a place. */
static bool one_hot_fits(BuildCx *cx, const DataSet *data, const Call *call, bool targets)
{
    int64_t n = call->args[ARG_one_hot_n].i, classes = data->facts.have ? data->facts.classes : 0;
    if (!targets || classes <= n)
        return true;
    diag_error(cx->diags, call->range, "one_hot(%lld) has no place for the %lld classes of '%s'",
               (long long)n, (long long)classes, *data->name ? data->name : "data");
    return false;
}

static Node *transform_node(BuildCx *cx, const DataSet *data, const Call *call, Stored *m, Node *x)
{
    Builder *b = &cx->b;
    Shape row = row_of_shape(&x->shape);
    double f = call->row->n_args ? call->args[0].f : 0;
    switch ((TransformId)call->row->id) {
    case TRANSFORM_scale:
        m->factor *= f;
        m->offset *= f;
        x = g_cast(b, x, cx->request->compute);
        return g_mul(b, x, g_const_like(b, x, f));
    case TRANSFORM_offset:
        m->offset += f;
        x = g_cast(b, x, cx->request->compute);
        return g_add(b, x, g_const_like(b, x, f));
    case TRANSFORM_normalize:
        x = normalize_node(cx, data, call, m, x);
        m->normalized = true;
        return x;
    case TRANSFORM_reshape:
        m->reshaped = true;
        return reshape_row(cx, call, &row) ? g_reshape(b, x, shape_of_rows(&row)) : NULL;
    case TRANSFORM_one_hot:
        m->encoded = true;
        if (!one_hot_fits(cx, data, call, m->targets))
            return NULL;
        if (m->targets)
            cx->out->classes = call->args[ARG_one_hot_n].i;
        return one_hot_node(cx, x, call->args[ARG_one_hot_n].i);
    case TRANSFORM_labels: /* names the classes; the reader turns texts into numbers */
        return x;
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

Node *transforms_build(BuildCx *cx, const DataSet *data, const Call *const *calls, uint32_t n,
                       Node *x)
{
    Stored m = {.factor = 1, .targets = n > 0 && calls == data->targets};
    for (uint32_t i = 0; i < n && x; i++) {
        cx->b.origin.range = calls[i]->range;
        x = transform_node(cx, data, calls[i], &m, x);
    }
    return x;
}

bool transforms_row(BuildCx *cx, const Call *const *calls, uint32_t n, Shape *row, RtDtype *dtype)
{
    for (uint32_t i = 0; i < n; i++) {
        if (calls[i]->row->id == TRANSFORM_reshape && !reshape_row(cx, calls[i], row))
            return false;
        if (calls[i]->row->id == TRANSFORM_one_hot)
            *row = shape_with_appended(row, calls[i]->args[ARG_one_hot_n].i);
        if (calls[i]->row->id != TRANSFORM_labels)
            *dtype = cx->request->compute;
    }
    return true;
}
