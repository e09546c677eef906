/* object.c: objects of a configuration, {"class_name": "L2", "config": {"l2": 0.01}}, as words of our language with
 * the arguments that differ from their defaults. */
#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#include "ir/keras/keras_internal.h"

/* ---- faults ---- */

/* The message behind its place. */
NNLC_PRINTF(2, 0) static const char *message(Keras *k, const char *format, va_list args)
{
    const char *text = arena_vshown(k->arena, format, args);
    return k->where ? arena_shown(k->arena, "%s: %s", k->where, text) : text;
}

bool keras_fail(Keras *k, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = message(k, format, args);
    va_end(args);
    if (!k->fault)
        k->fault = text;
    return false;
}

void keras_warn(Keras *k, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vec_push(k->arena, k->warnings, message(k, format, args));
    va_end(args);
}

/* ---- what Keras says otherwise ---- */

typedef enum { RULE_none, RULE_leave, RULE_only, RULE_default, RULE_renamed } Rule;

typedef struct Difference {
    VocabKind vocab;
    const char *row, *key;
    Rule rule;
    const char *value;
} Difference;

static const Difference differences[] = {
#define DIFFERENCE(vocab, row, key, rule, value, why) {VOCAB_##vocab, row, key, RULE_##rule, value},
#include "ir/keras/differences.def"
};

enum { N_DIFFERENCES = sizeof differences / sizeof *differences };

static bool is_about(const Difference *d, const Row *row, const char *key)
{
    return d->vocab == row->vocab && (!*d->row || !strcmp(d->row, row->name)) &&
           !strcmp(d->key, key);
}

/* The first rule of this kind for a key; with `value`, of those the one that names it. NULL: none. */
static const Difference *find_rule(const Row *row, const char *key, Rule rule, const char *value)
{
    for (size_t i = 0; i < N_DIFFERENCES; i++)
        if (is_about(&differences[i], row, key) && differences[i].rule == rule &&
            (!value || !strcmp(differences[i].value, value)))
            return &differences[i];
    return NULL;
}

static bool is_known_key(const Row *row, const char *key)
{
    bool known = row_arg(row, key) >= 0 || row_arg_renamed(row, key) >= 0;
    for (size_t i = 0; i < N_DIFFERENCES && !known; i++)
        known = is_about(&differences[i], row, key);
    return known;
}

/* A value that needs no row of a vocabulary, to be compared; NULL: an object. */
static const char *plain_text(Keras *k, const Json *v)
{
    switch (v->kind) {
    case JS_null:
        return "none";
    case JS_bool:
        return v->i ? "true" : "false";
    case JS_text:
        return v->text;
    case JS_int:
        return arena_printf(k->arena, "%lld", (long long)v->i);
    case JS_real:
        return v->f == 0 ? "0.0" : arena_printf(k->arena, "%.17g", v->f);
    case JS_list:
    case JS_map:
        break;
    }
    const char *name = json_get_text(json_get(v, "config"), "name"); /* of a policy of types */
    return name && json_get(v, "class_name") ? name : NULL;
}

static bool check_key(Keras *k, const Row *row, const char *key, const Json *v)
{
    const Difference *only = find_rule(row, key, RULE_only, NULL);
    const char *text = only ? plain_text(k, v) : NULL;
    if (!is_known_key(row, key))
        return keras_fail(k, "'%s' of '%s' is not known", key, row->name);
    if (only && v->kind != JS_null && (!text || !texts_agree(text, only->value)))
        return keras_fail(k, "'%s' of '%s' is %s: only %s is built yet", key, row->name,
                          text ? text : json_kind_text(v), only->value);
    return true;
}

/* ---- rows ---- */

static bool in_package(const char *module, const char *package)
{
    size_t n = strlen(package);
    return !strncmp(module, package, n) && (!module[n] || module[n] == '.');
}

static bool is_outside(const Json *object)
{
    const char *module = json_get_text(object, "module");
    const char *registered = json_get_text(object, "registered_name");
    bool ours = !module || in_package(module, "keras") || in_package(module, "tf_keras") ||
                !strcmp(module, "builtins");
    return !ours || (registered && strchr(registered, '>'));
}

