/* stream.h: what goes to a file: text collects in memory, large blocks are written as they are.
 *
 * Only write(2) touches the file, so the reason of a failure is known. */
#ifndef NNLC_RUNTIME_FILES_STREAM_H
#define NNLC_RUNTIME_FILES_STREAM_H

#include <stdint.h>
#include <stdio.h>

typedef struct RtStream {
    FILE *out;     /* text goes here, into memory */
    int fd;        /* of the file; the stream does not close it */
    int number;    /* errno of the first failure, behind which nothing is written; 0: none */
    int64_t bytes; /* written to the file so far */
    char *text;
    size_t n_text;
} RtStream;

/* Bytes of a file in somebody's memory. */
typedef struct RtSpan {
    const void *bytes;
    size_t n;
} RtSpan;

/* NULL: no memory. */
RtStream *rt_stream_open(int fd);
/* Writes the text to the file. */
void rt_stream_flush(RtStream *s);
/* The same if it has become large; after each line of many. */
void rt_stream_relieve(RtStream *s);
/* Writes the text, then a block, or several. */
void rt_stream_put(RtStream *s, const void *bytes, size_t n);
void rt_stream_put_all(RtStream *s, const RtSpan *pieces, size_t n);
/* Frees it; text that is still in memory is lost. NULL: nothing. */
void rt_stream_close(RtStream *s);

/* fsync and ftruncate, again where a signal interrupts them. 0, or errno. */
int rt_fd_sync(int fd);
int rt_fd_cut(int fd, int64_t length);

#endif
