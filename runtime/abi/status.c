/* status.c: messages of failing functions. */
#include "runtime/abi/status.h"

#include <stdarg.h>
#include <stdio.h>

#undef rt_fail
RtStatus rt_fail(RtError *error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(error->text, sizeof error->text, format, args);
    va_end(args);
    return RT_ERROR;
}
