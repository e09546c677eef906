/* idx.c: pairs of IDX files, as MNIST comes in.
 *
 * 0, 0, type, rank; then the sizes, then the elements; all numbers most significant byte first. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "runtime/data/elements.h"
#include "runtime/data/source_internal.h"

typedef struct IdxType {
    unsigned char code;
    RtFileType type;
} IdxType;

static const IdxType types[] = {
    {0x08, {RT_u8, 1, false, true}}, {0x09, {RT_i8, 1, true, true}},
    {0x0b, {RT_i32, 2, true, true}}, {0x0c, {RT_i32, 4, true, true}},
    {0x0d, {RT_f32, 4, true, true}}, {0x0e, {RT_f64, 8, true, true}},
};

static const IdxType *type_of(unsigned char code)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (types[i].code == code)
            return &types[i];
    return NULL;
}

static RtStatus read_header(RtInput *in, RtFileType *type, uint32_t *rank, int64_t *dims,
                            RtError *error)
{
    unsigned char head[4] = {0}, size[4];
    size_t got;
    RtStatus status = rt_input_read(in, head, 4, &got, error);
    if (status != RT_OK)
        return status;
    if (!got)
        return rt_fail(error, "'%s' is empty", rt_input_name(in));
    if (got < 4 && !head[0] && !head[1])
        return rt_fail(error, "'%s' ends in its IDX header", rt_input_name(in));
    if (head[0] || head[1])
        return rt_fail(error, "'%s' is not an IDX file: it starts with %02x %02x, not 00 00",
                       rt_input_name(in), head[0], head[1]);
    const IdxType *t = type_of(head[2]);
    if (!t)
        return rt_fail(error, "'%s' has the IDX type %02x, known are 08 09 0b 0c 0d 0e",
                       rt_input_name(in), head[2]);
    if (head[3] < 1 || head[3] > RT_MAX_RANK)
        return rt_fail(error, "'%s' has %d dimensions, possible are 1 to %d", rt_input_name(in),
                       head[3], RT_MAX_RANK);
    for (uint32_t i = 0; i < head[3]; i++) {
        status = rt_input_read(in, size, 4, &got, error);
        if (status == RT_OK && got < 4)
            status = rt_fail(error, "'%s' ends in the sizes of its %d dimensions",
                             rt_input_name(in), head[3]);
        if (status != RT_OK)
            return status;
        dims[i] = (int64_t)size[0] << 24 | size[1] << 16 | size[2] << 8 | size[3];
    }
    *type = t->type;
    *rank = head[3];
    return RT_OK;
}

/* Closes `in`. */
static RtStatus read_array(RtInput *in, bool facts_only, RtArray **out, RtError *error)
{
    RtFileType type = {RT_u8, 1, false, true};
    uint32_t rank = 0;
    int64_t dims[RT_MAX_RANK];
    RtStatus status = read_header(in, &type, &rank, dims, error);
    if (status == RT_OK)
        status = rt_elements_read(in, type, rank, dims, facts_only, out, error);
    rt_input_close(in);
    return status;
}

static RtStatus read_file(RtReader *r, const char *argument, bool facts_only, RtArray **out)
{
    RtInput *in = NULL;
    RtStatus status = rt_reader_open(r, argument, &in);
    return status == RT_OK ? read_array(in, facts_only, out, r->error) : status;
}

/* ---- folders ---- */

/* The first of the names in which such a file comes. *path: NULL if none is there; the caller frees it. */
static RtStatus find_in(const char *folder, const char *set, const char *what, int rank,
                        char **path, RtError *error)
{
    struct stat st;
    size_t size = strlen(folder) + 64;
    char *name = malloc(size);
    if (!name)
        return rt_fail(error, "not enough memory to look for '%s'", folder);
    for (int i = 0; i < 4; i++) {
        const char *dash = i % 2 ? "." : "-";
        snprintf(name, size, "%s/%s-%s%sidx%d-ubyte%s", folder, set, what, dash, rank,
                 i / 2 ? ".gz" : "");
        *path = stat(name, &st) == 0 && !S_ISDIR(st.st_mode) ? name : NULL;
        if (*path)
            return RT_OK;
    }
    free(name);
    return rt_fail(error,
                   "the folder '%s' has neither '%s-%s-idx%d-ubyte' nor '%s-%s.idx%d-ubyte', "
                   "with or without '.gz'",
                   folder, set, what, rank, set, what, rank);
}

static RtStatus read_part(RtReader *r, const char *folder, const char *what, int rank, char **path,
                          bool facts_only, RtArray **out)
{
    RtInput *in = NULL;
    RtStatus status =
        find_in(folder, r->source->held_out ? "t10k" : "train", what, rank, path, r->error);
    if (status == RT_OK)
        status = rt_input_open(*path, &in, r->error);
    return status == RT_OK ? read_array(in, facts_only, out, r->error) : status;
}

static RtStatus read_folder(RtReader *r, const char *folder)
{
    if (rt_source_text(r->source, "labels", NULL))
        return rt_fail(r->error, "'%s' is a folder, which has its own labels: leave out 'labels'",
                       folder);
    RtStatus status = read_part(r, folder, "images", 3, &r->out->path, r->facts_only, &r->out->x);
    return status == RT_OK ? read_part(r, folder, "labels", 1, &r->out->y_path, false, &r->out->y)
                           : status;
}

RtStatus rt_read_idx(RtReader *r)
{
    char *folder;
    RtStatus status = rt_reader_folder(r, "images", &folder);
    if (status == RT_OK && folder)
        status = read_folder(r, folder);
    else if (status == RT_OK)
        status = read_file(r, "images", r->facts_only, &r->out->x);
    if (status == RT_OK && !folder && rt_source_text(r->source, "labels", NULL))
        status = read_file(r, "labels", false, &r->out->y);
    if (status == RT_OK && r->out->y && r->out->x->dims[0] != r->out->y->dims[0])
        status = rt_fail(r->error, "'%s' has %lld images, but '%s' has %lld labels",
                         folder ? r->out->path : rt_source_text(r->source, "images", ""),
                         (long long)r->out->x->dims[0],
                         folder ? r->out->y_path : rt_source_text(r->source, "labels", ""),
                         (long long)r->out->y->dims[0]);
    free(folder);
    return status == RT_OK ? rt_sample_weights_file(r) : status;
}
