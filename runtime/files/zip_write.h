/* zip_write.h: archives of stored members with a fixed date, so that the same content gives the same bytes. */
#ifndef NNLC_RUNTIME_FILES_ZIP_WRITE_H
#define NNLC_RUNTIME_FILES_ZIP_WRITE_H

#include <stdint.h>

#include "runtime/abi/status.h"
#include "runtime/files/stream.h"

typedef struct RtZipPart {
    const char *name;
    const RtSpan *pieces; /* one behind the other */
    size_t n;
} RtZipPart;

/* Whole or not at all (atomic.h), in the order given. Up to 4 GB and 65534 members; `what` is said of a larger
 * one: "an .npz archive holds 4 GB, .safetensors more". */
RtStatus rt_zip_write(const char *path, const RtZipPart *parts, uint32_t n, const char *what,
                      RtError *error) RT_MUST_USE;

#endif
