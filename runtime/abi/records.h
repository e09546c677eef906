/* records.h: values and lists as bytes, both ways: what the records of image.def and checkpoint.def are made of.
 *
 * Integers have a fixed width and are little-endian; lists and strings stand behind a u32 count. Reading trusts
 * nothing: every count is checked against the bytes that are left before memory is taken for it. Readers and writers
 * of records are made from their tables by expand_records.def. */
#ifndef NNLC_RUNTIME_ABI_RECORDS_H
#define NNLC_RUNTIME_ABI_RECORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/image.h"

/* ---- writing ---- */

typedef struct Out {
    unsigned char *bytes; /* NULL: only count */
    size_t n;
} Out;

static inline void put_bytes(Out *o, const void *data, size_t size)
{
    if (o->bytes && size)
        memcpy(o->bytes + o->n, data, size);
    o->n += size;
}

static inline void put_U32(Out *o, const Img_U32 *x)
{
    unsigned char b[4];
    for (int i = 0; i < 4; i++)
        b[i] = (unsigned char)(*x >> 8 * i);
    put_bytes(o, b, 4);
}

static inline void put_u64(Out *o, uint64_t x)
{
    unsigned char b[8];
    for (int i = 0; i < 8; i++)
        b[i] = (unsigned char)(x >> 8 * i);
    put_bytes(o, b, 8);
}

static inline void put_I64(Out *o, const Img_I64 *x)
{
    put_u64(o, (uint64_t)*x);
}

static inline void put_F64(Out *o, const Img_F64 *x)
{
    uint64_t bits;
    memcpy(&bits, x, sizeof bits);
    put_u64(o, bits);
}

static inline void put_STR(Out *o, const Img_STR *x)
{
    const char *text = *x ? *x : "";
    uint32_t n = (uint32_t)strlen(text);
    put_U32(o, &n);
    put_bytes(o, text, n);
}

static inline void put_BYTES(Out *o, const Img_BYTES *x)
{
    put_U32(o, &x->n);
    put_bytes(o, x->at, x->n);
}

#define PUT_LIST(kind)                                                                             \
    static inline void put_LIST_##kind(Out *o, const Img_LIST_##kind *x)                           \
    {                                                                                              \
        put_U32(o, &x->n);                                                                         \
        for (uint32_t i = 0; i < x->n; i++)                                                        \
            put_##kind(o, &x->at[i]);                                                              \
    }
PUT_LIST(U32)
PUT_LIST(I64)
PUT_LIST(F64)
PUT_LIST(STR)

/* ---- reading ---- */

/* Blocks hang on a chain that starts in front of the program itself. */
typedef struct Block {
    struct Block *next;
    max_align_t data[];
} Block;

typedef struct In {
    const unsigned char *bytes;
    size_t left;
    Block *blocks;
    bool bad, lost; /* lost: memory was short */
} In;

static inline void *take(In *in, size_t count, size_t size)
{
    if (in->bad || (size && count > (SIZE_MAX - sizeof(Block)) / size)) {
        in->bad = true;
        return NULL;
    }
    Block *b = calloc(1, sizeof(Block) + count * size);
    if (!b) {
        in->bad = in->lost = true;
        return NULL;
    }
    b->next = in->blocks;
    in->blocks = b;
    return b->data;
}

static inline bool get_bytes(In *in, void *to, size_t size)
{
    if (in->bad || in->left < size) {
        in->bad = true;
        memset(to, 0, size);
        return false;
    }
    memcpy(to, in->bytes, size);
    in->bytes += size;
    in->left -= size;
    return true;
}

static inline void get_U32(In *in, Img_U32 *x)
{
    unsigned char b[4];
    get_bytes(in, b, 4);
    *x = (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

static inline uint64_t get_u64(In *in)
{
    Img_U32 low, high;
    get_U32(in, &low);
    get_U32(in, &high);
    return (uint64_t)high << 32 | low;
}

static inline void get_I64(In *in, Img_I64 *x)
{
    *x = (int64_t)get_u64(in);
}

static inline void get_F64(In *in, Img_F64 *x)
{
    uint64_t bits = get_u64(in);
    memcpy(x, &bits, sizeof *x);
}

/* Every element takes at least `least` bytes of what is left. */
static inline uint32_t get_count(In *in, size_t least)
{
    uint32_t n;
    get_U32(in, &n);
    if (in->bad || n > in->left / least) {
        in->bad = true;
        return 0;
    }
    return n;
}

static inline void get_STR(In *in, Img_STR *x)
{
    uint32_t n = get_count(in, 1);
    char *text = take(in, (size_t)n + 1, 1);
    *x = text ? text : "";
    if (!text)
        return;
    get_bytes(in, text, n);
    if (memchr(text, 0, n))
        in->bad = true;
}

static inline void get_BYTES(In *in, Img_BYTES *x)
{
    uint32_t n = get_count(in, 1);
    unsigned char *bytes = take(in, n, 1);
    x->at = bytes;
    x->n = bytes ? n : 0;
    if (bytes)
        get_bytes(in, bytes, n);
}

#define GET_LIST(kind, least)                                                                      \
    static inline void get_LIST_##kind(In *in, Img_LIST_##kind *x)                                 \
    {                                                                                              \
        uint32_t n = get_count(in, least);                                                         \
        x->at = take(in, n, sizeof *x->at);                                                        \
        x->n = x->at ? n : 0;                                                                      \
        for (uint32_t i = 0; i < x->n && !in->bad; i++)                                            \
            get_##kind(in, &x->at[i]);                                                             \
    }
GET_LIST(U32, 4)
GET_LIST(I64, 8)
GET_LIST(F64, 8)
GET_LIST(STR, 4)

static inline void free_blocks(Block *b)
{
    while (b) {
        Block *next = b->next;
        free(b);
        b = next;
    }
}

#endif
