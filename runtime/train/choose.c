/* choose.c: where(condition, yes, no), element by element. Numbers make an array of numbers, texts a
 * list of texts. What holds many values has one shape; everything else goes with each element. */
#include "runtime/train/choose.h"

#include <stdlib.h>
#include <string.h>

static bool is_many(const RtValue *v)
{
    return v->kind == VALUE_series || v->kind == VALUE_array || v->kind == VALUE_list;
}

static uint32_t rank_of(const RtValue *v)
{
    return v->kind == VALUE_list ? 1 : v->rank;
}

static int64_t size_of(const RtValue *v, uint32_t axis)
{
    return v->kind == VALUE_list ? (int64_t)v->n_items : v->dims[axis];
}

static bool same_shape(const RtValue *a, const RtValue *b)
{
    bool same = rank_of(a) == rank_of(b);
    for (uint32_t d = 0; same && d < rank_of(a); d++)
        same = size_of(a, d) == size_of(b, d);
    return same;
}

static bool is_text(const RtValue *v)
{
    return v->kind == VALUE_text || (v->kind == VALUE_list && v->n_items && is_text(v->items));
}

/* Is every value of it a number? */
static bool is_numeric(const RtValue *v)
{
    bool right = v->kind != VALUE_text && v->kind != VALUE_none;
    for (uint32_t i = 0; right && v->kind == VALUE_list && i < v->n_items; i++)
        right = v->items[i].kind == VALUE_number || v->items[i].kind == VALUE_bool;
    return right;
}

static double number_at(const RtValue *v, int64_t i)
{
    return v->kind == VALUE_list ? v->items[i].number : v->data ? v->data[i] : v->number;
}

static bool is_whole(const RtValue *v)
{
    bool whole = v->is_int;
    if (v->kind == VALUE_list)
        whole = true;
    for (uint32_t i = 0; i < v->n_items; i++)
        whole = whole && v->items[i].is_int;
    return whole;
}

static RtValue fail(const char **error, const char *text)
{
    *error = text;
    return rt_value_none();
}

/* `like` has the shape of the result. */
static RtValue numbers(const RtValue *like, const RtValue *c, const RtValue *yes, const RtValue *no)
{
    int64_t dims[8];
    for (uint32_t d = 0; d < rank_of(like); d++)
        dims[d] = size_of(like, d);
    RtValue r = rt_value_array(rank_of(like), dims, NULL);
    for (int64_t i = 0; r.data && i < rt_value_count(&r); i++)
        r.data[i] = number_at(number_at(c, i) != 0 ? yes : no, i);
    r.is_int = is_whole(yes) && is_whole(no);
    return r;
}

static RtValue texts(const RtValue *like, const RtValue *c, const RtValue *yes, const RtValue *no)
{
    uint32_t n = (uint32_t)size_of(like, 0);
    RtValue list = {.kind = VALUE_list};
    list.items = calloc(n ? n : 1, sizeof *list.items);
    bool lost = !list.items;
    while (!lost && list.n_items < n) {
        const RtValue *v = number_at(c, list.n_items) != 0 ? yes : no;
        if (v->kind == VALUE_list)
            v = &v->items[list.n_items];
        list.items[list.n_items] = rt_value_copy(v);
        lost = list.items[list.n_items++].lost;
    }
    if (lost) {
        rt_value_free(&list);
        list.lost = true;
    }
    return list;
}

RtValue rt_value_where(const RtValue *condition, const RtValue *yes, const RtValue *no,
                       const char **error)
{
    const RtValue *of[] = {condition, yes, no}, *like = NULL;
    for (int i = 0; i < 3; i++) {
        if (!is_many(of[i]))
            continue;
        if (like && !same_shape(like, of[i]))
            return fail(error, "the arrays have different shapes");
        like = of[i];
    }
    if (!like || !is_numeric(condition))
        return fail(error, "a condition was needed");
    if (is_text(yes) != is_text(no))
        return fail(error, "'where' cannot choose between texts and numbers");
    if (!is_text(yes) && is_numeric(yes) && is_numeric(no))
        return numbers(like, condition, yes, no);
    if (!is_text(yes))
        return fail(error, "numbers were needed");
    return rank_of(like) == 1 ? texts(like, condition, yes, no)
                              : fail(error, "texts are chosen along one axis");
}
