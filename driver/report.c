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

void report_help(const Session *s, const char *message, const char *help)
{
    DiagFormat format = s->options->format;
    if (format == DIAG_JSON)
        diag_error(s->diags, (Range){0, 0}, "%s", message);
    if (format == DIAG_JSON && *help)
        diag_help(s->diags, "%s", help);
    diag_flush(s->diags, stderr, format, s->options->color);
    if (format == DIAG_JSON)
        return;
    complain(message);
    if (*help)
        rt_print(stderr, "help: %s\n", help);
}

void report(const Session *s, const char *message)
{
    report_help(s, message, "");
}

void report_failure(const Session *s, const RtError *error)
{
    report_help(s, error->text, error->help);
}
