/* safetensors_write.c: header length, a JSON header padded to 8 bytes, the elements without holes.
 *
 * Elements lie by decreasing size of their type, so that each is aligned where the file is mapped. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/files/atomic.h"
#include "runtime/files/tensors_internal.h"
#include "runtime/files/text.h"

typedef struct Writer {
    const RtTensor *tensors;
    uint32_t n;
    const char *const *keys, *const *values;
    uint32_t n_meta;
    FILE *out;   /* NULL: only counts */
    size_t size; /* of the header so far */
} Writer;

static void put(Writer *w, const char *text, size_t n)
{
    if (w->out)
        fwrite(text, 1, n, w->out);
    w->size += n;
}

static void put_text(Writer *w, const char *text)
{
    put(w, text, strlen(text));
}

static void put_string(Writer *w, const char *text)
{
    w->size += rt_put_json_string(w->out, text);
}

static void put_meta(Writer *w)
{
    put_text(w, "\"__metadata__\":{");
    for (uint32_t i = 0; i < w->n_meta; i++) {
        put_text(w, i ? "," : "");
        put_string(w, w->keys[i]);
        put_text(w, ":");
        put_string(w, w->values[i]);
    }
    put_text(w, "}");
}

static void put_entry(Writer *w, const RtTensor *t, uint64_t at, uint64_t bytes)
{
    char text[128];
    put_string(w, t->name);
    snprintf(text, sizeof text, ":{\"dtype\":\"%s\",\"shape\":[", rt_dtype(t->dtype)->safetensors);
    put_text(w, text);
    for (uint32_t i = 0; i < t->rank; i++) {
        snprintf(text, sizeof text, i ? ",%lld" : "%lld", (long long)t->dims[i]);
        put_text(w, text);
    }
    snprintf(text, sizeof text, "],\"data_offsets\":[%" PRIu64 ",%" PRIu64 "]}", at, at + bytes);
    put_text(w, text);
}

/* The tensors in the order of the file: calls each with its place. */
static void put_entries(Writer *w)
{
    uint64_t at = 0, bytes;
    const char *comma = w->n_meta ? "," : "";
    for (size_t size = 8; size > 0; size /= 2)
        for (uint32_t i = 0; i < w->n; i++) {
            if (rt_dtype(w->tensors[i].dtype)->size != size ||
                !rt_tensor_bytes(&w->tensors[i], &bytes))
                continue;
            put_text(w, comma);
            put_entry(w, &w->tensors[i], at, bytes);
            at += bytes;
            comma = ",";
        }
}

static void put_header(Writer *w)
{
    w->size = 0;
    put_text(w, "{");
    if (w->n_meta)
        put_meta(w);
    put_entries(w);
    put_text(w, "}");
    while (w->size % 8)
        put_text(w, " ");
}

static void put_file(Writer *w, RtStream *stream)
{
    unsigned char length[8];
    for (int i = 0; i < 8; i++)
        length[i] = (unsigned char)((uint64_t)w->size >> 8 * i);
    fwrite(length, 1, sizeof length, w->out);
    put_header(w);
    for (size_t size = 8; size > 0; size /= 2)
        for (uint32_t i = 0; i < w->n; i++) {
            uint64_t bytes;
            if (rt_dtype(w->tensors[i].dtype)->size == size &&
                rt_tensor_bytes(&w->tensors[i], &bytes))
                rt_stream_put(stream, w->tensors[i].data, (size_t)bytes);
        }
}

RtStatus rt_safetensors_write(const char *path, const RtTensor *tensors, uint32_t n,
                              const char *const *meta_keys, const char *const *meta_values,
                              uint32_t n_meta, RtError *error)
{
    RtFile file;
    uint64_t bytes;
    Writer w = {
        .tensors = tensors, .n = n, .keys = meta_keys, .values = meta_values, .n_meta = n_meta};
    for (uint32_t i = 0; i < n; i++)
        if (!rt_tensor_bytes(&tensors[i], &bytes))
            return rt_fail(error, "'%s' has impossible sizes", tensors[i].name);
    RtStatus status = rt_file_begin(path, &file, error);
    if (status != RT_OK)
        return status;
    put_header(&w); /* counts */
    w.out = file.out;
    put_file(&w, file.stream);
    return rt_file_commit(&file, error);
}
