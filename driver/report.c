/* report.c: errors of the command itself: files, the linker, the machine. */
#include <stdio.h>

#include "driver/session.h"

void report(const Session *s, const char *message)
{
    DiagFormat format = s->options->format;
    if (format == DIAG_JSON)
        diag_error(s->diags, (Range){0, 0}, "%s", message);
    diag_flush(s->diags, stderr, format, s->options->color);
    if (format != DIAG_JSON)
        fprintf(stderr, "nnlc: error: %s\n", message);
}

void report_failure(const RtError *error)
{
    fprintf(stderr, "nnlc: error: %s\n%s%s%s", error->text, *error->help ? "help: " : "",
            error->help, *error->help ? "\n" : "");
}