const Row *keras_row(Keras *k, VocabKind vocab, const char *name, const Json *object)
{
    const Row *row = vocab_find(vocab, name);
    if (object && (is_outside(object) || (!row && strchr(name, '>'))))
        keras_fail(k, "the %s '%s' is not one of Keras: code of a file is not executed",
                   vocab_name(vocab), name);
    else if (!row)
        keras_fail(k, "the %s '%s' is not known", vocab_name(vocab), name);
    else if (vocab == VOCAB_layer && row->id == LAYER_Lambda)
        keras_fail(k, "a Lambda layer holds Python code, which is not executed");
    else if (row->later)
        keras_fail(k, "the %s '%s' is not built yet", vocab_name(vocab), row->name);
    else
        return row;
    return NULL;
}

/* ---- arguments ---- */

static const Json *value_of(const Row *row, const ArgRow *arg, const Json *config)
{
    const Json *v = json_get(config, arg->name);
    for (uint32_t i = 0; !v && config && i < config->n; i++) {
        const char *key = config->keys[i];
        const Difference *renamed = find_rule(row, key, RULE_renamed, arg->name);
        int at = row_arg_renamed(row, key);
        if (renamed || (at >= 0 && &row->args[at] == arg))
            v = &config->items[i];
    }
    return v;
}

/* Does the configuration say it only because another argument is as it is? */
static bool has_no_effect(const ArgRow *arg, const Json *config)
{
    const Json *ema = json_get(config, "use_ema"), *thresholds = json_get(config, "thresholds");
    if (!strncmp(arg->name, "ema_", 4))
        return !ema || ema->kind != JS_bool || !ema->i;
    return !strcmp(arg->name, "num_thresholds") && thresholds && thresholds->kind != JS_null;
}

bool keras_is_numbered(const char *name, const char *base)
{
    size_t n = strlen(base);
    if (strncmp(name, base, n) != 0)
        return false;
    return !name[n] ||
           (name[n] == '_' && name[n + 1] && !name[n + 1 + strspn(name + n + 1, "0123456789")]);
}

/* What is written elsewhere, or nowhere. */
static bool is_left_out(const Row *row, const ArgRow *arg, const Json *config, const Json *v)
{
    bool is_name = !strcmp(arg->name, "name");
    if (find_rule(row, arg->name, RULE_leave, NULL) || find_rule(row, arg->name, RULE_only, NULL) ||
        has_no_effect(arg, config))
        return true;
    if (row->vocab == VOCAB_layer)
        return is_name || !strcmp(arg->name, "trainable");
    char class[64];
    row_class_name(row, class, sizeof class);
    return row->vocab == VOCAB_metric && is_name && v && v->kind == JS_text &&
           keras_is_numbered(v->text, call_name(row, class));
}

static bool is_default(Keras *k, const Row *row, const ArgRow *arg, const Json *v, const char *text)
{
    const char *plain = plain_text(k, v);
    if (!arg->fallback)
        return false;
    return texts_agree(text, arg->fallback) || find_rule(row, arg->name, RULE_default, text) ||
           (plain && find_rule(row, arg->name, RULE_default, plain)) ||
           (arg->kind == ARG_ACTIVATION && !strcmp(arg->fallback, "none") &&
            !strcmp(text, "linear"));
}

/* A first argument needs no name where it must be given, or is what the word is about. */
static bool goes_first(const Row *row, uint32_t at)
{
    uint32_t others = 0;
    for (uint32_t i = 1; i < row->n_args; i++)
        others += strcmp(row->args[i].name, "seed") != 0 && strcmp(row->args[i].name, "axis") != 0;
    bool small = row->vocab == VOCAB_initializer || row->vocab == VOCAB_regularizer ||
                 row->vocab == VOCAB_constraint;
    small = small && !others && strcmp(row->args[0].name, "seed") != 0 &&
            strcmp(row->args[0].name, "axis") != 0;
    return at == 0 && (!row->args[0].fallback || row->args[0].kind == ARG_RATE ||
                       row->args[0].kind == ARG_SHAPE || small);
}

static bool add_arg(Keras *k, const Row *row, uint32_t at, const Json *config, CallText *out)
{
    const ArgRow *arg = &row->args[at];
    const Json *v = value_of(row, arg, config);
    if (is_left_out(row, arg, config, v))
        return true;
    if (!v && !arg->fallback)
        return keras_fail(k, "'%s' of '%s' is missing", arg->name, row->name);
    if (!v || (v->kind == JS_text && find_rule(row, arg->name, RULE_default, v->text)))
        return true;
    const char *text = keras_value(k, arg, v);
    if (!text || is_default(k, row, arg, v, text))
        return text != NULL;
    if (arg->later)
        return keras_fail(k, "'%s' of '%s' is not built yet", arg->name, row->name);
    if (!goes_first(row, at))
        text = arena_printf(k->arena, "%s=%s", arg->name, text);
    vec_push(k->arena, &out->args, text);
    return true;
}

