/* report.c: errors of the command itself: files, the linker, the machine. */
#include <stdio.h>

#include "driver/session.h"
#include "runtime/abi/shown.h"

static void complain(const char *message)
{
    fputs("nnlc: error: ", stderr);
    rt_print_message(stderr, message);
    fputc('\n', stderr);
}

void report(const Session *s, const char *message)
{
    DiagFormat format = s->options->format;
    if (format == DIAG_JSON)
        diag_error(s->diags, (Range){0, 0}, "%s", message);
    diag_flush(s->diags, stderr, format, s->options->color);
    if (format != DIAG_JSON)
        complain(message);
}

void report_failure(const RtError *error)
{
    complain(error->text);
    if (*error->help)
        rt_print(stderr, "help: %s\n", error->help);
}
