/* layout.h: the layout of an HDF5 file as a stream between two processes of one program, and as the pieces of the
 * file. */
#ifndef NNLC_RUNTIME_FILES_HDF5_LAYOUT_H
#define NNLC_RUNTIME_FILES_HDF5_LAYOUT_H

#include <stdio.h>

#include "runtime/files/hdf5/hdf5.h"

/* Packs the first bytes of a file: its memory, with the numbers and behind its end zeros, to all but the numbers. */
RtStatus rt_layout_pack(RtH5Layout *layout, const RtH5Item *items, uint32_t n,
                        RtError *error) RT_MUST_USE;
/* The layout of a file of n items. */
void rt_layout_put(FILE *out, const RtH5Layout *layout, uint32_t n);
/* fault: why there is no layout. */
void rt_layout_put_fault(FILE *out, const char *fault);
/* Believes nothing: a stream that breaks off is an error, as a fault is. */
RtStatus rt_layout_get(FILE *in, uint32_t n, RtH5Layout *out, RtError *error) RT_MUST_USE;
/* The whole file, with the numbers of the items. Takes the memory of the layout. */
RtStatus rt_layout_fill(RtH5Layout *layout, const RtH5Item *items, uint32_t n, RtH5Image *out,
                        RtError *error) RT_MUST_USE;
void rt_layout_free(RtH5Layout *layout);

#endif
