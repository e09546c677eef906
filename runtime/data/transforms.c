/* transforms.c: the rows of transforms.def: what each makes of shapes, of values, and of the training rows.
 *
 * Row by row, in double. ir/layers/transforms.c has the same as nodes, for arrays. */
#include <math.h>

#include "runtime/abi/shape.h"
#include "runtime/data/chain.h"
#include "runtime/math/math_eval.h"

/* ---- element by element ---- */

/* The compiler refuses it where it stands. */
static RtStatus misplaced(const RtStage *s, RtError *error)
{
    return rt_fail(error, "the transform '%s' is not part of this runtime", s->call->name);
}

/* Each value becomes another one. */
static RtStatus same_shape(RtStage *s, RtError *error)
{
    (void)s;
    (void)error;
    return RT_OK;
}

RtStatus rt_shape_scale(RtStage *s, RtError *error)
{
    return same_shape(s, error);
}

void rt_apply_scale(const RtStage *s, double *values)
{
    double factor = s->call->args.at[RT_ARG_scale_factor].f;
    for (int64_t i = 0; i < s->n; i++)
        values[i] *= factor;
}

RtStatus rt_shape_offset(RtStage *s, RtError *error)
{
    return same_shape(s, error);
}

void rt_apply_offset(const RtStage *s, double *values)
{
    double value = s->call->args.at[RT_ARG_offset_value].f;
    for (int64_t i = 0; i < s->n; i++)
        values[i] += value;
}

RtStatus rt_shape_log1p(RtStage *s, RtError *error)
{
    return same_shape(s, error);
}

void rt_apply_log1p(const RtStage *s, double *values)
{
    for (int64_t i = 0; i < s->n; i++)
        values[i] = math_eval_f64(MATH_log1p, values[i], 0);
}

RtStatus rt_shape_clip(RtStage *s, RtError *error)
{
    return same_shape(s, error);
}

void rt_apply_clip(const RtStage *s, double *values)
{
    double low = s->call->args.at[RT_ARG_clip_low].f, high = s->call->args.at[RT_ARG_clip_high].f;
    for (int64_t i = 0; i < s->n; i++)
        values[i] = values[i] < low ? low : values[i] > high ? high : values[i];
}

/* Both name classes: values stay. */
RtStatus rt_shape_classes(RtStage *s, RtError *error)
{
    return same_shape(s, error);
}

void rt_apply_classes(const RtStage *s, double *values)
{
    (void)s;
    (void)values;
}

RtStatus rt_shape_labels(RtStage *s, RtError *error)
{
    return same_shape(s, error);
}

void rt_apply_labels(const RtStage *s, double *values)
{
    (void)s;
    (void)values;
}

/* ---- reshape, one_hot ---- */

RtStatus rt_shape_reshape(RtStage *s, RtError *error)
{
    char from[128], to[128];
    const Img_LIST_I64 *sizes = &s->call->args.at[RT_ARG_reshape_shape].ints;
    s->out_rank = sizes->n;
    if (sizes->n <= RT_MAX_ROW_RANK && rt_reshape(sizes->at, sizes->n, s->n, s->out_dims))
        return RT_OK;
    return rt_fail(error, "reshape: a sample of shape (%s) cannot become (%s)",
                   rt_dims_text(from, sizeof from, s->rank, s->dims),
                   rt_dims_text(to, sizeof to, sizes->n, sizes->at));
}

void rt_apply_reshape(const RtStage *s, double *values)
{
    (void)s;
    (void)values;
}

/* Do unknown values get a number of their own? */
static bool is_other(const RtStage *s)
{
    enum { OTHER = 2 }; /* of error|ignore|other */
    return s->call->args.at[RT_ARG_one_hot_unknown].i == OTHER;
}

RtStatus rt_shape_one_hot(RtStage *s, RtError *error)
{
    const ImgArg *n = &s->call->args.at[RT_ARG_one_hot_n];
    if (s->column) {
        s->out_rank = 1;
        s->out_dims[0] = n->none ? s->column->n_slots + is_other(s) : s->n * n->i;
        return RT_OK;
    }
    if (n->none)
        return misplaced(s, error);
    if (s->rank >= RT_MAX_ROW_RANK)
        return rt_fail(error, "one_hot: a sample would get more than %d axes", RT_MAX_ROW_RANK);
    s->out_dims[s->out_rank++] = n->i;
    return RT_OK;
}

/* The number of the value in a column; -1: it has none. Texts come as their numbers. */
static int64_t number_of(const RtPlanColumn *c, double value)
{
    if (isnan(value))
        return -1;
    return c->kind == RT_COLUMN_texts ? (int64_t)value : rt_plan_number(c, value);
}

static void apply_values(const RtStage *s, double *values)
{
    int64_t slot = number_of(s->column, values[0]);
    if (slot < 0 && is_other(s))
        slot = s->column->n_slots;
    for (int64_t k = 0; k < s->n_out; k++)
        values[k] = k == slot;
}

/* A value that is no class number gives zeros, as in the graph: saturated on the way to i32. */
void rt_apply_one_hot(const RtStage *s, double *values)
{
    const ImgArg *classes = &s->call->args.at[RT_ARG_one_hot_n];
    int64_t n = classes->i;
    if (classes->none) {
        apply_values(s, values);
        return;
    }
    for (int64_t i = s->n; i-- > 0;) {
        double label = trunc(values[i]);
        for (int64_t k = 0; k < n; k++)
            values[i * n + k] = 0;
        if (isnan(label))
            label = 0;
        if (label >= 0 && label < (double)n)
            values[i * n + (int64_t)label] = 1;
    }
}

