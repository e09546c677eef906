/* append.c: a stream, and the length of what it has written. */
#include "runtime/files/append.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/data/store.h"

static RtStatus fail_at(const char *path, int number, RtError *error)
{
    return rt_fail(error, "cannot write '%s': %s", path, strerror(number));
}

/* 1, 2: standard output or error; 0: another file. */
static int is_stream(const char *path)
{
    return !strcmp(path, "/dev/stdout") ? 1 : !strcmp(path, "/dev/stderr") ? 2 : 0;
}

/* Its length, and whether it can be cut. */
static RtStatus look(RtAppend *f, int64_t at, RtError *error)
{
    struct stat st;
    if (fstat(f->stream->fd, &st) != 0)
        return fail_at(f->path, errno, error);
    f->is_regular = S_ISREG(st.st_mode) && !is_stream(f->path);
    f->length = at == RT_AT_END ? f->is_regular ? (int64_t)st.st_size : 0 : at;
    if (!f->is_regular || f->length <= (int64_t)st.st_size)
        return RT_OK;
    return rt_fail(error, "cannot continue '%s': it has %lld bytes, but %lld were written", f->path,
                   (long long)st.st_size, (long long)f->length);
}

static RtStatus open_at(RtAppend *f, int64_t at, RtError *error)
{
    int flags = O_WRONLY | O_APPEND | O_CLOEXEC | (at > 0 ? 0 : O_CREAT);
    int stream = is_stream(f->path); /* opened anew, it would write over what the program prints */
    int fd = stream ? fcntl(stream, F_DUPFD_CLOEXEC, 3) : open(f->path, flags, 0666);
    if (fd < 0)
        return fail_at(f->path, errno, error);
    f->stream = rt_stream_open(fd);
    if (!f->stream) {
        close(fd);
        return fail_at(f->path, ENOMEM, error);
    }
    f->out = f->stream->out;
    return look(f, at, error);
}

RtStatus rt_append_open(const char *path, int64_t at, RtAppend **out, RtError *error)
{
    if (!*path)
        return rt_fail(error, "cannot write '': the name is empty");
    RtAppend *f = calloc(1, sizeof *f);
    if (f)
        f->path = rt_text_copy(path);
    RtStatus status = f && f->path ? open_at(f, at, error) : fail_at(path, ENOMEM, error);
    if (status == RT_OK)
        *out = f;
    else
        rt_append_abandon(f);
    return status;
}

/* Whatever is behind the length belongs to no flush. */
static int cut(RtAppend *f)
{
    int number = f->is_regular ? rt_fd_cut(f->stream->fd, f->length) : 0;
    f->is_cut = !number;
    return number;
}

RtStatus rt_append_flush(RtAppend *f, RtError *error)
{
    RtStream *s = f->stream;
    int64_t before = s->bytes;
    if (!f->is_cut && !s->number)
        s->number = cut(f);
    rt_stream_flush(s);
    if (s->number) {
        (void)cut(f);
        return fail_at(f->path, s->number, error);
    }
    f->length += s->bytes - before;
    return RT_OK;
}

RtStatus rt_append_sync(RtAppend *f, RtError *error)
{
    RtStatus status = rt_append_flush(f, error);
    if (status != RT_OK || !f->is_regular)
        return status;
    f->stream->number = rt_fd_sync(f->stream->fd);
    return f->stream->number ? fail_at(f->path, f->stream->number, error) : RT_OK;
}

static RtStatus shut(RtAppend *f, RtError *error)
{
    RtStatus status = RT_OK;
    if (f->stream && close(f->stream->fd) != 0 && errno != EINTR)
        status = fail_at(f->path, errno, error);
    rt_stream_close(f->stream);
    free(f->path);
    free(f);
    return status;
}

RtStatus rt_append_close(RtAppend *f, RtError *error)
{
    if (!f)
        return RT_OK;
    RtError other;
    RtStatus status = rt_append_flush(f, error);
    return shut(f, status == RT_OK ? error : &other) == RT_OK ? status : RT_ERROR;
}

void rt_append_abandon(RtAppend *f)
{
    RtError error;
    if (f)
        (void)!shut(f, &error);
}
