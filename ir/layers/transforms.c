/* transforms.c: per-sample transforms of a data set: what they make of shapes, the states of their fitted
 * values, and for arrays their nodes.
 *
 * Rows of tables come transformed (runtime/data/transforms.c computes them in double), so their graphs only
 * declare the states. For arrays the nodes stand in front of the model: in the type that the model computes
 * in where it holds every stored value, else in f64, and in the model's type behind the last one. */
#include "ir/layers/build_internal.h"

#include <math.h>

#include "ir/program/outputs.h"
#include "runtime/abi/transforms.h"

Node *one_hot_node(BuildCx *cx, Node *x, int64_t n)
{
    Builder *b = &cx->b;
    RtDtype dtype = rt_dtype(x->dtype)->is_float ? x->dtype : cx->request->compute;
    Shape shape = shape_with_appended(&x->shape, n);
    int64_t axes[MAX_RANK];
    for (int i = 0; i < x->shape.rank; i++)
        axes[i] = i;
    Node *label = g_broadcast(b, g_cast(b, x, RT_i32), shape, axes);
    Node *hit = g_binary(b, OP_eq, g_iota(b, RT_i32, shape, shape.rank - 1), label);
    Node *one = g_splat(b, g_const(b, dtype, 1), shape);
    return g_select(b, hit, one, g_splat(b, g_const(b, dtype, 0), shape));
}

/* ---- shapes ---- */

static bool transform_row(BuildCx *cx, const Call *call, Shape *row)
{
    RowShape shape = {.rank = row->rank, .plan = inputs_plan(cx)};
    for (uint32_t i = 0; i < shape.rank; i++)
        shape.dims[i] = row->dim[i].n;
    if (!row_transform(cx->arena, cx->diags, call, &shape))
        return false;
    *row = shape_of_dims(shape.rank, shape.dims);
    return true;
}

/* ---- fitted values ---- */

/* They belong to the innermost instance that receives the rows, as weights do. */
static const char *fitted_name(const BuildCx *cx, uint32_t stage, uint32_t kind, const Call *call)
{
    const RtTransformRow *row = rt_transform_row((RtTransformId)call->row->id);
    return intern(cx->names, arena_printf(cx->arena, "fitted.%u.%s", stage, row->fitted[kind]));
}

/* Of each kind of values: one for each element of the last axis, or one for all. */
static Shape fitted_shape(const BuildCx *cx, const Call *call, const Shape *row)
{
    bool one =
        !row->rank || (call->row->id == TRANSFORM_normalize && call->args[ARG_normalize_axis].none);
    if (call->row->id == TRANSFORM_columns)
        return shape_of_dims(1, &inputs_plan(cx)->n_fitted);
    int64_t last = one ? 1 : row->dim[row->rank - 1].n;
    return one ? shape_scalar() : shape_of_dims(1, &last);
}

static void declare_fitted(BuildCx *cx, uint32_t stage, const Call *call, const Shape *row)
{
    const RtTransformRow *t = rt_transform_row((RtTransformId)call->row->id);
    const Instance *m = cx->request->instance,
                   *owner = stage < RT_TARGET_STAGES ? instance_inputs(cx->request->instance) : m;
    Shape shape = fitted_shape(cx, call, row);
    uint32_t n = shape.rank && !shape.dim[0].n ? 0 : row_fitted(call);
    for (uint32_t kind = 0; kind < n; kind++) {
        const char *name = fitted_name(cx, stage, kind, call);
        State s = {.name = name,
                   .key = {ROLE_fitted, owner->serial, stage, intern(cx->names, t->fitted[kind])},
                   .dtype = RT_f64,
                   .shape = shape,
                   .role = ROLE_fitted,
                   .stage = stage,
                   .kind = kind,
                   .fitted = t->fitted[kind],
                   .origin = cx->b.origin};
        graph_state_add(cx->g, s);
    }
}

bool transforms_row(BuildCx *cx, const Call *const *calls, uint32_t n, Shape *row)
{
    for (uint32_t i = 0; i < n; i++)
        if (!transform_row(cx, calls[i], row))
            return false;
    return true;
}

bool transforms_declare(BuildCx *cx, const DataSet *data, Shape row)
{
    for (uint32_t i = 0; i < data->n_inputs; i++) {
        Shape before = row;
        if (!transform_row(cx, data->inputs[i], &row))
            return false;
        declare_fitted(cx, i, data->inputs[i], &before);
    }
    return true;
}

/* ---- nodes ---- */

/* x - mean, exactly rounded though the mean is a double: as (x - hi) - lo where x is f32. */
static Node *less_mean(BuildCx *cx, Node *x, Node *mean)
{
    Builder *b = &cx->b;
    if (x->dtype == RT_f64)
        return g_sub(b, x, broadcast_last(cx, mean, &x->shape));
    Node *hi = g_cast(b, mean, x->dtype);
    Node *lo = g_cast(b, g_sub(b, mean, g_cast(b, hi, RT_f64)), x->dtype);
    x = g_sub(b, x, broadcast_last(cx, hi, &x->shape));
    return g_sub(b, x, broadcast_last(cx, lo, &x->shape));
}

