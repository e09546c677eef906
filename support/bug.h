/* bug.h: the compiler itself is wrong, or there is no memory to go on with.
 *
 * nnl_bug prints where and why, asks for a report and aborts. nnl_no_memory prints how much was
 * asked for, unless 0, and ends the process with status 1. */
#ifndef NNLC_SUPPORT_BUG_H
#define NNLC_SUPPORT_BUG_H

#include <stddef.h>

#include "support/attributes.h"

NNLC_NORETURN void nnl_bug_at(const char *file, int line, const char *format, ...)
    NNLC_PRINTF(3, 4);
NNLC_NORETURN void nnl_no_memory(size_t size_bytes);
/* The same where a limit was set. */
NNLC_NORETURN void nnl_over_limit(size_t size_bytes);

#define nnl_bug(...) nnl_bug_at(__FILE__, __LINE__, __VA_ARGS__)
#define nnl_assert(condition)                                                                      \
    ((condition) ? (void)0 : nnl_bug_at(__FILE__, __LINE__, "assertion failed: %s", #condition))

#endif
