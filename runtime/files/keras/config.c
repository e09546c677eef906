/* config.c: names out of the JSON of a model. The text is checked whole before anything is taken from it. */
#include "runtime/files/keras/config.h"

#include <stdlib.h>
#include <string.h>

static RtStatus open_text(const char *text, const char *path, const char *what, RtJson *r,
                          RtError *error)
{
    const unsigned char *start = (const unsigned char *)text;
    *r = (RtJson){.path = path,
                  .what = what,
                  .start = start,
                  .at = start,
                  .stop = start + strlen(text),
                  .error = error};
    RtJson all = *r;
    RtStatus status = rt_json_skip(&all);
    return status == RT_OK && !rt_json_is_end(&all) ? rt_json_fail(&all, "the end") : status;
}

/* A text of an object; NULL: it has none. */
static RtStatus get_text(const RtJson *object, const char *key, char **out)
{
    RtJson value;
    *out = NULL;
    RtStatus status = rt_json_member(object, key, &value);
    return status == RT_OK && rt_json_is(&value, '"') ? rt_json_string(&value, out) : status;
}

/* "Adam" of "Custom>Adam" */
static void drop_package(char *word)
{
    const char *name = word ? strrchr(word, '>') : NULL;
    if (name)
        memmove(word, name + 1, strlen(name));
}

/* "mse", {"class_name": "Adam", ...}, {"class_name": "function", "config": "mse"} */
static RtStatus get_word(const RtJson *object, const char *key, char **out)
{
    RtJson value;
    *out = NULL;
    RtStatus status = rt_json_member(object, key, &value);
    if (status != RT_OK || rt_json_is(&value, '"'))
        return status == RT_OK ? rt_json_string(&value, out) : status;
    if (!rt_json_is(&value, '{'))
        return RT_OK;
    status = get_text(&value, "class_name", out);
    if (status == RT_OK && *out && !strcmp(*out, "function")) {
        free(*out);
        status = get_text(&value, "config", out);
    }
    drop_package(*out);
    return status;
}

/* ---- layers ---- */

static RtStatus read_list(RtJson *list, uint32_t depth, RtKerasConfig *out);

/* "config" is an object with "layers", or the list itself in early files. */
static RtStatus read_inside(const RtJson *config, uint32_t depth, RtKerasConfig *out)
{
    RtJson list = *config;
    RtStatus status = rt_json_is(config, '{') ? rt_json_member(config, "layers", &list) : RT_OK;
    return status == RT_OK && rt_json_is(&list, '[') ? read_list(&list, depth, out) : status;
}

static RtStatus read_layer(const RtJson *r, uint32_t depth, RtKerasConfig *out)
{
    RtJson config;
    uint32_t at = out->n;
    if (!(at & (at - 1))) { /* grows at 0, 1, 2, 4, 8, … */
        RtKerasConfigLayer *more = realloc(out->layers, (at ? 2 * (size_t)at : 1) * sizeof *more);
        if (!more)
            return rt_fail(r->error, "not enough memory to read '%s'", r->path);
        out->layers = more;
    }
    out->layers[out->n++] = (RtKerasConfigLayer){.depth = depth};
    RtStatus status = get_text(r, "class_name", &out->layers[at].class_name);
    if (status == RT_OK)
        status = rt_json_member(r, "config", &config);
    if (status == RT_OK && rt_json_is(&config, '{'))
        status = get_text(&config, "name", &out->layers[at].name);
    if (status == RT_OK)
        status = read_inside(&config, depth + 1, out);
    out->layers[at].end = out->n;
    return status;
}

static RtStatus read_list(RtJson *list, uint32_t depth, RtKerasConfig *out)
{
    RtStatus status = RT_OK;
    if (!rt_json_take(list, '['))
        return rt_json_fail(list, "'['");
    for (int i = 0; status == RT_OK && !rt_json_take(list, ']'); i++) {
        if (i && !rt_json_take(list, ','))
            return rt_json_fail(list, "',' or ']'");
        if (!rt_json_is(list, '{'))
            return rt_json_fail(list, "a layer");
        status = read_layer(list, depth, out);
        if (status == RT_OK)
            status = rt_json_skip(list);
    }
    return status;
}

/* ---- all ---- */

static RtStatus read_model(const RtJson *r, RtKerasConfig *out)
{
    RtJson config;
    RtStatus status = get_text(r, "class_name", &out->class_name);
    if (status == RT_OK)
        status = rt_json_member(r, "config", &config);
    if (status == RT_OK && rt_json_is(&config, '{'))
        status = get_text(&config, "name", &out->name);
    return status == RT_OK ? read_inside(&config, 0, out) : status;
}

static RtStatus read_settings(const RtJson *r, const char *optimizer, RtKerasConfig *out)
{
    if (!rt_json_is(r, '{'))
        return RT_OK;
    RtStatus status = get_word(r, optimizer, &out->optimizer);
    return status == RT_OK ? get_word(r, "loss", &out->loss) : status;
}

RtStatus rt_keras_config_read(const char *text, const char *training, const char *path,
                              RtKerasConfig *out, RtError *error)
{
    RtJson r, settings;
    memset(out, 0, sizeof *out);
    RtStatus status = open_text(text, path, "a damaged configuration of its model", &r, error);
    if (status == RT_OK)
        status = read_model(&r, out);
    if (status == RT_OK && training) {
        status =
            open_text(training, path, "a damaged configuration of its training", &settings, error);
        return status == RT_OK ? read_settings(&settings, "optimizer_config", out) : status;
    }
    if (status == RT_OK)
        status = rt_json_member(&r, "compile_config", &settings);
    return status == RT_OK ? read_settings(&settings, "optimizer", out) : status;
}

RtStatus rt_keras_metadata_read(const char *text, const char *path, char **version, char **date,
                                RtError *error)
{
    RtJson r;
    *version = *date = NULL;
    RtStatus status = open_text(text, path, "damaged metadata", &r, error);
    if (status == RT_OK)
        status = get_text(&r, "keras_version", version);
    return status == RT_OK ? get_text(&r, "date_saved", date) : status;
}

void rt_keras_config_free(RtKerasConfig *config)
{
    for (uint32_t i = 0; i < config->n; i++) {
        free(config->layers[i].name);
        free(config->layers[i].class_name);
    }
    free(config->layers);
    free(config->name);
    free(config->class_name);
    free(config->optimizer);
    free(config->loss);
    memset(config, 0, sizeof *config);
}
