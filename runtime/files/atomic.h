/* atomic.h: files that appear whole or not at all.
 *
 * Written under a name of their own beside their place, synced, renamed. Until the commit, what was
 * there before stays. */
#ifndef NNLC_RUNTIME_FILES_ATOMIC_H
#define NNLC_RUNTIME_FILES_ATOMIC_H

#include <stdbool.h>
#include <stdio.h>

#include "runtime/abi/status.h"

typedef struct RtFile {
    FILE *out;  /* write here; errors are found by the commit */
    char *path; /* as given */
    char *goal, *temporary;
} RtFile;

/* Could a file be written there? Begins one beside it and removes it; opens no pipe or device. */
RtStatus rt_file_check(const char *path, RtError *error) RT_MUST_USE;
RtStatus rt_file_begin(const char *path, RtFile *file, RtError *error) RT_MUST_USE;
/* Closes in any case; after a failure the temporary file is gone and the old one untouched. */
RtStatus rt_file_commit(RtFile *file, RtError *error) RT_MUST_USE;
/* Closes and removes what was written. */
void rt_file_abandon(RtFile *file);

#endif
