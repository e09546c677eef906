/* child.c: the two processes of a reader, and of a writer.
 *
 * Both ends of one socket. To a reader goes what is wanted, and items come back; it finds the file open (FILE_FD), and what
 * is in memory only it gets as a file without a name. To a writer go the items without their numbers, and the layout of the
 * file comes back. A child that is stopped by its limits, or dies, leaves a stream without an end. Signals that end the
 * parent do not reach it, for the parent may finish its work first; it does not outlive the parent. */
#define _GNU_SOURCE /* memfd_create */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/exec/surroundings.h"
#include "runtime/files/hdf5/items.h"
#include "runtime/files/hdf5/layout.h"

extern char **environ;
extern const RtHdf5 rt_hdf5_library __attribute__((weak));

static const char word[] = "--hdf5-for-my-parent";
enum { FILE_FD = 3 };
enum { JOB_read = 'r', JOB_write = 'w' };
enum { BASE_MEMORY = 1 << 30, BASE_SECONDS = 60, BYTES_A_SECOND = 1 << 24, MOST_FILES = 16 };
enum { MOST_WANTED = 3, MOST_PATH = 2048 }; /* longer paths than a file can have */

/* ---- the child ---- */

static void set_limit(int what, uint64_t most)
{
    struct rlimit limit = {(rlim_t)most, (rlim_t)most};
    (void)setrlimit(what, &limit);
}

static void set_limits(void)
{
    set_limit(RLIMIT_FSIZE, 0);
    set_limit(RLIMIT_NOFILE, MOST_FILES);
    set_limit(RLIMIT_CORE, 0);
}

/* Those of the reader. most: bytes of the arrays beside what reading takes. */
static void set_limits_of_file(uint64_t size, uint64_t most)
{
#ifndef NNLC_SANITIZE /* sanitizers take all addresses */
    set_limit(RLIMIT_AS, BASE_MEMORY + 4 * size + most);
#else
    (void)most;
#endif
    set_limit(RLIMIT_CPU, BASE_SECONDS + size / BYTES_A_SECOND);
}

