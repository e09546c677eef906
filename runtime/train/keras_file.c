/* keras_file.c: the items of Keras's HDF5 files, and the archive around them.
 *
 * .weights.h5, and model.weights.h5 in a .keras: a group for each layer by its class and place. Legacy .h5: a group
 * for each layer by its name, with the list of its weights. Versions and dates are fixed, so that equal models give
 * equal files. */
#include "runtime/train/keras_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/layer_names.h"
#include "runtime/files/hdf5/hdf5.h"
#include "runtime/files/zip_write.h"
#include "runtime/train/keras_names.h"
#include "runtime/train/saved.h"

#define KERAS_VERSION "3.0.0"
static const char metadata[] =
    "{\"keras_version\": \"" KERAS_VERSION "\", \"date_saved\": \"1980-01-01@00:00:00\"}";

static RtStatus no_memory(const RtWeightsFile *f, RtError *error)
{
    return rt_fail(error, "not enough memory to save '%s'", f->model->title);
}

/* The items of the file; texts of their own lie in `texts`. */
typedef struct H5Items {
    const RtWeightsFile *file;
    RtH5Item *at;
    uint32_t n, room;
    RtNames texts;
    const RtTensor *next; /* weights come in the order in which they were gathered */
} H5Items;

static void free_items(H5Items *items)
{
    free(items->at);
    rt_names_free(&items->texts);
}

static bool add_item(H5Items *items, RtH5Item item)
{
    if (items->n == items->room) {
        uint32_t room = items->room ? 2 * items->room : 64;
        RtH5Item *more = realloc(items->at, room * sizeof *more);
        if (!more)
            return false;
        items->at = more;
        items->room = room;
    }
    items->at[items->n++] = item;
    return true;
}

static const char *keep_text(H5Items *items, const char *text)
{
    RtError unused;
    return rt_names_add(&items->texts, text, &unused) == RT_OK ? items->texts.at[items->texts.n - 1]
                                                               : NULL;
}

static bool add_array(H5Items *items, const char *path, const RtTensor *t)
{
    const char *kept = keep_text(items, path);
    return kept &&
           add_item(items, (RtH5Item){.kind = RT_H5_ARRAY, .path = kept, .name = "", .array = *t});
}

static bool add_attribute(H5Items *items, const char *path, const char *name,
                          const char *const *text)
{
    return add_item(
        items, (RtH5Item){.kind = RT_H5_TEXT, .path = path, .name = name, .n = 1, .texts = text});
}

static bool add_group(H5Items *items, const char *path)
{
    return add_item(items, (RtH5Item){.kind = RT_H5_GROUP, .path = path, .name = ""});
}

static const RtTensor *tensor_of(const RtTensorList *list, const char *name)
{
    for (uint32_t i = 0; i < list->n; i++)
        if (!strcmp(list->tensors[i].name, name))
            return &list->tensors[i];
    return NULL;
}

/* The array of this state, for states in their order. */
static const RtTensor *next_weight(H5Items *items, const ImgState *s)
{
    const RtTensorList *list = &items->file->tensors;
    bool in_order = items->next < list->tensors + list->n && !strcmp(items->next->name, s->name);
    const RtTensor *t = in_order ? items->next : tensor_of(list, s->name);
    items->next = t ? t + 1 : items->next;
    return t;
}

/* ---- by class and place ---- */

/* A group for the variables of an object, with the object's name. */
static bool add_vars(H5Items *items, const char *group, const char *const *name)
{
    char path[RT_KERAS_PATH + 8];
    snprintf(path, sizeof path, "%s%svars", group, *group ? "/" : "");
    const char *kept = keep_text(items, path);
    return kept && add_group(items, kept) && add_attribute(items, kept, "name", name);
}

static bool add_layer(void *cx, const ImgLayerRow *row, const char *group)
{
    return add_vars(cx, group, &row->name);
}

static bool add_weight(void *cx, const ImgState *s, const char *path)
{
    const RtTensor *t = next_weight(cx, s);
    return t && add_array(cx, path, t);
}

/* Numbered arrays of a group that is there. */
static bool add_numbered(H5Items *items, const char *group, const RtTensor *at, uint32_t n)
{
    char path[RT_KERAS_PATH + 32];
    for (uint32_t i = 0; i < n; i++) {
        snprintf(path, sizeof path, "%s/vars/%u", group, i);
        if (!add_array(items, path, &at[i]))
            return false;
    }
    return true;
}

