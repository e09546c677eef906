/* value.c: making, copying and showing values. */
#include "runtime/train/value.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/shown.h"

RtValue rt_value_number(double x, bool is_int)
{
    RtValue v = {.kind = VALUE_number, .is_int = is_int, .number = x};
    return v;
}

RtValue rt_value_whole(int64_t x)
{
    RtValue v = {
        .kind = VALUE_number, .is_int = true, .is_whole = true, .number = (double)x, .whole = x};
    return v;
}

RtValue rt_value_bool(bool x)
{
    RtValue v = {.kind = VALUE_bool, .number = x};
    return v;
}

RtValue rt_value_none(void)
{
    RtValue v = {.kind = VALUE_none};
    return v;
}

static RtValue lost_value(void)
{
    RtValue v = {.kind = VALUE_none, .lost = true};
    return v;
}

RtValue rt_value_text(const char *text)
{
    RtValue v = {.kind = VALUE_text};
    size_t n = strlen(text) + 1;
    v.text = malloc(n);
    if (!v.text)
        return lost_value();
    memcpy(v.text, text, n);
    return v;
}

void rt_value_make_shown(RtValue *v)
{
    for (uint32_t i = 0; i < v->n_items; i++) {
        rt_value_make_shown(&v->items[i]);
        v->lost = v->lost || v->items[i].lost;
    }
    if (v->kind != VALUE_text)
        return;
    char *text = rt_shown(v->text);
    free(v->text);
    v->text = text;
    if (!text)
        *v = lost_value();
}

int64_t rt_value_count(const RtValue *v)
{
    int64_t n = 1;
    for (uint32_t d = 0; d < v->rank; d++)
        n *= v->dims[d];
    return n;
}

RtValue rt_value_array(uint32_t rank, const int64_t *dims, const double *data)
{
    RtValue v = {.kind = rank == 1 ? VALUE_series : VALUE_array, .rank = rank};
    int64_t count;
    if (rank > RT_MAX_RANK || !rt_elements(dims, rank, &count))
        return lost_value();
    for (uint32_t d = 0; d < rank; d++)
        v.dims[d] = dims[d];
    size_t bytes = (size_t)count * sizeof *v.data;
    v.data = malloc(bytes ? bytes : 1);
    if (!v.data)
        return lost_value();
    if (data)
        memcpy(v.data, data, bytes);
    else
        memset(v.data, 0, bytes);
    return v;
}

RtValue rt_value_copy(const RtValue *v)
{
    if (v->kind == VALUE_text)
        return rt_value_text(v->text);
    if (v->data) {
        RtValue copy = rt_value_array(v->rank, v->dims, v->data);
        if (copy.data) {
            copy.kind = v->kind;
            copy.is_int = v->is_int;
        }
        return copy;
    }
    if (v->kind != VALUE_list)
        return *v;
    RtValue list = {.kind = VALUE_list};
    list.items = calloc(v->n_items ? v->n_items : 1, sizeof *list.items);
    bool lost = !list.items;
    while (!lost && list.n_items < v->n_items) {
        list.items[list.n_items] = rt_value_copy(&v->items[list.n_items]);
        lost = list.items[list.n_items++].lost;
    }
    if (!lost)
        return list;
    rt_value_free(&list);
    return lost_value();
}

static RtValue list_rows(const RtValue *v, int64_t begin, int64_t end)
{
    RtValue part = {.kind = VALUE_list};
    part.items = calloc((size_t)(end - begin) + 1, sizeof *part.items);
    bool lost = !part.items;
    for (int64_t i = begin; !lost && i < end; i++) {
        part.items[part.n_items] = rt_value_copy(&v->items[i]);
        lost = part.items[part.n_items++].lost;
    }
    if (!lost)
        return part;
    rt_value_free(&part);
    return lost_value();
}

RtValue rt_value_rows(const RtValue *v, int64_t begin, int64_t end, const char **error)
{
    int64_t dims[RT_MAX_RANK], n = v->kind == VALUE_list ? (int64_t)v->n_items : -1;
    if (v->data && v->rank)
        n = v->dims[0];
    if (begin < 0 || end < begin || end > n) {
        *error = n < 0 ? "only series, arrays and lists have elements"
                       : "the range ends behind the last element";
        return rt_value_none();
    }
    if (v->kind == VALUE_list)
        return list_rows(v, begin, end);
    memcpy(dims, v->dims, sizeof dims);
    dims[0] = end - begin;
    RtValue part = rt_value_array(v->rank, dims, v->data + begin * (n ? rt_value_count(v) / n : 0));
    part.is_int = v->is_int;
    return part;
}

void rt_value_free(RtValue *v)
{
    for (uint32_t i = 0; i < v->n_items; i++)
        rt_value_free(&v->items[i]);
    free(v->items);
    free(v->text);
    free(v->data);
    memset(v, 0, sizeof *v);
    v->kind = VALUE_none;
}

/* Room for n more bytes and a NUL; NULL, and `failed` set, if there is none. */
static char *text_room(RtText *t, size_t n)
{
    if (t->n + n + 1 > t->cap) {
        size_t cap = (t->cap ? t->cap : 64) * 2 + n;
        char *more = realloc(t->at, cap);
        if (!more) {
            t->failed = true;
            return NULL;
        }
        t->at = more;
        t->cap = cap;
    }
    return t->at + t->n;
}

