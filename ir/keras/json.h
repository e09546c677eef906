/* json.h: JSON text as a tree, with bounds on size and depth. jansson reads it (json_jansson.c); nnlc built without
 * that library says so (json_without.c). */
#ifndef NNLC_IR_KERAS_JSON_H
#define NNLC_IR_KERAS_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "support/arena.h"

enum { JSON_MOST_BYTES = 16 << 20, JSON_MOST_DEPTH = 400, JSON_MOST_NODES = 2000000 };

typedef enum { JS_null, JS_bool, JS_int, JS_real, JS_text, JS_list, JS_map } JsonKind;

typedef struct Json Json;
struct Json {
    JsonKind kind;
    int64_t i;        /* JS_int, JS_bool */
    double f;         /* JS_real, JS_int */
    const char *text; /* JS_text: UTF-8 without NUL */
    uint32_t n;       /* JS_list, JS_map, which keeps the order of the text */
    const Json *items;
    const char *const *keys; /* JS_map: all different */
};

/* The whole text; NULL with a message: "byte 12: unexpected token". */
const Json *json_parse(Arena *arena, const char *text, size_t size, const char **message);
/* The value of a key; NULL: not there, or no map. */
const Json *json_get(const Json *map, const char *key);
/* The same, if it is a text. */
const char *json_get_text(const Json *map, const char *key);
bool json_has_number(const Json *v);
/* "a number", "null", "a list": for messages. */
const char *json_kind_text(const Json *v);

#endif
