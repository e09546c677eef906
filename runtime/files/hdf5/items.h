/* items.h: items of an HDF5 file as a stream between two processes of one program. */
#ifndef NNLC_RUNTIME_FILES_HDF5_ITEMS_H
#define NNLC_RUNTIME_FILES_HDF5_ITEMS_H

#include <stdio.h>

#include "runtime/files/hdf5/hdf5.h"

/* One item; `cx` is the FILE. */
RtStatus rt_items_put(void *cx, const RtH5Item *item, RtError *error);
/* The last of it; `fault`: why reading failed, NULL: it did not. */
void rt_items_end(FILE *out, const char *fault);
/* All items up to the end, with at most so many bytes of numbers. Believes nothing: a stream that breaks off, or
 * is none, is an error. */
RtStatus rt_items_get(FILE *in, const char *name, uint64_t most, RtH5File **out,
                      RtError *error) RT_MUST_USE;

#endif
