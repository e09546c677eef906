/* places.c: open addressing, at most half full. */
#include "support/places.h"

#include "runtime/abi/name_index.h"

enum { FIRST_CAP = 16 };

/* The key's own entry, or the free one where it belongs. */
static PlaceEntry *find(const Places *p, const void *key)
{
    uint64_t hash = (uint64_t)(uintptr_t)key * 0x9E3779B97F4A7C15u;
    for (size_t i = (size_t)(hash >> 32) & (p->cap - 1);; i = (i + 1) & (p->cap - 1)) {
        rt_names_compared++;
        if (!p->at[i].key || p->at[i].key == key)
            return &p->at[i];
    }
}

static void grow(Arena *arena, Places *p)
{
    Places old = *p;
    p->cap = old.cap ? 2 * old.cap : FIRST_CAP;
    p->at = ARENA_ARRAY(arena, PlaceEntry, p->cap);
    for (size_t i = 0; i < old.cap; i++)
        if (old.at[i].key)
            *find(p, old.at[i].key) = old.at[i];
}

void places_set(Arena *arena, Places *p, const void *key, size_t place)
{
    if (2 * (p->n + 1) > p->cap)
        grow(arena, p);
    PlaceEntry *entry = find(p, key);
    p->n += !entry->key;
    *entry = (PlaceEntry){key, place};
}

size_t places_add(Arena *arena, Places *p, const void *key, size_t place)
{
    size_t known = places_get(p, key);
    if (known == NO_PLACE)
        places_set(arena, p, key, place);
    return known;
}

size_t places_get(const Places *p, const void *key)
{
    const PlaceEntry *entry = p->cap ? find(p, key) : NULL;
    return entry && entry->key ? entry->place : NO_PLACE;
}

Places places_copy(Arena *arena, const Places *p)
{
    Places copy = *p;
    copy.at = arena_copy(arena, p->at, p->cap * sizeof *p->at);
    return copy;
}
