/* atomic.h: files that appear whole or not at all.
 *
 * Written under a name of their own beside their place, synced, renamed. Until the commit, what was
 * there before stays. Two threads must not write one file at a time; of two processes the later commit wins. */
#ifndef NNLC_RUNTIME_FILES_ATOMIC_H
#define NNLC_RUNTIME_FILES_ATOMIC_H

#include "runtime/abi/status.h"
#include "runtime/files/stream.h"

typedef struct RtFile {
    FILE *out;        /* text goes here ... */
    RtStream *stream; /* ... and blocks; errors are found by the commit */
    char *path;       /* as given */
    char *goal, *temporary;
} RtFile;

/* Could a file be written there? Begins one beside it and removes it; opens no pipe or device. */
RtStatus rt_file_check(const char *path, RtError *error) RT_MUST_USE;
/* Removes what a process left beside the place that was killed while it wrote this file. */
RtStatus rt_file_begin(const char *path, RtFile *file, RtError *error) RT_MUST_USE;
/* Closes in any case. After a failure the temporary file is gone and the old one untouched; only where the folder
 * cannot be synced, the new one is there already, and may be lost if the power fails. */
RtStatus rt_file_commit(RtFile *file, RtError *error) RT_MUST_USE;
/* Closes and removes what was written. */
void rt_file_abandon(RtFile *file);

#endif
