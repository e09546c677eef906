/* keras_order.c: the n-th layer with weights of a file is the n-th one of the model. */
#include "runtime/train/keras_order.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/files/keras/legacy.h"
#include "runtime/train/keras_front.h"
#include "runtime/train/saved.h"
#include "runtime/train/state.h"

/* A state with the innermost layer or model that it belongs to. */
typedef struct Weight {
    const ImgState *state;
    const ImgLayerRow *row;
} Weight;

/* A layer of the model that has weights; a nested model is one layer. */
typedef struct Layer {
    const ImgLayerRow *row;
    uint32_t first, n; /* of its weights */
} Layer;

typedef struct Layers {
    Weight *weights;
    Layer *at;
    uint32_t n, n_weights;
    const ImgLayerRow *row, *inner; /* where the walk is */
} Layers;

static bool add_layer(void *cx, const ImgLayerRow *row, const char *group)
{
    Layers *l = cx;
    (void)group;
    l->inner = row;
    if (!row->depth)
        l->row = row;
    return true;
}

static bool add_weight(void *cx, const ImgState *s, const char *path)
{
    Layers *l = cx;
    (void)path;
    if (!l->n || l->at[l->n - 1].row != l->row)
        l->at[l->n++] = (Layer){l->row, l->n_weights, 0};
    l->weights[l->n_weights++] = (Weight){s, l->inner};
    l->at[l->n - 1].n++;
    return true;
}

/* In a nested model, the trained weights of all layers come first. */
static void sort_weights(Weight *weights, uint32_t n, Weight *spare)
{
    uint32_t at = 0;
    for (int trained = 1; trained >= 0; trained--)
        for (uint32_t i = 0; i < n; i++)
            if ((weights[i].state->trainable != 0) == trained)
                spare[at++] = weights[i];
    memcpy(weights, spare, n * sizeof *weights);
}

static bool find_layers(const ImgInstance *m, Layers *l)
{
    RtKerasVisitor visitor = {.layer = add_layer, .weight = add_weight, .cx = l};
    *l = (Layers){.weights = calloc(m->states.n + (size_t)1, sizeof *l->weights),
                  .at = calloc(m->states.n + (size_t)1, sizeof *l->at)};
    Weight *spare = calloc(m->states.n + (size_t)1, sizeof *spare);
    bool fine = l->weights && l->at && spare && rt_keras_visit(m, &visitor);
    for (uint32_t i = 0; fine && i < l->n; i++)
        sort_weights(l->weights + l->at[i].first, l->at[i].n, spare);
    free(spare);
    return fine;
}

/* ---- pairs ---- */

/* "first" of "model_weights/encoder/encoder/first/kernel:0". */
static void layer_of(const char *name, char *out, size_t size)
{
    const char *end = strrchr(name, '/'), *begin = end;
    while (begin && begin > name && begin[-1] != '/')
        begin--;
    snprintf(out, size, "%.*s", begin ? (int)(end - begin) : 0, begin ? begin : "");
}

static void compare_names(const Layers *l, const Layer *layer, const RtKerasLegacy *file,
                          const RtKerasGroup *group, RtKerasOthers *others)
{
    const ImgLayerRow *last = layer->row;
    rt_keras_others_add(others, layer->row->name, layer->row->type, group->name);
    for (uint32_t i = 0; i < layer->n && i < group->n; i++) {
        char name[64];
        const ImgLayerRow *row = l->weights[layer->first + i].row;
        layer_of(file->at[group->first + i]->name, name, sizeof name);
        if (row != last && *name)
            rt_keras_others_add(others, row->name, row->type, name);
        last = row;
    }
}

static void add(RtKerasView *out, const RtTensor *t, const char *name)
{
    RtTensor *to = &out->tensors[out->file.n++];
    *to = *t;
    to->name = name;
}

/* What the model has no place for is called by its place in the file. */
static void add_group(RtKerasView *out, const Layers *l, const Layer *layer,
                      const RtKerasLegacy *file, const RtKerasGroup *group)
{
    for (uint32_t i = 0; i < group->n; i++) {
        const RtTensor *t = file->at[group->first + i];
        bool known = layer && i < layer->n;
        add(out, t,
            known ? l->weights[layer->first + i].state->name : t->name + strlen(file->root));
    }
}

/* What nnlc writes beside the layers. */
static void add_own(RtKerasView *out, const RtTensorFile *file)
{
    for (uint32_t i = 0; i < file->n; i++) {
        const char *name = file->tensors[i].name;
        if (!strcmp(name, RT_SAVED_ARRAY) || !strncmp(name, "fitted/", 7))
            add(out, &file->tensors[i], name);
    }
}

static void pair(RtKerasView *out, const ImgInstance *m, const Layers *l, const RtKerasLegacy *file)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < file->n_layers; i++) {
        const RtKerasGroup *group = &file->layers[i];
        const Layer *layer = n < l->n ? &l->at[n] : NULL;
        bool is_front = rt_keras_is_front(m, group->name);
        for (uint32_t k = 0; is_front && k < group->n; k++)
            rt_keras_front_note(&out->front, group->name, k, file->at[group->first + k]);
        if (!group->n || is_front)
            continue;
        add_group(out, l, layer, file, group);
        if (layer)
            compare_names(l, layer, file, group, &out->others);
        n++;
    }
    add_group(out, l, NULL, file, &file->top);
}

RtStatus rt_keras_order_view(RtRun *run, const RtModel *m, const RtTensorFile *file,
                             const char *path, RtKerasView *out)
{
    Layers layers = {.n = 0};
    RtKerasLegacy legacy;
    RtStatus status = rt_keras_legacy_read(file, path, &legacy, &run->error);
    if (status == RT_OK && !find_layers(m->image, &layers))
        status = rt_fail(&run->error, "not enough memory to load '%s'", path);
    out->file.n = 0;
    if (status == RT_OK) {
        pair(out, m->image, &layers, &legacy);
        add_own(out, file);
        for (uint32_t i = 0; i < legacy.optimizer.n; i++)
            out->optimizer[out->n_optimizer++] = legacy.at[legacy.optimizer.first + i];
    }
    rt_keras_legacy_free(&legacy);
    free(layers.weights);
    free(layers.at);
    return status;
}