/* (x - mean) / sqrt(variance); a constant column has variance 0 and is divided by 1. */
static Node *normalize_node(BuildCx *cx, const Call *call, uint32_t stage, Node *x)
{
    Builder *b = &cx->b;
    Node *mean = state_read(cx, fitted_name(cx, stage, 0, call));
    Node *variance = state_read(cx, fitted_name(cx, stage, 1, call));
    Node *constant = g_binary(b, OP_eq, variance, g_const_like(b, variance, 0));
    Node *scale =
        g_select(b, constant, g_const_like(b, variance, 1), g_unary(b, OP_sqrt, variance));
    x = less_mean(cx, x, mean);
    return g_div(b, x, broadcast_last(cx, g_cast(b, scale, x->dtype), &x->shape));
}

/* x - first of a fitted pair, divided by what `range` makes of it. */
static Node *fitted_scale(BuildCx *cx, Node *x, Node *from, Node *scale)
{
    x = less_mean(cx, x, from);
    return g_div(&cx->b, x, broadcast_last(cx, g_cast(&cx->b, scale, x->dtype), &x->shape));
}

/* A range of 0 is divided by 1. */
static Node *or_one(BuildCx *cx, Node *range)
{
    Builder *b = &cx->b;
    Node *none = g_binary(b, OP_eq, range, g_const_like(b, range, 0));
    return g_select(b, none, g_const_like(b, range, 1), range);
}

/* low + (x - smallest) (high - low) / (largest - smallest) */
static Node *min_max_node(BuildCx *cx, const Call *call, uint32_t stage, Node *x)
{
    Builder *b = &cx->b;
    double low = call->args[ARG_min_max_low].f, high = call->args[ARG_min_max_high].f;
    Node *smallest = state_read(cx, fitted_name(cx, stage, 0, call));
    Node *range = g_sub(b, state_read(cx, fitted_name(cx, stage, 1, call)), smallest);
    x = fitted_scale(cx, x, smallest, or_one(cx, range));
    x = g_mul(b, x, g_const_like(b, x, high - low));
    return g_add(b, x, g_const_like(b, x, low));
}

static Node *robust_node(BuildCx *cx, const Call *call, uint32_t stage, Node *x)
{
    return fitted_scale(cx, x, state_read(cx, fitted_name(cx, stage, 0, call)),
                        or_one(cx, state_read(cx, fitted_name(cx, stage, 1, call))));
}

static Node *fill_node(BuildCx *cx, const Call *call, uint32_t stage, Node *x)
{
    Builder *b = &cx->b;
    const ArgValue *value = &call->args[ARG_fill_value];
    Node *there = g_binary(b, OP_eq, x, x);
    Node *with = value->i == RT_FILL_number
                     ? g_const_like(b, x, value->f)
                     : broadcast_last(
                           cx, g_cast(b, state_read(cx, fitted_name(cx, stage, 0, call)), x->dtype),
                           &x->shape);
    return g_select(b, there, x, with);
}

static Node *as_float(BuildCx *cx, Node *x)
{
    return rt_dtype(x->dtype)->is_float ? x : g_cast(&cx->b, x, cx->request->compute);
}

static Node *transform_node(BuildCx *cx, const Call *call, uint32_t stage, Node *x)
{
    Builder *b = &cx->b;
    Shape row = row_of_shape(&x->shape);
    int64_t n = call->args[0].i;
    double f = call->args[0].f;
    if (!transform_row(cx, call, &row))
        return NULL;
    switch ((TransformId)call->row->id) {
    case TRANSFORM_scale:
        x = as_float(cx, x);
        return g_mul(b, x, g_const_like(b, x, f));
    case TRANSFORM_offset:
        if (stage >= RT_TARGET_STAGES && !rt_dtype(x->dtype)->is_float && f == floor(f))
            return g_add(b, g_cast(b, x, RT_i32), g_splat(b, g_const(b, RT_i32, f), x->shape));
        x = as_float(cx, x);
        return g_add(b, x, g_const_like(b, x, f));
    case TRANSFORM_normalize:
        return normalize_node(cx, call, stage, as_float(cx, x));
    case TRANSFORM_min_max:
        return min_max_node(cx, call, stage, as_float(cx, x));
    case TRANSFORM_robust:
        return robust_node(cx, call, stage, as_float(cx, x));
    case TRANSFORM_log1p:
        return g_unary(b, OP_log1p, as_float(cx, x));
    case TRANSFORM_clip:
        x = as_float(cx, x);
        x = g_binary(b, OP_max, x, g_const_like(b, x, call->args[ARG_clip_low].f));
        return g_binary(b, OP_min, x, g_const_like(b, x, call->args[ARG_clip_high].f));
    case TRANSFORM_fill:
        return fill_node(cx, call, stage, as_float(cx, x));
    case TRANSFORM_reshape:
        return g_reshape(b, x, shape_of_rows(&row));
    case TRANSFORM_one_hot:
        return one_hot_node(cx, x, n);
    default: /* names only; transform_row knows the rows that are built */
        return x;
    }
}

