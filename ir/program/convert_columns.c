/* convert_columns.c: arguments of the transforms of columns: what fills a cell, edges of buckets, a map from
 * columns to transforms. */
#include <stdlib.h>
#include <string.h>

#include "ir/program/convert_internal.h"
#include "runtime/abi/transforms.h"

const char *convert_columns_kind(ArgKind kind)
{
    switch (kind) {
    case ARG_COLUMN:
        return "a column by name or index";
    case ARG_COLUMNS:
        return "a column by name or index, or a list of them";
    case ARG_FILL:
        return "mean, median, most_frequent, a number or a string";
    case ARG_EDGES:
        return "a number of buckets or a list of edges";
    case ARG_TRANSFORMS:
        return "a transform or a list of transforms";
    default: /* COLUMN_CALLS */
        return "a map from columns to transforms, as in [\"age\": normalize()]";
    }
}

static bool unknown_fill(Convert *c, const char *word)
{
    RtSuggest best = rt_suggest_start(word);
    for (int i = RT_FILL_mean; i < RT_N_FILLS; i++)
        rt_suggest_offer(&best, rt_fill_name((RtFill)i));
    const char *near = rt_suggest_best(&best);
    diag_error(c->e->diags, c->v->range, "%s cannot be '%s'", convert_place(c), word);
    if (near)
        diag_fix(c->e->diags, c->v->range, near, "did you mean '%s'?", near);
    else
        diag_help(c->e->diags, "it is mean, median, most_frequent, a number, or a string as in "
                               "fill(\"none\")");
    return false;
}

bool convert_fill(Convert *c)
{
    const Value *v = c->v;
    if (value_is_number(v)) {
        c->out->i = RT_FILL_number;
        c->out->f = v->f;
        return true;
    }
    if (v->kind != VAL_string && v->kind != VAL_word)
        return convert_wrong(c, v);
    c->out->text = v->text;
    c->out->i = RT_FILL_text;
    for (int i = RT_FILL_mean; v->kind == VAL_word && i < RT_N_FILLS; i++)
        if (!strcmp(v->text, rt_fill_name((RtFill)i)))
            c->out->i = i;
    return v->kind == VAL_string || c->out->i != RT_FILL_text || unknown_fill(c, v->text);
}

bool convert_edges(Convert *c)
{
    if (c->v->kind == VAL_int) {
        if (c->v->i < 2)
            diag_error(c->e->diags, c->v->range, "%s must be 2 buckets at least, not %lld",
                       convert_place(c), (long long)c->v->i);
        c->out->i = c->v->i;
        return c->v->i >= 2;
    }
    if (c->v->kind != VAL_list && c->v->kind != VAL_tuple)
        return convert_wrong(c, c->v);
    if (!convert_floats(c))
        return false;
    if (!c->out->n)
        diag_error(c->e->diags, c->v->range, "%s names no edge", convert_place(c));
    for (uint32_t i = 1; i < c->out->n; i++)
        if (!(c->out->floats[i] > c->out->floats[i - 1])) {
            diag_error(c->e->diags, c->v->items[i].range,
                       "%s must be in order, each edge once: %g stands behind %g", convert_place(c),
                       c->out->floats[i], c->out->floats[i - 1]);
            return false;
        }
    return c->out->n > 0;
}

/* Columns of a table without a header have their places as names. */
static const char *column_name(Convert *c, const Value *key)
{
    if (key->kind == VAL_int && key->i >= 0)
        return arena_printf(c->e->arena, "%lld", (long long)key->i);
    return convert_word(key);
}

bool convert_column_list(Convert *c)
{
    const Value *items;
    uint32_t n = convert_elements(c->v, &items);
    const char **names = ARENA_ARRAY(c->e->arena, const char *, n + 1);
    int64_t *places = ARENA_ARRAY(c->e->arena, int64_t, n + 1);
    if (!n)
        diag_error(c->e->diags, c->v->range, "%s names no column", convert_place(c));
    for (uint32_t i = 0; i < n; i++) {
        bool placed = items[i].kind == VAL_int;
        names[i] = placed ? "" : convert_word(&items[i]);
        places[i] = placed ? items[i].i : INT64_MIN;
        if (!names[i])
            return convert_wrong(c, &items[i]);
        if (placed)
            c->out->ints = places;
    }
    c->out->n = n;
    c->out->texts = names;
    return n > 0;
}

typedef Vec(const Call *) Calls;

static bool take_column(Convert *c, uint32_t i, Calls *calls, const char **names, int64_t *counts)
{
    const Value *items, *key = &c->v->items[2 * i];
    uint32_t n = convert_elements(key + 1, &items);
    names[i] = column_name(c, key);
    if (!names[i])
        return convert_wrong(c, key);
    if (!n)
        diag_error(c->e->diags, key[1].range, "the column \"%s\" has an empty list of transforms",
                   names[i]);
    for (uint32_t k = 0; k < n; k++) {
        const Call *call = convert_call(c, &items[k]);
        if (!call)
            return false;
        vec_push(c->e->arena, calls, call);
    }
    counts[i] = n;
    return n > 0;
}

bool convert_column_calls(Convert *c)
{
    if (c->v->kind != VAL_map)
        return convert_wrong(c, c->v);
    uint32_t n = c->v->n / 2;
    Calls calls = {0};
    const char **names = ARENA_ARRAY(c->e->arena, const char *, n + 1);
    int64_t *counts = ARENA_ARRAY(c->e->arena, int64_t, n + 1);
    for (uint32_t i = 0; i < n; i++)
        if (!take_column(c, i, &calls, names, counts))
            return false;
    c->out->n = n;
    c->out->texts = names;
    c->out->ints = counts;
    c->out->calls = calls.at;
    return true;
}
