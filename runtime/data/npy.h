/* npy.h: one array in NumPy's format. */
#ifndef NNLC_RUNTIME_DATA_NPY_H
#define NNLC_RUNTIME_DATA_NPY_H

#include "runtime/data/input.h"
#include "runtime/data/store.h"

/* Reads an array that fills the stream; rank 0 for a single number. Column-major data is turned
 * around. With facts_only it comes without data. */
RtStatus rt_npy_parse(RtInput *in, bool facts_only, RtArray **out, RtError *error) RT_MUST_USE;

#endif
