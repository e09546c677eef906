/* source.c: shapes of const, iota, input, scalar, rng: what their attributes say. */
#include "ir/graph/rules.h"

static bool one_batch_axis(ShapeCx *cx, const Shape *s)
{
    int n = 0;
    for (int d = 0; d < s->rank; d++)
        n += s->dim[d].batch;
    return n <= 1 ||
           shape_error(cx, "only one axis may carry the batch: %s", shape_text(cx->g->arena, s));
}

static bool shape_rng(ShapeCx *cx, Node *const *in, const Attr *attr, Shape *shape, RtDtype *dtype)
{
    for (int i = 0; i < 2; i++)
        if (in[i]->shape.rank || in[i]->dtype != RT_i64)
            return shape_error(cx, "'rng' takes seed and step as i64[], not %s",
                               shape_of(cx, in[i]));
    *shape = *attr[1].dims;
    *dtype = RT_u32;
    return one_batch_axis(cx, shape);
}

static bool shape_of_scalar(ShapeCx *cx, const Attr *attr, Shape *shape, RtDtype *dtype)
{
    const char *word = rt_scalar_word((RunScalar)attr[0].i);
    *shape = shape_scalar();
    *dtype = attr[2].dtype;
    if (*dtype != RT_f64 && *dtype != RT_i64)
        return shape_error(cx, "scalar '%s' must be f64 or i64, not %s", word,
                           rt_dtype(*dtype)->name);
    return (attr[1].i >= 0 && attr[1].i < UINT32_MAX) ||
           shape_error(cx, "there is no scalar '%s' of number %lld", word, (long long)attr[1].i);
}

bool shape_source(ShapeCx *cx, Op op, uint32_t n_in, Node *const *in, const Attr *attr,
                  Shape *shape, RtDtype *dtype)
{
    (void)n_in;
    switch ((int)op) {
    case OP_rng:
        return shape_rng(cx, in, attr, shape, dtype);
    case OP_scalar:
        return shape_of_scalar(cx, attr, shape, dtype);
    case OP_input:
        *dtype = attr[1].dtype;
        *shape = *attr[2].dims;
        if (shape_batch_axis(shape) != 0)
            return shape_error(cx, "input '%s' must carry the batch on its first axis: %s",
                               attr[0].text, shape_text(cx->g->arena, shape));
        return one_batch_axis(cx, shape);
    case OP_iota:
        *dtype = attr[0].dtype;
        *shape = *attr[1].dims;
        if (attr[2].i < 0 || attr[2].i >= shape->rank)
            return shape_error(cx, "'iota' has no axis %lld in %s", (long long)attr[2].i,
                               shape_text(cx->g->arena, shape));
        return one_batch_axis(cx, shape);
    default: /* const */
        *dtype = attr[0].dtype;
        *shape = *attr[1].dims;
        if (shape_batch_axis(shape) >= 0 && !attr[2].data.splat)
            return shape_error(cx, "a constant over the batch must be one value");
        return one_batch_axis(cx, shape);
    }
}
