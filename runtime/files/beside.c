/* beside.c: "w.npz.nnlc-5f0c3ab1d24e9786.tmp" beside "w.npz". */
#include "runtime/files/beside.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "runtime/data/crc32.h"
#include "runtime/files/private.h"

enum { LONGEST = 200, STEM = 224, MOST_TRIES = 100, MOST_LIVING = 64 };
enum { NO_PLACE = -1 };

/* ---- what a signal removes ---- */

static struct {
    atomic_bool is_taken;
    atomic_int folder; /* its file descriptor + 1; 0: nothing to remove */
    char name[RT_BESIDE_NAME];
} living[MOST_LIVING];

static atomic_bool is_ending;

/* Before it is made. Where all are taken it is not removed by a signal, but by the next run. */
static int note(const RtPlace *p, const char *name)
{
    for (int i = 0; i < MOST_LIVING; i++) {
        if (atomic_exchange(&living[i].is_taken, true))
            continue;
        memcpy(living[i].name, name, RT_BESIDE_NAME);
        atomic_store(&living[i].folder, p->folder + 1);
        return i;
    }
    return NO_PLACE;
}

static void forget(RtBeside *b)
{
    if (b->at != NO_PLACE) {
        atomic_store(&living[b->at].folder, 0);
        atomic_store(&living[b->at].is_taken, false);
    }
    b->at = NO_PLACE;
}

/* What the linker works in. */
static void remove_folder(int folder, const char *name)
{
    int fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return;
    (void)unlinkat(fd, RT_PRIVATE_OBJECT, 0);
    (void)unlinkat(fd, RT_PRIVATE_RESULT, 0);
    close(fd);
    (void)unlinkat(folder, name, AT_REMOVEDIR);
}

static void remove_living(void)
{
    for (int i = 0; i < MOST_LIVING; i++) {
        int folder = atomic_load(&living[i].folder) - 1;
        if (folder >= 0 && unlinkat(folder, living[i].name, 0) != 0)
            remove_folder(folder, living[i].name);
    }
}

/* Another thread may be just about to make one: it has a moment for it, and then makes no more. */
void rt_beside_remove_all(void)
{
    const struct timespec moment = {0, 2000000};
    atomic_store(&is_ending, true);
    remove_living();
    nanosleep(&moment, NULL);
    remove_living();
}

/* ---- names ---- */

/* What the names of all temporary files of a file begin with. A long name is cut, so that there is room. */
static void stem_of(const char *base, char stem[STEM])
{
    size_t n = strlen(base);
    char sum[16] = "";
    if (n > LONGEST) {
        snprintf(sum, sizeof sum, "-%08x", (unsigned)rt_crc32(0, base, n));
        for (n = LONGEST; n && (base[n] & 0xc0) == 0x80;) /* not within a character */
            n--;
    }
    snprintf(stem, STEM, "%.*s%s.nnlc-", (int)n, base, sum);
}

/* A system without random numbers still has a time; the name must be new in any case. */
static unsigned long long random_number(void)
{
    static atomic_uint count;
    unsigned long long number = 0;
    struct timespec now = {0};
    if (getrandom(&number, sizeof number, GRND_NONBLOCK) == (ssize_t)sizeof number)
        return number;
    clock_gettime(CLOCK_REALTIME, &now);
    return (unsigned long long)now.tv_sec << 32 ^ (unsigned long long)now.tv_nsec << 8 ^
           (unsigned long long)getpid() << 40 ^ atomic_fetch_add(&count, 1);
}

/* ---- what was left ---- */

static bool is_ours(const char *name, const char *stem)
{
    size_t n = strlen(stem);
    if (strncmp(name, stem, n) != 0)
        return false;
    size_t digits = strspn(name + n, "0123456789abcdef-");
    return digits && !strcmp(name + n + digits, ".tmp");
}

