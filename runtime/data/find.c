/* find.c: the search for data files along a list of folders. */
#include "runtime/data/find.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool is_there(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0;
}

static char *joined(const char *dir, const char *name)
{
    size_t n = strlen(dir), size = n + strlen(name) + 2;
    char *path = malloc(size);
    if (path && (!strcmp(dir, ".") || n == 0))
        strcpy(path, name);
    else if (path)
        snprintf(path, size, "%s%s%s", dir, dir[n - 1] == '/' ? "" : "/", name);
    return path;
}

/* RT_OK: *path is there; RT_END: it is not. */
static RtStatus look(const char *dir, const char *name, char **path, RtError *error)
{
    char *found = joined(dir, name);
    if (!found)
        return rt_fail(error, "not enough memory to look for '%s'", name);
    if (!is_there(found)) {
        free(found);
        return RT_END;
    }
    *path = found;
    return RT_OK;
}

RtStatus rt_find_file(const RtDirs *dirs, const char *name, char **path, RtError *error)
{
    RtStatus status = RT_END;
    if (name[0] == '/')
        return look("", name, path, error);
    for (uint32_t i = 0; i < dirs->n && status == RT_END; i++)
        if (dirs->dir[i] && dirs->dir[i][0])
            status = look(dirs->dir[i], name, path, error);
    return status;
}

static bool is_same_folder(const char *a, const char *b)
{
    struct stat x, y;
    return !strcmp(a, b) ||
           (!stat(a, &x) && !stat(b, &y) && x.st_dev == y.st_dev && x.st_ino == y.st_ino);
}

static bool is_named_before(const RtDirs *dirs, uint32_t at)
{
    for (uint32_t i = 0; i < at; i++)
        if (dirs->dir[i] && dirs->dir[i][0] && is_same_folder(dirs->dir[i], dirs->dir[at]))
            return true;
    return false;
}

/* Each folder once; `.` by its name. */
RtStatus rt_fail_missing(const RtDirs *dirs, const char *name, RtError *error)
{
    char places[768] = "";
    size_t at = 0;
    if (name[0] == '/')
        return rt_fail(error, "file '%s' not found", name);
    for (uint32_t i = 0; i < dirs->n && at < sizeof places; i++) {
        const char *dir = dirs->dir[i];
        if (!dir || !dir[0] || is_named_before(dirs, i))
            continue;
        char *full = strcmp(dir, ".") ? NULL : realpath(dir, NULL);
        int n =
            snprintf(places + at, sizeof places - at, "%s'%s'", at ? ", " : "", full ? full : dir);
        at += n > 0 ? (size_t)n : 0;
        free(full);
    }
    return rt_fail(error, "file '%s' not found (searched: %s)", name, places);
}
