/* tensors.c: files of named arrays, whatever their format. */
#include "runtime/files/tensors.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/data/input.h"
#include "runtime/data/memory.h"
#include "runtime/data/npz.h"
#include "runtime/files/hdf5/hdf5.h"
#include "runtime/files/keras/archive.h"
#include "runtime/files/tensors_internal.h"

enum {
    TENSOR_BYTES = 512
}; /* of one that has no elements, with its name and its places in lists */

bool rt_tensor_bytes(const RtTensor *tensor, uint64_t *bytes)
{
    int64_t count, size = (int64_t)rt_dtype(tensor->dtype)->size;
    if (tensor->rank > RT_MAX_RANK || !rt_multiply(tensor->dims, tensor->rank, &count) ||
        count > INT64_MAX / size)
        return false;
    *bytes = (uint64_t)(count * size);
    return true;
}

/* ---- the list ---- */

static RtStatus make_room(RtTensorStore *s, uint32_t n, const char *path, RtError *error)
{
    if (n & (n - 1)) /* grows at 0, 1, 2, 4, 8, … */
        return RT_OK;
    size_t cap = n ? 2 * (size_t)n : 1;
    if (!rt_memory_doubles(n, TENSOR_BYTES)) {
        (void)!rt_fail(error, "not enough memory to read '%s'", path);
        rt_memory_help(error);
        return RT_ERROR;
    }
    RtTensor *tensors = realloc(s->tensors, cap * sizeof *tensors);
    if (tensors)
        s->tensors = tensors;
    RtArray **arrays = realloc(s->arrays, cap * sizeof *arrays);
    if (arrays)
        s->arrays = arrays;
    return tensors && arrays ? RT_OK : rt_fail(error, "not enough memory to read '%s'", path);
}

