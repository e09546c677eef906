/* convert_lists.c: lists as arguments; one value stands for a list of one. */
#include <string.h>

#include "ir/program/convert_internal.h"

/* One value or a list of values. */
uint32_t convert_elements(const Value *v, const Value **items)
{
    if (v->kind == VAL_list || v->kind == VAL_tuple) {
        *items = v->items;
        return v->n;
    }
    *items = v;
    return 1;
}

/* At most 7 sizes, all of them integers >= 1; one may be -1 where the kind allows it. */
static bool sizes_are_right(Convert *c, const Value *items, uint32_t n)
{
    const Value *open = NULL;
    for (uint32_t i = 0; i < n; i++) {
        bool left = items[i].i == -1 && c->arg->kind == ARG_SIZES;
        if (left && open) {
            diag_error(c->e->diags, items[i].range, "only one size of %s may be -1",
                       convert_place(c));
            diag_note(c->e->diags, open->range, "the first one is here");
            return false;
        }
        if (!left && items[i].i < 1) {
            diag_error(c->e->diags, items[i].range, "%s must have sizes >= 1, not %lld",
                       convert_place(c), (long long)items[i].i);
            return false;
        }
        open = left ? &items[i] : open;
    }
    if (n > RT_MAX_ROW_RANK)
        diag_error(c->e->diags, c->v->range, "%s has %u axes; at most %d are possible",
                   convert_place(c), n, RT_MAX_ROW_RANK);
    return n <= RT_MAX_ROW_RANK;
}

/* Where the elements have a range, there is one at least. */
static bool items_in_range(Convert *c, const Value *items, uint32_t n)
{
    if (!*c->arg->range)
        return true;
    if (!n)
        diag_error(c->e->diags, c->v->range, "%s must not be empty", convert_place(c));
    for (uint32_t i = 0; i < n; i++)
        if (!convert_in_range(c, &items[i]))
            return false;
    return n > 0;
}

static bool take_ints(Convert *c)
{
    const Value *items;
    uint32_t n = convert_elements(c->v, &items);
    int64_t *out = ARENA_ARRAY(c->e->arena, int64_t, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        if (items[i].kind != VAL_int)
            return convert_wrong(c, &items[i]);
        out[i] = items[i].i;
    }
    if (c->arg->kind == ARG_INTS && !items_in_range(c, items, n))
        return false;
    if (arg_is_shape(c->arg->kind) && !sizes_are_right(c, items, n))
        return false;
    c->out->n = n;
    c->out->ints = out;
    return true;
}

static bool take_epochs(Convert *c)
{
    const Value *items;
    uint32_t n = convert_elements(c->v, &items);
    if (!take_ints(c))
        return false;
    if (!n) {
        diag_error(c->e->diags, c->v->range, "%s names no epoch", convert_place(c));
        return false;
    }
    c->out->i = c->v->kind == VAL_int; /* each so many epochs, not a list of one */
    for (uint32_t i = 0; i < n; i++)
        if (!convert_in_range(c, &items[i]))
            return false;
    return true;
}

static bool take_mask(Convert *c)
{
    const Value *items;
    uint32_t n = convert_elements(c->v, &items);
    int64_t *out = ARENA_ARRAY(c->e->arena, int64_t, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        if (items[i].kind != VAL_int && items[i].kind != VAL_none)
            return convert_wrong(c, &items[i]);
        out[i] = items[i].kind == VAL_none ? -1 : items[i].i;
        if (items[i].kind == VAL_int && out[i] < 1) {
            diag_error(c->e->diags, items[i].range, "%s must have sizes >= 1, not %lld",
                       convert_place(c), (long long)out[i]);
            return false;
        }
    }
    c->out->n = n;
    c->out->ints = out;
    return true;
}

static bool take_axes(Convert *c)
{
    if (c->v->kind == VAL_int)
        return convert_int(c);
    if (!take_ints(c))
        return false;
    if (!c->out->n) {
        diag_error(c->e->diags, c->v->range, "%s names no axis", convert_place(c));
        return false;
    }
    if (c->out->n == 1)
        *c->out = (ArgValue){.i = c->out->ints[0], .f = (double)c->out->ints[0]};
    return true;
}

bool convert_floats(Convert *c)
{
    const Value *items;
    uint32_t n = convert_elements(c->v, &items);
    double *out = ARENA_ARRAY(c->e->arena, double, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        if (!value_is_number(&items[i]))
            return convert_wrong(c, &items[i]);
        out[i] = items[i].f;
    }
    if (!items_in_range(c, items, n))
        return false;
    c->out->n = n;
    c->out->floats = out;
    return true;
}

static bool take_numbers(Convert *c)
{
    const Value *items;
    uint32_t n = convert_elements(c->v, &items);
    Expr *list = expr_new(c->e, EX_list, EXT_series, c->v->range, n);
    for (uint32_t i = 0; i < n; i++) {
        ArgValue number = {0};
        Convert element = *c;
        element.v = &items[i];
        element.out = &number;
        if (!convert_number(&element))
            return false;
        list->args[i] = number.expr;
    }
    c->out->expr = list;
    return true;
}

static bool take_texts(Convert *c)
{
    const Value *items;
    uint32_t n = convert_elements(c->v, &items);
    const char **out = ARENA_ARRAY(c->e->arena, const char *, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        out[i] = items[i].kind == VAL_string ? items[i].text : NULL;
        if (!out[i])
            return convert_wrong(c, &items[i]);
    }
    c->out->n = n;
    c->out->texts = out;
    return true;
}

bool convert_list(Convert *c)
{
    switch (c->arg->kind) {
    case ARG_MASK:
        return take_mask(c);
    case ARG_AXES:
        return take_axes(c);
    case ARG_EPOCHS:
        return take_epochs(c);
    case ARG_FLOATS:
        return convert_floats(c);
    case ARG_NUMBERS:
        return take_numbers(c);
    case ARG_TEXTS:
        return take_texts(c);
    case ARG_COLUMNS:
        return convert_column_list(c);
    default: /* SHAPE, SIZES, INTS */
        return take_ints(c);
    }
}
