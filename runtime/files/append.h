/* append.h: a file that grows during a training, and that a resumed run continues exactly.
 *
 * What is written stays in memory until the flush, so the file holds whole flushes only: what is behind
 * the length of a checkpoint was written after it and is cut off by the run that continues. */
#ifndef NNLC_RUNTIME_FILES_APPEND_H
#define NNLC_RUNTIME_FILES_APPEND_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "runtime/abi/status.h"
#include "runtime/files/stream.h"

enum { RT_AT_END = -1 };

typedef struct RtAppend {
    FILE *out;      /* write here; errors are found by the flush */
    int64_t length; /* of the file since the last flush: kept in a checkpoint */
    char *path;     /* as given */
    RtStream *stream;
    bool is_regular, is_cut;
    bool
        is_gone; /* a pipe that nobody reads any more: what is written vanishes, and that is no failure */
} RtAppend;

/* Opens the file to go on at byte `at`: 0 replaces what is there, RT_AT_END goes on behind it, and a length
 * continues an earlier run; the file must have as many bytes. A file that may be empty is created. What is
 * behind `at` is cut off by the first flush, not before. Pipes and devices are written as they are,
 * and so are /dev/stdout and /dev/stderr, whatever is behind them.
 * The caller closes *out. */
RtStatus rt_append_open(const char *path, int64_t at, RtAppend **out, RtError *error) RT_MUST_USE;
/* Writes what is in memory. After a failure the file has the length of the flush before, and
 * every later flush fails. */
RtStatus rt_append_flush(RtAppend *file, RtError *error) RT_MUST_USE;
/* Flushes, and makes it last through a power failure: before a checkpoint that holds the length. */
RtStatus rt_append_sync(RtAppend *file, RtError *error) RT_MUST_USE;
/* Flushes and closes; closes also after a failure. NULL: nothing. */
RtStatus rt_append_close(RtAppend *file, RtError *error) RT_MUST_USE;
/* Closes without writing what is in memory. NULL: nothing. */
void rt_append_abandon(RtAppend *file);

#endif
