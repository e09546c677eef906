/* place.c: links, folders, owners. */
#define _GNU_SOURCE /* O_PATH */
#include "runtime/files/place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/data/store.h"
#include "runtime/files/stream.h"

enum { MOST_LINKS = 40, MOST_LINK = 4096, MOST_SHOWN = 300, END_SHOWN = 26 };
enum { ALL_MAY_WRITE = 0222, MODES = 0777 };

RtStatus rt_place_fail(const char *path, int number, RtError *error)
{
    const char *why = number == RT_READ_ONLY ? "it is read-only"
                      : number == RT_NO_NAME ? "the name is empty"
                                             : strerror(number);
    size_t n = strlen(path);
    if (n <= MOST_SHOWN)
        return rt_fail(error, "cannot write '%s': %s", path, why);
    return rt_fail(error, "cannot write '%.*s...%s': %s", END_SHOWN, path, path + n - END_SHOWN,
                   why);
}

/* ---- special files ---- */

int rt_place_open_fd(const char *path)
{
    static const char *const folders[] = {"/dev/fd/", "/proc/self/fd/"};
    if (!strcmp(path, "/dev/stdout"))
        return STDOUT_FILENO;
    if (!strcmp(path, "/dev/stderr"))
        return STDERR_FILENO;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        size_t n = strlen(folders[i]);
        if (strncmp(path, folders[i], n) != 0)
            continue;
        size_t digits = strspn(path + n, "0123456789");
        if (digits && digits < 8 && !path[n + digits])
            return atoi(path + n);
    }
    return -1;
}

bool rt_place_is_special(const char *path)
{
    struct stat st;
    if (rt_place_open_fd(path) >= 0)
        return true;
    return stat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
}

bool rt_same_file(const char *a, const char *b)
{
    struct stat x, y;
    return !stat(a, &x) && !stat(b, &y) && x.st_dev == y.st_dev && x.st_ino == y.st_ino &&
           S_ISREG(x.st_mode);
}

int rt_place_open_special(const char *path)
{
    int open_fd = rt_place_open_fd(path);
    if (open_fd >= 0)
        return fcntl(open_fd, F_DUPFD_CLOEXEC, 3);
    int fd;
    do /* a pipe without a reader waits for one */
        fd = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
    while (fd < 0 && errno == EINTR);
    return fd;
}

/* ---- the way there ---- */

/* The folder in front of the name, and the name: a part of the path. */
static int enter(RtPlace *p, const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? rt_text_copy(path) : NULL;
    char *name = rt_text_copy(slash ? slash + 1 : path);
    int from = p->folder, number = 0;
    if (!name || (slash && !folder)) {
        number = ENOMEM;
    } else if (slash || from == AT_FDCWD) {
        if (folder)
            folder[slash == path ? 1 : slash - path] = 0;
        const char *in = folder ? folder : ".";
        p->folder = openat(from, in, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (p->folder < 0 && errno == EACCES) /* may be entered, not read */
            p->folder = openat(from, in, O_PATH | O_DIRECTORY | O_CLOEXEC);
        number = p->folder < 0 ? errno : 0;
        if (from != AT_FDCWD)
            close(from);
    }
    free(folder);
    free(p->name);
    p->name = name;
    return number;
}

/* In a folder where everybody may write, as /tmp, a link of somebody else is a trap. */
static bool is_trap(const RtPlace *p)
{
    struct stat folder;
    if (fstat(p->folder, &folder) != 0)
        return true;
    bool open_to_all = (folder.st_mode & S_ISVTX) && (folder.st_mode & S_IWOTH);
    return open_to_all && p->old.st_uid != geteuid() && p->old.st_uid != folder.st_uid;
}

static int follow(RtPlace *p)
{
    char to[MOST_LINK];
    if (is_trap(p))
        return EACCES;
    ssize_t n = readlinkat(p->folder, p->name, to, sizeof to - 1);
    if (n < 0)
        return errno;
    to[n] = 0;
    return n ? enter(p, to) : ENOENT;
}

static int check_old(const RtPlace *p)
{
    if (S_ISDIR(p->old.st_mode))
        return EISDIR;
    if (!S_ISREG(p->old.st_mode))
        return EINVAL;
    if (!(p->old.st_mode & ALL_MAY_WRITE))
        return RT_READ_ONLY;
    return faccessat(p->folder, p->name, W_OK, AT_EACCESS) != 0 ? errno : 0;
}

void rt_place_look(RtPlace *p)
{
    struct stat st;
    if (fstatat(p->folder, p->name, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return;
    p->is_there = true;
    p->old = st;
}

int rt_place_find(const char *path, RtPlace *p)
{
    *p = (RtPlace){.folder = AT_FDCWD};
    int number = *path ? enter(p, path) : RT_NO_NAME;
    for (int k = 0; !number; k++) {
        p->is_there = false;
        if (!*p->name)
            number = EISDIR;
        else
            rt_place_look(p);
        if (number || !p->is_there || !S_ISLNK(p->old.st_mode))
            break;
        number = k < MOST_LINKS ? follow(p) : ELOOP;
    }
    if (!number && p->is_there)
        number = check_old(p);
    if (number)
        rt_place_close(p);
    return number;
}

void rt_place_close(RtPlace *p)
{
    if (p->folder >= 0)
        close(p->folder);
    free(p->name);
    *p = (RtPlace){.folder = -1};
}

/* ---- what the new file gets ---- */

int rt_place_take_over(const RtPlace *p, int fd, bool executable)
{
    struct stat own;
    bool has_old = p->is_there && S_ISREG(p->old.st_mode);
    if (fstat(fd, &own) != 0)
        return errno;
    mode_t mode = (has_old ? p->old.st_mode : own.st_mode) & MODES;
    if (has_old && own.st_gid != p->old.st_gid && fchown(fd, (uid_t)-1, p->old.st_gid) != 0)
        mode = (mode & ~(mode_t)S_IRWXG) | (mode & S_IRWXO) << 3;
    if (has_old && own.st_uid != p->old.st_uid && fchown(fd, p->old.st_uid, (gid_t)-1) != 0)
        errno = 0; /* it stays ours */
    if (executable)
        mode |= (mode & 0444) >> 2;
    if (mode == (own.st_mode & MODES) || fchmod(fd, mode) == 0)
        return 0;
    return errno == EPERM || errno == ENOTSUP || errno == ENOSYS ? 0 : errno;
}

int rt_place_sync(const RtPlace *p)
{
    int number = rt_fd_sync(p->folder);
    return number == EINVAL || number == ENOTSUP || number == EBADF ? 0 : number;
}
