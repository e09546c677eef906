/* h5.c: the source h5: arrays of an HDF5 file, which another process reads (runtime/files/hdf5). */
#include <stdlib.h>
#include <string.h>

#include "runtime/data/source_internal.h"
#include "runtime/files/hdf5/hdf5.h"

enum { X, Y, WEIGHTS, MOST_ARRAYS };

typedef struct Asked {
    const char *paths[MOST_ARRAYS]; /* NULL: none */
    RtArray **out[MOST_ARRAYS];
} Asked;

/* "/group/x" is "group/x", too. */
static const char *path_of(const char *text)
{
    return text ? text + strspn(text, "/") : NULL;
}

static RtStatus copy_array(const RtArray *from, const char *path, RtArray **out, RtError *error)
{
    RtStatus status = rt_array_open(from->dtype, from->rank, from->dims, path, out, error);
    if (status == RT_OK)
        memcpy((*out)->data, from->data, from->bytes);
    return status;
}

/* An array may be asked for twice: inputs that are targets, too. */
static RtStatus take_array(RtReader *r, RtH5File *file, const RtNames *names, const Asked *asked,
                           int which)
{
    const char *path = asked->paths[which];
    int64_t item = rt_names_find(names, path);
    for (int i = 0; i < which; i++)
        if (asked->paths[i] && !strcmp(asked->paths[i], path))
            return copy_array(*asked->out[i], r->out->path, asked->out[which], r->error);
    if (item < 0)
        return rt_fail_no_array(r->out->path, names, path, r->error);
    *asked->out[which] = rt_hdf5_take_array(file, (uint32_t)item);
    return RT_OK;
}

static RtStatus take_all(RtReader *r, RtH5File *file, const Asked *asked)
{
    RtNames names = {0, NULL};
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < file->n && status == RT_OK; i++)
        status = rt_names_add(&names, file->items[i].path, r->error);
    for (int i = 0; i < MOST_ARRAYS && status == RT_OK; i++)
        if (asked->paths[i])
            status = take_array(r, file, &names, asked, i);
    rt_names_free(&names);
    return status;
}

static RtStatus read_bytes(RtReader *r, const RtInput *in, const void *bytes, size_t size)
{
    RtReading *out = r->out;
    Asked asked = {{path_of(rt_source_text(r->source, "x", "x")),
                    path_of(rt_source_text(r->source, "y", NULL)),
                    path_of(rt_source_text(r->source, "weights", NULL))},
                   {&out->x, &out->y, &out->weights}};
    const char *paths[MOST_ARRAYS];
    bool facts[MOST_ARRAYS];
    RtH5Wanted wanted = {0, paths, facts};
    RtH5File *file = NULL;
    for (int i = 0; i < MOST_ARRAYS; i++)
        if (asked.paths[i]) {
            facts[wanted.n] = i == X && r->facts_only;
            paths[wanted.n++] = asked.paths[i];
        }
    RtStatus status = rt_hdf5_read(bytes, size, out->path, (RtH5Origin){rt_input_fd(in), 0, false},
                                   &wanted, &file, r->error);
    if (status == RT_OK)
        status = take_all(r, file, &asked);
    rt_hdf5_close(file);
    return status;
}

static bool starts(const unsigned char *bytes, size_t n)
{
    return rt_hdf5_is(bytes, n);
}

RtStatus rt_read_h5(RtReader *r)
{
    RtInput *in = NULL;
    unsigned char *bytes = NULL;
    size_t size = 0;
    RtStatus status = rt_reader_bytes(r, "path", &in, starts, &bytes, &size);
    if (status == RT_OK)
        status = read_bytes(r, in, bytes, size);
    rt_input_close(in);
    free(bytes);
    return status;
}
