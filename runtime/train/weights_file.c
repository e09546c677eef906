/* weights_file.c: write_ID for every format of formats.def that is built. */
#include "runtime/train/weights_file.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/abi/formats.h"
#include "runtime/files/hdf5/hdf5.h"
#include "runtime/train/keras_names.h"
#include "runtime/train/saved.h"

enum { FORMAT_VERSION = 2 };

static RtStatus no_memory(const RtWeightsFile *f, RtError *error)
{
    return rt_fail(error, "not enough memory to save '%s'", f->model->title);
}

/* The text as an array of bytes, for formats that have no place for texts. */
static RtStatus add_text(RtWeightsFile *f, RtError *error)
{
    int64_t size = (int64_t)strlen(f->text);
    void *bytes =
        rt_tensor_list_add(&f->tensors, "", RT_SAVED_ARRAY, RT_u8, 1, &size, (size_t)size);
    if (bytes)
        memcpy(bytes, f->text, (size_t)size);
    return bytes ? RT_OK : no_memory(f, error);
}

static RtStatus write_safetensors(RtWeightsFile *f, RtError *error)
{
    char version[16];
    const char *keys[] = {"format", "model", "mode", "seed", "producer", RT_SAVED_KEY};
    const char *values[] = {version, f->model->title, f->mode, f->seed, f->compiler, f->text};
    snprintf(version, sizeof version, "%d", FORMAT_VERSION);
    return rt_safetensors_write(f->path, f->tensors.tensors, f->tensors.n, keys, values, 6, error);
}

static RtStatus write_npz(RtWeightsFile *f, RtError *error)
{
    RtStatus status = add_text(f, error);
    return status == RT_OK ? rt_npz_write(f->path, f->tensors.tensors, f->tensors.n, error)
                           : status;
}

/* ---- .weights.h5 ---- */

/* The items of the file; texts of their own lie in `texts`. */
typedef struct H5Items {
    const RtWeightsFile *file;
    RtH5Item *at;
    uint32_t n, room;
    RtNames texts;
    const RtTensor *next; /* weights come in the order in which they were gathered */
} H5Items;

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

/* A group for the variables of an object, with the object's name. */
static bool add_vars(H5Items *items, const char *group, const char *const *name)
{
    char path[RT_KERAS_PATH + 8];
    snprintf(path, sizeof path, "%s%svars", group, *group ? "/" : "");
    const char *kept = keep_text(items, path);
    return kept && add_item(items, (RtH5Item){.kind = RT_H5_GROUP, .path = kept, .name = ""}) &&
           add_item(
               items,
               (RtH5Item){.kind = RT_H5_TEXT, .path = kept, .name = "name", .n = 1, .texts = name});
}

static bool add_layer(void *cx, const ImgLayerRow *row, const char *group)
{
    return add_vars(cx, group, &row->name);
}

static const RtTensor *tensor_of(const RtTensorList *list, const char *name)
{
    for (uint32_t i = 0; i < list->n; i++)
        if (!strcmp(list->tensors[i].name, name))
            return &list->tensors[i];
    return NULL;
}

static bool add_weight(void *cx, const ImgState *s, const char *path)
{
    H5Items *items = cx;
    const RtTensorList *list = &items->file->tensors;
    bool in_order = items->next < list->tensors + list->n && !strcmp(items->next->name, s->name);
    const RtTensor *t = in_order ? items->next : tensor_of(list, s->name);
    const char *kept = keep_text(items, path);
    items->next = t ? t + 1 : items->next;
    return t && kept &&
           add_item(items, (RtH5Item){.kind = RT_H5_ARRAY, .path = kept, .name = "", .array = *t});
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

static RtStatus write_weights_h5(RtWeightsFile *f, RtError *error)
{
    H5Items items = {.file = f};
    RtKerasVisitor visitor = {add_layer, add_weight, &items};
    RtStatus status = add_text(f, error);
    items.next = f->tensors.tensors;
    bool fine = status == RT_OK && rt_keras_visit(f->model, &visitor) &&
                add_vars(&items, "", &f->model->title) && add_others(&items);
    if (status == RT_OK)
        status = fine ? rt_hdf5_write(f->path, items.at, items.n, error) : no_memory(f, error);
    free(items.at);
    rt_names_free(&items.texts);
    return status;
}

static RtStatus write_keras(RtWeightsFile *f, RtError *error)
{
    return rt_fail(error, "'%s' cannot be written: files of this type are only read so far",
                   f->path);
}

static RtStatus write_h5(RtWeightsFile *f, RtError *error)
{
    return write_keras(f, error);
}

/* ---- all ---- */

typedef RtStatus Write(RtWeightsFile *f, RtError *error);

#define FORMAT_BUILT(id) write_##id,
#define FORMAT_LATER(id) NULL,
#define FORMAT(id, extension, holds, library, state) FORMAT_##state(id)
static Write *const writers[] = {
#include "runtime/abi/formats.def"
};

RtStatus rt_weights_file_write(void *file, RtError *error)
{
    RtWeightsFile *f = file;
    return writers[rt_format_of(f->path)](f, error);
}

void rt_weights_file_free(void *file)
{
    RtWeightsFile *f = file;
    rt_tensor_list_free(&f->tensors);
    free(f->path);
    free(f->text);
    free(f);
}
