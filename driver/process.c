/* process.c: signals, the stack, LLVM's ways to give up. */
#include "driver/process.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "codegen/target/target.h"
#include "runtime/files/beside.h"
#include "runtime/exec/surroundings.h"

/* Texts that nest as deep as they may, and large functions in LLVM. The system starts programs with 8 MB. */
enum { NEEDED_STACK = 1 << 20, USUAL_STACK = 8 << 20 };

static void on_end(int number)
{
    rt_beside_remove_all();
    signal(number, SIG_DFL);
    raise(number);
}

/* LLVM, or the C++ library below it, has printed why. */
static void on_abort(int number)
{
    static const char text[] = "nnlc: error: LLVM gave up; its message is above\n";
    (void)number;
    rt_beside_remove_all();
    (void)!write(STDERR_FILENO, text, sizeof text - 1);
    _exit(1);
}

/* A signal that is ignored stays so: nohup asks for it. */
static void catch_signals(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
    struct sigaction old, action = {.sa_handler = on_end};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (!sigaction(numbers[i], NULL, &old) && old.sa_handler != SIG_IGN)
            sigaction(numbers[i], &action, NULL);
    signal(SIGABRT, on_abort);
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
    catch_signals();
    llvm_guard();
    return has_stack();
}
