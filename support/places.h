/* places.h: finds by address what stands in a list: a hash table from pointers (interned names, nodes) to
 * places. */
#ifndef NNLC_SUPPORT_PLACES_H
#define NNLC_SUPPORT_PLACES_H

#include <stddef.h>
#include <stdint.h>

#include "support/arena.h"

#define NO_PLACE SIZE_MAX

typedef struct PlaceEntry {
    const void *key; /* NULL: free */
    size_t place;
} PlaceEntry;

/* Zeroed: empty. */
typedef struct Places {
    PlaceEntry *at;
    size_t n, cap; /* cap is 0 or a power of two */
} Places;

/* `key` is not NULL; one that is there gets the new place. */
void places_set(Arena *arena, Places *p, const void *key, size_t place);
/* Keeps the place of one that is there, and returns it; else NO_PLACE. */
size_t places_add(Arena *arena, Places *p, const void *key, size_t place);
Places places_copy(Arena *arena, const Places *p);
/* NO_PLACE if the key is not there. */
size_t places_get(const Places *p, const void *key);

#endif