RtStatus rt_tensors_add(RtTensorFile *file, const char *path, const char *name, RtArray *array,
                        RtError *error)
{
    RtTensorStore *s = file->store;
    RtStatus status = make_room(s, file->n, path, error);
    if (status == RT_OK)
        status = rt_names_add(&s->names, name, error);
    if (status != RT_OK) {
        rt_array_close(array);
        return status;
    }
    RtTensor *t = &s->tensors[file->n];
    *t = (RtTensor){.dtype = array->dtype, .rank = array->rank, .data = array->data};
    memcpy(t->dims, array->dims, sizeof t->dims);
    s->arrays[file->n++] = array;
    return RT_OK;
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static RtStatus refuse_twins(const RtNames *names, const char *path, RtError *error)
{
    RtStatus status = RT_OK;
    const char **sorted = malloc((names->n + (size_t)1) * sizeof *sorted);
    if (!sorted)
        return rt_fail(error, "not enough memory to read '%s'", path);
    for (uint32_t i = 0; i < names->n; i++)
        sorted[i] = names->at[i];
    qsort(sorted, names->n, sizeof *sorted, compare_texts);
    for (uint32_t i = 1; i < names->n && status == RT_OK; i++)
        if (!strcmp(sorted[i], sorted[i - 1]))
            status = rt_fail(error, "'%s' is there twice in '%s'", sorted[i], path);
    free(sorted);
    return status;
}

static int compare_lists(const void *a, const void *b)
{
    return strcmp(((const RtTextList *)a)->key, ((const RtTextList *)b)->key);
}

static RtStatus seal(RtTensorFile *file, const char *path, RtError *error)
{
    RtTensorStore *s = file->store;
    RtStatus status = refuse_twins(&s->names, path, error);
    if (status == RT_OK)
        status = refuse_twins(&s->keys, path, error);
    for (uint32_t i = 0; i < file->n; i++)
        s->tensors[i].name = s->names.at[i];
    file->tensors = s->tensors;
    file->n_meta = s->keys.n;
    file->meta_keys = (const char *const *)s->keys.at;
    file->meta_values = (const char *const *)s->values.at;
    file->n_lists = s->list_keys.n;
    file->lists = s->lists;
    for (uint32_t i = 0; i < file->n_lists; i++)
        s->lists[i].key = s->list_keys.at[i];
    if (file->n_lists)
        qsort(s->lists, file->n_lists, sizeof *s->lists, compare_lists);
    return status == RT_OK ? rt_tensors_sort(file, &s->room, error) : status;
}

/* ---- reading ---- */

static RtStatus add_member(RtTensorFile *file, const RtZip *zip, RtZipMember *m, RtError *error)
{
    RtArray *a;
    if (!rt_text_ends(m->name, ".npy"))
        return rt_fail(error, "'%s' in '%s' is not an array", m->name, zip->path);
    RtStatus status = rt_npz_member(zip, m, false, &a, error);
    if (status != RT_OK)
        return status;
    m->name[strlen(m->name) - 4] = 0;
    return rt_tensors_add(file, zip->path, m->name, a, error);
}

static RtStatus add_meta(RtTensorFile *file, const char *key, const char *value, RtError *error)
{
    RtStatus status = rt_names_add(&file->store->keys, key, error);
    return status == RT_OK ? rt_names_add(&file->store->values, value, error) : status;
}

static RtStatus add_list(RtTensorFile *file, const char *path, const char *key,
                         const RtH5Item *item, RtError *error)
{
    RtTensorStore *s = file->store;
    uint32_t at = s->list_keys.n;
    if (!(at & (at - 1))) { /* grows at 0, 1, 2, 4, 8, … */
        size_t cap = at ? 2 * (size_t)at : 1;
        RtTextList *lists = realloc(s->lists, cap * sizeof *lists);
        if (lists)
            s->lists = lists;
        RtNames *texts = realloc(s->list_texts, cap * sizeof *texts);
        if (texts)
            s->list_texts = texts;
        if (!lists || !texts)
            return rt_fail(error, "not enough memory to read '%s'", path);
    }
    RtNames *texts = &s->list_texts[at];
    RtStatus status = rt_names_add(&s->list_keys, key, error);
    if (status != RT_OK)
        return status;
    *texts = (RtNames){0, NULL};
    for (uint32_t i = 0; i < item->n && status == RT_OK; i++)
        status = rt_names_add(texts, item->texts[i], error);
    s->lists[at] = (RtTextList){.n = texts->n, .texts = (const char *const *)texts->at};
    return status;
}

static RtStatus add_item(RtTensorFile *file, RtH5File *h5, uint32_t i, const char *path,
                         RtError *error)
{
    const RtH5Item *item = &h5->items[i];
    if (item->kind == RT_H5_ARRAY)
        return rt_tensors_add(file, path, item->path, rt_hdf5_take_array(h5, i), error);
    if (item->kind == RT_H5_GROUP)
        return RT_OK;
    size_t size = strlen(item->path) + strlen(item->name) + 2;
    char *key = malloc(size);
    if (!key)
        return rt_fail(error, "not enough memory to read '%s'", path);
    snprintf(key, size, "%s@%s", item->path, item->name);
    RtStatus status = item->kind == RT_H5_TEXTS ? add_list(file, path, key, item, error)
                                                : add_meta(file, key, item->texts[0], error);
    free(key);
    return status;
}

/* A whole file. */
typedef struct Whole {
    const unsigned char *bytes;
    size_t size;
    int fd;              /* where it is open, else -1 */
    unsigned char *last; /* the bytes, if the list of tensors may take them */
} Whole;

/* bytes: all of the file, a part of it, or what was unpacked. */
static RtStatus parse_hdf5(const Whole *whole, const unsigned char *bytes, size_t size,
                           const char *path, RtTensorFile *file, RtError *error)
{
    RtH5File *h5 = NULL;
    uintptr_t at = (uintptr_t)bytes - (uintptr_t)whole->bytes;
    bool inside = at < whole->size;
    RtH5Origin origin = {inside ? whole->fd : -1, at, inside && file->store->bytes};
    RtStatus status = rt_hdf5_read(bytes, size, path, origin, NULL, &h5, error);
    if (status == RT_OK)
        status = add_meta(file, RT_HDF5_KEY, "", error);
    for (uint32_t i = 0; status == RT_OK && i < h5->n; i++)
        status = add_item(file, h5, i, path, error);
    rt_hdf5_close(h5);
    return status;
}

/* ---- archives ---- */

static RtStatus parse_keras(const Whole *whole, const RtZip *zip, RtTensorFile *file,
                            RtError *error)
{
    RtKerasArchive a;
    RtStatus status = rt_keras_archive_open(zip, &a, error);
    if (status == RT_OK)
        status = parse_hdf5(whole, a.weights, a.n_weights, a.label, file, error);
    for (uint32_t i = 0; i < a.names.n && status == RT_OK; i++)
        status = add_meta(file, a.names.at[i], a.texts.at[i], error);
    rt_keras_archive_close(&a);
    return status;
}

static RtStatus parse_zip(const Whole *whole, const char *path, RtTensorFile *file, RtError *error)
{
    RtZip zip;
    RtStatus status = rt_zip_open(whole->bytes, whole->size, path, &zip, error);
    if (status != RT_OK)
        return status;
    bool keras = rt_keras_archive_is(&zip);
    if (keras)
        status = parse_keras(whole, &zip, file, error);
    for (uint32_t i = 0; i < zip.n && status == RT_OK && !keras; i++)
        status = add_member(file, &zip, &zip.at[i], error);
    rt_zip_close(&zip);
    return status;
}

static RtStatus parse(const Whole *whole, const char *name, RtTensorFile **out, RtError *error)
{
    const unsigned char *bytes = whole->bytes;
    size_t size = whole->size;
    RtTensorFile *file = calloc(1, sizeof *file);
    if (file)
        file->store = calloc(1, sizeof *file->store);
    if (!file || !file->store) {
        free(file);
        return rt_fail(error, "not enough memory to read '%s'", name);
    }
    file->store->bytes = whole->last;
    RtStatus status = rt_zip_is(bytes, size) ? parse_zip(whole, name, file, error)
                      : rt_hdf5_is(bytes, size)
                          ? parse_hdf5(whole, bytes, size, name, file, error)
                          : rt_safetensors_parse(bytes, size, name, file, error);
    if (status == RT_OK)
        status = seal(file, name, error);
    if (status == RT_OK) {
        *out = file;
        return RT_OK;
    }
    file->store->bytes = NULL;
    rt_tensors_close(file);
    return status;
}

/* The header of .safetensors is an object behind its length. */
bool rt_tensors_start(const unsigned char *bytes, size_t n)
{
    return rt_zip_is(bytes, n) || rt_hdf5_is(bytes, n) || n < 9 || (bytes[8] == '{' && !bytes[7]);
}

RtStatus rt_tensors_parse(const void *bytes, size_t size, const char *name, RtTensorFile **out,
                          RtError *error)
{
    return parse(&(Whole){bytes, size, -1, NULL}, name, out, error);
}

RtStatus rt_tensors_read(const char *path, RtTensorFile **out, RtError *error)
{
    RtInput *in;
    unsigned char *bytes = NULL;
    size_t size = 0;
    RtStatus status = rt_input_open(path, &in, error);
    if (status != RT_OK)
        return status;
    status = rt_input_all(in, rt_tensors_start, &bytes, &size, error);
    if (status == RT_OK)
        status = parse(&(Whole){bytes, size, rt_input_fd(in), bytes}, path, out, error);
    rt_input_close(in);
    if (status != RT_OK)
        free(bytes);
    return status;
}

void rt_tensors_close(RtTensorFile *file)
{
    if (!file)
        return;
    for (uint32_t i = 0; i < file->n; i++)
        rt_array_close(file->store->arrays[i]);
    free(file->store->bytes);
    free(file->store->tensors);
    free(file->store->room);
    free(file->store->arrays);
    rt_names_free(&file->store->names);
    rt_names_free(&file->store->keys);
    rt_names_free(&file->store->values);
    for (uint32_t i = 0; i < file->store->list_keys.n; i++)
        rt_names_free(&file->store->list_texts[i]);
    free(file->store->lists);
    free(file->store->list_texts);
    rt_names_free(&file->store->list_keys);
    free(file->store);
    free(file);
}

const RtTensor *rt_tensors_find(const RtTensorFile *file, const char *name)
{
    if (file->index.n) {
        int64_t place = rt_name_index_find(&file->index, name);
        return place < 0 ? NULL : &file->tensors[place];
    }
    for (uint32_t i = 0; i < file->n; i++)
        if (!strcmp(file->tensors[i].name, name))
            return &file->tensors[i];
    return NULL;
}

RtStatus rt_tensors_sort(RtTensorFile *file, RtNamePlace **room, RtError *error)
{
    const char **names = malloc((file->n + (size_t)1) * sizeof *names);
    *room = malloc((file->n + (size_t)1) * sizeof **room);
    for (uint32_t i = 0; names && i < file->n; i++)
        names[i] = file->tensors[i].name;
    RtStatus status =
        names && *room ? RT_OK : rt_fail(error, "not enough memory for %u names", file->n);
    if (status == RT_OK)
        file->index = rt_name_index(*room, file->n, names);
    free(names);
    return status;
}

uint32_t *rt_tensors_order(const RtTensorFile *file)
{
    RtTensorFile sorted = *file;
    RtNamePlace *room = NULL;
    RtError unused;
    uint32_t *order = malloc((file->n + (size_t)1) * sizeof *order);
    if (!order || rt_tensors_sort(&sorted, &room, &unused) != RT_OK) {
        free(order);
        order = NULL;
    }
    for (uint32_t i = 0; order && i < file->n; i++)
        order[i] = sorted.index.at[i].place;
    free(room);
    return order;
}

const char *rt_tensors_meta(const RtTensorFile *file, const char *key)
{
    for (uint32_t i = 0; i < file->n_meta; i++)
        if (!strcmp(file->meta_keys[i], key))
            return file->meta_values[i];
    return NULL;
}

const RtTextList *rt_tensors_list(const RtTensorFile *file, const char *key)
{
    RtTextList wanted = {.key = key};
    return file->n_lists
               ? bsearch(&wanted, file->lists, file->n_lists, sizeof wanted, compare_lists)
               : NULL;
}
