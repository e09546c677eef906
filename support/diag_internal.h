/* diag_internal.h: collected messages, as diag.c hands them to the two printers. */
#ifndef NNLC_SUPPORT_DIAG_INTERNAL_H
#define NNLC_SUPPORT_DIAG_INTERNAL_H

#include "support/diag.h"
#include "support/strbuf.h"
#include "support/vec.h"

typedef enum { DIAG_ERROR, DIAG_WARNING, DIAG_NOTE, DIAG_HELP } DiagKind;

/* A note or a help; a help with a replacement is a fix. */
typedef struct DiagPart {
    DiagKind kind;
    Range where;
    const char *text;
    const char *replacement; /* NULL unless this is a fix */
} DiagPart;

typedef Vec(DiagPart) DiagParts;

typedef struct DiagMessage {
    DiagKind kind;
    Range where;
    const char *name; /* a warning's switch, also where -Werror made it an error; or NULL */
    const char *text;
    size_t order; /* in which it was given */
    DiagParts parts;
} DiagMessage;

void diag_print_text(StrBuf *out, const SourceMap *map, const DiagMessage *message, DiagColor color,
                     uint32_t columns);
void diag_print_json(StrBuf *out, const SourceMap *map, const DiagMessage *message);

#endif
