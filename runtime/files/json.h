/* json.h: a reader of JSON text, piece by piece: the caller knows what must come. */
#ifndef NNLC_RUNTIME_FILES_JSON_H
#define NNLC_RUNTIME_FILES_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "runtime/data/store.h"

typedef struct RtJson {
    const char *path, *what;                /* "'PATH' has WHAT: byte 7 should be ..." */
    const unsigned char *start, *at, *stop; /* the text */
    int64_t before;                         /* bytes of the file in front of it */
    RtError *error;
} RtJson;

/* Says what should stand at this place. */
RtStatus rt_json_fail(const RtJson *r, const char *wanted);
/* Takes the character if it comes next. */
bool rt_json_take(RtJson *r, char c);
bool rt_json_is_end(RtJson *r);
/* A string, unpacked, in malloc memory. */
RtStatus rt_json_string(RtJson *r, char **out) RT_MUST_USE;
/* A whole number below 2^63. */
RtStatus rt_json_number(RtJson *r, uint64_t *out) RT_MUST_USE;
/* A list of strings, added to *out. */
RtStatus rt_json_strings(RtJson *r, RtNames *out) RT_MUST_USE;
/* Any value, nested to a bound. */
RtStatus rt_json_skip(RtJson *r) RT_MUST_USE;
/* Does a value that begins like this come next? Not if there is no value (`at` NULL). */
bool rt_json_is(const RtJson *r, char first);
/* The value of a key of the object that comes next, from which nothing is taken; its `at` is NULL: there is none. */
RtStatus rt_json_member(const RtJson *object, const char *key, RtJson *value) RT_MUST_USE;

#endif
