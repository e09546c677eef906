/* find.h: where data files are looked for. */
#ifndef NNLC_RUNTIME_DATA_FIND_H
#define NNLC_RUNTIME_DATA_FIND_H

#include <stdbool.h>
#include <stdint.h>

#include "runtime/abi/status.h"

/* Folders in the order of search; empty names are passed over. The strings are borrowed. */
typedef struct RtDirs {
    uint32_t n;
    const char *const *dir;
} RtDirs;

/* The path of the first file of this name in the folders, in malloc memory; an absolute name stands
 * for itself. RT_END: nowhere. */
RtStatus rt_find_file(const RtDirs *dirs, const char *name, char **path,
                      RtError *error) RT_MUST_USE;
/* Says that a file is nowhere, and where it was looked for. */
RtStatus rt_fail_missing(const RtDirs *dirs, const char *name, RtError *error) RT_MUST_USE;

#endif
