/* private.c: a locked folder beside a file. */
#include "runtime/files/private.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/data/store.h"
#include "runtime/files/stream.h"

/* Behind "./", a name is none of an option and of no list of arguments (@name). */
static char *folder_path(const char *path, const char *name)
{
    const char *slash = strrchr(path, '/');
    size_t n = slash ? (size_t)(slash + 1 - path) : 0, size = n + strlen(name) + 3;
    char *folder = malloc(size);
    if (folder)
        snprintf(folder, size, "%s%.*s%s", *path == '/' ? "" : "./", (int)n, path, name);
    return folder;
}

static int begin(const char *path, RtPrivate *p)
{
    p->path = rt_text_copy(path);
    int number = p->path ? rt_place_find(path, &p->place) : ENOMEM;
    if (!number)
        number = rt_beside_open_folder(&p->place, &p->beside);
    if (!number && !(p->folder = folder_path(path, p->beside.name)))
        number = ENOMEM;
    if (!number && strlen(p->folder) + sizeof RT_PRIVATE_OBJECT >= PATH_MAX)
        number = ENAMETOOLONG; /* the other program gets this path */
    return number;
}

RtStatus rt_private_begin(const char *path, RtPrivate *out, RtError *error)
{
    RtPrivate p = {.place.folder = -1, .beside.fd = -1};
    if (rt_place_is_special(path))
        return rt_fail(error, "cannot write '%s': it is not a regular file", path);
    int number = begin(path, &p);
    if (number) {
        rt_private_abandon(&p);
        return rt_place_fail(path, number, error);
    }
    *out = p;
    return RT_OK;
}

RtStatus rt_private_write(const RtPrivate *p, const void *bytes, size_t n, RtError *error)
{
    int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    int fd = openat(p->beside.fd, RT_PRIVATE_OBJECT, flags, 0600), number = fd < 0 ? errno : 0;
    RtStream *s = fd < 0 ? NULL : rt_stream_open(fd);
    if (s) {
        rt_stream_put(s, bytes, n);
        number = s->number;
    } else if (!number) {
        number = ENOMEM;
    }
    rt_stream_close(s);
    if (fd >= 0 && close(fd) != 0 && !number)
        number = errno;
    return number ? rt_place_fail(p->path, number, error) : RT_OK;
}

static int put_in_place(RtPrivate *p)
{
    int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
    int fd = openat(p->beside.fd, RT_PRIVATE_RESULT, flags), number = fd < 0 ? errno : 0;
    rt_place_look(&p->place);
    if (!number)
        number = rt_place_take_over(&p->place, fd, true);
    if (!number)
        number = rt_fd_sync(fd);
    if (!number && renameat(p->beside.fd, RT_PRIVATE_RESULT, p->place.folder, p->place.name) != 0)
        number = errno;
    if (fd >= 0)
        close(fd);
    return number ? number : rt_place_sync(&p->place);
}

RtStatus rt_private_commit(RtPrivate *p, RtError *error)
{
    int number = put_in_place(p);
    RtStatus status = number ? rt_place_fail(p->path, number, error) : RT_OK;
    rt_private_abandon(p);
    return status;
}

/* Its names are known: also where the folder cannot be listed, nothing is left. */
void rt_private_abandon(RtPrivate *p)
{
    if (p->beside.fd >= 0) {
        (void)unlinkat(p->beside.fd, RT_PRIVATE_OBJECT, 0);
        (void)unlinkat(p->beside.fd, RT_PRIVATE_RESULT, 0);
    }
    rt_beside_close(&p->place, &p->beside);
    rt_place_close(&p->place);
    free(p->folder);
    free(p->path);
    *p = (RtPrivate){.path = NULL};
}
