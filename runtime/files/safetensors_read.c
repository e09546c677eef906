/* safetensors_read.c: believes nothing: a bounded header of exactly the form that the format has,
 * known types, sizes that fit their places, places that follow each other without holes. */
#include <stdlib.h>
#include <string.h>

#include "runtime/files/json.h"
#include "runtime/files/tensors_internal.h"

enum { MAX_HEADER = 100000000 };

typedef struct Entry {
    char *name;
    RtDtype dtype;
    uint32_t rank;
    int64_t dims[RT_MAX_RANK];
    uint64_t begin, end;
} Entry;

typedef struct Reader {
    const char *path;
    RtJson json; /* the header */
    const unsigned char *data;
    uint64_t n_data;
    Entry *entries;
    size_t n, cap;
    bool has_meta;
    RtTensorFile *file;
    RtError *error;
} Reader;

/* ---- entries ---- */

static RtStatus read_dtype(Reader *r, Entry *e)
{
    char *name;
    RtStatus status = rt_json_string(&r->json, &name);
    if (status != RT_OK)
        return status;
    e->dtype = RT_N_DTYPES;
    for (int i = 0; i < RT_N_DTYPES; i++)
        if (!strcmp(rt_dtype((RtDtype)i)->safetensors, name))
            e->dtype = (RtDtype)i;
    if (e->dtype == RT_N_DTYPES)
        status = rt_fail(r->error, "'%s' in '%s' has the type '%.20s', which is not supported",
                         e->name, r->path, name);
    free(name);
    return status;
}

static RtStatus read_shape(Reader *r, Entry *e)
{
    uint64_t size;
    if (!rt_json_take(&r->json, '['))
        return rt_json_fail(&r->json, "'['");
    for (e->rank = 0; !rt_json_take(&r->json, ']'); e->rank++) {
        if (e->rank && !rt_json_take(&r->json, ','))
            return rt_json_fail(&r->json, "',' or ']'");
        if (e->rank == RT_MAX_RANK)
            return rt_fail(r->error, "'%s' in '%s' has more than %d dimensions", e->name, r->path,
                           RT_MAX_RANK);
        RtStatus status = rt_json_number(&r->json, &size);
        if (status != RT_OK)
            return status;
        e->dims[e->rank] = (int64_t)size;
    }
    return RT_OK;
}

static RtStatus read_offsets(Reader *r, Entry *e)
{
    RtStatus status = rt_json_take(&r->json, '[') ? rt_json_number(&r->json, &e->begin)
                                                  : rt_json_fail(&r->json, "'['");
    if (status == RT_OK)
        status = rt_json_take(&r->json, ',') ? rt_json_number(&r->json, &e->end)
                                             : rt_json_fail(&r->json, "','");
    if (status == RT_OK && !rt_json_take(&r->json, ']'))
        status = rt_json_fail(&r->json, "']'");
    return status;
}

static RtStatus read_fields(Reader *r, Entry *e)
{
    static const struct {
        const char *key;
        RtStatus (*read)(Reader *r, Entry *e);
    } fields[] = {{"dtype", read_dtype}, {"shape", read_shape}, {"data_offsets", read_offsets}};
    unsigned seen = 0;
    if (!rt_json_take(&r->json, '{'))
        return rt_json_fail(&r->json, "'{'");
    for (int i = 0; i < 3; i++) {
        char *key;
        unsigned which = 0;
        if (i && !rt_json_take(&r->json, ','))
            return rt_json_fail(&r->json, "','");
        RtStatus status = rt_json_string(&r->json, &key);
        if (status != RT_OK)
            return status;
        while (which < 3 && strcmp(key, fields[which].key) != 0)
            which++;
        free(key);
        if (which == 3)
            return rt_json_fail(&r->json, "behind dtype, shape or data_offsets");
        if (seen >> which & 1)
            return rt_fail(r->error, "'%s' in '%s' has '%s' twice", e->name, r->path,
                           fields[which].key);
        if (!rt_json_take(&r->json, ':'))
            return rt_json_fail(&r->json, "':'");
        seen |= 1u << which;
        status = fields[which].read(r, e);
        if (status != RT_OK)
            return status;
    }
    return rt_json_take(&r->json, '}') ? RT_OK : rt_json_fail(&r->json, "'}'");
}

static RtStatus check_entry(const Reader *r, const Entry *e)
{
    int64_t count;
    uint64_t size = rt_dtype(e->dtype)->size;
    if (e->begin > e->end || e->end > r->n_data)
        return rt_fail(r->error, "'%s' in '%s' lies at bytes %llu to %llu, but there are %llu",
                       e->name, r->path, (unsigned long long)e->begin, (unsigned long long)e->end,
                       (unsigned long long)r->n_data);
    if (!rt_multiply(e->dims, e->rank, &count) || (uint64_t)count > INT64_MAX / size ||
        (uint64_t)count * size != e->end - e->begin)
        return rt_fail(r->error, "'%s' in '%s' has %llu bytes, which do not fit its shape and type",
                       e->name, r->path, (unsigned long long)(e->end - e->begin));
    return RT_OK;
}

