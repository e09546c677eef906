/* sandbox.c: rules of Landlock, by its system calls: C libraries have no functions for them. */
#define _GNU_SOURCE /* O_PATH */
#include "runtime/files/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The numbers are the same on all processors. */
enum { CREATE_RULESET = 444, ADD_RULE = 445, RESTRICT_SELF = 446 };
enum { ASK_VERSION = 1, PATH_BENEATH = 1 };

/* What can be allowed, with the first version of the interface that knows it. */
enum {
    EXECUTE = 1 << 0,
    WRITE_FILE = 1 << 1,
    READ_FILE = 1 << 2,
    READ_DIR = 1 << 3,
    REMOVE_DIR = 1 << 4,
    REMOVE_FILE = 1 << 5,
    MAKE_DIR = 1 << 7,
    MAKE_REG = 1 << 8,
    FIRST = (1 << 13) - 1,
    REFER = 1 << 13,    /* 2 */
    TRUNCATE = 1 << 14, /* 3 */
    OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE,
    READS = READ_FILE | READ_DIR,
    WRITES = READS | WRITE_FILE | TRUNCATE | REMOVE_FILE | REMOVE_DIR | MAKE_DIR | MAKE_REG
};

typedef struct Ruleset {
    uint64_t handled;
} Ruleset;

typedef struct __attribute__((packed)) Beneath {
    uint64_t allowed;
    int32_t parent;
} Beneath;

RtStatus rt_sandbox_open(RtSandbox *s, RtError *error)
{
    long version = syscall(CREATE_RULESET, NULL, 0, ASK_VERSION);
    if (version < 1) {
        (void)!rt_fail(error, "--sandbox needs Landlock, which this kernel does not have");
        rt_fail_help(error, "Linux has it from 5.13 on, where it is switched on");
        return RT_ERROR;
    }
    s->handled = FIRST;
    if (version >= 2)
        s->handled |= REFER;
    if (version >= 3)
        s->handled |= TRUNCATE;
    const Ruleset rules = {s->handled};
    s->rules = (int)syscall(CREATE_RULESET, &rules, sizeof rules, 0);
    return s->rules < 0 ? rt_fail(error, "cannot make the sandbox: %s", strerror(errno)) : RT_OK;
}

/* A rule that cannot be added forbids what it would have allowed. */
static bool allow(RtSandbox *s, const char *path, uint64_t rights)
{
    struct stat st;
    int fd = open(path, O_PATH | O_CLOEXEC);
    bool there = fd >= 0 && !fstat(fd, &st);
    if (there && !S_ISDIR(st.st_mode))
        rights &= OF_FILES;
    const Beneath rule = {rights & s->handled, fd};
    if (there)
        (void)syscall(ADD_RULE, s->rules, PATH_BENEATH, &rule, 0);
    if (fd >= 0)
        close(fd);
    return there;
}

void rt_sandbox_reads(RtSandbox *s, const char *path)
{
    (void)allow(s, path, READS);
}

void rt_sandbox_runs(RtSandbox *s, const char *path)
{
    (void)allow(s, path, READS | EXECUTE);
}

void rt_sandbox_writes(RtSandbox *s, const char *path)
{
    char folder[4096];
    struct stat st;
    snprintf(folder, sizeof folder, "%s", path);
    if (!stat(path, &st) && !S_ISREG(st.st_mode) && allow(s, path, WRITES))
        return; /* /dev/stdout, or a folder */
    for (char *slash = strrchr(folder, '/'); slash; slash = strrchr(folder, '/')) {
        slash[slash == folder] = 0;
        if (allow(s, folder, WRITES | REFER) || slash == folder)
            return;
    }
    (void)allow(s, ".", WRITES | REFER);
}

RtStatus rt_sandbox_enter(RtSandbox *s, RtError *error)
{
    bool entered = !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) && !syscall(RESTRICT_SELF, s->rules, 0);
    int number = errno;
    close(s->rules);
    return entered ? RT_OK : rt_fail(error, "cannot enter the sandbox: %s", strerror(number));
}
