/* reserve.h: memory that writing needs at the end of a training, taken before it begins.
 *
 * It is claimed, not touched: it takes addresses, no pages. Where something cannot be written for want of memory, the
 * reserve is given back, and it is tried once more. */
#ifndef NNLC_RUNTIME_FILES_RESERVE_H
#define NNLC_RUNTIME_FILES_RESERVE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "runtime/abi/status.h"

/* All zero: none. Threads may share it. */
typedef struct RtReserve {
    _Atomic(void *) block;
    size_t bytes; /* set before the first claim */
} RtReserve;

/* Nothing where it is there already. False: there is no room. */
bool rt_reserve_claim(RtReserve *r);
void rt_reserve_free(RtReserve *r);
/* After an error: was memory lacking, and is there more now? `r` NULL: no. */
bool rt_reserve_give(RtReserve *r, const RtError *error);

/* What writes a file, and can begin again after it has failed. */
typedef RtStatus RtWriting(void *cx, RtError *error);

/* Runs it; once more if the reserve can help, which is claimed anew afterwards as far as there is room. */
RtStatus rt_reserve_run(RtReserve *r, RtWriting *writing, void *cx, RtError *error) RT_MUST_USE;

#endif
