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

static RtStatus fail_at(const char *path, int number, RtError *error)
{
    return rt_fail(error, "cannot write '%s': %s", path, strerror(number));
}

static void forget(RtFile *f)
{
    free(f->path);
    free(f->goal);
    free(f->temporary);
    *f = (RtFile){NULL, NULL, NULL, NULL};
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

static char *temporary_name(const char *goal)
{
    size_t size = strlen(goal) + 32;
    char *name = malloc(size);
    if (name)
        snprintf(name, size, "%s.tmp.%ld", goal, (long)getpid());
    return name;
}

static RtStatus open_beside(RtFile *f, RtError *error)
{
    struct stat st;
    if (stat(f->goal, &st) == 0 && S_ISDIR(st.st_mode))
        return fail_at(f->path, EISDIR, error);
    f->temporary = temporary_name(f->goal);
    if (!f->temporary)
        return fail_at(f->path, ENOMEM, error);
    int fd = open(f->temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        return fail_at(f->path, errno, error);
    f->out = fdopen(fd, "wb");
    if (f->out)
        return RT_OK;
    close(fd);
    unlink(f->temporary);
    return fail_at(f->path, ENOMEM, error);
}

RtStatus rt_file_begin(const char *path, RtFile *file, RtError *error)
{
    if (!*path)
        return rt_fail(error, "cannot write '': the name is empty");
    RtFile f = {.path = rt_text_copy(path), .goal = goal_of(path)};
    RtStatus status = RT_OK;
    if (!f.path || !f.goal) {
        status = fail_at(path, ENOMEM, error);
    } else if (is_no_file(path)) { /* a pipe, a terminal, /dev/null: written in place */
        f.out = fopen(path, "wb");
        status = f.out ? RT_OK : fail_at(path, errno, error);
    } else {
        status = open_beside(&f, error);
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

/* Makes the new name last through a power failure; not all file systems can. */
static void sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = rt_text_copy(slash ? path : ".");
    if (!folder)
        return;
    if (slash)
        folder[slash == path ? 1 : slash - path] = 0;
    int fd = open(folder, O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        (void)fsync(fd);
        close(fd);
    }
    free(folder);
}

RtStatus rt_file_commit(RtFile *file, RtError *error)
{
    errno = 0;
    bool bad = ferror(file->out) || fflush(file->out) != 0;
    if (!bad && file->temporary)
        bad = fsync(fileno(file->out)) != 0;
    int number = errno ? errno : EIO;
    if (fclose(file->out) != 0 && !bad) {
        bad = true;
        number = errno;
    }
    if (!bad && file->temporary && rename(file->temporary, file->goal) != 0) {
        bad = true;
        number = errno;
    }
    if (bad && file->temporary)
        unlink(file->temporary);
    RtStatus status = bad ? fail_at(file->path, number, error) : RT_OK;
    if (!bad && file->temporary)
        sync_folder(file->goal);
    forget(file);
    return status;
}

void rt_file_abandon(RtFile *file)
{
    fclose(file->out);
    if (file->temporary)
        unlink(file->temporary);
    forget(file);
}