/* The layers that transforms became. Their classes go to `types`. */
static bool add_first_layers(H5Items *items, const RtKerasModel *k, const char **types)
{
    const RtTensor *weights = k->weights.tensors;
    for (uint32_t i = 0; i < k->n_first; i++) {
        char group[64], snake[32];
        uint32_t before = 0;
        for (uint32_t e = 0; e < i; e++)
            before += !strcmp(k->first[e].type, k->first[i].type);
        rt_snake_name(k->first[i].type, snake, sizeof snake);
        if (before)
            snprintf(group, sizeof group, "layers/%s_%u", snake, before);
        else
            snprintf(group, sizeof group, "layers/%s", snake);
        types[i] = k->first[i].type;
        if (!add_vars(items, group, &k->first[i].name) ||
            !add_numbered(items, group, weights, k->first[i].n))
            return false;
        weights += k->first[i].n;
    }
    return true;
}

static const char *const optimizer_name = "optimizer";

static bool add_optimizer(H5Items *items, const RtKerasModel *k)
{
    return add_vars(items, "optimizer", &optimizer_name) &&
           add_numbered(items, "optimizer", k->optimizer.tensors, k->optimizer.n);
}

/* What is not Keras's: the text, fitted values. */
static bool add_others(H5Items *items)
{
    const RtTensorList *list = &items->file->tensors;
    bool fine = true;
    for (uint32_t i = 0; i < list->n && fine; i++) {
        const RtTensor *t = &list->tensors[i];
        if (!strcmp(t->name, RT_SAVED_ARRAY) || !strncmp(t->name, "fitted/", 7))
            fine = add_item(
                items, (RtH5Item){.kind = RT_H5_ARRAY, .path = t->name, .name = "", .array = *t});
    }
    return fine;
}

/* The items of a .weights.h5; of the one inside a .keras if the file has a model. */
static RtStatus weights_items(RtWeightsFile *f, H5Items *items, RtError *error)
{
    const char *types[RT_KERAS_MOST_FIRST];
    const RtKerasModel *k = f->keras;
    RtKerasVisitor visitor = {.layer = add_layer, .weight = add_weight, .cx = items};
    RtStatus status = rt_weights_file_text(f, error);
    if (status != RT_OK)
        return status;
    *items = (H5Items){.file = f, .next = f->tensors.tensors};
    if (k) {
        visitor.before = types;
        visitor.n_before = k->n_first;
    }
    bool fine = (!k || add_first_layers(items, k, types)) && rt_keras_visit(f->model, &visitor) &&
                add_vars(items, "", &f->model->title) &&
                (!k || !k->compile || add_optimizer(items, k)) && add_others(items);
    return fine ? RT_OK : no_memory(f, error);
}

RtStatus rt_keras_write_weights(RtWeightsFile *f, RtError *error)
{
    H5Items items = {.file = f};
    RtStatus status = weights_items(f, &items, error);
    if (status == RT_OK)
        status = rt_hdf5_write(f->path, items.at, items.n, error);
    free_items(&items);
    return status;
}

/* ---- .keras ---- */

/* Pieces one behind the other, in malloc memory; NULL: no memory. */
static char *joined(const char *const *pieces, uint32_t n)
{
    size_t size = 1;
    for (uint32_t i = 0; i < n; i++)
        size += strlen(pieces[i]);
    char *text = malloc(size), *to = text;
    for (uint32_t i = 0; i < n && text; i++) {
        size_t length = strlen(pieces[i]);
        memcpy(to, pieces[i], length + 1);
        to += length;
    }
    return text;
}

static char *config_json(const RtKerasModel *k)
{
    const char *pieces[] = {"{\"module\": \"keras\", \"class_name\": \"Sequential\", \"config\": ",
                            k->config,
                            ", \"registered_name\": null",
                            k->compile ? ", \"compile_config\": " : "",
                            k->compile ? k->compile : "",
                            "}"};
    return joined(pieces, sizeof pieces / sizeof *pieces);
}

