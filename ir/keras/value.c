/* value.c: values of a configuration as text of our language, by the kind of the argument that takes them. */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ir/keras/keras_internal.h"

/* ---- numbers ---- */

/* 1e-07 is written 1e-7. */
static const char *short_exponent(Arena *arena, const char *text)
{
    const char *e = strchr(text, 'e');
    if (!e)
        return text;
    const char *sign = e[1] == '-' ? "-" : "", *digits = e + 1 + (e[1] == '-' || e[1] == '+');
    digits += strspn(digits, "0");
    return arena_printf(arena, "%.*se%s%s", (int)(e - text), text, sign, digits);
}

static const char *shortest_double(Arena *arena, double f)
{
    StrBuf text = {0};
    strbuf_double(&text, f);
    const char *kept = arena_strdup(arena, text.text);
    strbuf_close(&text);
    return short_exponent(arena, kept);
}

/* Keras keeps many numbers in f32: 0.0010000000474974513 was 0.001. NULL: `f` was not of them. */
static const char *shortest_float(Arena *arena, double f)
{
    char text[40];
    if (fabs(f) > FLT_MAX || (double)(float)f != f)
        return NULL;
    for (int digits = 1; digits <= 7; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, f);
        if (strtof(text, NULL) != (float)f)
            continue;
        const char *point = strpbrk(text, ".e") ? "" : ".0";
        return short_exponent(arena, arena_printf(arena, "%s%s", text, point));
    }
    return NULL;
}

/* 1/255, which nobody writes as a decimal number; NULL: no such. */
static const char *reciprocal(Arena *arena, double f)
{
    double n = f > 1e-6 && f < 0.4 ? rint(1 / f) : 0;
    bool of_float = (double)(float)f == f && (float)(1 / n) == (float)f;
    return n > 0 && (1 / n == f || of_float) ? arena_printf(arena, "1/%.0f", n) : NULL;
}

static const char *real_text(Keras *k, double f)
{
    const char *text = shortest_double(k->arena, f);
    enum { LONG = 9 }; /* nobody writes so many digits */
    const char *rounded = strlen(text) > LONG ? shortest_float(k->arena, f) : NULL;
    if (rounded)
        text = rounded;
    const char *fraction = strlen(text) > LONG ? reciprocal(k->arena, f) : NULL;
    return fraction ? fraction : text;
}

static const char *number_text(Keras *k, const Json *v)
{
    return v->kind == JS_int ? arena_printf(k->arena, "%lld", (long long)v->i) : real_text(k, v->f);
}

/* A number as our language writes it: 0.5, 1/255. */
static bool number_of(const char *text, double *out)
{
    char *end;
    *out = strtod(text, &end);
    if (end != text && *end == '/')
        *out /= strtod(end + 1, &end);
    return end != text && !*end;
}

bool texts_agree(const char *a, const char *b)
{
    double x, y;
    return !strcmp(a, b) || (number_of(a, &x) && number_of(b, &y) && x == y);
}

/* ---- texts ---- */

const char *keras_quoted(Keras *k, const char *text)
{
    StrBuf out = {0};
    for (const char *c = text; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f) {
            keras_fail(k, "a text has control characters");
            return NULL;
        }
    strbuf_quote(&out, text, strlen(text));
    const char *kept = arena_strdup(k->arena, out.text);
    strbuf_close(&out);
    return kept;
}

/* ---- lists ---- */

static const char *element_text(Keras *k, ArgKind kind, const Json *v)
{
    bool whole = kind == ARG_INTS || kind == ARG_MASK || kind == ARG_AXES || kind == ARG_SHAPE ||
                 kind == ARG_SIZES;
    if (kind == ARG_TEXTS && v->kind == JS_text)
        return keras_quoted(k, v->text);
    if (kind == ARG_MASK && v->kind == JS_null)
        return "none";
    if (kind != ARG_TEXTS && json_has_number(v) && (!whole || v->kind == JS_int))
        return number_text(k, v);
    keras_fail(k, "an element of a list is %s", json_kind_text(v));
    return NULL;
}

/* "[1, 2]"; sizes as they stand in a call: "28, 28". */
static const char *list_text(Keras *k, ArgKind kind, const Json *v, const char *open,
                             const char *close)
{
    StrBuf out = {0};
    strbuf_add(&out, open);
    for (uint32_t i = 0; i < v->n; i++) {
        const char *one = element_text(k, kind, &v->items[i]);
        if (!one) {
            strbuf_close(&out);
            return NULL;
        }
        strbuf_printf(&out, "%s%s", i ? ", " : "", one);
    }
    strbuf_add(&out, close);
    const char *kept = arena_strdup(k->arena, out.text);
    strbuf_close(&out);
    return kept;
}