bool keras_call(Keras *k, const Row *row, const Json *config, CallText *out)
{
    *out = (CallText){.name = row->name, .is_layer = row->vocab == VOCAB_layer};
    if (config && config->kind != JS_map)
        return keras_fail(k, "the configuration of '%s' is %s", row->name, json_kind_text(config));
    for (uint32_t i = 0; config && i < config->n; i++)
        if (!check_key(k, row, config->keys[i], &config->items[i]))
            return false;
    for (uint32_t i = 0; i < row->n_args; i++)
        if (!add_arg(k, row, i, config, out))
            return false;
    return true;
}

const char *call_flat(Keras *k, const CallText *call)
{
    StrBuf out = {0};
    bool list = !strcmp(call->name, "[");
    strbuf_printf(&out, "%s%s", call->name, call->args.n && !list ? "(" : "");
    for (size_t i = 0; i < call->args.n; i++)
        strbuf_printf(&out, "%s%s", i ? ", " : "", call->args.at[i]);
    strbuf_add(&out, list ? "]" : call->args.n ? ")" : "");
    const char *kept = arena_strdup(k->arena, out.text);
    strbuf_close(&out);
    return kept;
}

/* ---- words ---- */

/* A layer in place of an activation: LeakyReLU is leaky_relu with its arguments. */
static const Row *activation_of_layer(const char *class_name)
{
    for (size_t i = 0; i < vocab_count(VOCAB_activation); i++) {
        const Row *row = vocab_row(VOCAB_activation, i);
        const char *a = class_name, *b = row->name;
        for (; *a && *b; b++)
            if (*b != '_' && tolower((unsigned char)*a++) != *b)
                break;
        if (!*a && !*b)
            return row;
    }
    return NULL;
}

/* Their common arguments are those of a layer. */
static const char *layer_as_activation(Keras *k, const Row *row, const Json *config)
{
    CallText call = {.name = row->name};
    for (uint32_t i = 0; i < row->n_args; i++)
        if (!add_arg(k, row, i, config, &call))
            return NULL;
    return call_flat(k, &call);
}

/* One of two penalties is 0: the other one has a word of its own. */
static const Row *one_penalty(const Row *row, const Json *config, Json *single)
{
    const Json *l1 = json_get(config, "l1"), *l2 = json_get(config, "l2");
    if (row->vocab != VOCAB_regularizer || row->id != REGULARIZER_l1l2 || !l1 || !l2 ||
        !json_has_number(l1) || !json_has_number(l2) || (l1->f == 0) == (l2->f == 0))
        return row;
    static const char *const keys[] = {"l1", "l2"};
    bool second = l1->f == 0;
    *single = (Json){.kind = JS_map, .n = 1, .items = second ? l2 : l1, .keys = &keys[second]};
    return vocab_find(VOCAB_regularizer, keys[second]);
}

static const char *object_word(Keras *k, VocabKind vocab, const Json *v)
{
    const char *name = json_get_text(v, "class_name");
    const Json *config = json_get(v, "config");
    if (!name) {
        keras_fail(k, "an object without \"class_name\"");
        return NULL;
    }
    if (!strcmp(name, "function") && config && config->kind == JS_text)
        return keras_word(k, vocab, config);
    const Row *layer = vocab == VOCAB_activation ? activation_of_layer(name) : NULL;
    if (layer && isupper((unsigned char)*name) && !is_outside(v))
        return layer_as_activation(k, layer, config);
    const Row *row = keras_row(k, vocab, name, v);
    Json single;
    const Row *shorter = row ? one_penalty(row, config, &single) : NULL;
    CallText call;
    if (!row || !keras_call(k, shorter, shorter == row ? config : &single, &call))
        return NULL;
    return call_flat(k, &call);
}

const char *keras_word(Keras *k, VocabKind vocab, const Json *v)
{
    CallText call;
    if (v->kind == JS_map)
        return object_word(k, vocab, v);
    if (v->kind != JS_text) {
        keras_fail(k, "%s: a name is expected, not %s", vocab_name(vocab), json_kind_text(v));
        return NULL;
    }
    const Row *row = keras_row(k, vocab, v->text, NULL);
    return row && keras_call(k, row, NULL, &call) ? call_flat(k, &call) : NULL;
}
