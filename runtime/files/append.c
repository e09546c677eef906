/* append.c: bytes collect in a stream in memory; a flush writes them with write(2). */
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

/* Its length, and whether it can be cut. */
static RtStatus look(RtAppend *f, int64_t at, RtError *error)
{
    struct stat st;
    if (fstat(f->fd, &st) != 0)
        return fail_at(f->path, errno, error);
    f->is_regular = S_ISREG(st.st_mode);
    f->length = at == RT_AT_END ? f->is_regular ? (int64_t)st.st_size : 0 : at;
    if (!f->is_regular || f->length <= (int64_t)st.st_size)
        return RT_OK;
    return rt_fail(error, "cannot continue '%s': it has %lld bytes, but %lld were written", f->path,
                   (long long)st.st_size, (long long)f->length);
}

RtStatus rt_append_open(const char *path, int64_t at, RtAppend **out, RtError *error)
{
    RtAppend *f = calloc(1, sizeof *f);
    if (!*path) {
        free(f);
        return rt_fail(error, "cannot write '': the name is empty");
    }
    if (!f)
        return fail_at(path, ENOMEM, error);
    f->fd = -1;
    f->path = rt_text_copy(path);
    f->out = open_memstream(&f->bytes, &f->n_bytes);
    RtStatus status = f->path && f->out ? RT_OK : fail_at(path, ENOMEM, error);
    if (status == RT_OK) {
        f->fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC | (at > 0 ? 0 : O_CREAT), 0666);
        status = f->fd >= 0 ? look(f, at, error) : fail_at(path, errno, error);
    }
    if (status == RT_OK)
        *out = f;
    else
        rt_append_abandon(f);
    return status;
}

/* The number of the error; 0: none. Whatever is behind the length belongs to no flush. */
static int cut(RtAppend *f)
{
    while (f->is_regular && ftruncate(f->fd, (off_t)f->length) != 0)
        if (errno != EINTR)
            return errno;
    f->is_cut = true;
    return 0;
}

static int write_all(int fd, const char *bytes, size_t n)
{
    while (n) {
        ssize_t done = write(fd, bytes, n);
        if (done < 0 && errno != EINTR)
            return errno;
        if (done == 0)
            return EIO;
        bytes += done > 0 ? done : 0;
        n -= done > 0 ? (size_t)done : 0;
    }
    return 0;
}

RtStatus rt_append_flush(RtAppend *f, RtError *error)
{
    int number = fflush(f->out) != 0 || ferror(f->out) ? ENOMEM : 0;
    if (!number && !f->is_cut)
        number = cut(f);
    if (!number) {
        number = write_all(f->fd, f->bytes, f->n_bytes);
        if (number)
            (void)cut(f);
        else
            f->length += (int64_t)f->n_bytes;
    }
    rewind(f->out);
    return number ? fail_at(f->path, number, error) : RT_OK;
}

RtStatus rt_append_sync(RtAppend *f, RtError *error)
{
    RtStatus status = rt_append_flush(f, error);
    if (status == RT_OK && f->is_regular && fsync(f->fd) != 0)
        return fail_at(f->path, errno, error);
    return status;
}

RtStatus rt_append_close(RtAppend *f, RtError *error)
{
    if (!f)
        return RT_OK;
    RtStatus status = rt_append_flush(f, error);
    if (close(f->fd) != 0 && status == RT_OK && errno != EINTR)
        status = fail_at(f->path, errno, error);
    f->fd = -1;
    rt_append_abandon(f);
    return status;
}

void rt_append_abandon(RtAppend *f)
{
    if (!f)
        return;
    if (f->fd >= 0)
        close(f->fd);
    if (f->out)
        fclose(f->out);
    free(f->bytes);
    free(f->path);
    free(f);
}
