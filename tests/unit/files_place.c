/* Where a file is written: links, owners and modes, other names of one file, what is special, what is refused; folders
 * in which others make a file. */
#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>

#include "runtime/files/append.h"
#include "runtime/files/atomic.h"
#include "runtime/files/folders.h"
#include "runtime/files/private.h"
#include "tests/unit/data_case.h"

static void expect_file(const DataCase *c, const char *name, const char *text)
{
    size_t size;
    char *bytes = case_bytes(c, name, &size);
    CHECK_STR(bytes, text);
    free(bytes);
}

/* Writes "new"; what is wrong in c->error. */
static RtStatus write_new(DataCase *c, const char *name)
{
    char path[400];
    RtFile f;
    if (rt_file_begin(case_path(c, name, path, sizeof path), &f, &c->error) != RT_OK)
        return RT_ERROR;
    fputs("new", f.out);
    return rt_file_commit(&f, &c->error);
}

static unsigned mode_of(const DataCase *c, const char *name)
{
    char path[400];
    struct stat st;
    return stat(case_path(c, name, path, sizeof path), &st) == 0 ? (unsigned)st.st_mode & 07777 : 0;
}

static void check_modes(DataCase *c)
{
    static const unsigned modes[] = {0600, 0640, 0666, 0755, 0604};
    char path[128];
    mode_t mask = umask(027);
    CHECK_EQ_INT(write_new(c, "fresh"), RT_OK);
    CHECK_EQ_INT(mode_of(c, "fresh"), 0640);
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        CHECK(!chmod(case_path(c, "fresh", path, sizeof path), modes[i]));
        CHECK_EQ_INT(write_new(c, "fresh"), RT_OK);
        CHECK_EQ_INT(mode_of(c, "fresh"), (long long)modes[i]);
    }
    umask(mask);
}

/* A group that cannot be given gets no right of its own. Only root can give files away. */
static void check_owner(DataCase *c)
{
    char path[128];
    struct stat st;
    if (geteuid() != 0)
        return;
    case_write(c, "theirs", "old", 3);
    case_path(c, "theirs", path, sizeof path);
    CHECK(!chown(path, 1234, 4321) && !chmod(path, 0660));
    CHECK_EQ_INT(write_new(c, "theirs"), RT_OK);
    CHECK(!stat(path, &st) && st.st_uid == 1234 && st.st_gid == 4321);
    CHECK_EQ_INT(mode_of(c, "theirs"), 0660);
    CHECK(!chmod(c->folder, 0777) && !chmod(path, 0666));
    fflush(stdout);
    pid_t child = fork();
    if (child == 0)
        _exit(setgid(1) || setuid(1) || write_new(c, "theirs") != RT_OK);
    int status = 1;
    CHECK(waitpid(child, &status, 0) == child && status == 0);
    CHECK(!stat(path, &st) && st.st_uid == 1 && st.st_gid == 1);
    CHECK(!chown(path, 1, 4321) && !chmod(path, 0664));
    fflush(stdout);
    child = fork();
    if (child == 0)
        _exit(setgid(1) || setuid(1) || write_new(c, "theirs") != RT_OK);
    CHECK(waitpid(child, &status, 0) == child && status == 0);
    CHECK_EQ_INT(mode_of(c, "theirs"), 0644);
}

/* Links are followed, also those to nothing; each way of writing does it. */
static void check_links(DataCase *c)
{
    char path[128], append[128];
    struct stat st;
    RtAppend *f;
    CHECK(!mkdir(case_path(c, "in", path, sizeof path), 0777));
    CHECK(!symlink("in/b", case_path(c, "a", path, sizeof path)));
    CHECK(!symlink("../c", case_path(c, "in/b", path, sizeof path)));
    CHECK_EQ_INT(write_new(c, "a"), RT_OK);
    expect_file(c, "c", "new");
    CHECK(!lstat(case_path(c, "a", path, sizeof path), &st) && S_ISLNK(st.st_mode));
    CHECK(!lstat(case_path(c, "in/b", path, sizeof path), &st) && S_ISLNK(st.st_mode));
    CHECK(!unlink(case_path(c, "c", path, sizeof path)));
    CHECK_EQ_INT(rt_append_open(case_path(c, "a", append, sizeof append), 0, &f, &c->error), RT_OK);
    fputs("log", f->out);
    CHECK_EQ_INT(rt_append_close(f, &c->error), RT_OK);
    expect_file(c, "c", "log");
    CHECK(!symlink("loop", case_path(c, "loop", path, sizeof path)));
    CHECK_EQ_INT(write_new(c, "loop"), RT_ERROR);
    CHECK_STR(case_error(c), "cannot write 'loop': Too many levels of symbolic links");
    CHECK(!symlink("nowhere/x", case_path(c, "lost", path, sizeof path)));
    CHECK_EQ_INT(write_new(c, "lost"), RT_ERROR);
    CHECK_STR(case_error(c), "cannot write 'lost': No such file or directory");
    CHECK(!symlink("/dev/full", case_path(c, "full", path, sizeof path)));
    CHECK_EQ_INT(write_new(c, "full"), RT_ERROR);
    CHECK_STR(case_error(c), "cannot write 'full': No space left on device");
}

