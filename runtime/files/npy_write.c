/* npy_write.c: .npy files, and .npz archives of stored members.
 *
 * Dates are those of 1980-01-01, so that equal arrays give equal files. */
#include <stdlib.h>
#include <string.h>

#include "runtime/data/crc32.h"
#include "runtime/files/atomic.h"
#include "runtime/files/tensors_internal.h"

enum { HEAD_ALIGN = 64, ZIP_VERSION = 20, ZIP_DATE = 0x21, MAX_NAME = 0xff00 };
static const uint64_t zip_limit = 0xfffffffe;

/* ---- .npy ---- */

RtStatus rt_npy_head(const RtTensor *tensor, char text[RT_NPY_HEAD], size_t *size, RtError *error)
{
    char shape[256] = "";
    size_t at = 0;
    const char *descr = rt_dtype(tensor->dtype)->numpy;
    if (!*descr)
        return rt_fail(error, "'%s' is %s, which NumPy's files cannot hold", tensor->name,
                       rt_dtype(tensor->dtype)->name);
    for (uint32_t i = 0; i < tensor->rank; i++)
        at += (size_t)snprintf(shape + at, sizeof shape - at, i ? " %lld," : "%lld,",
                               (long long)tensor->dims[i]);
    if (tensor->rank > 1)
        shape[at - 1] = 0; /* only (3,) keeps its comma */
    int n = snprintf(text + 10, RT_NPY_HEAD - 10,
                     "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }", descr, shape);
    size_t length = (10 + (size_t)n + HEAD_ALIGN) / HEAD_ALIGN * HEAD_ALIGN;
    memcpy(text, "\x93NUMPY\x01\x00", 8);
    text[8] = (char)(length - 10);
    text[9] = (char)((length - 10) >> 8);
    memset(text + 10 + n, ' ', length - 10 - (size_t)n);
    text[length - 1] = '\n';
    *size = length;
    return RT_OK;
}

static RtStatus head_and_size(const RtTensor *tensor, char *head, size_t *n_head, uint64_t *bytes,
                              RtError *error)
{
    if (!rt_tensor_bytes(tensor, bytes))
        return rt_fail(error, "'%s' has impossible sizes", tensor->name);
    return rt_npy_head(tensor, head, n_head, error);
}

RtStatus rt_npy_write(const char *path, const RtTensor *tensor, RtError *error)
{
    char head[RT_NPY_HEAD];
    size_t n_head;
    uint64_t bytes;
    RtFile file;
    RtStatus status = head_and_size(tensor, head, &n_head, &bytes, error);
    if (status == RT_OK)
        status = rt_file_begin(path, &file, error);
    if (status != RT_OK)
        return status;
    fwrite(head, 1, n_head, file.out);
    rt_stream_put(file.stream, tensor->data, (size_t)bytes);
    return rt_file_commit(&file, error);
}

/* ---- .npz ---- */

typedef struct Member {
    uint32_t crc, size, offset;
} Member;

typedef struct ZipWriter {
    RtFile file;
    uint64_t at;
    Member *members;
    RtError *error;
} ZipWriter;

static void put(ZipWriter *w, const void *bytes, size_t n)
{
    fwrite(bytes, 1, n, w->file.out);
    w->at += n;
}

static void put_number(ZipWriter *w, uint32_t value, int bytes)
{
    unsigned char b[4] = {(unsigned char)value, (unsigned char)(value >> 8),
                          (unsigned char)(value >> 16), (unsigned char)(value >> 24)};
    put(w, b, (size_t)bytes);
}

/* What local and central headers have in common: flags (UTF-8) to length of the extra field. */
static void put_common(ZipWriter *w, const Member *m, size_t n_name)
{
    put_number(w, ZIP_VERSION, 2);
    put_number(w, 1 << 11, 2);
    put_number(w, 0, 2);
    put_number(w, 0, 2);
    put_number(w, ZIP_DATE, 2);
    put_number(w, m->crc, 4);
    put_number(w, m->size, 4);
    put_number(w, m->size, 4);
    put_number(w, (uint32_t)n_name, 2);
    put_number(w, 0, 2);
}

static void put_name(ZipWriter *w, const char *name)
{
    put(w, name, strlen(name));
    put(w, ".npy", 4);
}

static RtStatus put_member(ZipWriter *w, const RtTensor *t, Member *m)
{
    char head[RT_NPY_HEAD];
    size_t n_head, n_name = strlen(t->name) + 4;
    uint64_t bytes;
    RtStatus status = head_and_size(t, head, &n_head, &bytes, w->error);
    if (status != RT_OK)
        return status;
    if (n_name > MAX_NAME || bytes + n_head > zip_limit ||
        w->at + n_head + bytes + n_name > zip_limit)
        return rt_fail(w->error, "'%s' is too large: an .npz archive holds 4 GB, .safetensors more",
                       w->file.path);
    m->crc = rt_crc32(rt_crc32(0, head, n_head), t->data, (size_t)bytes);
    m->size = (uint32_t)(bytes + n_head);
    m->offset = (uint32_t)w->at;
    put_number(w, 0x04034b50, 4);
    put_common(w, m, n_name);
    put_name(w, t->name);
    put(w, head, n_head);
    rt_stream_put(w->file.stream, t->data, (size_t)bytes);
    w->at += bytes;
    return RT_OK;
}

static void put_directory(ZipWriter *w, const RtTensor *tensors, uint32_t n)
{
    uint64_t start = w->at;
    for (uint32_t i = 0; i < n; i++) {
        put_number(w, 0x02014b50, 4);
        put_number(w, ZIP_VERSION, 2);
        put_common(w, &w->members[i], strlen(tensors[i].name) + 4);
        put_number(w, 0, 2); /* comment */
        put_number(w, 0, 2); /* disk */
        put_number(w, 0, 2);
        put_number(w, 0, 4);
        put_number(w, w->members[i].offset, 4);
        put_name(w, tensors[i].name);
    }
    uint32_t length = (uint32_t)(w->at - start);
    put_number(w, 0x06054b50, 4);
    put_number(w, 0, 4);
    put_number(w, n, 2);
    put_number(w, n, 2);
    put_number(w, length, 4);
    put_number(w, (uint32_t)start, 4);
    put_number(w, 0, 2);
}

RtStatus rt_npz_write(const char *path, const RtTensor *tensors, uint32_t n, RtError *error)
{
    ZipWriter w = {.error = error};
    if (n > 0xfffe)
        return rt_fail(error, "an .npz archive holds at most 65534 arrays, not %u", n);
    w.members = calloc((size_t)n + 1, sizeof *w.members);
    if (!w.members)
        return rt_fail(error, "not enough memory to write '%s'", path);
    RtStatus status = rt_file_begin(path, &w.file, error);
    if (status == RT_OK) {
        for (uint32_t i = 0; i < n && status == RT_OK; i++)
            status = put_member(&w, &tensors[i], &w.members[i]);
        if (status == RT_OK)
            put_directory(&w, tensors, n);
        if (status == RT_OK)
            status = rt_file_commit(&w.file, error);
        else
            rt_file_abandon(&w.file);
    }
    free(w.members);
    return status;
}
