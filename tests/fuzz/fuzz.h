/* fuzz.h: what fuzz targets of the compiler share: a text with its diagnostics. */
#ifndef NNLC_TESTS_FUZZ_FUZZ_H
#define NNLC_TESTS_FUZZ_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "support/arena.h"
#include "support/diag.h"
#include "support/intern.h"
#include "support/source.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

typedef struct FuzzText {
    Arena *arena;
    Interner *names;
    SourceMap *sources;
    Diags *diags;
    const Source *source;
} FuzzText;

static inline FuzzText fuzz_text_open(const char *name, const uint8_t *bytes, size_t size)
{
    FuzzText t = {.arena = arena_open()};
    t.names = interner_new(t.arena);
    t.sources = source_map_new(t.arena);
    t.diags = diag_new(t.arena, t.sources);
    t.source = source_add(t.sources, name, arena_copy(t.arena, bytes, size), size);
    return t;
}

/* Prints what was said, too. */
static inline void fuzz_text_close(FuzzText *t)
{
    FILE *nowhere = fopen("/dev/null", "w");
    if (nowhere) {
        diag_flush(t->diags, nowhere, DIAG_TEXT, DIAG_COLOR_ON);
        fclose(nowhere);
    }
    arena_close(t->arena);
}

#endif