/* ---- what is fitted: normalize, min_max, robust, fill, bucketize ---- */

static int64_t last_axis(const RtStage *s)
{
    return s->rank ? s->dims[s->rank - 1] : 1;
}

RtStatus rt_shape_normalize(RtStage *s, RtError *error)
{
    const ImgArg *axis = &s->call->args.at[RT_ARG_normalize_axis];
    if (!axis->none && axis->i != -1 && axis->i != (int64_t)s->rank)
        return rt_fail(error, "normalize over axis %lld is not built yet", (long long)axis->i);
    s->n_fitted = axis->none ? 1 : last_axis(s);
    return RT_OK;
}

/* (x - mean) / sqrt(variance); a constant column has variance 0 and is divided by 1. */
void rt_ready_normalize(RtStage *s)
{
    for (int64_t c = 0; c < s->n_fitted; c++)
        s->scale[c] = s->fitted[1][c] > 0 ? sqrt(s->fitted[1][c]) : 1;
}

void rt_apply_normalize(const RtStage *s, double *values)
{
    const double *mean = s->fitted[0], *scale = s->scale;
    for (int64_t i = 0; i < s->n; i += s->n_fitted)
        for (int64_t c = 0; c < s->n_fitted; c++)
            values[i + c] = (values[i + c] - mean[c]) / scale[c];
}

RtStatus rt_shape_min_max(RtStage *s, RtError *error)
{
    (void)error;
    s->n_fitted = last_axis(s);
    return RT_OK;
}

/* A constant column is divided by 1. */
void rt_ready_min_max(RtStage *s)
{
    double low = s->call->args.at[RT_ARG_min_max_low].f,
           high = s->call->args.at[RT_ARG_min_max_high].f;
    for (int64_t c = 0; c < s->n_fitted; c++) {
        double range = s->fitted[1][c] - s->fitted[0][c];
        s->scale[c] = (high - low) / (range > 0 ? range : 1);
    }
}

void rt_apply_min_max(const RtStage *s, double *values)
{
    double low = s->call->args.at[RT_ARG_min_max_low].f;
    for (int64_t i = 0; i < s->n; i += s->n_fitted)
        for (int64_t c = 0; c < s->n_fitted; c++)
            values[i + c] = low + (values[i + c] - s->fitted[0][c]) * s->scale[c];
}

RtStatus rt_shape_robust(RtStage *s, RtError *error)
{
    return rt_shape_min_max(s, error);
}

void rt_ready_robust(RtStage *s)
{
    for (int64_t c = 0; c < s->n_fitted; c++)
        s->scale[c] = s->fitted[1][c] > 0 ? s->fitted[1][c] : 1;
}

void rt_apply_robust(const RtStage *s, double *values)
{
    rt_apply_normalize(s, values);
}

RtStatus rt_shape_fill(RtStage *s, RtError *error)
{
    const ImgArg *value = &s->call->args.at[RT_ARG_fill_value];
    if (value->i == RT_FILL_text && (!s->column || s->column->kind == RT_COLUMN_numbers))
        return misplaced(s, error);
    s->n_fitted = value->i >= RT_FILL_mean ? last_axis(s) : 0;
    return RT_OK;
}

void rt_ready_fill(RtStage *s)
{
    (void)s;
}

/* What a missing value becomes: a text's number, where it has one. */
static double filling(const RtStage *s, int64_t c)
{
    const ImgArg *value = &s->call->args.at[RT_ARG_fill_value];
    if (value->i == RT_FILL_text)
        return (double)rt_texts_find((RtTexts *)(uintptr_t)&s->column->texts, value->text);
    return value->i == RT_FILL_number ? value->f : s->fitted[0][c];
}

void rt_apply_fill(const RtStage *s, double *values)
{
    int64_t columns = last_axis(s);
    for (int64_t i = 0; i < s->n; i++)
        if (isnan(values[i]))
            values[i] = filling(s, i % columns);
}

/* ---- of single columns ---- */

RtStatus rt_shape_ordinal(RtStage *s, RtError *error)
{
    return s->column ? RT_OK : misplaced(s, error);
}

/* A text comes as its number. */
void rt_apply_ordinal(const RtStage *s, double *values)
{
    (void)s;
    (void)values;
}

RtStatus rt_shape_bucketize(RtStage *s, RtError *error)
{
    const ImgArg *edges = &s->call->args.at[RT_ARG_bucketize_edges];
    if (!s->column || s->n != 1)
        return misplaced(s, error);
    s->n_fitted = edges->floats.n ? 0 : edges->i - 1;
    s->out_dims[0] = edges->floats.n ? (int64_t)edges->floats.n + 1 : edges->i;
    return RT_OK;
}

void rt_ready_bucketize(RtStage *s)
{
    (void)s;
}

void rt_apply_bucketize(const RtStage *s, double *values)
{
    const Img_LIST_F64 *given = &s->call->args.at[RT_ARG_bucketize_edges].floats;
    const double *edges = given->n ? given->at : s->fitted[0];
    double value = values[0];
    int64_t slot = 0;
    while (slot < s->n_out - 1 && value >= edges[slot])
        slot++;
    for (int64_t k = 0; k < s->n_out; k++)
        values[k] = isnan(value) ? NAN : k == slot;
}

/* Columns that are left out never come here. */
RtStatus rt_shape_drop(RtStage *s, RtError *error)
{
    return misplaced(s, error);
}

void rt_apply_drop(const RtStage *s, double *values)
{
    (void)s;
    (void)values;
}
