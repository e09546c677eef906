/* compile.c: the settings that a file was compiled with as a compile block. */
#include <string.h>

#include "ir/keras/keras_internal.h"

typedef struct Setting {
    const char *name; /* NULL: end */
    CallText value;
} Setting;

/* Keras takes "Accuracy" for "accuracy", and our word Accuracy is its class of this name. */
static const char *metric_word(Keras *k, const char *name)
{
    const Row *row =
        keras_row(k, VOCAB_metric, !strcmp(name, "Accuracy") ? "accuracy" : name, NULL);
    CallText call;
    if (!row || !keras_call(k, row, NULL, &call))
        return NULL;
    bool as_written = strcmp(name, "Accuracy") && !strchr(name, ' ');
    return as_written ? name : row->name;
}

/* Keras 2: a function in a wrapper, under the name that the log shows. */
static const char *wrapped_metric(Keras *k, const Json *config)
{
    const char *name = json_get_text(config, "name"), *fn = json_get_text(config, "fn");
    if (name && vocab_find(VOCAB_metric, name))
        return metric_word(k, name);
    if (fn)
        return metric_word(k, fn);
    keras_fail(k, "a metric without a name");
    return NULL;
}

/* An object is written by the name of its class: its key in the log depends on it. */
static bool metric_call(Keras *k, const Json *v, CallText *out)
{
    const char *class = json_get_text(v, "class_name");
    const Json *config = json_get(v, "config");
    if (!class)
        return keras_fail(k, "a metric is %s", json_kind_text(v));
    k->where = arena_printf(k->arena, "metric '%s'", class);
    const Row *row = keras_row(k, VOCAB_metric, class, v);
    if (!row || !keras_call(k, row, config, out))
        return false;
    out->name = strchr(class, ' ') ? row->name : class;
    return true;
}

static const char *metric_text(Keras *k, const Json *v)
{
    const char *class = json_get_text(v, "class_name");
    const Json *config = json_get(v, "config");
    CallText call;
    if (v->kind == JS_text)
        return metric_word(k, v->text);
    if (class && !strcmp(class, "function") && config && config->kind == JS_text)
        return metric_word(k, config->text);
    if (class && !strcmp(class, "MeanMetricWrapper"))
        return wrapped_metric(k, config);
    return metric_call(k, v, &call) ? call_flat(k, &call) : NULL;
}

/* Keras 2 puts the metrics of each output into a list of their own; there is one output. */
static bool add_metrics(Keras *k, const Json *v, int depth, CallText *out)
{
    if (v->kind == JS_null)
        return true;
    if (v->kind == JS_list && depth < 2) {
        for (uint32_t i = 0; i < v->n; i++)
            if (!add_metrics(k, &v->items[i], depth + 1, out))
                return false;
        return true;
    }
    const char *text = metric_text(k, v);
    if (text)
        vec_push(k->arena, &out->args, text);
    return text != NULL;
}

/* One is written without brackets. */
static bool metrics_value(Keras *k, const Json *v, CallText *out)
{
    *out = (CallText){.name = "["};
    k->where = "metrics";
    if (v && !add_metrics(k, v, 0, out))
        return false;
    if (out->args.n == 1)
        *out = (CallText){.name = out->args.at[0]};
    return true;
}

static const Json *only_one(const Json *v)
{
    return v && v->kind == JS_list && v->n == 1 ? &v->items[0] : v;
}

static bool loss_value(Keras *k, const Json *v, CallText *out)
{
    v = only_one(v);
    k->where = "loss";
    if (!v || v->kind == JS_null)
        return keras_fail(k, "there is no loss");
    const char *text = keras_word(k, VOCAB_loss, v);
    *out = (CallText){.name = text};
    return text != NULL;
}

/* Keras 2: rate / (1 + decay * step). */
static const char *decayed_rate(Keras *k, const Json *config)
{
    const Json *decay = json_get(config, "decay"), *rate = json_get(config, "learning_rate");
    const ArgRow number = {.name = "decay", .kind = ARG_NUMBER, .fallback = "0.0"};
    rate = rate ? rate : json_get(config, "lr");
    if (!decay || !json_has_number(decay) || decay->f == 0 || !rate || !json_has_number(rate))
        return NULL;
    const char *initial = keras_value(k, &number, rate), *part = keras_value(k, &number, decay);
    return initial && part
               ? arena_printf(k->arena, "InverseTimeDecay(%s, decay_steps=1, decay_rate=%s)",
                              initial, part)
               : NULL;
}

