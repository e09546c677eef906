/* diag.h: what the compiler tells the person who wrote the program.
 *
 * Messages are collected and printed by diag_flush, sorted by the place of their error or warning;
 * notes and help stay behind the message they follow. Text: lower case, no full stop, names in
 * quotes, found and expected, a number for every size.
 *
 *     diag_error(d, range, "unknown layer '%s'", name);
 *     diag_note(d, other, "it is defined here");
 *     diag_help(d, "did you mean '%s'?", candidate);
 *
 * The same error text at the same place is kept once. After 20 errors a last line
 * says that more were left out; after 1000 none is kept. */
#ifndef NNLC_SUPPORT_DIAG_H
#define NNLC_SUPPORT_DIAG_H

#include <stdbool.h>
#include <stdio.h>

#include "support/arena.h"
#include "support/attributes.h"
#include "support/source.h"
#include "support/strbuf.h"

typedef struct Diags Diags;

typedef enum { DIAG_COLOR_OFF, DIAG_COLOR_ON } DiagColor;
typedef enum { DIAG_TEXT, DIAG_JSON } DiagFormat;

Diags *diag_new(Arena *arena, const SourceMap *map);

/* What the places of messages are looked up in. */
const SourceMap *diag_sources(const Diags *d);

void diag_error(Diags *d, Range where, const char *format, ...) NNLC_PRINTF(3, 4);
/* `name` is the warning's switch, shown as [-Wname]. */
void diag_warning(Diags *d, Range where, const char *name, const char *format, ...)
    NNLC_PRINTF(4, 5);
/* Belong to the error or warning given last; dropped if that was dropped. */
void diag_note(Diags *d, Range where, const char *format, ...) NNLC_PRINTF(3, 4);
void diag_help(Diags *d, const char *format, ...) NNLC_PRINTF(2, 3);
/* A help with the exact edit: replace the bytes of `where` by `text`. */
void diag_fix(Diags *d, Range where, const char *text, const char *format, ...) NNLC_PRINTF(4, 5);

size_t diag_errors(const Diags *d);
/* So many errors were given that a stage need not look for more: they are counted, but never shown. */
bool diag_is_full(const Diags *d);
/* -Werror, -Wno-NAME (a NULL name: all of them, -w); call before the first message. */
void diag_set_werror(Diags *d, bool on);
void diag_disable_warning(Diags *d, const char *name);

/* The first line of a range and, below it, marks under the range, as messages show them to a terminal of 80
 * columns. */
void diag_show_line(StrBuf *out, const SourceMap *map, Range where);

/* Prints what was collected since the last flush, then "N errors generated." where there were any. */
void diag_flush(Diags *d, FILE *out, DiagFormat format, DiagColor color);

#endif