/* first: the stage of the first one. */
static Node *build(BuildCx *cx, const Call *const *calls, uint32_t n, uint32_t first, Node *x)
{
    for (uint32_t i = 0; i < n && x; i++) {
        cx->b.origin.range = calls[i]->range;
        x = transform_node(cx, calls[i], first + i, x);
    }
    return x;
}

/* Does f32 hold every value of the type? */
static bool is_exact_f32(RtDtype dtype)
{
    return dtype == RT_f32 || (dtype != RT_f64 && rt_dtype(dtype)->size < 4);
}

Node *transforms_inputs(BuildCx *cx, const DataSet *data, Node *x)
{
    RtDtype compute = cx->request->compute;
    bool wide = data->n_inputs && !is_exact_f32(x->dtype);
    x = build(cx, data->inputs, data->n_inputs, 0, g_cast(&cx->b, x, wide ? RT_f64 : compute));
    return x ? g_cast(&cx->b, x, compute) : NULL;
}

/* ---- targets ---- */

/* The states of what targets are scaled by belong to the model itself: other models may share its inputs. */
static bool declare_targets(BuildCx *cx, const DataSet *data, Shape row)
{
    for (uint32_t i = 0; i < data->n_targets; i++) {
        Shape before = row;
        uint32_t stage = RT_TARGET_STAGES + i;
        if (!transform_row(cx, data->targets[i], &row))
            return false;
        if (!graph_state(cx->g, fitted_name(cx, stage, 0, data->targets[i])))
            declare_fitted(cx, stage, data->targets[i], &before);
    }
    return true;
}

Node *transforms_targets(BuildCx *cx, const DataSet *data, Node *y)
{
    if (!declare_targets(cx, data, row_of_shape(&y->shape)))
        return NULL;
    return build(cx, data->targets, data->n_targets, RT_TARGET_STAGES, y);
}

const DataSet *targets_undone(const BuildCx *cx)
{
    const Instance *m = cx->request->instance;
    const Compile *c = cx->request->compile ? cx->request->compile : m->compile;
    const DataSet *d = m->taught ? m->taught : cx->request->data;
    const Shape *s = &cx->out->output_shape;
    int64_t dims[MAX_RANK];
    for (int i = 1; i < s->rank; i++)
        dims[i - 1] = s->dim[i].n;
    return outputs_undone(m, c, d, s->rank - 1, dims) ? d : NULL;
}

static Node *fitted_last(BuildCx *cx, const Call *call, uint32_t stage, uint32_t kind, Node *p)
{
    Node *value = state_read(cx, fitted_name(cx, stage, kind, call));
    return broadcast_last(cx, g_cast(&cx->b, value, p->dtype), &p->shape);
}

/* low ... high become smallest ... largest. */
static Node *undo_min_max(BuildCx *cx, const Call *call, uint32_t stage, Node *p)
{
    Builder *b = &cx->b;
    double low = call->args[ARG_min_max_low].f, high = call->args[ARG_min_max_high].f;
    Node *smallest = fitted_last(cx, call, stage, 0, p);
    Node *range = g_sub(b, fitted_last(cx, call, stage, 1, p), smallest);
    p = g_sub(b, p, g_const_like(b, p, low));
    p = g_div(b, p, g_const_like(b, p, high - low));
    return g_add(b, g_mul(b, p, or_one(cx, range)), smallest);
}

static Node *undo(BuildCx *cx, const Call *call, uint32_t stage, Node *p)
{
    Builder *b = &cx->b;
    double f = call->row->n_args ? call->args[0].f : 0;
    Node *scale;
    switch ((TransformId)call->row->id) {
    case TRANSFORM_scale:
        return g_div(b, p, g_const_like(b, p, f));
    case TRANSFORM_offset:
        return g_sub(b, p, g_const_like(b, p, f));
    case TRANSFORM_normalize:
        scale = g_unary(b, OP_sqrt, fitted_last(cx, call, stage, 1, p));
        return g_add(b, g_mul(b, p, or_one(cx, scale)), fitted_last(cx, call, stage, 0, p));
    case TRANSFORM_min_max:
        return undo_min_max(cx, call, stage, p);
    case TRANSFORM_robust:
        scale = fitted_last(cx, call, stage, 1, p);
        return g_add(b, g_mul(b, p, or_one(cx, scale)), fitted_last(cx, call, stage, 0, p));
    default: /* log1p: outputs_undone knows the others */
        return g_unary(b, OP_expm1, p);
    }
}

Node *transforms_undo(BuildCx *cx, const DataSet *data, Node *p)
{
    Shape row = data->facts.have && !data->facts.from_weights
                    ? shape_of_dims(data->facts.y_rank, data->facts.y_dims)
                    : row_of_shape(&cx->out->output_shape);
    if (!declare_targets(cx, data, row))
        return NULL;
    for (uint32_t i = data->n_targets; i-- > 0;) {
        cx->b.origin.range = data->targets[i]->range;
        p = undo(cx, data->targets[i], RT_TARGET_STAGES + i, p);
    }
    return p;
}
