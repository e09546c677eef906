/* shapes.c: small questions and answers about shapes, and builders that several layers share.
 *
 * No layer and no message of its own. */
#include "ir/layers/build_internal.h"

#include "support/strbuf.h"

Shape shape_of_rows(const Shape *row)
{
    nnl_assert(row->rank <= RT_MAX_ROW_RANK);
    Shape s = {.rank = (uint8_t)(row->rank + 1)};
    s.dim[0] = (Dim){1, true};
    for (int i = 0; i < row->rank; i++)
        s.dim[i + 1] = row->dim[i];
    return s;
}

Shape row_of_shape(const Shape *s)
{
    Shape row = {.rank = (uint8_t)(s->rank - 1)};
    for (int i = 0; i < row.rank; i++)
        row.dim[i] = s->dim[i + 1];
    return row;
}

Shape shape_of_dims(uint32_t rank, const int64_t *dims)
{
    nnl_assert(rank <= MAX_RANK);
    Shape s = {.rank = (uint8_t)rank};
    for (uint32_t i = 0; i < rank; i++)
        s.dim[i] = (Dim){dims[i], false};
    return s;
}

Shape shape_with_last(const Shape *s, int64_t n)
{
    Shape out = *s;
    out.dim[s->rank - 1] = (Dim){n, false};
    return out;
}

Shape shape_without(const Shape *s, int axis)
{
    Shape out = {.rank = 0};
    for (int d = 0; d < s->rank; d++)
        if (d != axis)
            out.dim[out.rank++] = s->dim[d];
    return out;
}

Shape shape_without_last(const Shape *s)
{
    return shape_without(s, s->rank - 1);
}

Shape shape_with_appended(const Shape *s, int64_t n)
{
    Shape out = *s;
    nnl_assert(out.rank < MAX_RANK);
    out.dim[out.rank++] = (Dim){n, false};
    return out;
}

bool size_fits(BuildCx *cx, Range range, const char *what, const char *name, const Shape *shape)
{
    if (shape_fits(shape, cx->request->batch))
        return true;
    diag_error(cx->diags, range, "the %s of '%s' has more than 2^40 elements: shape %s%s", what,
               name, shape_for_user(cx->arena, shape),
               shape->dim[0].batch
                   ? arena_printf(cx->arena, ", batches of %lld", (long long)cx->request->batch)
                   : "");
    return false;
}

const char *shape_for_user(Arena *arena, const Shape *s)
{
    StrBuf text = {0};
    strbuf_char(&text, '(');
    for (int i = 0; i < s->rank; i++) {
        if (i)
            strbuf_add(&text, ", ");
        if (s->dim[i].batch && s->dim[i].n == 1)
            strbuf_add(&text, "batch");
        else
            strbuf_printf(&text, s->dim[i].batch ? "%lld * batch" : "%lld", (long long)s->dim[i].n);
    }
    strbuf_add(&text, s->rank == 1 && !s->dim[0].batch ? ",)" : ")");
    const char *copy = arena_strdup(arena, text.text);
    strbuf_close(&text);
    return copy;
}

Node *broadcast_last(BuildCx *cx, Node *x, const Shape *shape)
{
    int64_t axes[MAX_RANK];
    for (int i = 0; i < x->shape.rank; i++)
        axes[i] = shape->rank - x->shape.rank + i;
    return g_broadcast(&cx->b, x, *shape, axes);
}

Node *const_i64(BuildCx *cx, int64_t value)
{
    Shape shape = shape_scalar();
    Attr attr[MAX_ATTRS] = {{0}};
    op_default_attrs(cx->g, OP_const, attr);
    attr[op_attr_index(OP_const, "dtype")].dtype = RT_i64;
    attr[op_attr_index(OP_const, "dims")].dims = &shape;
    attr[op_attr_index(OP_const, "data")].data = (ConstData){&value, true};
    return graph_must(cx->g, OP_const, 0, NULL, attr, cx->b.origin);
}
