/* idx.c: pairs of IDX files, as MNIST comes in.
 *
 * 0, 0, type, rank; then the sizes, then the elements; all numbers most significant byte first. */
#include <stdlib.h>

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

static RtStatus read_file(RtReader *r, const char *argument, bool facts_only, RtArray **out)
{
    RtInput *in = NULL;
    RtFileType type = {RT_u8, 1, false, true};
    uint32_t rank = 0;
    int64_t dims[RT_MAX_RANK];
    RtStatus status = rt_reader_open(r, argument, &in);
    if (status == RT_OK)
        status = read_header(in, &type, &rank, dims, r->error);
    if (status == RT_OK)
        status = rt_elements_read(in, type, rank, dims, facts_only, out, r->error);
    rt_input_close(in);
    return status;
}

RtStatus rt_read_idx(RtReader *r)
{
    RtStatus status = read_file(r, "images", r->facts_only, &r->out->x);
    if (status == RT_OK)
        status = read_file(r, "labels", false, &r->out->y);
    if (status == RT_OK && r->out->x->dims[0] != r->out->y->dims[0])
        return rt_fail(r->error, "'%s' has %lld images, but '%s' has %lld labels",
                       rt_source_text(r->source, "images", ""), (long long)r->out->x->dims[0],
                       rt_source_text(r->source, "labels", ""), (long long)r->out->y->dims[0]);
    return status == RT_OK ? rt_sample_weights_file(r) : status;
}
