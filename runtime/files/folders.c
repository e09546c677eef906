/* folders.c: mkdir from the first part of a path on. */
#include "runtime/files/folders.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/data/store.h"
#include "runtime/files/place.h"

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

RtStatus rt_folders_make(const char *path, RtError *error)
{
    char *folder = rt_text_copy(path);
    RtStatus status = RT_OK;
    if (!folder)
        return rt_fail(error, "cannot make the folders of '%s': not enough memory", path);
    for (char *at = strchr(folder, '/'); at && status == RT_OK; at = strchr(at + 1, '/')) {
        *at = 0;
        if (*folder && mkdir(folder, 0777) != 0) {
            int number = errno;
            if (!is_folder(folder))
                status =
                    rt_fail(error, "cannot make the folder '%s': %s", folder, strerror(number));
        }
        *at = '/';
    }
    free(folder);
    return status;
}

/* The last of the folders in front of `path` that is there, put in its place. */
static void nearest_folder(char *path)
{
    struct stat st;
    char *slash;
    while ((slash = strrchr(path, '/')) != NULL) {
        slash[slash == path] = 0;
        if (slash == path || stat(path, &st) == 0 || (errno != ENOENT && errno != ENOTDIR))
            return;
    }
    strcpy(path, ".");
}

static RtStatus check_file(const char *path, RtError *error)
{
    RtPlace place;
    if (rt_place_is_special(path))
        return RT_OK;
    int number = rt_place_find(path, &place);
    if (number)
        return rt_place_fail(path, number, error);
    rt_place_close(&place);
    return RT_OK;
}

RtStatus rt_folders_check(const char *path, RtError *error)
{
    if (!strchr(path, '{') && access(path, F_OK) == 0)
        return check_file(path, error);
    char *folder = malloc(strlen(path) + 2);
    RtStatus status = RT_OK;
    if (!folder)
        return rt_fail(error, "not enough memory for the path '%s'", path);
    strcpy(folder, path);
    folder[strcspn(folder, "{")] = 0;
    nearest_folder(folder);
    int number = !is_folder(folder) ? ENOTDIR : access(folder, W_OK | X_OK) != 0 ? errno : 0;
    if (number)
        status = rt_fail(error, "cannot write into the folder '%s': %s", folder, strerror(number));
    free(folder);
    return status;
}
