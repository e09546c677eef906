/* archive.c: the members of a .keras file. Nothing is written to a disk, and no name is used as a path. */
#include "runtime/files/keras/archive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/files/hdf5/hdf5.h"

/* Deflate packs 1032 bytes into one at most. */
enum { MOST_TEXT = 1 << 26, MOST_PACKED = 1032, BASE_PACKED = 1 << 16 };

static const char *const text_members[] = {RT_KERAS_CONFIG, RT_KERAS_METADATA, RT_KERAS_SAVED};
enum { N_TEXTS = sizeof text_members / sizeof *text_members };

static const RtZipMember *find(const RtZip *zip, const char *name)
{
    for (uint32_t i = 0; i < zip->n; i++)
        if (!strcmp(zip->at[i].name, name))
            return &zip->at[i];
    return NULL;
}

bool rt_keras_archive_is(const RtZip *zip)
{
    return find(zip, RT_KERAS_WEIGHTS) || find(zip, RT_KERAS_CONFIG) ||
           find(zip, RT_KERAS_METADATA) || rt_text_ends(zip->path, ".keras");
}

/* ---- what no archive of Keras has ---- */

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static RtStatus refuse_twins(const RtZip *zip, RtError *error)
{
    RtStatus status = RT_OK;
    const char **sorted = malloc((zip->n + (size_t)1) * sizeof *sorted);
    if (!sorted)
        return rt_fail(error, "not enough memory for the names in '%s'", zip->path);
    for (uint32_t i = 0; i < zip->n; i++)
        sorted[i] = zip->at[i].name;
    qsort(sorted, zip->n, sizeof *sorted, compare_names);
    for (uint32_t i = 1; i < zip->n && status == RT_OK; i++)
        if (!strcmp(sorted[i], sorted[i - 1]))
            status = rt_fail(error, "'%.200s' is there twice in '%s'", sorted[i], zip->path);
    free(sorted);
    return status;
}

/* "../x", "/x", "a\..\x" */
static bool leads_out(const char *name)
{
    for (const char *at = name;; at++) {
        size_t n = strcspn(at, "/\\");
        if ((n == 2 && at[0] == '.' && at[1] == '.') || (!n && *at && at == name))
            return true;
        at += n;
        if (!*at)
            return false;
    }
}

static RtStatus check_names(const RtZip *zip, RtError *error)
{
    for (uint32_t i = 0; i < zip->n; i++)
        if (leads_out(zip->at[i].name))
            return rt_fail(error, "'%s' has a member '%.200s', whose name leads out of the archive",
                           zip->path, zip->at[i].name);
    return refuse_twins(zip, error);
}

static RtStatus check_size(const RtZip *zip, const RtZipMember *m, RtError *error)
{
    if (m->size <= MOST_PACKED * m->packed + BASE_PACKED)
        return RT_OK;
    return rt_fail(error, "'%s' in '%s' claims %llu bytes, which %llu packed ones cannot hold",
                   m->name, zip->path, (unsigned long long)m->size, (unsigned long long)m->packed);
}

/* ---- members ---- */

static RtStatus take_text(const RtZip *zip, const RtZipMember *m, RtKerasArchive *out,
                          RtError *error)
{
    const unsigned char *bytes;
    unsigned char *owned = NULL;
    if (m->size > MOST_TEXT)
        return rt_fail(error, "'%s' in '%s' has %llu bytes; at most %d are read", m->name,
                       zip->path, (unsigned long long)m->size, (int)MOST_TEXT);
    RtStatus status = check_size(zip, m, error);
    if (status == RT_OK)
        status = rt_zip_unpack(zip, m, &bytes, &owned, error);
    if (status != RT_OK)
        return status;
    char *text = malloc((size_t)m->size + 1);
    if (!text) {
        status = rt_fail(error, "not enough memory to read '%s'", zip->path);
    } else {
        memcpy(text, bytes, (size_t)m->size);
        text[m->size] = 0;
        status = strlen(text) == m->size
                     ? rt_names_add(&out->names, m->name, error)
                     : rt_fail(error, "'%s' in '%s' is not a text: it holds a zero byte", m->name,
                               zip->path);
    }
    if (status == RT_OK)
        status = rt_names_add(&out->texts, text, error);
    free(text);
    free(owned);
    return status;
}

static RtStatus no_weights(const RtZip *zip, RtError *error)
{
    RtStatus status = rt_fail(error, "'%s' has no member 'model.weights.h5'", zip->path);
    if (find(zip, "model.weights.npz"))
        rt_fail_help(error,
                     "its weights are in 'model.weights.npz', as Keras writes them without h5py");
    else if (find(zip, "model.weights.json"))
        rt_fail_help(error, "its weights are in several files; save it without max_shard_size");
    else
        rt_fail_help(error,
                     "a .keras file holds 'metadata.json', 'config.json' and 'model.weights.h5'");
    return status;
}

/* The first bytes tell before all of it is unpacked. */
static RtStatus check_start(const RtZipMember *m, const char *label, RtError *error)
{
    unsigned char bytes[8];
    size_t got = 0;
    RtInput *in = NULL;
    RtStatus status = rt_zip_input(m, label, &in, error);
    if (status == RT_OK)
        status = rt_input_read(in, bytes, sizeof bytes, &got, error);
    if (status == RT_OK && !rt_hdf5_is(bytes, got))
        status = rt_fail(error, "'%s' is not an HDF5 file", label);
    rt_input_close(in);
    return status;
}

static RtStatus take_weights(const RtZip *zip, RtKerasArchive *out, RtError *error)
{
    const RtZipMember *m = find(zip, RT_KERAS_WEIGHTS);
    size_t size = strlen(zip->path) + sizeof RT_KERAS_WEIGHTS + 1;
    if (!m)
        return no_weights(zip, error);
    out->label = malloc(size);
    if (!out->label)
        return rt_fail(error, "not enough memory to read '%s'", zip->path);
    snprintf(out->label, size, "%s:" RT_KERAS_WEIGHTS, zip->path);
    RtStatus status = check_size(zip, m, error);
    out->n_weights = (size_t)m->size;
    if (status == RT_OK)
        status = check_start(m, out->label, error);
    return status == RT_OK ? rt_zip_unpack(zip, m, &out->weights, &out->owned, error) : status;
}

RtStatus rt_keras_archive_open(const RtZip *zip, RtKerasArchive *out, RtError *error)
{
    memset(out, 0, sizeof *out);
    RtStatus status = check_names(zip, error);
    for (int i = 0; i < N_TEXTS && status == RT_OK; i++) {
        const RtZipMember *m = find(zip, text_members[i]);
        status = m ? take_text(zip, m, out, error) : RT_OK;
    }
    return status == RT_OK ? take_weights(zip, out, error) : status;
}

void rt_keras_archive_close(RtKerasArchive *archive)
{
    free(archive->label);
    free(archive->owned);
    rt_names_free(&archive->names);
    rt_names_free(&archive->texts);
    memset(archive, 0, sizeof *archive);
}
