/* legacy.c: lists of names -> the tensors that they name. */
#include "runtime/files/keras/legacy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEY = 4096 };

/* Where the layers of the file are; NULL: it has none. */
static const char *root_of(const RtTensorFile *file)
{
    if (rt_tensors_list(file, "model_weights@layer_names") ||
        rt_tensors_list(file, "model_weights@layer_names0"))
        return "model_weights/";
    return rt_tensors_list(file, "@layer_names") || rt_tensors_list(file, "@layer_names0") ? ""
                                                                                           : NULL;
}

bool rt_keras_legacy_is(const RtTensorFile *file)
{
    return root_of(file) != NULL;
}

typedef struct Reading {
    const RtTensorFile *file;
    const char *path;
    RtKerasLegacy *out;
    uint32_t *order; /* of the tensors, by name */
    bool *used;
    RtError *error;
} Reading;

/* ---- lists, which are cut where they are long: NAME, or NAME0, NAME1, ... ---- */

typedef struct Texts {
    uint32_t n;
    const char **at;
} Texts;

static bool add_texts(Texts *texts, const RtTextList *list)
{
    const char **more = realloc(texts->at, (texts->n + (size_t)list->n + 1) * sizeof *more);
    if (!more)
        return false;
    texts->at = more;
    for (uint32_t i = 0; i < list->n; i++)
        texts->at[texts->n++] = list->texts[i];
    return true;
}

/* No list is an empty one, as in Keras. */
static RtStatus get_texts(const Reading *r, const char *group, const char *name, Texts *texts)
{
    char key[KEY];
    *texts = (Texts){0, NULL};
    snprintf(key, sizeof key, "%s@%s", group, name);
    const RtTextList *list = rt_tensors_list(r->file, key);
    bool fine = !list || add_texts(texts, list);
    for (unsigned i = 0; fine && !list; i++) {
        snprintf(key, sizeof key, "%s@%s%u", group, name, i);
        const RtTextList *part = rt_tensors_list(r->file, key);
        if (!part)
            return RT_OK;
        fine = add_texts(texts, part);
    }
    return fine ? RT_OK : rt_fail(r->error, "not enough memory to read '%s'", r->path);
}

/* ---- weights ---- */

/* The place of a tensor, or the number of tensors. */
static uint32_t find(const Reading *r, const char *name)
{
    const RtTensorFile *f = r->file;
    uint32_t low = 0, high = f->n;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (strcmp(f->tensors[r->order[mid]].name, name) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low < f->n && !strcmp(f->tensors[r->order[low]].name, name) ? r->order[low] : f->n;
}

static RtStatus add_weight(Reading *r, const char *group, const char *name)
{
    char key[KEY];
    snprintf(key, sizeof key, "%s/%s", group, name);
    uint32_t at = find(r, key);
    if (at == r->file->n)
        return rt_fail(r->error,
                       "'%s' is damaged: it lists '%.300s', but has no numbers of that name",
                       r->path, key);
    if (r->used[at])
        return rt_fail(r->error, "'%s' is damaged: it lists '%.300s' twice", r->path, key);
    r->used[at] = true;
    r->out->at[r->out->n++] = &r->file->tensors[at];
    return RT_OK;
}

static RtStatus read_group(Reading *r, const char *path, const char *name, RtKerasGroup *group)
{
    Texts texts;
    *group = (RtKerasGroup){.name = name, .first = r->out->n};
    RtStatus status = get_texts(r, path, "weight_names", &texts);
    for (uint32_t i = 0; i < texts.n && status == RT_OK; i++)
        status = add_weight(r, path, texts.at[i]);
    group->n = r->out->n - group->first;
    free(texts.at);
    return status;
}

static RtStatus read_layers(Reading *r, const Texts *names)
{
    RtKerasLegacy *out = r->out;
    RtStatus status = RT_OK;
    char path[KEY];
    out->layers = calloc(names->n + (size_t)1, sizeof *out->layers);
    if (!out->layers)
        return rt_fail(r->error, "not enough memory to read '%s'", r->path);
    for (uint32_t i = 0; i < names->n && status == RT_OK; i++) {
        snprintf(path, sizeof path, "%s%s", out->root, names->at[i]);
        status = read_group(r, path, names->at[i], &out->layers[out->n_layers++]);
    }
    snprintf(path, sizeof path, "%stop_level_model_weights", out->root);
    if (status == RT_OK)
        status = read_group(r, path, "top_level_model_weights", &out->top);
    return status == RT_OK
               ? read_group(r, "optimizer_weights", "optimizer_weights", &out->optimizer)
               : status;
}

RtStatus rt_keras_legacy_read(const RtTensorFile *file, const char *path, RtKerasLegacy *out,
                              RtError *error)
{
    Texts names = {0, NULL};
    memset(out, 0, sizeof *out);
    out->root = root_of(file);
    out->at = calloc(file->n + (size_t)1, sizeof *out->at);
    Reading r = {
        file, path, out, rt_tensors_order(file), calloc(file->n + (size_t)1, sizeof *r.used),
        error};
    RtStatus status = out->at && r.order && r.used
                          ? get_texts(&r, *out->root ? "model_weights" : "", "layer_names", &names)
                          : rt_fail(error, "not enough memory to read '%s'", path);
    if (status == RT_OK)
        status = read_layers(&r, &names);
    free(names.at);
    free(r.order);
    free(r.used);
    return status;
}

void rt_keras_legacy_free(RtKerasLegacy *legacy)
{
    free(legacy->layers);
    free(legacy->at);
    memset(legacy, 0, sizeof *legacy);
}
