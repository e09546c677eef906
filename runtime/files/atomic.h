/* atomic.h: files that appear whole or not at all.
 *
 * Written under a name of their own beside their place, synced, renamed. Until the commit, what was
 * there before stays; its mode, owner and group stay for good, as far as they may. Of two that write one
 * file, the later commit wins. Pipes and devices are written as they are. */
#ifndef NNLC_RUNTIME_FILES_ATOMIC_H
#define NNLC_RUNTIME_FILES_ATOMIC_H

#include "runtime/abi/status.h"
#include "runtime/files/beside.h"
#include "runtime/files/stream.h"

typedef struct RtFile {
    FILE *out;        /* text goes here ... */
    RtStream *stream; /* ... and blocks; errors are found by the commit */
    char *path;       /* as given */
    int special;      /* the file descriptor of what is written as it is, or -1 */
    RtPlace place;
    RtBeside beside;
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