/* One number or text counts as a list of one. An empty list says nothing. */
static const char *many_text(Keras *k, ArgKind kind, const Json *v)
{
    bool sizes = kind == ARG_SHAPE || kind == ARG_SIZES;
    if (v->kind != JS_list)
        return element_text(k, kind, v);
    if (!v->n && !sizes)
        return "none";
    return sizes ? list_text(k, kind, v, "", "") : list_text(k, kind, v, "[", "]");
}

/* ---- words ---- */

static const char *choice_text(Keras *k, const ArgRow *arg, const Json *v)
{
    const char *word = v->kind == JS_null ? "none" : v->kind == JS_text ? v->text : "";
    for (const char *list = arg->range; *word && *list;) {
        size_t n = strcspn(list, "|");
        if (n == strlen(word) && !strncmp(list, word, n))
            return word;
        list += n + (list[n] == '|');
    }
    keras_fail(k, "'%s' is %s, not one of %s", arg->name,
               v->kind == JS_text ? "another word" : json_kind_text(v), arg->range);
    return NULL;
}

static const char *wrong(Keras *k, const ArgRow *arg, const Json *v)
{
    keras_fail(k, "'%s' is %s", arg->name, json_kind_text(v));
    return NULL;
}

/* A seed that an object holds is a state of a run, not a number of the model. */
static const char *seed_text(Keras *k, const ArgRow *arg, const Json *v)
{
    return v->kind == JS_map ? "none" : v->kind == JS_int ? number_text(k, v) : wrong(k, arg, v);
}

/* null: the default of Keras, unless none is another value. */
static const char *null_text(const ArgRow *arg)
{
    bool none = arg->kind == ARG_MAYBE || arg->kind == ARG_AXES ||
                (arg->kind == ARG_CHOICE && strstr(arg->range, "none"));
    return none ? "none" : arg->fallback;
}

static const char *scalar_text(Keras *k, const ArgRow *arg, const Json *v)
{
    switch (arg->kind) {
    case ARG_BOOL:
        return v->kind == JS_bool ? v->i ? "true" : "false" : wrong(k, arg, v);
    case ARG_INT:
    case ARG_COUNT:
    case ARG_AXIS:
        return v->kind == JS_int ? number_text(k, v) : wrong(k, arg, v);
    case ARG_FLOAT:
    case ARG_MAYBE:
    case ARG_NUMBER:
        return json_has_number(v) ? number_text(k, v) : wrong(k, arg, v);
    case ARG_TEXT:
        return v->kind == JS_text ? keras_quoted(k, v->text) : wrong(k, arg, v);
    case ARG_SEED:
        return seed_text(k, arg, v);
    case ARG_SHAPE:
    case ARG_SIZES:
    case ARG_MASK:
    case ARG_INTS:
    case ARG_FLOATS:
    case ARG_NUMBERS:
    case ARG_TEXTS:
    case ARG_AXES:
        return many_text(k, arg->kind, v);
    default: /* kinds that no configuration has */
        return wrong(k, arg, v);
    }
}

/* Tuples and arrays that Keras keeps as objects: their elements. */
static const Json *unwrapped(const Json *v)
{
    const char *class = json_get_text(v, "class_name");
    const Json *inside = NULL;
    if (class && !strcmp(class, "__tuple__"))
        inside = json_get(v, "items");
    else if (class && (!strcmp(class, "__tensor__") || !strcmp(class, "__numpy__")))
        inside = json_get(json_get(v, "config"), "value");
    return inside ? inside : v;
}

const char *keras_value(Keras *k, const ArgRow *arg, const Json *v)
{
    v = unwrapped(v);
    if (v->kind == JS_null)
        return arg->fallback ? null_text(arg) : wrong(k, arg, v);
    switch (arg->kind) {
    case ARG_CHOICE:
        return choice_text(k, arg, v);
    case ARG_RATE:
        return json_has_number(v) ? number_text(k, v) : keras_word(k, VOCAB_schedule, v);
    case ARG_ACTIVATION:
        return keras_word(k, VOCAB_activation, v);
    case ARG_INITIALIZER:
        return keras_word(k, VOCAB_initializer, v);
    case ARG_REGULARIZER:
        return keras_word(k, VOCAB_regularizer, v);
    case ARG_CONSTRAINT:
        return keras_word(k, VOCAB_constraint, v);
    default: /* numbers, texts, lists */
        return scalar_text(k, arg, v);
    }
}
