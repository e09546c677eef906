/* Files that grow: replaced, continued at their end or at a length, cut back after a failure, and what cannot
 * be written.
 * wraps: write ftruncate fsync malloc calloc realloc aligned_alloc */
#include "runtime/files/append.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>

#include "runtime/files/folders.h"
#include "tests/unit/data_case.h"
#include "tests/unit/failing_memory.h"

ssize_t __real_write(int fd, const void *bytes, size_t n);
int __real_ftruncate(int fd, off_t length);
ssize_t __wrap_write(int fd, const void *bytes, size_t n);
int __wrap_ftruncate(int fd, off_t length);
int __wrap_fsync(int fd);

static int interrupted, failing_sync; /* calls that EINTR ends; the error of fsync */
static size_t most = SIZE_MAX;        /* bytes that one write takes */

ssize_t __wrap_write(int fd, const void *bytes, size_t n)
{
    if (interrupted > 0 && interrupted--) {
        errno = EINTR;
        return -1;
    }
    return __real_write(fd, bytes, n < most ? n : most);
}

int __wrap_ftruncate(int fd, off_t length)
{
    if (interrupted > 0 && interrupted--) {
        errno = EINTR;
        return -1;
    }
    return __real_ftruncate(fd, length);
}

int __wrap_fsync(int fd)
{
    (void)fd;
    errno = failing_sync;
    return failing_sync ? -1 : 0;
}

static void expect_file(const DataCase *c, const char *name, const char *text)
{
    size_t size;
    char *bytes = case_bytes(c, name, &size);
    CHECK_STR(bytes, text);
    CHECK_EQ_INT(size, strlen(text));
    free(bytes);
}

static RtAppend *open_at(DataCase *c, const char *name, int64_t at)
{
    char path[128];
    RtAppend *f = NULL;
    if (rt_append_open(case_path(c, name, path, sizeof path), at, &f, &c->error) != RT_OK)
        return NULL;
    return f;
}

static void check_modes(DataCase *c)
{
    case_write(c, "log", "old and long", 12);
    RtAppend *f = open_at(c, "log", 0);
    if (!CHECK(f != NULL))
        return;
    CHECK_EQ_INT(f->length, 0);
    fputs("one\n", f->out);
    fflush(f->out);
    expect_file(c, "log", "old and long");
    CHECK_EQ_INT(rt_append_flush(f, &c->error), RT_OK);
    expect_file(c, "log", "one\n");
    fputs("2\n", f->out);
    CHECK_EQ_INT(f->length, 4);
    CHECK_EQ_INT(rt_append_flush(f, &c->error), RT_OK);
    CHECK_EQ_INT(rt_append_flush(f, &c->error), RT_OK);
    CHECK_EQ_INT(f->length, 6);
    fputs("three\n", f->out);
    CHECK_EQ_INT(rt_append_close(f, &c->error), RT_OK);
    expect_file(c, "log", "one\n2\nthree\n");
    f = open_at(c, "log", RT_AT_END);
    CHECK_EQ_INT(f->length, 12);
    fputs("4", f->out);
    CHECK_EQ_INT(rt_append_close(f, &c->error), RT_OK);
    expect_file(c, "log", "one\n2\nthree\n4");
}

/* A run was killed after it wrote more than its checkpoint knows of, also in the middle of a line. */
static void check_continue(DataCase *c)
{
    case_write(c, "log", "one\n2\nthr", 9);
    RtAppend *f = open_at(c, "log", 6);
    rt_append_abandon(f);
    expect_file(c, "log", "one\n2\nthr");
    f = open_at(c, "log", 6);
    CHECK_EQ_INT(f->length, 6);
    CHECK_EQ_INT(rt_append_flush(f, &c->error), RT_OK);
    expect_file(c, "log", "one\n2\n");
    fputs("3\n", f->out);
    CHECK_EQ_INT(rt_append_close(f, &c->error), RT_OK);
    expect_file(c, "log", "one\n2\n3\n");
    CHECK(!open_at(c, "log", 9));
    CHECK_STR(case_error(c), "cannot continue 'log': it has 8 bytes, but 9 were written");
    CHECK(!open_at(c, "none", 1));
    CHECK_STR(case_error(c), "cannot write 'none': No such file or directory");
    f = open_at(c, "log", 8);
    CHECK_EQ_INT(rt_append_close(f, &c->error), RT_OK);
    expect_file(c, "log", "one\n2\n3\n");
}

static void check_binary(DataCase *c)
{
    size_t size;
    RtAppend *f = open_at(c, "events", RT_AT_END);
    fwrite("a\0b", 1, 3, f->out);
    CHECK_EQ_INT(rt_append_flush(f, &c->error), RT_OK);
    fwrite("\0", 1, 1, f->out);
    CHECK_EQ_INT(rt_append_sync(f, &c->error), RT_OK);
    CHECK_EQ_INT(f->length, 4);
    CHECK_EQ_INT(rt_append_close(f, &c->error), RT_OK);
    char *bytes = case_bytes(c, "events", &size);
    CHECK(size == 4 && !memcmp(bytes, "a\0b", 4));
    free(bytes);
}

