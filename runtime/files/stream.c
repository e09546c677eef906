/* stream.c: a stream in memory before write(2). */
#include "runtime/files/stream.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST_TEXT = 1 << 20 };

RtStream *rt_stream_open(int fd)
{
    RtStream *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->fd = fd;
    s->out = open_memstream(&s->text, &s->n_text);
    if (s->out)
        return s;
    free(s);
    return NULL;
}

static void write_all(RtStream *s, const char *bytes, size_t n)
{
    while (n && !s->number) {
        ssize_t done = write(s->fd, bytes, n);
        if (done > 0) {
            bytes += done;
            n -= (size_t)done;
            s->bytes += done;
        } else if (done == 0 || errno != EINTR) {
            s->number = done == 0 ? EIO : errno;
        }
    }
}

void rt_stream_flush(RtStream *s)
{
    if (!s->number && (fflush(s->out) != 0 || ferror(s->out)))
        s->number = ENOMEM;
    write_all(s, s->text, s->n_text);
    rewind(s->out);
}

void rt_stream_relieve(RtStream *s)
{
    if (ftello(s->out) > MOST_TEXT)
        rt_stream_flush(s);
}

void rt_stream_put(RtStream *s, const void *bytes, size_t n)
{
    rt_stream_flush(s);
    write_all(s, bytes, n);
}

void rt_stream_put_all(RtStream *s, const RtSpan *pieces, size_t n)
{
    for (size_t i = 0; i < n; i++)
        rt_stream_put(s, pieces[i].bytes, pieces[i].n);
}

void rt_stream_close(RtStream *s)
{
    if (!s)
        return;
    fclose(s->out);
    free(s->text);
    free(s);
}

int rt_fd_sync(int fd)
{
    while (fsync(fd) != 0)
        if (errno != EINTR)
            return errno;
    return 0;
}

int rt_fd_cut(int fd, int64_t length)
{
    while (ftruncate(fd, (off_t)length) != 0)
        if (errno != EINTR)
            return errno;
    return 0;
}
