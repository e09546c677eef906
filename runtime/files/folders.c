/* folders.c: mkdir from the first part of a path on. */
#include "runtime/files/folders.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "runtime/data/store.h"

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
