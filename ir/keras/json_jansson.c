/* json_jansson.c: JSON read by jansson. */
#include <jansson.h>

#include "ir/keras/json.h"

typedef struct Copy {
    Arena *arena;
    uint32_t nodes;
    const char *fault;
} Copy;

static Json copy_value(Copy *c, json_t *from, int depth);

static bool fits(Copy *c, size_t n, int depth)
{
    if (depth > JSON_MOST_DEPTH)
        c->fault = "nested too deeply";
    else if (n > JSON_MOST_NODES - c->nodes)
        c->fault = "too many values";
    else
        c->nodes += (uint32_t)n;
    return !c->fault;
}

static void copy_list(Copy *c, json_t *from, Json *out, int depth)
{
    size_t n = json_array_size(from);
    if (!fits(c, n, depth))
        return;
    Json *items = ARENA_ARRAY(c->arena, Json, n + 1);
    for (size_t i = 0; i < n && !c->fault; i++)
        items[i] = copy_value(c, json_array_get(from, i), depth + 1);
    out->n = (uint32_t)n;
    out->items = items;
}

static void copy_map(Copy *c, json_t *from, Json *out, int depth)
{
    size_t n = json_object_size(from);
    uint32_t i = 0;
    if (!fits(c, n, depth))
        return;
    Json *items = ARENA_ARRAY(c->arena, Json, n + 1);
    const char **keys = ARENA_ARRAY(c->arena, const char *, n + 1);
    for (void *at = json_object_iter(from); at && !c->fault; at = json_object_iter_next(from, at)) {
        keys[i] = arena_strdup(c->arena, json_object_iter_key(at));
        items[i++] = copy_value(c, json_object_iter_value(at), depth + 1);
    }
    out->n = i;
    out->items = items;
    out->keys = keys;
}

static Json copy_value(Copy *c, json_t *from, int depth)
{
    Json out = {.kind = JS_null};
    switch (json_typeof(from)) {
    case JSON_NULL:
        break;
    case JSON_TRUE:
    case JSON_FALSE:
        out.kind = JS_bool;
        out.i = json_is_true(from);
        break;
    case JSON_INTEGER:
        out.kind = JS_int;
        out.i = json_integer_value(from);
        out.f = (double)out.i;
        break;
    case JSON_REAL:
        out.kind = JS_real;
        out.f = json_real_value(from);
        break;
    case JSON_STRING:
        out.kind = JS_text;
        out.text = arena_strdup(c->arena, json_string_value(from));
        break;
    case JSON_ARRAY:
        out.kind = JS_list;
        copy_list(c, from, &out, depth);
        break;
    case JSON_OBJECT:
        out.kind = JS_map;
        copy_map(c, from, &out, depth);
        break;
    }
    return out;
}

/* Commas outside of texts: about as many as values, which jansson would first take memory for. */
static size_t count_commas(const char *text, size_t size)
{
    size_t n = 0;
    bool in_text = false;
    for (size_t i = 0; i < size; i++) {
        if (in_text && text[i] == '\\')
            i++;
        else if (text[i] == '"')
            in_text = !in_text;
        n += !in_text && i < size && text[i] == ',';
    }
    return n;
}

const Json *json_parse(Arena *arena, const char *text, size_t size, const char **message)
{
    json_error_t error;
    Copy c = {.arena = arena};
    if (size > JSON_MOST_BYTES) {
        *message = "larger than 16 MB";
        return NULL;
    }
    if (count_commas(text, size) > JSON_MOST_NODES) {
        *message = "too many values";
        return NULL;
    }
    json_t *root = json_loadb(text, size, JSON_REJECT_DUPLICATES, &error);
    if (!root) {
        bool nul = json_error_code(&error) == json_error_null_character;
        *message = arena_shown(arena, "byte %d: %s", error.position,
                               nul ? "a text holds a NUL" : error.text);
        return NULL;
    }
    Json *out = ARENA_NEW(arena, Json);
    *out = copy_value(&c, root, 0);
    json_decref(root);
    if (c.fault)
        *message = c.fault;
    return c.fault ? NULL : out;
}
