/* status.c: messages of failing functions. */
#include "runtime/abi/status.h"

#include <stdarg.h>
#include <string.h>

#include "runtime/abi/shown.h"

#undef rt_fail
RtStatus rt_fail(RtError *error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    rt_vshow_short(error->text, sizeof error->text, format, args);
    va_end(args);
    error->help[0] = 0;
    return RT_ERROR;
}

void rt_fail_more(RtError *error, const char *format, ...)
{
    va_list args;
    size_t n = strlen(error->text);
    va_start(args, format);
    rt_vshow_short(error->text + n, sizeof error->text - n, format, args);
    va_end(args);
}

void rt_fail_help(RtError *error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    rt_vshow_short(error->help, sizeof error->help, format, args);
    va_end(args);
}
