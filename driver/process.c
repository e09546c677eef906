/* process.c: signals, the stack, LLVM's ways to give up. */
#include "driver/process.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "codegen/target/target.h"
#include "runtime/exec/surroundings.h"
#include "runtime/files/beside.h"

/* Texts that nest as deep as they may, and large functions in LLVM. The system starts programs with 8 MB. */
enum { NEEDED_STACK = 1 << 20, USUAL_STACK = 8 << 20 };

/* LLVM, or the C++ library below it, has printed why. */
static void on_abort(int number)
{
    static const char text[] = "nnlc: error: LLVM gave up; its message is above\n";
    (void)number;
    rt_beside_remove_all();
    (void)!write(STDERR_FILENO, text, sizeof text - 1);
    _exit(1);
}

/* A limit that somebody lowered is raised again where this is allowed; the stack grows up to it at once. */
static bool has_stack(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_STACK, &limit) || limit.rlim_cur >= USUAL_STACK)
        return true;
    limit.rlim_cur = limit.rlim_max < USUAL_STACK ? limit.rlim_max : USUAL_STACK;
    (void)setrlimit(RLIMIT_STACK, &limit);
    if (getrlimit(RLIMIT_STACK, &limit) || limit.rlim_cur >= NEEDED_STACK)
        return true;
    fprintf(stderr,
            "nnlc: error: the stack is limited to %llu KiB, but nnlc needs %d KiB; 'ulimit -s "
            "8192' sets the usual size\n",
            (unsigned long long)limit.rlim_cur / 1024, NEEDED_STACK / 1024);
    return false;
}

bool process_begin(void)
{
    rt_surroundings_begin();
    signal(SIGABRT, on_abort);
    llvm_guard();
    return has_stack();
}
