/* atomic.c: write beside, sync, rename. */
#include "runtime/files/atomic.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/data/store.h"
#include "runtime/files/beside.h"

static RtStatus fail_at(const char *path, int number, RtError *error)
{
    return rt_fail(error, "cannot write '%s': %s", path, strerror(number));
}

static void forget(RtFile *f)
{
    free(f->path);
    free(f->goal);
    free(f->temporary);
    *f = (RtFile){.out = NULL};
}

/* Where a symbolic link leads: what is there is replaced, not the link. */
static char *goal_of(const char *path)
{
    struct stat st;
    char *resolved = NULL;
    if (lstat(path, &st) == 0 && S_ISLNK(st.st_mode))
        resolved = realpath(path, NULL);
    return resolved ? resolved : rt_text_copy(path);
}

static bool is_no_file(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
}

static RtStatus open_stream(RtFile *f, int fd, RtError *error)
{
    f->stream = rt_stream_open(fd);
    if (f->stream) {
        f->out = f->stream->out;
        return RT_OK;
    }
    close(fd);
    if (f->temporary)
        unlink(f->temporary);
    return fail_at(f->path, ENOMEM, error);
}

static RtStatus open_beside(RtFile *f, RtError *error)
{
    struct stat st;
    if (stat(f->goal, &st) == 0 && S_ISDIR(st.st_mode))
        return fail_at(f->path, EISDIR, error);
    int fd = rt_beside_open(f->goal, &f->temporary);
    return fd >= 0 ? open_stream(f, fd, error) : fail_at(f->path, errno, error);
}

/* A pipe, a terminal, /dev/null. */
static RtStatus open_in_place(RtFile *f, RtError *error)
{
    int fd = open(f->path, O_WRONLY | O_CLOEXEC);
    return fd >= 0 ? open_stream(f, fd, error) : fail_at(f->path, errno, error);
}

RtStatus rt_file_begin(const char *path, RtFile *file, RtError *error)
{
    if (!*path)
        return rt_fail(error, "cannot write '': the name is empty");
    RtFile f = {.path = rt_text_copy(path), .goal = goal_of(path)};
    RtStatus status = RT_OK;
    if (!f.path || !f.goal) {
        status = fail_at(path, ENOMEM, error);
    } else {
        status = is_no_file(path) ? open_in_place(&f, error) : open_beside(&f, error);
    }
    if (status == RT_OK)
        *file = f;
    else
        forget(&f);
    return status;
}

RtStatus rt_file_check(const char *path, RtError *error)
{
    RtFile file;
    if (is_no_file(path))
        return RT_OK;
    RtStatus status = rt_file_begin(path, &file, error);
    if (status == RT_OK)
        rt_file_abandon(&file);
    return status;
}

/* Makes the new name last through a power failure. A folder that cannot be read cannot be synced, nor can
 * those of some file systems: this is no failure. */
static int sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = rt_text_copy(slash ? path : ".");
    if (!folder)
        return 0;
    if (slash)
        folder[slash == path ? 1 : slash - path] = 0;
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int number = fd < 0 ? 0 : rt_fd_sync(fd);
    if (fd >= 0)
        close(fd);
    free(folder);
    return number == EINVAL || number == ENOTSUP ? 0 : number;
}

/* The name is changed before the file is closed: until then its lock keeps others from removing it. */
static int put_in_place(RtFile *f)
{
    int number = f->stream->number;
    if (!number)
        number = rt_fd_sync(f->stream->fd);
    if (!number && rename(f->temporary, f->goal) != 0)
        number = errno;
    if (number)
        unlink(f->temporary);
    close(f->stream->fd); /* synced: it has nothing left to report */
    return number ? number : sync_folder(f->goal);
}

RtStatus rt_file_commit(RtFile *f, RtError *error)
{
    rt_stream_flush(f->stream);
    int number = f->stream->number;
    if (f->temporary)
        number = put_in_place(f);
    else if (close(f->stream->fd) != 0 && !number)
        number = errno;
    RtStatus status = number ? fail_at(f->path, number, error) : RT_OK;
    rt_stream_close(f->stream);
    forget(f);
    return status;
}

void rt_file_abandon(RtFile *f)
{
    if (f->temporary)
        unlink(f->temporary);
    close(f->stream->fd);
    rt_stream_close(f->stream);
    forget(f);
}
