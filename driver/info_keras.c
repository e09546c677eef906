/* info_keras.c: the layers of Keras's files: by the configuration of the model, where the file has it, else by the groups
 * that weights lie in. Every tensor is shown once. */
#include "driver/info_keras.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/layer_names.h"
#include "runtime/files/keras/archive.h"
#include "runtime/files/keras/config.h"
#include "runtime/files/keras/legacy.h"
#include "runtime/train/saved.h"

enum { PATH = 4096, MOST_CLASS = 64 };

typedef struct View {
    const RtTensorFile *file;
    InfoTable *t;
    uint32_t *order; /* of the tensors, numbers within names by their size */
    bool *shown;
    RtKerasConfig config;
    bool has_config;
    const char *layers; /* the word for them: Keras 2.13 had another one */
} View;

static const char early_layers[] = "_layer_checkpoint_dependencies";

static bool begins(const char *text, const char *with)
{
    return !strncmp(text, with, strlen(with));
}

bool info_is_keras(const RtTensorFile *file)
{
    if (rt_keras_legacy_is(file) || rt_tensors_meta(file, "vars@name") ||
        rt_tensors_meta(file, RT_KERAS_CONFIG) || rt_tensors_meta(file, RT_KERAS_METADATA))
        return true;
    for (uint32_t i = 0; i < file->n; i++)
        if (begins(file->tensors[i].name, "layers/") || begins(file->tensors[i].name, early_layers))
            return true;
    return false;
}

const char *info_keras_kind(const RtTensorFile *file)
{
    if (rt_keras_legacy_is(file))
        return rt_tensors_meta(file, "@model_config") ? "model of Keras (.h5)"
                                                      : "weights of Keras (.h5)";
    return rt_tensors_meta(file, RT_KERAS_CONFIG) || rt_tensors_meta(file, RT_KERAS_METADATA)
               ? "model of Keras (.keras)"
               : "weights of Keras (.weights.h5)";
}

/* ---- order ---- */

/* "vars/2" before "vars/10". */
static int compare_numbered(const char *a, const char *b)
{
    while (*a && *a == *b)
        a++, b++;
    size_t n = strspn(a, "0123456789"), m = strspn(b, "0123456789");
    if (n != m && n && m)
        return n < m ? -1 : 1;
    return (unsigned char)*a - (unsigned char)*b;
}

static int compare_tensors(const void *a, const void *b)
{
    return compare_numbered((*(const RtTensor *const *)a)->name,
                            (*(const RtTensor *const *)b)->name);
}

static bool sort(View *v)
{
    const RtTensorFile *f = v->file;
    const RtTensor **sorted = malloc((f->n + (size_t)1) * sizeof *sorted);
    v->order = calloc(f->n + (size_t)1, sizeof *v->order);
    v->shown = calloc(f->n + (size_t)1, sizeof *v->shown);
    bool fine = sorted && v->order && v->shown;
    for (uint32_t i = 0; fine && i < f->n; i++)
        sorted[i] = &f->tensors[i];
    if (fine)
        qsort(sorted, f->n, sizeof *sorted, compare_tensors);
    for (uint32_t i = 0; fine && i < f->n; i++)
        v->order[i] = (uint32_t)(sorted[i] - f->tensors);
    free(sorted);
    return fine;
}

/* ---- tensors by groups ---- */

static void show(View *v, uint32_t at, uint32_t depth, const char *label)
{
    v->shown[at] = true;
    info_add(v->t, depth, label, &v->file->tensors[at]);
}

/* "cell/vars/0" without "vars/". */
static const char *without_vars(View *v, const char *name)
{
    const char *vars = strstr(name, "vars/");
    if (!vars || (vars > name && vars[-1] != '/'))
        return name;
    return arena_printf(v->t->arena, "%.*s%s", (int)(vars - name), name, vars + 5);
}

/* What lies in a group, but not in layers inside of it. */
static void show_group(View *v, const char *group, uint32_t depth)
{
    size_t n = strlen(group), n_layers = strlen(v->layers);
    for (uint32_t i = 0; i < v->file->n; i++) {
        const char *name = v->file->tensors[v->order[i]].name;
        if (v->shown[v->order[i]] || strncmp(name, group, n) != 0 || name[n] != '/' ||
            (begins(name + n + 1, v->layers) && name[n + 1 + n_layers] == '/'))
            continue;
        show(v, v->order[i], depth, without_vars(v, name + n + 1));
    }
}

