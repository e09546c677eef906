/* shape.c: dimensions that are constants or multiples of the batch. */
#include <string.h>

#include "ir/graph/graph.h"

Shape shape_scalar(void)
{
    Shape s;
    memset(&s, 0, sizeof s);
    return s;
}

bool shape_equal(const Shape *a, const Shape *b)
{
    if (a->rank != b->rank)
        return false;
    for (int d = 0; d < a->rank; d++)
        if (a->dim[d].n != b->dim[d].n || a->dim[d].batch != b->dim[d].batch)
            return false;
    return true;
}

int64_t shape_count(const Shape *s, int64_t n)
{
    int64_t count = 1;
    for (int d = 0; d < s->rank; d++)
        count *= dim_size(s->dim[d], n);
    return count;
}

bool shape_fits(const Shape *s, int64_t n)
{
    int64_t left = MAX_ELEMENTS;
    for (int d = 0; d < s->rank; d++) {
        int64_t rows = s->dim[d].batch ? n : 1;
        if (s->dim[d].n > left / rows)
            return false;
        if (s->dim[d].n)
            left /= s->dim[d].n * rows;
    }
    return true;
}

int shape_batch_axis(const Shape *s)
{
    for (int d = 0; d < s->rank; d++)
        if (s->dim[d].batch)
            return d;
    return -1;
}

static void add_dims(StrBuf *out, const Shape *s)
{
    for (int d = 0; d < s->rank; d++) {
        strbuf_add(out, d ? ", " : "");
        if (!s->dim[d].batch)
            strbuf_printf(out, "%lld", (long long)s->dim[d].n);
        else if (s->dim[d].n == 1)
            strbuf_add(out, "N");
        else
            strbuf_printf(out, "%lld*N", (long long)s->dim[d].n);
    }
}

static const char *kept(Arena *arena, StrBuf *b)
{
    const char *text = arena_strdup(arena, b->text);
    strbuf_close(b);
    return text;
}

const char *shape_text(Arena *arena, const Shape *s)
{
    StrBuf b = {0};
    strbuf_char(&b, '(');
    add_dims(&b, s);
    strbuf_add(&b, s->rank == 1 ? ",)" : ")");
    return kept(arena, &b);
}

const char *type_text(Arena *arena, RtDtype dtype, const Shape *s)
{
    StrBuf b = {0};
    strbuf_printf(&b, "%s[", rt_dtype(dtype)->name);
    add_dims(&b, s);
    strbuf_char(&b, ']');
    return kept(arena, &b);
}
