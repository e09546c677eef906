/* texts.c: a hash table with linear probing over texts that lie one behind the other. */
#include "runtime/data/texts.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { FEWEST_SLOTS = 16, FEWEST_BYTES = 64 };

/* FNV-1a. */
static uint64_t hash_of(const char *text)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 0x100000001b3u;
    return hash ^ hash >> 32;
}

const char *rt_texts_at(const RtTexts *t, uint32_t i)
{
    return t->bytes + t->begin[i];
}

/* The slot of a text, or the free one where it belongs. */
static uint32_t slot_of(RtTexts *t, const char *text)
{
    uint32_t at = (uint32_t)hash_of(text) & (t->n_slots - 1);
    for (; t->slots[at]; at = (at + 1) & (t->n_slots - 1)) {
        t->comparisons++;
        if (!strcmp(rt_texts_at(t, t->slots[at] - 1), text))
            break;
    }
    return at;
}

/* At most half of the slots are taken. */
static bool more_slots(RtTexts *t)
{
    if (t->n_slots && t->n < t->n_slots / 2)
        return true;
    uint32_t n = t->n_slots ? 2 * t->n_slots : FEWEST_SLOTS;
    uint32_t *slots = n ? calloc(n, sizeof *slots) : NULL;
    if (!slots)
        return false;
    for (uint32_t i = 0; i < t->n; i++) {
        uint32_t at = (uint32_t)hash_of(rt_texts_at(t, i)) & (n - 1);
        while (slots[at])
            at = (at + 1) & (n - 1);
        slots[at] = i + 1;
    }
    free(t->slots);
    t->slots = slots;
    t->n_slots = n;
    return true;
}

static bool more_room(RtTexts *t, size_t size)
{
    if (t->n == t->cap) {
        uint32_t cap = t->cap ? 2 * t->cap : FEWEST_SLOTS;
        size_t *begin = cap > t->cap ? realloc(t->begin, cap * sizeof *begin) : NULL;
        if (!begin)
            return false;
        t->begin = begin;
        t->cap = cap;
    }
    if (size <= t->room - t->size)
        return true;
    size_t room = 2 * t->room + size + FEWEST_BYTES;
    char *bytes = room > t->room ? realloc(t->bytes, room) : NULL;
    if (!bytes)
        return false;
    t->bytes = bytes;
    t->room = room;
    return true;
}

int64_t rt_texts_add(RtTexts *t, const char *text)
{
    size_t size = strlen(text) + 1;
    if (!more_slots(t))
        return -1;
    uint32_t slot = slot_of(t, text);
    if (t->slots[slot])
        return t->slots[slot] - 1;
    if (!more_room(t, size))
        return -1;
    t->begin[t->n] = t->size;
    memcpy(t->bytes + t->size, text, size);
    t->size += size;
    t->slots[slot] = ++t->n;
    return t->n - 1;
}

int64_t rt_texts_find(RtTexts *t, const char *text)
{
    return t->n ? (int64_t)t->slots[slot_of(t, text)] - 1 : -1;
}

void rt_texts_free(RtTexts *t)
{
    free(t->begin);
    free(t->bytes);
    free(t->slots);
    memset(t, 0, sizeof *t);
}