void rt_text_add(RtText *t, const char *s, size_t n)
{
    char *room = text_room(t, n);
    if (!room)
        return;
    memcpy(room, s, n);
    room[n] = 0;
    t->n += n;
}

static void text_add(RtText *t, const char *s)
{
    rt_text_add(t, s, strlen(s));
}

/* A number by a spec; an integer as one unless digits behind a point are asked for. */
static void show_by(RtText *t, double x, bool is_int, int64_t whole, const RtSpec *spec)
{
    bool integer = is_int && (spec->type || spec->precision < 0);
    size_t n = integer ? rt_spec_integer(spec, whole, NULL, 0) : rt_spec_float(spec, x, NULL, 0);
    char *room = text_room(t, n);
    if (!room)
        return;
    t->n +=
        integer ? rt_spec_integer(spec, whole, room, n + 1) : rt_spec_float(spec, x, room, n + 1);
}

static void show_number(RtText *t, double x, bool is_int, const RtSpec *spec)
{
    char s[64];
    bool whole = is_int && fabs(x) < 1e15;
    if (spec) {
        show_by(t, x, whole, whole ? (int64_t)x : 0, spec);
        return;
    }
    if (isnan(x))
        snprintf(s, sizeof s, "nan");
    else if (isinf(x))
        snprintf(s, sizeof s, x < 0 ? "-inf" : "inf");
    else if (whole)
        snprintf(s, sizeof s, "%.0f", x);
    else
        snprintf(s, sizeof s, "%.6g", x);
    text_add(t, s);
}

static void show_whole(RtText *t, int64_t x, const RtSpec *spec)
{
    char s[32];
    if (spec) {
        show_by(t, (double)x, true, x, spec);
        return;
    }
    snprintf(s, sizeof s, "%lld", (long long)x);
    text_add(t, s);
}

static void show_text(RtText *t, const char *text, const RtSpec *spec)
{
    size_t n = spec ? rt_spec_text(spec, text, NULL, 0) : 0;
    char *room = spec ? text_room(t, n) : NULL;
    if (room)
        t->n += rt_spec_text(spec, text, room, n + 1);
    else if (!spec)
        text_add(t, text);
}

/* ---- arrays and lists ---- */

/* Of more values than this only the ends of every axis are shown, as NumPy does. */
enum { SHOWN_WHOLE = 1000, EDGE = 3 };

static int64_t count_shown(const RtValue *v)
{
    int64_t n = 0;
    if (v->kind != VALUE_list)
        return rt_value_count(v);
    for (uint32_t i = 0; i < v->n_items; i++)
        n += count_shown(&v->items[i]);
    return n;
}

/* Where to go on behind element i of n: the middle is left out if `short_form` asks for it. */
static int64_t next_shown(RtText *t, int64_t i, int64_t n, bool short_form)
{
    bool skips = short_form && i + 1 == EDGE && n > 2 * EDGE;
    if (i + 1 < n)
        text_add(t, skips ? ", ..., " : ", ");
    return skips ? n - EDGE : i + 1;
}

/* The elements from `data` on that lie behind one place of the axes before `axis`. */
static void show_array(RtText *t, const RtValue *v, uint32_t axis, const double *data,
                       bool short_form, const RtSpec *spec)
{
    int64_t n = v->dims[axis], each = 1;
    for (uint32_t d = axis + 1; d < v->rank; d++)
        each *= v->dims[d];
    text_add(t, "[");
    for (int64_t i = 0; i < n; i = next_shown(t, i, n, short_form)) {
        if (axis + 1 < v->rank)
            show_array(t, v, axis + 1, data + i * each, short_form, spec);
        else
            show_number(t, data[i], v->is_int, spec);
    }
    text_add(t, "]");
}

static void show(RtText *t, const RtValue *v, bool short_form, const RtSpec *spec)
{
    int64_t n = v->n_items;
    switch (v->kind) {
    case VALUE_number:
        if (v->is_whole)
            show_whole(t, v->whole, spec);
        else
            show_number(t, v->number, v->is_int, spec);
        return;
    case VALUE_bool:
        show_text(t, v->number != 0 ? "true" : "false", spec);
        return;
    case VALUE_text:
        show_text(t, v->text, spec);
        return;
    case VALUE_none:
        show_text(t, "none", spec);
        return;
    case VALUE_series:
    case VALUE_array:
        if (v->rank)
            show_array(t, v, 0, v->data, short_form, spec);
        else
            show_number(t, v->data[0], v->is_int, spec);
        return;
    case VALUE_list:
        text_add(t, "[");
        for (int64_t i = 0; i < n; i = next_shown(t, i, n, short_form))
            show(t, &v->items[i], short_form, spec);
        text_add(t, "]");
        return;
    }
}

void rt_value_add(RtText *t, const RtValue *v, const RtSpec *spec)
{
    show(t, v, count_shown(v) > SHOWN_WHOLE, spec);
}

char *rt_value_show(const RtValue *v)
{
    RtText t = {0};
    text_add(&t, "");
    rt_value_add(&t, v, NULL);
    if (!t.failed)
        return t.at;
    free(t.at);
    return NULL;
}