static RtStatus read_entry(Reader *r, char *name)
{
    if (r->n == r->cap) {
        size_t cap = r->cap ? 2 * r->cap : 16;
        Entry *more = realloc(r->entries, cap * sizeof *more);
        if (!more) {
            free(name);
            return rt_fail(r->error, "not enough memory for the header of '%s'", r->path);
        }
        r->entries = more;
        r->cap = cap;
    }
    Entry *e = &r->entries[r->n++];
    *e = (Entry){.name = name};
    RtStatus status = read_fields(r, e);
    return status == RT_OK ? check_entry(r, e) : status;
}

static RtStatus read_meta(Reader *r)
{
    RtTensorStore *store = r->file->store;
    if (r->has_meta)
        return rt_fail(r->error, "'__metadata__' is there twice in '%s'", r->path);
    if (!rt_json_take(&r->json, '{'))
        return rt_json_fail(&r->json, "'{'");
    r->has_meta = true;
    for (int i = 0; !rt_json_take(&r->json, '}'); i++) {
        char *key = NULL, *value = NULL;
        RtStatus status = i && !rt_json_take(&r->json, ',') ? rt_json_fail(&r->json, "',' or '}'")
                                                            : rt_json_string(&r->json, &key);
        if (status == RT_OK)
            status = rt_json_take(&r->json, ':') ? rt_json_string(&r->json, &value)
                                                 : rt_json_fail(&r->json, "':'");
        if (status == RT_OK)
            status = rt_names_add(&store->keys, key, r->error);
        if (status == RT_OK)
            status = rt_names_add(&store->values, value, r->error);
        free(key);
        free(value);
        if (status != RT_OK)
            return status;
    }
    return RT_OK;
}

static RtStatus read_header(Reader *r)
{
    if (!rt_json_take(&r->json, '{'))
        return rt_json_fail(&r->json, "'{'");
    for (int i = 0; !rt_json_take(&r->json, '}'); i++) {
        char *name;
        if (i && !rt_json_take(&r->json, ','))
            return rt_json_fail(&r->json, "',' or '}'");
        RtStatus status = rt_json_string(&r->json, &name);
        if (status != RT_OK)
            return status;
        if (!rt_json_take(&r->json, ':')) {
            free(name);
            return rt_json_fail(&r->json, "':'");
        }
        bool is_meta = !strcmp(name, "__metadata__");
        if (is_meta)
            free(name);
        status = is_meta ? read_meta(r) : read_entry(r, name);
        if (status != RT_OK)
            return status;
    }
    return rt_json_is_end(&r->json) ? RT_OK : rt_json_fail(&r->json, "the end");
}

/* ---- the data ---- */

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const Entry *)a)->name, ((const Entry *)b)->name);
}

/* Two entries of one name have no meaning, wherever their data lies. */
static RtStatus refuse_twins(Reader *r)
{
    if (r->n)
        qsort(r->entries, r->n, sizeof *r->entries, compare_names);
    for (size_t i = 1; i < r->n; i++)
        if (!compare_names(&r->entries[i - 1], &r->entries[i]))
            return rt_fail(r->error, "'%s' is there twice in '%s'", r->entries[i].name, r->path);
    return RT_OK;
}

static int compare_places(const void *a, const void *b)
{
    const Entry *x = a, *y = b;
    if (x->begin != y->begin)
        return x->begin < y->begin ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

static RtStatus add_tensors(Reader *r)
{
    uint64_t at = 0;
    if (r->n)
        qsort(r->entries, r->n, sizeof *r->entries, compare_places);
    for (size_t i = 0; i < r->n; i++) {
        const Entry *e = &r->entries[i];
        RtArray *a;
        if (e->begin != at)
            return rt_fail(r->error, "'%s' in '%s' begins at byte %llu instead of %llu", e->name,
                           r->path, (unsigned long long)e->begin, (unsigned long long)at);
        at = e->end;
        RtStatus status = rt_array_of(e->dtype, e->rank, e->dims, r->data + e->begin,
                                      r->file->store->bytes != NULL, r->path, &a, r->error);
        if (status != RT_OK)
            return status;
        status = rt_tensors_add(r->file, r->path, e->name, a, r->error);
        if (status != RT_OK)
            return status;
    }
    if (at != r->n_data)
        return rt_fail(r->error, "'%s' goes on after its last tensor", r->path);
    return RT_OK;
}

RtStatus rt_safetensors_parse(const unsigned char *bytes, size_t size, const char *path,
                              RtTensorFile *file, RtError *error)
{
    uint64_t length = 0;
    for (size_t i = 0; i < 8 && i < size; i++)
        length |= (uint64_t)bytes[i] << 8 * i;
    if (!size)
        return rt_fail(error, "'%s' is empty", path);
    if (size < 8 || length > size - 8 || length > MAX_HEADER)
        return rt_fail(error, "'%s' is neither .safetensors nor .npz, or cut off", path);
    Reader r = {.path = path,
                .json = {.path = path,
                         .what = "a damaged safetensors header",
                         .start = bytes + 8,
                         .at = bytes + 8,
                         .stop = bytes + 8 + length,
                         .before = 8,
                         .error = error},
                .data = bytes + 8 + length,
                .n_data = size - 8 - length,
                .file = file,
                .error = error};
    RtStatus status = read_header(&r);
    if (status == RT_OK)
        status = refuse_twins(&r);
    if (status == RT_OK)
        status = add_tensors(&r);
    for (size_t i = 0; i < r.n; i++)
        free(r.entries[i].name);
    free(r.entries);
    return status;
}
