/* The sandbox: what is named can be opened, nothing else; and what is said where the kernel refuses a call of it. */
#define _GNU_SOURCE /* syscall */
#include "runtime/files/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/check.h"

static char folder[] = "sandbox-XXXXXX";

static void put(const char *name)
{
    int fd = open(name, O_WRONLY | O_CREAT, 0600);
    CHECK(fd >= 0 && write(fd, "x", 1) == 1);
    close(fd);
}

static bool opens(const char *name, int how)
{
    int fd = open(name, how, 0600);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

static bool forbids(const char *name, int how)
{
    return !opens(name, how) && errno == EACCES;
}

/* In a process of its own; its exit status is the number of failed checks. */
static int in_child(void (*act)(void))
{
    pid_t pid = fork();
    int status = 0;
    if (!pid) {
        unsigned long before = check_failed_;
        act();
        fflush(stderr);
        _exit((int)(check_failed_ - before));
    }
    return waitpid(pid, &status, 0) == pid && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static bool is_there(void)
{
    return syscall(444, NULL, 0, 1) >= 1;
}

static void act_named(void)
{
    RtSandbox s;
    RtError error;
    CHECK(rt_sandbox_open(&s, &error) == RT_OK);
    rt_sandbox_reads(&s, "in/a");
    rt_sandbox_reads(&s, "nowhere");
    rt_sandbox_writes(&s, "out/new/deep/file");
    CHECK(rt_sandbox_enter(&s, &error) == RT_OK);
    CHECK(opens("in/a", O_RDONLY) && forbids("in/a", O_WRONLY) && forbids("in/b", O_RDONLY));
    CHECK(forbids("link", O_RDONLY) && forbids("/etc/passwd", O_RDONLY));
    CHECK(opens("out/made", O_WRONLY | O_CREAT) && opens("out/made", O_RDONLY));
    CHECK(!mkdir("out/new", 0700) && !rename("out/made", "out/new/file"));
    CHECK(forbids("in/new", O_WRONLY | O_CREAT) && mkdir("in/folder", 0700) && errno == EACCES);
    CHECK(unlink("in/a") && errno == EACCES && !unlink("out/new/file"));
}

static void act_nothing(void)
{
    RtSandbox s;
    RtError error;
    CHECK(rt_sandbox_open(&s, &error) == RT_OK && rt_sandbox_enter(&s, &error) == RT_OK);
    CHECK(forbids("in/a", O_RDONLY) && forbids(".", O_RDONLY));
}

/* From now on this system call fails with the number if its argument `at` is `flags`. */
static void refuse(unsigned call, unsigned at, unsigned flags, int number)
{
    unsigned failing = SECCOMP_RET_ERRNO | (unsigned)number;
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
                 (unsigned)(offsetof(struct seccomp_data, args) + 8 * at)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, flags, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, failing),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
    struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
    CHECK(!prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
    CHECK(!prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program));
}

static void act_without_landlock(void)
{
    RtSandbox s;
    RtError error;
    refuse(444, 2, 1, ENOSYS);
    CHECK(rt_sandbox_open(&s, &error) == RT_ERROR);
    CHECK_STR(error.text, "--sandbox needs Landlock, which this kernel does not have");
    CHECK_STR(error.help, "Linux has it from 5.13 on, where it is switched on");
}

static void act_no_rules(void)
{
    RtSandbox s;
    RtError error;
    refuse(444, 2, 0, EMFILE);
    CHECK(rt_sandbox_open(&s, &error) == RT_ERROR);
    CHECK_STR(error.text, "cannot make the sandbox: Too many open files");
}

static void act_not_entered(void)
{
    RtSandbox s;
    RtError error;
    refuse(446, 1, 0, E2BIG);
    CHECK(rt_sandbox_open(&s, &error) == RT_OK && rt_sandbox_enter(&s, &error) == RT_ERROR);
    CHECK_STR(error.text, "cannot enter the sandbox: Argument list too long");
}

int main(void)
{
    CHECK(mkdtemp(folder) && !chdir(folder) && !mkdir("in", 0700) && !mkdir("out", 0700));
    put("in/a");
    put("in/b");
    CHECK(!symlink("in/b", "link"));
    CHECK_EQ_INT(in_child(act_without_landlock), 0);
    if (is_there()) {
        CHECK_EQ_INT(in_child(act_named), 0);
        CHECK_EQ_INT(in_child(act_nothing), 0);
        CHECK_EQ_INT(in_child(act_no_rules), 0);
        CHECK_EQ_INT(in_child(act_not_entered), 0);
    } else {
        fputs("skipped: this kernel has no Landlock\n", stderr);
    }
    CHECK(!unlink("in/a") && !unlink("in/b") && !unlink("link") && !rmdir("in"));
    (void)!rmdir("out/new");
    CHECK(!rmdir("out") && !chdir("..") && !rmdir(folder));
    return check_done();
}
