/* record.c: the record of a checkpoint to bytes and back. */
#include "runtime/checkpoint/record.h"

#include "runtime/abi/records.h"
#include "runtime/data/crc32.h"

#define RECORDS_FILE "runtime/checkpoint/checkpoint.def"
#include "runtime/abi/expand_records.def"

enum { CHECK = 4 }; /* bytes of the checksum of what is before them */

static uint32_t sum_of(const unsigned char *bytes, size_t n)
{
    return rt_crc32(0, bytes, n);
}

unsigned char *rt_kept_write(const ImgKept *kept, size_t *size)
{
    Out o = {NULL, 0};
    put_Kept(&o, kept);
    o.bytes = malloc(o.n + CHECK);
    if (!o.bytes)
        return NULL;
    o.n = 0;
    put_Kept(&o, kept);
    uint32_t sum = sum_of(o.bytes, o.n);
    put_U32(&o, &sum);
    *size = o.n;
    return o.bytes;
}

/* The record, and the chain of what it points to. */
typedef struct Owned {
    ImgKept kept;
    Block *blocks;
} Owned;

/* A number behind `before` bytes; 0 where there is none. */
static uint32_t number_at(const void *bytes, size_t size, size_t before)
{
    uint32_t n = 0;
    In in = {.bytes = (const unsigned char *)bytes + before,
             .left = size - before,
             .bad = size < before};
    if (!in.bad)
        get_U32(&in, &n);
    return n;
}

RtStatus rt_kept_read(const void *bytes, size_t size, const char *path, ImgKept **out,
                      RtError *error)
{
    size_t n = size > CHECK ? size - CHECK : 0;
    if (n && number_at(bytes, n, 0) != RT_KEPT_VERSION)
        return rt_fail(error, "the checkpoint '%s' was written by another version of nnlc", path);
    if (!n || number_at(bytes, size, n) != sum_of(bytes, n))
        return rt_fail(error, "the checkpoint '%s' is damaged", path);
    In in = {.bytes = bytes, .left = n};
    Owned *o = calloc(1, sizeof *o);
    if (!o)
        return rt_fail(error, "not enough memory to read '%s'", path);
    get_Kept(&in, &o->kept);
    o->blocks = in.blocks;
    if (!in.bad && !in.left) {
        *out = &o->kept;
        return RT_OK;
    }
    rt_kept_free(&o->kept);
    if (in.lost)
        return rt_fail(error, "not enough memory to read '%s'", path);
    return rt_fail(error, "the checkpoint '%s' is damaged", path);
}

void rt_kept_free(ImgKept *kept)
{
    Owned *o = (Owned *)(void *)kept;
    if (!o)
        return;
    free_blocks(o->blocks);
    free(o);
}