static bool read_all(int fd, void *to, size_t n)
{
    for (char *at = to; n;) {
        ssize_t got = read(fd, at, n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        at += got;
        n -= (size_t)got;
    }
    return true;
}

/* What the parent asks for: a number, and for each array whether facts are enough, and its path. */
static bool read_wanted(RtH5Wanted *wanted, const char *paths[MOST_WANTED], bool facts[MOST_WANTED])
{
    static char texts[MOST_WANTED][MOST_PATH];
    *wanted = (RtH5Wanted){0, paths, facts};
    if (!read_all(0, &wanted->n, sizeof wanted->n) || wanted->n > MOST_WANTED)
        return false;
    for (uint32_t i = 0; i < wanted->n; i++) {
        paths[i] = texts[i];
        if (!read_all(0, &facts[i], sizeof facts[i]) || !read_all(0, texts[i], MOST_PATH))
            return false;
    }
    return true;
}

/* A copy of the bytes, for file systems that cannot map. NULL: error. */
static const void *read_file(uint64_t at, size_t size)
{
    char *bytes = malloc(size);
    for (size_t n = 0; bytes && n < size;) {
        ssize_t got = pread(FILE_FD, bytes + n, size - n, (off_t)(at + n));
        if (got > 0) {
            n += (size_t)got;
        } else if (got == 0 || errno != EINTR) {
            free(bytes);
            return NULL;
        }
    }
    return bytes;
}

/* The bytes from there on. NULL: error. */
static const void *map_file(uint64_t at, size_t size)
{
    size_t before = (size_t)(at % (uint64_t)sysconf(_SC_PAGESIZE));
    char *pages = mmap(NULL, size + before, PROT_READ, MAP_PRIVATE, FILE_FD, (off_t)(at - before));
    return pages == MAP_FAILED ? read_file(at, size) : pages + before;
}

/* False: it went wrong, and the parent sees it. */
static bool read_for_parent(void)
{
    RtError error;
    RtH5Wanted wanted;
    const char *paths[MOST_WANTED];
    bool facts[MOST_WANTED];
    uint64_t at, size;
    if (!read_wanted(&wanted, paths, facts) || !read_all(0, &at, sizeof at) ||
        !read_all(0, &size, sizeof size))
        return false;
    set_limits_of_file(size, wanted.n ? rt_hdf5_most_numbers(size) : 0);
    RtItemsOut to = {fdopen(1, "wb"), map_file(at, (size_t)size), (size_t)size};
    if (!to.bytes || !to.out)
        return false;
    RtStatus status = rt_hdf5_library.walk(to.bytes, to.size, wanted.n ? &wanted : NULL,
                                           rt_items_put, &to, &error);
    rt_items_end(to.out, status == RT_OK ? NULL : error.text);
    return fclose(to.out) == 0;
}

static bool write_for_parent(void)
{
    RtError error;
    RtH5File *file = NULL;
    RtH5Layout layout;
    FILE *in = fdopen(0, "rb"), *out = fdopen(1, "wb");
    if (!in || !out || rt_items_get(&(RtItemsIn){.in = in, .name = ""}, &file, &error) != RT_OK)
        return false;
    if (rt_hdf5_library.lay_out(file->items, file->n, &layout, &error) == RT_OK)
        rt_layout_put(out, &layout, file->n);
    else
        rt_layout_put_fault(out, error.text);
    return fclose(out) == 0; /* what else there is ends with the process */
}

bool rt_hdf5_child(int argc, char **argv, int *code)
{
    char job;
    if (argc != 2 || strcmp(argv[1], word) != 0)
        return false;
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    set_limits();
    bool fine = rt_hdf5_is_there() && read_all(0, &job, 1) &&
                (job == JOB_read ? read_for_parent() : write_for_parent());
    *code = !fine;
    return true;
}

/* ---- the parent ---- */

static bool send_all(int fd, const void *from, size_t n)
{
    for (const char *at = from; n;) {
        ssize_t done = send(fd, at, n, MSG_NOSIGNAL);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        at += done;
        n -= (size_t)done;
    }
    return true;
}

/* The bytes as an open file in memory; -1: errno says why not. */
static int share(const void *bytes, size_t size)
{
    int fd = memfd_create("hdf5", MFD_CLOEXEC);
    for (size_t at = 0; fd >= 0 && at < size;) {
        ssize_t done = write(fd, (const char *)bytes + at, size - at);
        if (done > 0) {
            at += (size_t)done;
        } else if (errno != EINTR) {
            int number = errno;
            close(fd);
            errno = number;
            return -1;
        }
    }
    return fd;
}

/* A child, and our end of the socket to it. */
typedef struct Child {
    pid_t pid;
    int end;
} Child;

static bool set_signals(posix_spawnattr_t *attributes)
{
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGINT);
    sigaddset(&blocked, SIGTERM);
    sigaddset(&blocked, SIGHUP);
    sigaddset(&blocked, SIGUSR1);
    return !posix_spawnattr_setsigmask(attributes, &blocked) &&
           !posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK);
}

/* 0, or errno. file: -1: none. */
static int spawn(const char *self, int end, int file, pid_t *pid)
{
    char name[] = "hdf5", argument[sizeof word];
    char *argv[] = {name, argument, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    memcpy(argument, word, sizeof word);
    if (posix_spawn_file_actions_init(&actions))
        return ENOMEM;
    if (posix_spawnattr_init(&attributes)) {
        posix_spawn_file_actions_destroy(&actions);
        return ENOMEM;
    }
    bool fine = set_signals(&attributes) && !posix_spawn_file_actions_adddup2(&actions, end, 0) &&
                !posix_spawn_file_actions_adddup2(&actions, end, 1) &&
                (file < 0 || !posix_spawn_file_actions_adddup2(&actions, file, FILE_FD));
    int number = fine ? posix_spawn(pid, self, &actions, &attributes, argv, environ) : ENOMEM;
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return number;
}

/* 0, or errno. */
static int start(int file, Child *c)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
        return errno;
    char *found = access("/proc/self/exe", X_OK) == 0 ? NULL : rt_own_path();
    const char *self =
        found ? found : "/proc/self/exe"; /* also of a file that is no longer there */
    int number = spawn(self, ends[1], file, &c->pid);
    free(found);
    close(ends[1]);
    c->end = ends[0];
    if (number)
        close(ends[0]);
    return number;
}

/* The child's answer, behind which our end is closed; it waits for no more. NULL: no memory. */
static FILE *answer(const Child *c)
{
    (void)shutdown(c->end, SHUT_WR);
    FILE *in = fdopen(c->end, "rb");
    if (!in)
        close(c->end);
    return in;
}

static void wait_for(const Child *c)
{
    int code;
    while (waitpid(c->pid, &code, 0) < 0 && errno == EINTR)
        ;
}

/* ---- reading ---- */

