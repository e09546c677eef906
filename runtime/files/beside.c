/* beside.c: "w.npz.nnlc-1234.tmp" beside "w.npz". */
#include "runtime/files/beside.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/data/crc32.h"
#include "runtime/files/stream.h"

enum { LONGEST = 200, MOST_TRIES = 100 };

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* What the names of all temporary files of a file begin with. A long name is cut, so that there is room. */
static char *stem_of(const char *goal)
{
    const char *base = last_part(goal);
    size_t before = (size_t)(base - goal), n = strlen(base), size = before + n + 32;
    char *stem = malloc(size), sum[16] = "";
    if (n > LONGEST) {
        snprintf(sum, sizeof sum, "-%08x", (unsigned)rt_crc32(0, base, n));
        for (n = LONGEST; n && (base[n] & 0xc0) == 0x80;) /* not within a character */
            n--;
    }
    if (stem)
        snprintf(stem, size, "%.*s%s.nnlc-", (int)(before + n), goal, sum);
    return stem;
}

/* 0, or errno: EAGAIN where another process holds it. */
static int lock(int fd)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(fd, F_SETLK, &whole) == 0)
        return 0;
    return errno == EACCES ? EAGAIN : errno;
}

/* ---- what was left ---- */

static bool is_ours(const char *name, const char *stem)
{
    size_t n = strlen(stem);
    if (strncmp(name, stem, n) != 0)
        return false;
    size_t digits = strspn(name + n, "0123456789-");
    return digits && !strcmp(name + n + digits, ".tmp");
}

static void remove_if_left(const char *path)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return;
    if (lock(fd) == 0)
        unlink(path);
    close(fd);
}

static void remove_left(const char *stem, const char *own)
{
    const char *base = last_part(stem);
    size_t before = (size_t)(base - stem), size = before + 512;
    char *path = malloc(size);
    if (!path)
        return;
    snprintf(path, size, "%.*s", (int)before, stem);
    DIR *folder = opendir(before ? path : ".");
    for (struct dirent *e; folder && (e = readdir(folder));) {
        snprintf(path + before, size - before, "%s", e->d_name);
        if (is_ours(e->d_name, base) && strcmp(path, own) != 0)
            remove_if_left(path);
    }
    if (folder)
        closedir(folder);
    free(path);
}

/* ---- a new one ---- */

/* Takes one that was left, or makes it. Sets *taken if another process holds the name; it may be one of another
 * container, with the same number. */
static int take(const char *name, bool *taken)
{
    struct stat st;
    int fd = open(name, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    int number = fd < 0 ? errno : lock(fd);
    if (fd < 0) { /* a link, or a file of somebody else */
        *taken = lstat(name, &st) == 0;
        errno = number;
        return -1;
    }
    if (number != EAGAIN && fstat(fd, &st) == 0)
        number = st.st_nlink == 0 ? EAGAIN : 0; /* removed before it was locked */
    if (!number && st.st_size)
        number = rt_fd_cut(fd, 0);
    *taken = number == EAGAIN;
    if (!number)
        return fd;
    close(fd);
    errno = number;
    return -1;
}

int rt_beside_open(const char *goal, char **name)
{
    char *stem = stem_of(goal), *path = stem ? malloc(strlen(stem) + 48) : NULL, try[16] = "";
    bool taken = true;
    int fd = -1, number = ENOMEM;
    for (int k = 0; path && taken && k < MOST_TRIES; k++) {
        if (k)
            snprintf(try, sizeof try, "-%d", k);
        snprintf(path, strlen(stem) + 48, "%s%ld%s.tmp", stem, (long)getpid(), try);
        fd = take(path, &taken);
        number = errno;
    }
    if (fd >= 0) {
        remove_left(stem, path);
        *name = path;
    } else {
        free(path);
    }
    free(stem);
    errno = number;
    return fd;
}
