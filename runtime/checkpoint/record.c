/* record.c: the record of a checkpoint to bytes and back. */
#include "runtime/checkpoint/record.h"

#include "runtime/abi/records.h"

#define RECORDS_FILE "runtime/checkpoint/checkpoint.def"
#include "runtime/abi/expand_records.def"

unsigned char *rt_kept_write(const ImgKept *kept, size_t *size)
{
    Out o = {NULL, 0};
    put_Kept(&o, kept);
    o.bytes = malloc(o.n);
    if (!o.bytes)
        return NULL;
    o.n = 0;
    put_Kept(&o, kept);
    *size = o.n;
    return o.bytes;
}

/* The record, and the chain of what it points to. */
typedef struct Owned {
    ImgKept kept;
    Block *blocks;
} Owned;

RtStatus rt_kept_read(const void *bytes, size_t size, const char *path, ImgKept **out,
                      RtError *error)
{
    In in = {bytes, size, NULL, false};
    Owned *o = calloc(1, sizeof *o);
    if (!o)
        return rt_fail(error, "not enough memory to read '%s'", path);
    get_Kept(&in, &o->kept);
    o->blocks = in.blocks;
    if (!in.bad && !in.left && o->kept.version == RT_KEPT_VERSION) {
        *out = &o->kept;
        return RT_OK;
    }
    bool other = !in.bad && o->kept.version != RT_KEPT_VERSION;
    rt_kept_free(&o->kept);
    return rt_fail(error,
                   other ? "the checkpoint '%s' was written by another version of nnlc"
                         : "the checkpoint '%s' is damaged",
                   path);
}

void rt_kept_free(ImgKept *kept)
{
    Owned *o = (Owned *)(void *)kept;
    if (!o)
        return;
    free_blocks(o->blocks);
    free(o);
}
