/* intern.c: a hash table of strings with open addressing, at most half full. */
#include "support/intern.h"

#include <stdint.h>
#include <string.h>

#include "support/bug.h"

typedef struct Entry {
    const char *text; /* NULL: free */
    uint32_t length;
    uint32_t hash;
} Entry;

struct Interner {
    Arena *arena;
    Entry *entries;
    size_t n, cap; /* cap is a power of two */
};

enum { FIRST_CAP = 256 };

Interner *interner_new(Arena *arena)
{
    Interner *names = ARENA_NEW(arena, Interner);
    names->arena = arena;
    names->cap = FIRST_CAP;
    names->entries = ARENA_ARRAY(arena, Entry, names->cap);
    return names;
}

/* FNV-1a with a final mix, so that the low bits depend on every byte. */
static uint32_t hash_of(const char *text, size_t length)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * 0x100000001b3u;
    return (uint32_t)(hash ^ hash >> 32);
}

/* The text's own entry, or the free one where it belongs. */
static Entry *find(const Interner *names, const char *text, size_t length, uint32_t hash)
{
    for (size_t i = hash & (names->cap - 1);; i = (i + 1) & (names->cap - 1)) {
        Entry *entry = &names->entries[i];
        if (!entry->text || (entry->hash == hash && entry->length == length &&
                             memcmp(entry->text, text, length) == 0))
            return entry;
    }
}

static void grow(Interner *names)
{
    Entry *old = names->entries;
    size_t old_cap = names->cap;
    names->cap *= 2;
    names->entries = ARENA_ARRAY(names->arena, Entry, names->cap);
    for (size_t i = 0; i < old_cap; i++)
        if (old[i].text)
            *find(names, old[i].text, old[i].length, old[i].hash) = old[i];
}

const char *intern(Interner *names, const char *text)
{
    return intern_n(names, text, strlen(text));
}

const char *intern_n(Interner *names, const char *text, size_t length)
{
    uint32_t hash = hash_of(text, length);
    if (length > UINT32_MAX)
        nnl_no_memory(length);
    Entry *entry = find(names, text, length, hash);
    if (entry->text)
        return entry->text;
    const char *copy = arena_strndup(names->arena, text, length);
    *entry = (Entry){copy, (uint32_t)length, hash};
    if (++names->n * 2 > names->cap)
        grow(names);
    return copy;
}

size_t interner_count(const Interner *names)
{
    return names->n;
}