static int lock(int fd)
{
    int number = flock(fd, LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
    return number == ENOLCK || number == ENOSYS || number == ENOTSUP ? 0 : number;
}

/* An open folder, to be read from its beginning; NULL where it can't be. */
static DIR *list_of(int folder)
{
    int again = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *list = again >= 0 ? fdopendir(again) : NULL;
    if (!list && again >= 0)
        close(again);
    return list;
}

/* Of the files in it; it holds no folders. */
static void empty(int fd)
{
    DIR *list = list_of(fd);
    for (struct dirent *e; list && (e = readdir(list));)
        (void)unlinkat(fd, e->d_name, 0);
    if (list)
        closedir(list);
}

static void remove_it(int folder, int fd, const char *name, bool is_folder)
{
    if (is_folder)
        empty(fd);
    (void)unlinkat(folder, name, is_folder ? AT_REMOVEDIR : 0);
}

/* A pipe of that name must not make the process wait. */
static void remove_if_left(int folder, const char *name)
{
    struct stat st;
    int fd = openat(folder, name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        return;
    bool is_own = fstat(fd, &st) == 0 && st.st_uid == geteuid();
    if (is_own && (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode)) && flock(fd, LOCK_EX | LOCK_NB) == 0)
        remove_it(folder, fd, name, S_ISDIR(st.st_mode));
    close(fd);
}

static void remove_left(const RtPlace *p, const char *stem, const char *own)
{
    DIR *list = list_of(p->folder);
    for (struct dirent *e; list && (e = readdir(list));)
        if (is_ours(e->d_name, stem) && strcmp(e->d_name, own) != 0)
            remove_if_left(p->folder, e->d_name);
    if (list)
        closedir(list);
}

/* ---- a new one ---- */

/* The mode of a new file is what the umask leaves; one that gets the mode of an old file is nobody else's until then. */
static int make(const RtPlace *p, const char *name, bool is_folder)
{
    if (!is_folder)
        return openat(p->folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                      p->is_there ? 0600 : 0666);
    if (mkdirat(p->folder, name, 0700) != 0)
        return -1;
    int fd = openat(p->folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC),
        number = errno;
    if (fd < 0)
        (void)unlinkat(p->folder, name, AT_REMOVEDIR);
    errno = number;
    return fd;
}

/* EAGAIN: the name was there, or another process took the file for one that was left. */
static int try_make(const RtPlace *p, RtBeside *b, bool is_folder)
{
    struct stat st;
    b->at = note(p, b->name);
    b->fd = -1;
    if (atomic_load(&is_ending)) {
        forget(b);
        return EINTR;
    }
    b->fd = make(p, b->name, is_folder);
    int number = b->fd < 0 ? errno : lock(b->fd);
    if (b->fd >= 0 && !number && fstat(b->fd, &st) == 0 && st.st_nlink > 0)
        return 0;
    bool made = b->fd >= 0;
    forget(b);
    if (made) {
        (void)unlinkat(p->folder, b->name, is_folder ? AT_REMOVEDIR : 0);
        close(b->fd);
    }
    b->fd = -1;
    return !number || number == EWOULDBLOCK || number == EEXIST ? EAGAIN : number;
}

static int open_any(const RtPlace *p, RtBeside *b, bool is_folder)
{
    char stem[STEM];
    int number = EAGAIN;
    stem_of(p->name, stem);
    b->is_folder = is_folder;
    for (int k = 0; number == EAGAIN && k < MOST_TRIES; k++) {
        memset(b->name, 0, sizeof b->name);
        snprintf(b->name, sizeof b->name, "%s%016llx.tmp", stem, random_number());
        number = try_make(p, b, is_folder);
    }
    if (!number)
        remove_left(p, stem, b->name);
    return number;
}

int rt_beside_open(const RtPlace *p, RtBeside *b)
{
    return open_any(p, b, false);
}

int rt_beside_open_folder(const RtPlace *p, RtBeside *b)
{
    return open_any(p, b, true);
}

int rt_beside_rename(const RtPlace *p, RtBeside *b)
{
    if (renameat(p->folder, b->name, p->folder, p->name) != 0)
        return errno;
    forget(b);
    *b->name = 0;
    return 0;
}

void rt_beside_close(const RtPlace *p, RtBeside *b)
{
    if (b->fd < 0)
        return;
    if (*b->name)
        remove_it(p->folder, b->fd, b->name, b->is_folder);
    forget(b);
    close(b->fd); /* what was renamed is synced: nothing is left to report */
    b->fd = -1;
}
