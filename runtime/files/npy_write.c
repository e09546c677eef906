/* npy_write.c: .npy files, and .npz archives of them. */
#include <stdlib.h>
#include <string.h>

#include "runtime/files/atomic.h"
#include "runtime/files/tensors_internal.h"
#include "runtime/files/zip_write.h"

enum { HEAD_ALIGN = 64 };

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

/* The members: "NAME.npy", each with its head in front of its numbers. */
typedef struct Members {
    RtZipPart *at;
    RtSpan *pieces; /* two of each */
    uint32_t n;
} Members;

static void free_members(Members *m)
{
    for (uint32_t i = 0; m->at && m->pieces && i < m->n; i++) {
        free((char *)m->at[i].name);
        free((char *)m->pieces[2 * i].bytes);
    }
    free(m->at);
    free(m->pieces);
}

static RtStatus make_member(Members *m, uint32_t i, const RtTensor *t, const char *path,
                            RtError *error)
{
    RtSpan *pieces = m->pieces + 2 * (size_t)i;
    size_t n = strlen(t->name);
    char *name = malloc(n + 5), *head = malloc(RT_NPY_HEAD);
    uint64_t bytes = 0;
    m->at[i] = (RtZipPart){name, pieces, 2};
    pieces[0].bytes = head;
    if (!name || !head)
        return rt_fail(error, "not enough memory to write '%s'", path);
    memcpy(name, t->name, n);
    memcpy(name + n, ".npy", 5);
    RtStatus status = head_and_size(t, head, &pieces[0].n, &bytes, error);
    pieces[1] = (RtSpan){t->data, (size_t)bytes};
    return status;
}

RtStatus rt_npz_write(const char *path, const RtTensor *tensors, uint32_t n, RtError *error)
{
    Members m = {calloc((size_t)n + 1, sizeof *m.at), calloc(2 * (size_t)n + 1, sizeof *m.pieces),
                 n};
    RtStatus status = RT_OK;
    if (n > 0xfffe)
        status = rt_fail(error, "an .npz archive holds at most 65534 arrays, not %u", n);
    if (!m.at || !m.pieces)
        status = rt_fail(error, "not enough memory to write '%s'", path);
    for (uint32_t i = 0; i < n && status == RT_OK; i++)
        status = make_member(&m, i, &tensors[i], path, error);
    if (status == RT_OK)
        status =
            rt_zip_write(path, m.at, n, "an .npz archive holds 4 GB, .safetensors more", error);
    free_members(&m);
    return status;
}
