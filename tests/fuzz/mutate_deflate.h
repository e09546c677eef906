/* mutate_deflate.h: bytes packed in one of the ways that zlib knows. */
#ifndef NNLC_TESTS_FUZZ_MUTATE_DEFLATE_H
#define NNLC_TESTS_FUZZ_MUTATE_DEFLATE_H

#include <zlib.h>

#include "tests/fuzz/mutate.h"

/* In malloc memory. window: as deflateInit2 has it; header: of gzip, NULL: none of our own. */
static inline uint8_t *mutate_deflate(Mutation *m, const uint8_t *bytes, size_t n, int window,
                                      gz_header *header, size_t *n_packed)
{
    z_stream z = {.next_in = (Bytef *)(uintptr_t)bytes, .avail_in = (uInt)n};
    if (deflateInit2(&z, (int)mutate_pick(m, 10), Z_DEFLATED, window, 8,
                     (int)mutate_pick(m, Z_FIXED + 1)) != Z_OK ||
        (header && deflateSetHeader(&z, header) != Z_OK))
        abort();
    size_t room = deflateBound(&z, (uLong)n);
    uint8_t *packed = mutate_memory(room);
    z.next_out = packed;
    z.avail_out = (uInt)room;
    if (deflate(&z, Z_FINISH) != Z_STREAM_END)
        abort();
    *n_packed = room - z.avail_out;
    deflateEnd(&z);
    return packed;
}

#endif