/* A link of somebody else in a folder like /tmp. */
static void check_trap(DataCase *c)
{
    char path[128];
    if (geteuid() != 0)
        return;
    CHECK(!mkdir(case_path(c, "tmp", path, sizeof path), 0777) && !chmod(path, 01777));
    case_write(c, "precious", "old", 3);
    CHECK(!symlink("../precious", case_path(c, "tmp/w", path, sizeof path)) && !lchown(path, 1, 1));
    CHECK_EQ_INT(write_new(c, "tmp/w"), RT_ERROR);
    CHECK_STR(case_error(c), "cannot write 'tmp/w': Permission denied");
    expect_file(c, "precious", "old");
    CHECK(!lchown(path, 0, 0));
    CHECK_EQ_INT(write_new(c, "tmp/w"), RT_OK);
    expect_file(c, "precious", "new");
}

/* Another name of the file keeps the old contents. */
static void check_hard_links(DataCase *c)
{
    char one[128], two[128];
    case_write(c, "one", "old", 3);
    CHECK(!link(case_path(c, "one", one, sizeof one), case_path(c, "two", two, sizeof two)));
    CHECK_EQ_INT(write_new(c, "one"), RT_OK);
    expect_file(c, "one", "new");
    expect_file(c, "two", "old");
}

/* Nobody wants what is read-only to be replaced, root neither; this is known before anything is written. */
static void check_read_only(DataCase *c)
{
    char path[128];
    RtAppend *f;
    case_write(c, "fixed", "old", 3);
    CHECK(!chmod(case_path(c, "fixed", path, sizeof path), 0444));
    CHECK_EQ_INT(write_new(c, "fixed"), RT_ERROR);
    CHECK_STR(case_error(c), "cannot write 'fixed': it is read-only");
    CHECK_EQ_INT(rt_file_check(path, &c->error), RT_ERROR);
    CHECK_EQ_INT(rt_folders_check(path, &c->error), RT_ERROR);
    CHECK_STR(case_error(c), "cannot write 'fixed': it is read-only");
    CHECK_EQ_INT(rt_append_open(path, RT_AT_END, &f, &c->error), RT_ERROR);
    CHECK_STR(case_error(c), "cannot write 'fixed': it is read-only");
    expect_file(c, "fixed", "old");
    CHECK_EQ_INT(write_new(c, "in/"), RT_ERROR);
    CHECK_STR(case_error(c), "cannot write 'in/': Is a directory");
}

/* Of a path that would fill the message only its ends are shown. */
static void check_long(DataCase *c)
{
    char path[6000] = "";
    RtFile f;
    for (int i = 0; i < 1100; i++)
        strcat(path, "abc/");
    CHECK_EQ_INT(rt_file_begin(path, &f, &c->error), RT_ERROR);
    CHECK_STR(c->error.text,
              "cannot write 'abc/abc/abc/abc/abc/abc/ab...c/abc/abc/abc/abc/abc/abc/': "
              "File name too long");
}

