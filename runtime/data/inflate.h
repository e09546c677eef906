/* inflate.h: the way to zlib, or to its absence.
 *
 * Readers reach zlib only through this table, by a weak reference: a program that is linked without
 * inflate_zlib.o refuses compressed files and says how it must be compiled to read them. */
#ifndef NNLC_RUNTIME_DATA_INFLATE_H
#define NNLC_RUNTIME_DATA_INFLATE_H

#include <stddef.h>

typedef enum { RT_INFLATE_MORE, RT_INFLATE_END, RT_INFLATE_CORRUPT } RtInflateResult;

typedef struct RtInflate {
    /* gzip with its header and checksum, or the bare stream of a zip member. NULL: no memory. */
    void *(*open)(int is_gzip);
    /* Takes from *in and gives to *out as much as it can, and moves both. */
    RtInflateResult (*run)(void *z, const unsigned char **in, size_t *n_in, unsigned char **out,
                           size_t *n_out);
    /* Ready for another stream. */
    void (*reset)(void *z);
    void (*close)(void *z);
} RtInflate;

extern const RtInflate rt_inflate_zlib;

#endif