/* The configuration without these keys. */
static Json without(Keras *k, const Json *config, const char *a, const char *b, const char *c)
{
    Json out = *config;
    Json *items = ARENA_ARRAY(k->arena, Json, config->n + 1);
    const char **keys = ARENA_ARRAY(k->arena, const char *, config->n + 1);
    out.n = 0;
    for (uint32_t i = 0; i < config->n; i++) {
        const char *key = config->keys[i];
        if (!strcmp(key, a) || !strcmp(key, b) || !strcmp(key, c))
            continue;
        keys[out.n] = key;
        items[out.n++] = config->items[i];
    }
    out.items = items;
    out.keys = keys;
    return out;
}

static bool decayed_optimizer(Keras *k, const Row *row, const Json *config, const char *rate,
                              CallText *out)
{
    Json rest = without(k, config, "decay", "learning_rate", "lr");
    CallText call;
    if (!keras_call(k, row, &rest, &call))
        return false;
    *out = (CallText){.name = call.name};
    vec_push(k->arena, &out->args, rate);
    for (size_t i = 0; i < call.args.n; i++)
        vec_push(k->arena, &out->args, call.args.at[i]);
    return true;
}

static bool optimizer_value(Keras *k, const Json *v, CallText *out)
{
    const char *name = v && v->kind == JS_text ? v->text : json_get_text(v, "class_name");
    const Json *config = json_get(v, "config");
    if (!name)
        return keras_fail(k, "the optimizer is %s", json_kind_text(v));
    k->where = arena_printf(k->arena, "optimizer '%s'", name);
    const Row *row = keras_row(k, VOCAB_optimizer, name, v->kind == JS_map ? v : NULL);
    if (!row)
        return false;
    const char *rate = decayed_rate(k, config);
    return rate ? decayed_optimizer(k, row, config, rate, out) : keras_call(k, row, config, out);
}

static bool weight_value(Keras *k, const Json *v, CallText *out)
{
    const ArgRow number = {.name = "loss_weights", .kind = ARG_FLOAT, .fallback = "none"};
    v = only_one(v);
    k->where = "loss_weights";
    *out = (CallText){.name = "none"};
    if (!v || v->kind == JS_null)
        return true;
    out->name = keras_value(k, &number, v);
    return out->name != NULL;
}

/* In the order of the rows of commands.def. */
static bool take_settings(Keras *k, const Json *settings, Setting out[6])
{
    const Json *optimizer = json_get(settings, "optimizer");
    if (!optimizer)
        optimizer = json_get(settings, "optimizer_config");
    out[0].name = "optimizer";
    out[1].name = "loss";
    out[2].name = "metrics";
    out[3].name = "loss_weights";
    out[4].name = "weighted_metrics";
    return optimizer_value(k, optimizer, &out[0].value) &&
           loss_value(k, json_get(settings, "loss"), &out[1].value) &&
           metrics_value(k, json_get(settings, "metrics"), &out[2].value) &&
           weight_value(k, json_get(settings, "loss_weights"), &out[3].value) &&
           metrics_value(k, json_get(settings, "weighted_metrics"), &out[4].value);
}

static bool is_default(const Setting *s)
{
    const Row *row = vocab_find(VOCAB_command, "compile");
    const char *fallback = row->args[row_arg(row, s->name)].fallback, *name = s->value.name;
    bool empty = !strcmp(name, "[");
    return !s->value.args.n && (empty || (fallback && !strcmp(name, fallback)));
}

static void put_settings(Keras *k, const char *model, const Setting *settings)
{
    StrBuf flat = {0};
    for (const Setting *s = settings; s->name; s++)
        if (!is_default(s)) {
            strbuf_printf(&flat, "%s%s = ", flat.n ? ", " : "", s->name);
            strbuf_add(&flat, call_flat(k, &s->value));
        }
    if (strlen("compile  {  }") + strlen(model) + flat.n <= 100) {
        strbuf_printf(k->out, "\ncompile %s { %s }\n", model, flat.text);
    } else {
        strbuf_printf(k->out, "\ncompile %s {\n", model);
        for (const Setting *s = settings; s->name; s++)
            if (!is_default(s))
                layout_call(k->out, 4, arena_printf(k->arena, "%s = ", s->name), &s->value, "");
        strbuf_add(k->out, "}\n");
    }
    strbuf_close(&flat);
}

void keras_compile(Keras *k, const char *model, const Json *settings)
{
    Setting all[6] = {{0}};
    k->where = NULL;
    if (!settings || settings->kind == JS_null || (settings->kind == JS_map && !settings->n))
        return;
    if (settings->kind != JS_map)
        keras_fail(k, "they are %s", json_kind_text(settings));
    else if (take_settings(k, settings, all))
        put_settings(k, model, all);
    k->where = NULL;
    if (k->fault)
        keras_warn(k, "the compile settings are left out: %s", k->fault);
    k->fault = NULL;
}