RtStatus rt_keras_write_archive(RtWeightsFile *f, RtError *error)
{
    H5Items items = {.file = f};
    RtH5Image image = {0};
    char *config = config_json(f->keras);
    RtStatus status = config ? weights_items(f, &items, error) : no_memory(f, error);
    if (status == RT_OK)
        status = rt_hdf5_image(items.at, items.n, &image, error);
    if (status == RT_OK) {
        const RtSpan texts[] = {
            {metadata, strlen(metadata)}, {config, strlen(config)}, {f->text, strlen(f->text)}};
        const RtZipPart parts[] = {
            {"metadata.json", &texts[0], 1},
            {"config.json", &texts[1], 1},
            {"model.weights.h5", image.pieces, image.n},
            {"assets/nnlc.json", &texts[2], 1},
        };
        status = rt_zip_write(f->path, parts, sizeof parts / sizeof *parts,
                              "a .keras archive holds 4 GB, .safetensors more", error);
    }
    rt_hdf5_image_free(&image);
    free(config);
    free_items(&items);
    return status;
}

/* ---- legacy .h5 ---- */

/* The weights of one layer of the model: of a nested one, of all that is in it. */
typedef struct LayerGroup {
    const ImgLayerRow *row;
    uint32_t begin, end; /* in Legacy.states */
} LayerGroup;

typedef struct Legacy {
    H5Items items;
    LayerGroup *groups;
    uint32_t n_groups, n_states, n_names;
    const ImgState **states;
    const char **names; /* lists of names, one behind the other */
    const RtTensor **tensors;
} Legacy;

static bool note_layer(void *cx, const ImgLayerRow *row, const char *group)
{
    Legacy *l = cx;
    (void)group;
    if (!row->depth)
        l->groups[l->n_groups++] = (LayerGroup){row, l->n_states, l->n_states};
    return true;
}

static bool note_weight(void *cx, const ImgState *s, const char *path)
{
    Legacy *l = cx;
    (void)path;
    l->states[l->n_states++] = s;
    l->groups[l->n_groups - 1].end = l->n_states;
    return true;
}

/* HDF5 bounds the size of an attribute; Keras cuts longer lists into NAME0, NAME1, ... */
static bool add_texts(H5Items *items, const char *path, const char *name, const char *const *texts,
                      uint32_t n)
{
    enum { MOST = 4000 };
    RtH5Item item = {.kind = RT_H5_TEXTS, .path = path, .name = name, .n = n, .texts = texts};
    if (n <= MOST)
        return add_item(items, item);
    for (uint32_t i = 0, part = 0; i < n; i += MOST, part++) {
        char numbered[64];
        snprintf(numbered, sizeof numbered, "%s%u", name, part);
        item.name = keep_text(items, numbered);
        item.n = n - i < MOST ? n - i : MOST;
        item.texts = texts + i;
        if (!item.name || !add_item(items, item))
            return false;
    }
    return true;
}

/* A group with the arrays of a layer, and the list of their names. */
static bool add_layer_group(H5Items *items, const char *layer, const RtTensor *const *tensors,
                            const char *const *names, uint32_t n)
{
    char path[RT_KERAS_PATH];
    snprintf(path, sizeof path, "model_weights/%s", layer);
    const char *group = keep_text(items, path);
    if (!group || !add_group(items, group) || !add_texts(items, group, "weight_names", names, n))
        return false;
    for (uint32_t i = 0; i < n; i++) {
        snprintf(path, sizeof path, "model_weights/%s/%s", layer, names[i]);
        if (!add_array(items, path, tensors[i]))
            return false;
    }
    return true;
}

/* Adds a name, "net/dense/kernel" of "net" and "dense.kernel", to the lists. */
static bool add_name(Legacy *l, const char *first, const char *rest)
{
    char path[RT_KERAS_PATH];
    snprintf(path, sizeof path, "%s%s%s", first, *first ? "/" : "", rest);
    for (char *at = path; *at; at++)
        if (*at == '.')
            *at = '/';
    l->names[l->n_names] = keep_text(&l->items, path);
    return l->names[l->n_names++] != NULL;
}

/* Trainable weights stand before the others, as Keras lists them. */
static bool add_model_layer(Legacy *l, const LayerGroup *g)
{
    uint32_t first = l->n_names, n = 0;
    for (int trainable = 1; trainable >= 0; trainable--)
        for (uint32_t i = g->begin; i < g->end; i++) {
            if ((l->states[i]->trainable != 0) != trainable)
                continue;
            l->tensors[n++] = tensor_of(&l->items.file->tensors, l->states[i]->name);
            if (!l->tensors[n - 1] || !add_name(l, l->items.file->model->title, l->states[i]->name))
                return false;
        }
    return add_layer_group(&l->items, g->row->name, l->tensors, l->names + first, n);
}

