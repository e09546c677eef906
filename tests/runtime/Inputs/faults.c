/* faults.c: preloaded into a trainer, lets one of its calls on files fail. faults.py compiles and drives it.
 *
 *     FAULT_AT=K       the K-th call, from 1
 *     FAULT_HOW=E      with errno E; "full": writes half, then every call that needs room fails with ENOSPC; "kill":
 *                      the process ends there; "short": no call fails, but every write takes one half of its bytes, and
 *                      every second call is interrupted
 *     FAULT_LOG=FILE   gets "NAME PATH" of each call, behind "!" if it fails, else behind "?" if it is
 *                      the K-th
 *
 * Counted are open for writing, mkdir, write, ftruncate, fsync, rename, close, of what was opened for writing, and of
 * folders; not those of standard output and of devices. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST = 1024 };
static char *paths[MOST]; /* of the file descriptors that count */
static long n_calls, n_short;
static int is_full;

#define REAL(type, name, ...)                                                                      \
    static type (*real)(__VA_ARGS__);                                                              \
    if (!real)                                                                                     \
    *(void **)&real = dlsym(RTLD_NEXT, name)

static ssize_t really_write(int fd, const void *bytes, size_t n)
{
    REAL(ssize_t, "write", int, const void *, size_t);
    return real(fd, bytes, n);
}

static int really_close(int fd)
{
    REAL(int, "close", int);
    return real(fd);
}

static int really_open(int folder, const char *path, int flags, mode_t mode)
{
    REAL(int, "openat", int, const char *, int, ...);
    return real(folder, path, flags, mode);
}

static void note(const char *mark, const char *name, const char *path)
{
    char line[4300];
    int n = snprintf(line, sizeof line, "%s%s %s\n", mark, name, path);
    int fd = really_open(AT_FDCWD, getenv("FAULT_LOG"), O_WRONLY | O_CREAT | O_APPEND, 0666);
    if (fd < 0 || really_write(fd, line, (size_t)n) != n)
        abort();
    really_close(fd);
}

static int is_short(const char *name)
{
    return (!strcmp(name, "write") || !strcmp(name, "fsync") || !strcmp(name, "ftruncate")) &&
           n_short++ % 2;
}

/* The errno with which this call is to fail, or 0. */
static int fault(const char *name, const char *path, int needs_room)
{
    const char *at = getenv("FAULT_AT"), *how = getenv("FAULT_HOW");
    int fires = ++n_calls == atol(at), number = 0;
    if (!strcmp(how, "short"))
        number = is_short(name) ? EINTR : 0;
    else if (!strcmp(how, "full"))
        number = (is_full |= fires) && needs_room ? ENOSPC : 0;
    else if (fires && strcmp(how, "kill"))
        number = atoi(how);
    note(number ? "!" : fires ? "?" : "", name, path);
    if (fires && !strcmp(how, "kill"))
        raise(SIGKILL);
    return number;
}

static int failed(int number)
{
    errno = number;
    return number ? -1 : 0;
}

static const char *path_of(int fd)
{
    return fd >= 0 && fd < MOST ? paths[fd] : NULL;
}

static int open_any(int folder, const char *path, int flags, mode_t mode)
{
    int writes = (flags & O_ACCMODE) != O_RDONLY && strncmp(path, "/dev/", 5);
    if (writes && failed(fault("open", path, flags & O_CREAT)))
        return -1;
    int fd = really_open(folder, path, flags, mode);
    if (fd >= 0 && fd < MOST && (writes || flags & O_DIRECTORY))
        paths[fd] = strdup(writes ? path : "folder");
    return fd;
}

#define OPEN(folder)                                                                               \
    va_list args;                                                                                  \
    va_start(args, flags);                                                                         \
    mode_t mode = flags & O_CREAT ? (mode_t)va_arg(args, int) : 0;                                 \
    va_end(args);                                                                                  \
    return open_any(folder, path, flags, mode)

int open(const char *path, int flags, ...)
{
    OPEN(AT_FDCWD);
}

int open64(const char *path, int flags, ...)
{
    OPEN(AT_FDCWD);
}

int openat(int folder, const char *path, int flags, ...)
{
    OPEN(folder);
}

int openat64(int folder, const char *path, int flags, ...)
{
    OPEN(folder);
}

ssize_t write(int fd, const void *bytes, size_t n)
{
    const char *path = path_of(fd);
    int was_full = is_full, number = path ? fault("write", path, 1) : 0;
    if (path && is_full && !was_full && n > 1)
        return really_write(fd, bytes, n / 2);
    if (failed(number))
        return -1;
    return really_write(fd, bytes, path && n > 1 && n_short ? n / 2 : n);
}

int ftruncate(int fd, off_t length)
{
    REAL(int, "ftruncate", int, off_t);
    return path_of(fd) && failed(fault("ftruncate", path_of(fd), 0)) ? -1 : real(fd, length);
}

int fsync(int fd)
{
    REAL(int, "fsync", int);
    return path_of(fd) && failed(fault("fsync", path_of(fd), 1)) ? -1 : real(fd);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
    REAL(int, "renameat", int, const char *, int, const char *);
    return failed(fault("rename", to, 1)) ? -1 : real(from_folder, from, to_folder, to);
}

int mkdir(const char *path, mode_t mode)
{
    REAL(int, "mkdir", const char *, mode_t);
    return failed(fault("mkdir", path, 1)) ? -1 : real(path, mode);
}

/* Also of one that fails: the file descriptor is gone. */
int close(int fd)
{
    const char *path = path_of(fd);
    int number = path ? fault("close", path, 0) : 0;
    if (path)
        paths[fd] = NULL;
    int result = really_close(fd);
    return failed(number) ? -1 : result;
}
