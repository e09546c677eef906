/* intern.h: equal names have equal pointers.
 *
 * A table of strings. intern() returns the one copy of a text, NUL-terminated; two names are equal
 * exactly if their pointers are. Texts may hold NUL bytes; their length is kept. */
#ifndef NNLC_SUPPORT_INTERN_H
#define NNLC_SUPPORT_INTERN_H

#include <stddef.h>

#include "support/arena.h"

typedef struct Interner Interner;

Interner *interner_new(Arena *arena);
const char *intern(Interner *names, const char *text);
const char *intern_n(Interner *names, const char *text, size_t length);
/* How many different texts the table holds. */
size_t interner_count(const Interner *names);

#endif
