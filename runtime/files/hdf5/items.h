/* items.h: items of an HDF5 file as a stream between two processes of one program. */
#ifndef NNLC_RUNTIME_FILES_HDF5_ITEMS_H
#define NNLC_RUNTIME_FILES_HDF5_ITEMS_H

#include <stdio.h>

#include "runtime/files/hdf5/hdf5.h"

/* Where items go; of an array whose numbers are part of the file, their place goes there. */
typedef struct RtItemsOut {
    FILE *out;
    const void *bytes; /* of the file */
    size_t size;
} RtItemsOut;

/* Where items come from. */
typedef struct RtItemsIn {
    FILE *in;
    const char *name;
    const unsigned char *bytes; /* of the file */
    size_t size;
    bool last;     /* the bytes outlive the items */
    uint64_t most; /* bytes of numbers */
} RtItemsIn;

/* One item; `cx` is an RtItemsOut. */
RtStatus rt_items_put(void *cx, const RtH5Item *item, RtError *error);
/* The last of it; `fault`: why reading failed, NULL: it did not. */
void rt_items_end(FILE *out, const char *fault);
/* All items up to the end. Believes nothing: a stream that breaks off, or is none, is an error. */
RtStatus rt_items_get(const RtItemsIn *from, RtH5File **out, RtError *error) RT_MUST_USE;

#endif
