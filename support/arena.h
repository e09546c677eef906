/* arena.h: memory that is freed all at once.
 *
 * An arena hands out zeroed, 16-byte aligned blocks and frees them together. Three lifetimes are in
 * use: session, graph, scratch (mark and reset). A request that cannot be met ends the process with
 * a message and exit status 1: no caller has to test for NULL. Built with NNLC_ARENA_BLOCKS (asan
 * preset) each request is its own malloc block, so that overruns show. */
#ifndef NNLC_SUPPORT_ARENA_H
#define NNLC_SUPPORT_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/attributes.h"

typedef struct Arena Arena;
typedef struct ArenaMark {
    void *block;
    size_t used;
} ArenaMark;

/* Every arena of the process asks this before it takes memory from the system; a no ends the process with a message. */
void arena_ask(bool (*fits)(uint64_t bytes));
Arena *arena_open(void);
/* One that uses the memory that `other` keeps and the other way round; both are closed, in any order. */
Arena *arena_beside(Arena *other);
void arena_close(Arena *arena);

/* Zeroed memory of `size` bytes (0 gives a unique non-NULL pointer). */
void *arena_alloc(Arena *arena, size_t size);
/* As arena_alloc(count * size), with the product checked. */
void *arena_array(Arena *arena, size_t count, size_t size);
void *arena_copy(Arena *arena, const void *data, size_t size);
char *arena_strdup(Arena *arena, const char *text);
/* The first `length` bytes of `text`, with a NUL after them. */
char *arena_strndup(Arena *arena, const char *text, size_t length);
char *arena_printf(Arena *arena, const char *format, ...) NNLC_PRINTF(2, 3);
char *arena_vprintf(Arena *arena, const char *format, va_list args) NNLC_PRINTF(2, 0);
/* The same for messages: texts in them as they are shown (runtime/abi/shown.h), of very long ones begin and end. */
char *arena_shown(Arena *arena, const char *format, ...) NNLC_PRINTF(2, 3);
char *arena_vshown(Arena *arena, const char *format, va_list args) NNLC_PRINTF(2, 0);

/* Everything allocated after the mark is freed by the reset; the arena may keep the memory for later. */
ArenaMark arena_mark(Arena *arena);
void arena_reset(Arena *arena, ArenaMark mark);
/* Bytes handed out so far; for tests and --time-passes. */
size_t arena_used(const Arena *arena);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_array((arena), (count), sizeof(type)))

#endif
