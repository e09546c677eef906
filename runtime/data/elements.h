/* elements.h: an array from the bytes of a stream. */
#ifndef NNLC_RUNTIME_DATA_ELEMENTS_H
#define NNLC_RUNTIME_DATA_ELEMENTS_H

#include "runtime/data/input.h"
#include "runtime/data/store.h"

/* How elements lie in a file. */
typedef struct RtFileType {
    RtDtype dtype;  /* in memory: 2-byte whole numbers become i32 */
    size_t size;    /* bytes in the file */
    bool is_signed; /* whole numbers only */
    bool is_big;    /* most significant byte first */
} RtFileType;

/* Reads the array that ends the stream: neither fewer nor more bytes. With facts_only the array
 * comes without data, and of the stream only what costs nothing is checked. */
RtStatus rt_elements_read(RtInput *in, RtFileType type, uint32_t rank, const int64_t *dims,
                          bool facts_only, RtArray **out, RtError *error) RT_MUST_USE;

/* An array of this shape that has no data. */
RtStatus rt_array_facts(RtDtype dtype, uint32_t rank, const int64_t *dims, const char *what,
                        RtArray **out, RtError *error) RT_MUST_USE;

#endif
