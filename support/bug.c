/* bug.c: the two ways in which the compiler gives up at once. */
#include "support/bug.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "runtime/abi/shown.h"

void nnl_bug_at(const char *file, int line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fflush(stdout);
    rt_print(stderr, "nnlc: internal error at %s:%d: ", file, line);
    rt_vprint(stderr, format, args);
    fputs("\nthis is a mistake in nnlc, not in your program; please report it together with the "
          "program that shows it\n",
          stderr);
    va_end(args);
    signal(SIGABRT, SIG_DFL); /* this is not LLVM's end */
    abort();
}

void nnl_over_limit(size_t size_bytes)
{
    fflush(stdout);
    rt_print(stderr,
             "nnlc: error: the compiler needs more memory than it may use: %zu more bytes\n"
             "help: --max-memory=SIZE sets another limit\n",
             size_bytes);
    exit(1);
}

void nnl_no_memory(size_t size_bytes)
{
    fflush(stdout);
    if (size_bytes)
        rt_print(stderr, "nnlc: error: out of memory: %zu more bytes were needed\n", size_bytes);
    else
        fputs("nnlc: error: out of memory\n", stderr);
    exit(1);
}
