/* json.c: questions to a tree of JSON. */
#include "ir/keras/json.h"

#include <string.h>

const Json *json_get(const Json *map, const char *key)
{
    for (uint32_t i = 0; map && map->kind == JS_map && i < map->n; i++)
        if (!strcmp(map->keys[i], key))
            return &map->items[i];
    return NULL;
}

const char *json_get_text(const Json *map, const char *key)
{
    const Json *v = json_get(map, key);
    return v && v->kind == JS_text ? v->text : NULL;
}

bool json_has_number(const Json *v)
{
    return v->kind == JS_int || v->kind == JS_real;
}

const char *json_kind_text(const Json *v)
{
    static const char *const names[] = {
        [JS_null] = "null",     [JS_bool] = "true or false", [JS_int] = "a whole number",
        [JS_real] = "a number", [JS_text] = "a text",        [JS_list] = "a list",
        [JS_map] = "an object",
    };
    return v ? names[v->kind] : "missing";
}