static bool send_wanted(int end, const RtH5Wanted *wanted)
{
    uint32_t n = wanted ? wanted->n : 0;
    bool sent = send_all(end, &(char){JOB_read}, 1) && send_all(end, &n, sizeof n);
    for (uint32_t i = 0; i < n && sent; i++) {
        char path[MOST_PATH] = "";
        strncat(path, wanted->paths[i], sizeof path - 1);
        sent = send_all(end, &wanted->facts_only[i], sizeof wanted->facts_only[i]) &&
               send_all(end, path, sizeof path);
    }
    return sent;
}

static RtStatus talk(const Child *c, const void *bytes, size_t size, const char *name,
                     RtH5Origin origin, const RtH5Wanted *wanted, RtH5File **out, RtError *error)
{
    uint64_t at = origin.fd < 0 ? 0 : origin.at, length = size;
    bool sent = send_wanted(c->end, wanted) && send_all(c->end, &at, sizeof at) &&
                send_all(c->end, &length, sizeof length);
    FILE *in = answer(c);
    if (!in)
        return rt_fail(error, "not enough memory to read '%s'", name);
    RtItemsIn from = {in, name, bytes, size, origin.last, rt_hdf5_most_numbers(size)};
    RtStatus status = rt_items_get(&from, out, error);
    fclose(in);
    return status == RT_OK && !sent ? rt_fail(error, "cannot read '%s'", name) : status;
}

RtStatus rt_hdf5_parse(const void *bytes, size_t size, const char *name, RtH5File **out,
                       RtError *error)
{
    return rt_hdf5_read(bytes, size, name, (RtH5Origin){-1, 0, false}, NULL, out, error);
}

RtStatus rt_hdf5_read(const void *bytes, size_t size, const char *name, RtH5Origin origin,
                      const RtH5Wanted *wanted, RtH5File **out, RtError *error)
{
    Child c;
    if (!rt_hdf5_is_there())
        return rt_fail(
            error,
            "'%s' is an HDF5 file, but this program was compiled without HDF5; compile it "
            "with --with=hdf5",
            name);
    if (!rt_hdf5_is(bytes, size))
        return rt_fail(error, "'%s' is not an HDF5 file", name);
    int copy = origin.fd < 0 ? share(bytes, size) : -1, file = copy < 0 ? origin.fd : copy;
    int number = file < 0 ? errno : start(file, &c);
    if (copy >= 0)
        close(copy);
    if (number)
        return rt_fail(error, "cannot read '%s': %s", name, strerror(number));
    RtStatus status = talk(&c, bytes, size, name, origin, wanted, out, error);
    wait_for(&c);
    return status;
}

/* ---- writing ---- */

/* The job and the items without their numbers, in malloc memory; NULL: no memory. */
static char *pack(const RtH5Item *items, uint32_t n, size_t *size, RtError *error)
{
    char *bytes = NULL;
    FILE *out = open_memstream(&bytes, size);
    if (!out)
        return NULL;
    RtItemsOut to = {.out = out};
    bool fine = fputc(JOB_write, out) != EOF;
    for (uint32_t i = 0; i < n && fine; i++) {
        RtH5Item item = items[i];
        item.array.data = NULL;
        fine = rt_items_put(&to, &item, error) == RT_OK;
    }
    rt_items_end(out, NULL);
    fine = !ferror(out) && fine;
    if (fclose(out) == 0 && fine)
        return bytes;
    free(bytes);
    return NULL;
}

static RtStatus get_layout(const char *packed, size_t size, uint32_t n, RtH5Layout *layout,
                           RtError *error)
{
    Child c;
    int number = start(-1, &c);
    if (number)
        return rt_fail(error, "cannot make the HDF5 file: %s", strerror(number));
    number = send_all(c.end, packed, size) || errno == EPIPE
                 ? 0
                 : errno; /* of a crash there is no answer */
    FILE *in = answer(&c);
    number = in ? number : ENOMEM;
    RtStatus status = number ? rt_fail(error, "cannot make the HDF5 file: %s", strerror(number))
                             : rt_layout_get(in, n, layout, error);
    if (in)
        fclose(in);
    wait_for(&c);
    return status;
}

RtStatus rt_hdf5_image(const RtH5Item *items, uint32_t n, RtH5Image *out, RtError *error)
{
    RtH5Layout layout;
    size_t size;
    char *packed = pack(items, n, &size, error);
    if (!packed)
        return rt_fail(error, "cannot make the HDF5 file: %s", strerror(ENOMEM));
    RtStatus status = get_layout(packed, size, n, &layout, error);
    free(packed);
    if (status != RT_OK)
        return status;
    status = rt_layout_fill(&layout, items, n, out, error);
    rt_layout_free(&layout);
    return status;
}