static bool add_first_groups(Legacy *l, const RtKerasModel *k)
{
    const RtTensor *weights = k->weights.tensors;
    for (uint32_t i = 0; i < k->n_first; i++) {
        uint32_t first = l->n_names;
        for (uint32_t e = 0; e < k->first[i].n; e++) {
            l->tensors[e] = &weights[e];
            if (!add_name(l, k->first[i].name, weights[e].name))
                return false;
        }
        if (!add_layer_group(&l->items, k->first[i].name, l->tensors, l->names + first,
                             k->first[i].n))
            return false;
        weights += k->first[i].n;
    }
    return true;
}

static bool add_layer_names(Legacy *l, const RtKerasModel *k)
{
    uint32_t first = l->n_names;
    for (uint32_t i = 0; i < k->n_first; i++)
        l->names[l->n_names++] = k->first[i].name;
    for (uint32_t i = 0; i < l->n_groups; i++)
        l->names[l->n_names++] = l->groups[i].row->name;
    return add_texts(&l->items, "model_weights", "layer_names", l->names + first,
                     l->n_names - first);
}

static bool add_optimizer_weights(Legacy *l, const RtKerasModel *k)
{
    H5Items *items = &l->items;
    uint32_t first = l->n_names;
    char path[RT_KERAS_PATH];
    if (!add_group(items, "optimizer_weights"))
        return false;
    for (uint32_t i = 0; i < k->optimizer.n; i++)
        if (!add_name(l, optimizer_name, k->optimizer.tensors[i].name))
            return false;
    if (!add_texts(items, "optimizer_weights", "weight_names", l->names + first, k->optimizer.n))
        return false;
    for (uint32_t i = 0; i < k->optimizer.n; i++) {
        snprintf(path, sizeof path, "optimizer_weights/%s", l->names[first + i]);
        if (!add_array(items, path, &k->optimizer.tensors[i]))
            return false;
    }
    return true;
}

static const char *const version = KERAS_VERSION, *const backend = "jax";

static bool legacy_items(Legacy *l, const RtKerasModel *k, const char *const *config)
{
    H5Items *items = &l->items;
    RtKerasVisitor visitor = {.layer = note_layer, .weight = note_weight, .cx = l};
    const char *const *compile = (const char *const *)&k->compile;
    bool fine = add_attribute(items, "", "keras_version", &version) &&
                add_attribute(items, "", "backend", &backend) &&
                add_attribute(items, "", "model_config", config) &&
                (!k->compile || add_attribute(items, "", "training_config", compile)) &&
                add_group(items, "model_weights") &&
                add_attribute(items, "model_weights", "keras_version", &version) &&
                add_attribute(items, "model_weights", "backend", &backend) &&
                rt_keras_visit(items->file->model, &visitor) && add_layer_names(l, k) &&
                add_first_groups(l, k);
    for (uint32_t i = 0; i < l->n_groups && fine; i++)
        fine = add_model_layer(l, &l->groups[i]);
    return fine && add_layer_group(items, "top_level_model_weights", NULL, NULL, 0) &&
           (!k->compile || add_optimizer_weights(l, k)) && add_others(items);
}

static char *legacy_config(const RtKerasModel *k)
{
    const char *pieces[] = {"{\"class_name\": \"Sequential\", \"config\": ", k->config, "}"};
    return joined(pieces, sizeof pieces / sizeof *pieces);
}

RtStatus rt_keras_write_legacy(RtWeightsFile *f, RtError *error)
{
    const RtKerasModel *k = f->keras;
    const ImgInstance *m = f->model;
    size_t names =
        (size_t)m->states.n + m->layers.n + k->optimizer.n + k->weights.n + k->n_first + 1;
    Legacy l = {.items = {.file = f},
                .groups = calloc(m->layers.n + (size_t)1, sizeof *l.groups),
                .states = calloc(m->states.n + (size_t)1, sizeof *l.states),
                .names = calloc(names, sizeof *l.names),
                .tensors = calloc(names, sizeof *l.tensors)};
    char *config = legacy_config(k);
    bool fine = l.groups && l.states && l.names && l.tensors && config;
    RtStatus status = fine ? rt_weights_file_text(f, error) : no_memory(f, error);
    if (status == RT_OK)
        status = legacy_items(&l, k, (const char *const *)&config)
                     ? rt_hdf5_write(f->path, l.items.at, l.items.n, error)
                     : no_memory(f, error);
    free(config);
    free(l.groups);
    free(l.states);
    free(l.names);
    free(l.tensors);
    free_items(&l.items);
    return status;
}