/* A pipe, and an open file of this process: written where they stand. */
static void check_special(DataCase *c)
{
    char path[128], text[8] = "", name[32];
    RtFile f;
    CHECK(!mkfifo(case_path(c, "pipe", path, sizeof path), 0600));
    int in = open(path, O_RDONLY | O_NONBLOCK);
    CHECK_EQ_INT(rt_file_check(path, &c->error), RT_OK);
    CHECK_EQ_INT(write_new(c, "pipe"), RT_OK);
    CHECK(read(in, text, sizeof text) == 3 && !strcmp(text, "new"));
    close(in);
    int out = open(case_path(c, "open", path, sizeof path), O_WRONLY | O_CREAT, 0600);
    CHECK(write(out, "before ", 7) == 7);
    snprintf(name, sizeof name, "/dev/fd/%d", out);
    CHECK_EQ_INT(rt_file_begin(name, &f, &c->error), RT_OK);
    fputs("new", f.out);
    CHECK_EQ_INT(rt_file_commit(&f, &c->error), RT_OK);
    CHECK(write(out, " after", 6) == 6 && !close(out));
    expect_file(c, "open", "before new after");
    CHECK_EQ_INT(rt_file_begin("/dev/fd/999", &f, &c->error), RT_ERROR);
    CHECK_STR(c->error.text, "cannot write '/dev/fd/999': Bad file descriptor");
}

/* Another program's result: in a folder of this user, then in its place as one that can be run. */
static void check_private(DataCase *c)
{
    char path[128], inside[512];
    RtPrivate p;
    struct stat st;
    int before = case_count_files(c);
    CHECK_EQ_INT(rt_private_begin(case_path(c, "@prog", path, sizeof path), &p, &c->error), RT_OK);
    CHECK(!stat(p.folder, &st) && S_ISDIR(st.st_mode) && (st.st_mode & 07777) == 0700);
    CHECK_EQ_INT(rt_private_write(&p, "object", 6, &c->error), RT_OK);
    CHECK_EQ_INT(rt_private_write(&p, "object", 6, &c->error), RT_ERROR);
    CHECK_STR(case_error(c), "cannot write '@prog': File exists");
    snprintf(inside, sizeof inside, "%s/program", p.folder);
    int fd = open(inside, O_WRONLY | O_CREAT, 0644);
    CHECK(fd >= 0 && write(fd, "new", 3) == 3 && !close(fd));
    CHECK_EQ_INT(rt_private_commit(&p, &c->error), RT_OK);
    CHECK_EQ_INT(case_count_files(c), before + 1);
    expect_file(c, "@prog", "new");
    CHECK_EQ_INT(mode_of(c, "@prog"), 0755);
    CHECK(!chmod(path, 0640));
    CHECK_EQ_INT(rt_private_begin(path, &p, &c->error), RT_OK);
    snprintf(inside, sizeof inside, "%s/program", p.folder);
    fd = open(inside, O_WRONLY | O_CREAT, 0644);
    CHECK(fd >= 0 && write(fd, "newer", 5) == 5 && !close(fd));
    CHECK_EQ_INT(rt_private_commit(&p, &c->error), RT_OK);
    CHECK_EQ_INT(mode_of(c, "@prog"), 0750);
    CHECK_EQ_INT(rt_private_begin(path, &p, &c->error), RT_OK);
    CHECK_EQ_INT(rt_private_commit(&p, &c->error), RT_ERROR);
    CHECK_STR(case_error(c), "cannot write '@prog': No such file or directory");
    CHECK_EQ_INT(rt_private_begin("/dev/null", &p, &c->error), RT_ERROR);
    CHECK_STR(c->error.text, "cannot write '/dev/null': it is not a regular file");
    expect_file(c, "@prog", "newer");
    CHECK(!chdir(c->folder));
    CHECK_EQ_INT(rt_private_begin("@x", &p, &c->error), RT_OK);
    CHECK(!strncmp(p.folder, "./@x.nnlc-", 10));
    rt_private_abandon(&p);
    CHECK_EQ_INT(rt_private_begin("in/=x", &p, &c->error), RT_OK);
    CHECK(!strncmp(p.folder, "./in/=x.nnlc-", 13));
    rt_private_abandon(&p);
    CHECK_EQ_INT(case_count_files(c), before + 1);
    CHECK(!chdir("/"));
}

int main(void)
{
    DataCase c;
    case_open(&c);
    check_modes(&c);
    check_owner(&c);
    check_links(&c);
    check_trap(&c);
    check_hard_links(&c);
    check_read_only(&c);
    check_long(&c);
    check_special(&c);
    check_private(&c);
    case_close(&c);
    return check_done();
}