/* The rest, under the names of its groups. nnlc's text is shown above the table. */
static void show_rest(View *v, bool optimizer)
{
    for (uint32_t i = 0; i < v->file->n; i++) {
        const char *name = v->file->tensors[v->order[i]].name, *end = strstr(name, "/vars/");
        char group[PATH], key[PATH + 16];
        if (v->shown[v->order[i]] || !strcmp(name, RT_SAVED_ARRAY) ||
            begins(name, "optimizer/") != optimizer)
            continue;
        if (!end) {
            show(v, v->order[i], 0, name);
            continue;
        }
        snprintf(group, sizeof group, "%.*s", (int)(end - name), name);
        snprintf(key, sizeof key, "%s/vars@name", group);
        const char *own = rt_tensors_meta(v->file, key);
        info_add_layer(v->t, 0, group, own ? own : "");
        show_group(v, group, 1);
        if (!v->shown[v->order[i]])
            show(v, v->order[i], 1, end + 1);
    }
}

/* ---- layers of a configuration ---- */

static const char *text_or(const char *text, const char *other)
{
    return text ? text : other;
}

/* The number of a layer among those of its class beside it. */
static uint32_t number_of(const RtKerasConfig *c, uint32_t first, uint32_t layer)
{
    uint32_t n = 0;
    for (uint32_t i = first; i < layer; i = c->layers[i].end)
        n +=
            !strcmp(text_or(c->layers[i].class_name, ""), text_or(c->layers[layer].class_name, ""));
    return n;
}

/* The layers [first, end) of a model whose groups begin with `prefix`. */
static void show_layers(View *v, uint32_t first, uint32_t end, const char *prefix)
{
    const RtKerasConfig *c = &v->config;
    for (uint32_t i = first; i < end; i = c->layers[i].end) {
        const RtKerasConfigLayer *l = &c->layers[i];
        char class_name[MOST_CLASS], group[PATH];
        uint32_t number = number_of(c, first, i);
        if (!strcmp(text_or(l->class_name, ""), "InputLayer"))
            continue;
        rt_snake_name(text_or(l->class_name, ""), class_name, sizeof class_name);
        int n = snprintf(group, sizeof group - 32, "%s%s/%s", prefix, v->layers, class_name);
        if (number && n > 0 && (size_t)n < sizeof group - 32)
            snprintf(group + n, 32, "_%u", number);
        info_add_layer(v->t, l->depth, text_or(l->name, "?"), text_or(l->class_name, ""));
        show_group(v, group, l->depth + 1);
        if (l->end > i + 1 && n > 0 && (size_t)n < sizeof group - 64) {
            strcat(group, "/");
            show_layers(v, i + 1, l->end, group);
        }
    }
}

static void show_places(View *v)
{
    for (uint32_t i = 0; i < v->file->n; i++)
        if (begins(v->file->tensors[i].name, early_layers))
            v->layers = early_layers;
    if (v->has_config)
        show_layers(v, 0, v->config.n, "");
    show_rest(v, false);
    show_rest(v, true);
}

/* ---- legacy files ---- */

static const char *class_of(const View *v, const char *name)
{
    for (uint32_t i = 0; v->has_config && i < v->config.n; i = v->config.layers[i].end)
        if (!strcmp(text_or(v->config.layers[i].name, ""), name))
            return text_or(v->config.layers[i].class_name, "");
    return "";
}

/* "kernel" of "model_weights/dense/net/dense/kernel:0"; "first/kernel" in a layer that has layers. */
static const char *weight_label(View *v, const char *name, const char *layer)
{
    const char *last = strrchr(name, '/'), *before = last;
    while (before && before > name && before[-1] != '/')
        before--;
    if (!last)
        return name;
    size_t n = strlen(last + 1), n_layer = (size_t)(last - before);
    n -= n > 2 && !strcmp(last + n - 1, ":0") ? 2 : 0;
    bool own = n_layer == strlen(layer) && !strncmp(before, layer, n_layer);
    return own ? arena_printf(v->t->arena, "%.*s", (int)n, last + 1)
               : arena_printf(v->t->arena, "%.*s/%.*s", (int)n_layer, before, (int)n, last + 1);
}

static void show_legacy_group(View *v, const RtKerasLegacy *legacy, const RtKerasGroup *group,
                              const char *layer)
{
    for (uint32_t i = 0; i < group->n; i++) {
        const RtTensor *tensor = legacy->at[group->first + i];
        show(v, (uint32_t)(tensor - v->file->tensors), 1, weight_label(v, tensor->name, layer));
    }
}