/* Calls that take less than they are given, or are interrupted. */
static void check_short(DataCase *c)
{
    RtAppend *f = open_at(c, "short", 0);
    most = 3;
    interrupted = 4;
    fputs("0123456789", f->out);
    CHECK_EQ_INT(rt_append_close(f, &c->error), RT_OK);
    most = SIZE_MAX;
    expect_file(c, "short", "0123456789");
}

/* A disk that is full after a part: the lines before stay, and no half line. */
static void check_full(DataCase *c)
{
    struct rlimit old, small;
    RtAppend *f = open_at(c, "full", 0);
    fputs("one\n", f->out);
    CHECK_EQ_INT(rt_append_flush(f, &c->error), RT_OK);
    getrlimit(RLIMIT_FSIZE, &old);
    small = old;
    small.rlim_cur = 6;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    fputs("three\n", f->out);
    CHECK_EQ_INT(rt_append_flush(f, &c->error), RT_ERROR);
    CHECK_STR(case_error(c), "cannot write 'full': File too large");
    expect_file(c, "full", "one\n");
    CHECK_EQ_INT(f->length, 4);
    fputs("three\n", f->out);
    CHECK_EQ_INT(rt_append_close(f, &c->error), RT_ERROR);
    expect_file(c, "full", "one\n");
    setrlimit(RLIMIT_FSIZE, &old);
    f = open_at(c, "full", RT_AT_END);
    failing_sync = EIO;
    CHECK_EQ_INT(rt_append_sync(f, &c->error), RT_ERROR);
    CHECK_STR(case_error(c), "cannot write 'full': Input/output error");
    failing_sync = 0;
    CHECK_EQ_INT(rt_append_close(f, &c->error), RT_ERROR);
    CHECK_STR(case_error(c), "cannot write 'full': Input/output error");
}

static void check_unwritable(DataCase *c)
{
    RtAppend *f = NULL;
    CHECK_EQ_INT(rt_append_open("", 0, &f, &c->error), RT_ERROR);
    CHECK_STR(c->error.text, "cannot write '': the name is empty");
    CHECK_EQ_INT(rt_append_open(c->folder, 0, &f, &c->error), RT_ERROR);
    CHECK_STR(case_error(c), "cannot write '': Is a directory");
    CHECK(!open_at(c, "no/log", 0));
    CHECK_STR(case_error(c), "cannot write 'no/log': No such file or directory");
    CHECK_EQ_INT(rt_append_open("/dev/full", 100, &f, &c->error), RT_OK);
    fputs("x", f->out);
    CHECK_EQ_INT(rt_append_close(f, &c->error), RT_ERROR);
    CHECK_STR(c->error.text, "cannot write '/dev/full': No space left on device");
    CHECK_EQ_INT(rt_append_open("/dev/null", 100, &f, &c->error), RT_OK);
    fputs("x", f->out);
    CHECK_EQ_INT(rt_append_sync(f, &c->error), RT_OK);
    CHECK_EQ_INT(f->length, 101);
    CHECK_EQ_INT(rt_append_close(f, &c->error), RT_OK);
    CHECK_EQ_INT(rt_append_close(NULL, &c->error), RT_OK);
}

static void check_folders(DataCase *c)
{
    char path[128];
    struct stat st;
    case_path(c, "in/a//b/log", path, sizeof path);
    CHECK_EQ_INT(rt_folders_make(path, &c->error), RT_OK);
    CHECK_EQ_INT(rt_folders_make(path, &c->error), RT_OK);
    *strrchr(path, '/') = 0;
    CHECK(!stat(path, &st) && S_ISDIR(st.st_mode));
    CHECK(!rmdir(path));
    CHECK(!rmdir(case_path(c, "in/a", path, sizeof path)));
    case_write(c, "file", "", 0);
    CHECK_EQ_INT(rt_folders_make(case_path(c, "file/b/log", path, sizeof path), &c->error),
                 RT_ERROR);
    CHECK_STR(case_error(c), "cannot make the folder 'file': File exists");
    CHECK_EQ_INT(rt_folders_make("log", &c->error), RT_OK);
}

static void check_memory(DataCase *c)
{
    before_failure = 0;
    CHECK_EQ_INT(rt_folders_make("a/b", &c->error), RT_ERROR);
    CHECK_STR(c->error.text, "cannot make the folders of 'a/b': not enough memory");
    for (long k = 0; k < 2; k++) {
        before_failure = k;
        CHECK(!open_at(c, "none", 0));
        CHECK_STR(case_error(c), "cannot write 'none': Cannot allocate memory");
    }
    before_failure = -1;
}

int main(void)
{
    DataCase c;
    case_open(&c);
    check_modes(&c);
    check_continue(&c);
    check_binary(&c);
    check_short(&c);
    check_full(&c);
    check_unwritable(&c);
    check_folders(&c);
    check_memory(&c);
    case_close(&c);
    return check_done();
}
