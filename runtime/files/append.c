/* append.c: a stream, and the length of what it has written. */
#include "runtime/files/append.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/data/store.h"
#include "runtime/files/place.h"

/* Its length, and whether it can be cut. */
static RtStatus look(RtAppend *f, int64_t at, RtError *error)
{
    struct stat st;
    if (fstat(f->stream->fd, &st) != 0)
        return rt_place_fail(f->path, errno, error);
    f->is_regular = S_ISREG(st.st_mode) && rt_place_open_fd(f->path) < 0;
    f->length = at == RT_AT_END ? f->is_regular ? (int64_t)st.st_size : 0 : at;
    if (!f->is_regular || f->length <= (int64_t)st.st_size)
        return RT_OK;
    return rt_fail(error, "cannot continue '%s': it has %lld bytes, but %lld were written", f->path,
                   (long long)st.st_size, (long long)f->length);
}

/* 0, or the number of what is wrong. */
static int open_file(const char *path, int64_t at, int *fd)
{
    RtPlace place;
    if (rt_place_is_special(path)) {
        *fd = rt_place_open_special(path);
        return *fd < 0 ? errno : 0;
    }
    int number = rt_place_find(path, &place);
    if (number)
        return number;
    int flags = O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW | (at > 0 ? 0 : O_CREAT);
    *fd = openat(place.folder, place.name, flags, 0666);
    number = *fd < 0 ? errno : 0;
    rt_place_close(&place);
    return number;
}

static RtStatus open_at(RtAppend *f, int64_t at, RtError *error)
{
    int fd, number = open_file(f->path, at, &fd);
    if (number)
        return rt_place_fail(f->path, number, error);
    f->stream = rt_stream_open(fd);
    if (!f->stream) {
        close(fd);
        return rt_place_fail(f->path, ENOMEM, error);
    }
    f->out = f->stream->out;
    return look(f, at, error);
}

RtStatus rt_append_open(const char *path, int64_t at, RtAppend **out, RtError *error)
{
    RtAppend *f = calloc(1, sizeof *f);
    if (f)
        f->path = rt_text_copy(path);
    RtStatus status = f && f->path ? open_at(f, at, error) : rt_place_fail(path, ENOMEM, error);
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
    f->is_gone = s->number == EPIPE && !f->is_regular;
    if (s->number && !f->is_gone) {
        (void)cut(f);
        return rt_place_fail(f->path, s->number, error);
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
    return f->stream->number ? rt_place_fail(f->path, f->stream->number, error) : RT_OK;
}

static RtStatus shut(RtAppend *f, RtError *error)
{
    RtStatus status = RT_OK;
    if (f->stream && close(f->stream->fd) != 0 && errno != EINTR)
        status = rt_place_fail(f->path, errno, error);
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