static RtStatus show_legacy(View *v, const char *path, RtError *error)
{
    RtKerasLegacy legacy;
    RtStatus status = rt_keras_legacy_read(v->file, path, &legacy, error);
    for (uint32_t i = 0; status == RT_OK && i < legacy.n_layers; i++) {
        const char *name = legacy.layers[i].name, *class_name = class_of(v, name);
        if (!strcmp(class_name, "InputLayer"))
            continue;
        info_add_layer(v->t, 0, name, class_name);
        show_legacy_group(v, &legacy, &legacy.layers[i], name);
    }
    if (status == RT_OK && legacy.top.n) {
        info_add_layer(v->t, 0, legacy.top.name, "");
        show_legacy_group(v, &legacy, &legacy.top, legacy.top.name);
    }
    if (status == RT_OK && legacy.optimizer.n) {
        const char *optimizer = v->has_config ? v->config.optimizer : NULL;
        info_add_layer(v->t, 0, "optimizer", text_or(optimizer, ""));
        show_legacy_group(v, &legacy, &legacy.optimizer, "optimizer_weights");
    }
    if (status == RT_OK)
        show_rest(v, false);
    rt_keras_legacy_free(&legacy);
    return status;
}

/* ---- what stands above the table ---- */

/* "Keras 3.15.1, 2026-11-27@18:16:03"; NULL: the file does not say. */
static RtStatus maker(View *v, const char *path, const char **out, RtError *error)
{
    const char *text = rt_tensors_meta(v->file, RT_KERAS_METADATA);
    const char *version = rt_tensors_meta(v->file, "@keras_version");
    version = version ? version : rt_tensors_meta(v->file, "model_weights@keras_version");
    *out = version ? arena_printf(v->t->arena, "Keras %s", version) : NULL;
    if (!text)
        return RT_OK;
    char *found = NULL, *date = NULL;
    RtStatus status = rt_keras_metadata_read(text, path, &found, &date, error);
    if (status == RT_OK && found)
        *out =
            arena_printf(v->t->arena, "Keras %s%s%s", found, date ? ", " : "", text_or(date, ""));
    free(found);
    free(date);
    return status;
}

static RtStatus read_config(View *v, const char *path, RtError *error)
{
    const char *text = rt_tensors_meta(v->file, RT_KERAS_CONFIG);
    const char *legacy = rt_tensors_meta(v->file, "@model_config");
    v->has_config = text || legacy;
    if (!v->has_config)
        return RT_OK;
    return text ? rt_keras_config_read(text, NULL, path, &v->config, error)
                : rt_keras_config_read(legacy, rt_tensors_meta(v->file, "@training_config"), path,
                                       &v->config, error);
}

static void add_lines(View *v, const char *made_by, bool ours)
{
    const RtKerasConfig *c = &v->config;
    const char *name = c->name ? c->name : rt_tensors_meta(v->file, "vars@name");
    if (ours)
        made_by = made_by ? arena_printf(v->t->arena, "nnlc, for %s", made_by) : "nnlc";
    if (made_by)
        info_add_line(v->t, "made by", made_by);
    if (name)
        info_add_line(v->t, "model",
                      c->class_name ? arena_printf(v->t->arena, "%s (%s)", name, c->class_name)
                                    : name);
    if (c->optimizer)
        info_add_line(v->t, "optimizer", c->optimizer);
    if (c->loss)
        info_add_line(v->t, "loss", c->loss);
}

RtStatus info_keras(const RtTensorFile *file, const char *path, InfoTable *t, bool ours,
                    RtError *error)
{
    View v = {.file = file, .t = t, .layers = "layers"};
    const char *made_by = NULL;
    RtStatus status = sort(&v) ? RT_OK : rt_fail(error, "not enough memory to read '%s'", path);
    if (status == RT_OK)
        status = read_config(&v, path, error);
    if (status == RT_OK)
        status = maker(&v, path, &made_by, error);
    if (status == RT_OK)
        add_lines(&v, made_by, ours);
    if (status == RT_OK && rt_keras_legacy_is(file))
        status = show_legacy(&v, path, error);
    else if (status == RT_OK)
        show_places(&v);
    rt_keras_config_free(&v.config);
    free(v.order);
    free(v.shown);
    return status;
}
