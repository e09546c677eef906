/* elements.c: lists, tuples, maps and ranges: what a `for` goes over, and what stands in [ ]. */
#include <math.h>
#include <stdio.h>

#include "ir/program/elaborate_internal.h"
#include "runtime/abi/name_index.h"

/* Up to so many keys and values of a map are looked at one by one. */
enum { FEW_ITEMS = 16 };

static bool range_items(Elab *e, const Value *v, Items *out)
{
    uint64_t count = v->end > v->i ? (uint64_t)v->end - (uint64_t)v->i : 0;
    if (count > STEP_LIMIT)
        return count_steps(e, v->range, STEP_LIMIT + 1);
    out->n = (uint32_t)count;
    return true;
}

bool items_of(Elab *e, const Scope *s, const Value *v, Items *out)
{
    *out = (Items){v, v->n};
    if (v->kind == VAL_list || v->kind == VAL_tuple)
        return true;
    if (v->kind == VAL_map) {
        out->n = v->n / 2;
        return true;
    }
    if (v->kind == VAL_range)
        return range_items(e, v, out);
    if (v->kind == VAL_expr)
        report_runtime(e, v->expr, "what 'for' goes over");
    else if (check_word(e, s, v)) {
        diag_error(e->diags, v->range, "'for' goes over a list, a tuple, a map or a range, not %s",
                   value_text(e, v));
        if (v->kind == VAL_int)
            diag_help(e->diags, "a range of numbers is written 0..%lld", (long long)v->i);
    }
    return false;
}

Value items_at(const Items *items, uint32_t i)
{
    const Value *v = items->of;
    if (v->kind == VAL_range)
        return value_int(v->range, v->i + i);
    return v->items[v->kind == VAL_map ? 2 * i : i];
}

/* ---- [ ] ---- */

static Value index_range(Elab *e, const Value *list, const Value *at, Range range)
{
    int64_t begin = at->i, end = at->end;
    if (begin < 0 || end < begin || end > list->n) {
        diag_error(e->diags, at->range, "the range %lld..%lld is outside 0..%u", (long long)begin,
                   (long long)end, list->n);
        return value_error(range);
    }
    uint32_t n = (uint32_t)(end - begin);
    if (!count_steps(e, range, n))
        return value_error(range);
    return value_list(e, range, list->kind, n, list->items + begin);
}

static Value index_list(Elab *e, const Value *list, const Value *at, Range range)
{
    if (at->kind == VAL_range)
        return index_range(e, list, at, range);
    if (at->kind != VAL_int) {
        diag_error(e->diags, at->range, "an index must be an integer, not %s", value_text(e, at));
        return value_error(range);
    }
    int64_t i = at->i < 0 ? at->i + list->n : at->i;
    if (i < 0 || i >= list->n) {
        diag_error(e->diags, at->range, "index %lld is outside a %s of %u element%s",
                   (long long)at->i, list->kind == VAL_list ? "list" : "tuple", list->n,
                   list->n == 1 ? "" : "s");
        return value_error(range);
    }
    Value v = list->items[i];
    v.range = range;
    return v;
}

static void report_key(Elab *e, const Value *map, const Value *key)
{
    enum { SHOWN = 20 };
    StrBuf text = {0}, keys = {0};
    value_print(&text, key);
    for (uint32_t i = 0; i < map->n && i < 2 * SHOWN; i += 2) {
        strbuf_add(&keys, i ? ", " : "");
        value_print(&keys, &map->items[i]);
    }
    diag_error(e->diags, key->range, "the map has no key %s", text.text);
    if (map->n)
        diag_help(e->diags, "its keys are: %s%s", keys.text, map->n > 2 * SHOWN ? ", ..." : "");
    else
        diag_help(e->diags, "it has no keys");
    strbuf_close(&text);
    strbuf_close(&keys);
}

/* A text that equal keys share and others do not; NULL: of other kinds, which are compared one by one. */
static const char *key_text(Elab *e, const Value *key)
{
    bool is_text = key->kind == VAL_string || key->kind == VAL_word;
    bool exact = value_is_number(key) && fabs(key->f) < 9007199254740992.0; /* 2^53 */
    if (is_text)
        return intern(e->names, key->text);
    char text[40];
    snprintf(text, sizeof text, "#%a", key->f + 0.0); /* of -0, too */
    return exact ? intern(e->names, text) : NULL;
}

/* Adds what the map got since; the index of its items is the same while these stay where they are. */
static const MapIndex *map_index(Elab *e, const Value *map)
{
    size_t at = places_add(e->arena, &e->map_indexes, map->items, e->maps.n);
    if (at == NO_PLACE) {
        at = e->maps.n;
        vec_push(e->arena, &e->maps, (MapIndex){.n = 0});
    }
    MapIndex *index = &e->maps.at[at];
    for (; index->n < map->n; index->n += 2) {
        const char *text = key_text(e, &map->items[index->n]);
        if (text)
            places_add(e->arena, &index->keys, text, index->n);
    }
    return index;
}

int64_t map_find(Elab *e, const Value *map, const Value *key)
{
    const char *text = map->n > FEW_ITEMS ? key_text(e, key) : NULL;
    if (text) {
        size_t place = places_get(&map_index(e, map)->keys, text);
        return place == NO_PLACE || place >= map->n ? -1 : (int64_t)place;
    }
    for (uint32_t i = 0; i < map->n; i += 2) {
        rt_names_compared++;
        if (value_equal(e, &map->items[i], key))
            return i;
    }
    return -1;
}

static Value index_map(Elab *e, const Value *map, const Value *key, Range range)
{
    int64_t place = map_find(e, map, key);
    if (place >= 0) {
        Value v = map->items[place + 1];
        v.range = range;
        return v;
    }
    if (!map->incomplete)
        report_key(e, map, key);
    return value_error(range);
}

/* Rows of a part; how many it has is known where its files are there. */
static Value index_part(Elab *e, const Value *part, const Value *at, Range range)
{
    if (at->kind != VAL_range || part->has_rows) {
        diag_error(e->diags, at->range, "a part of a data set takes one range of rows, not %s",
                   part->has_rows ? "two" : value_text(e, at));
        if (at->kind == VAL_int && at->i >= 0)
            diag_help(e->diags, "one row is the range %lld..%lld", (long long)at->i,
                      (long long)at->i + 1);
        return value_error(range);
    }
    bool known = data_knows_rows(part->data, part->part);
    int64_t rows = known ? part->data->facts.rows[part->part] : INT64_MAX;
    if (at->i < 0 || at->end <= at->i || at->end > rows) {
        if (known)
            diag_error(e->diags, at->range, "the range %lld..%lld does not lie in the rows 0..%lld",
                       (long long)at->i, (long long)at->end, (long long)rows);
        else
            diag_error(e->diags, at->range, "the range %lld..%lld has no rows", (long long)at->i,
                       (long long)at->end);
        return value_error(range);
    }
    Value v = *part;
    v.range = range;
    v.has_rows = true;
    v.i = at->i;
    v.end = at->end;
    return v;
}

Value index_value(Elab *e, const Value *object, const Value *at, Range range)
{
    if (object->kind == VAL_part)
        return index_part(e, object, at, range);
    if (object->kind == VAL_list || object->kind == VAL_tuple)
        return index_list(e, object, at, range);
    if (object->kind == VAL_map)
        return index_map(e, object, at, range);
    diag_error(e->diags, object->range, "%s has no elements", value_text(e, object));
    if (object->kind == VAL_word && vocab_knows(object->text))
        diag_help(e->diags, "arguments go in parentheses: %s(...)", object->text);
    return value_error(range);
}
