/* texts.c: a hash table with linear probing over texts that lie one behind the other. */
#include "runtime/data/texts.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/data/words.h"

enum { FEWEST_SLOTS = 16, FEWEST_BYTES = 64 };

/* A text of n bytes. The first 16 of them are two words, with zeros behind a shorter text. */
typedef struct Text {
    const char *at;
    size_t n;
    uint64_t low, high;
} Text;

/* RT_WORD_AHEAD bytes behind it can be read. */
static Text text_near(const char *at, size_t n)
{
    uint64_t low = rt_word(at), high = rt_word(at + 8);
    return (Text){at, n, rt_word_head(low, n), n > 8 ? rt_word_head(high, n - 8) : 0};
}

static Text text_far(const char *at)
{
    char first[RT_WORD_AHEAD] = "";
    size_t n = strlen(at);
    memcpy(first, at, n < sizeof first ? n : sizeof first);
    return (Text){at, n, rt_word(first), rt_word(first + 8)};
}

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 32;
}

/* Of the last word of a long text some bytes may count twice. */
static uint64_t hash_of(const Text *t)
{
    uint64_t hash = mix(mix(t->n, t->low), t->high);
    if (t->n <= 16)
        return hash;
    for (size_t i = 16; i + 8 <= t->n; i += 8)
        hash = mix(hash, rt_word(t->at + i));
    return mix(hash, rt_word(t->at + t->n - 8));
}

static bool is_equal(const Text *a, const Text *b)
{
    return a->n == b->n && a->low == b->low && a->high == b->high &&
           (a->n <= 16 || !memcmp(a->at + 16, b->at + 16, a->n - 16));
}

const char *rt_texts_at(const RtTexts *t, uint32_t i)
{
    return t->bytes + t->begin[i];
}

/* One that was added. */
static Text added(const RtTexts *t, uint32_t i)
{
    size_t end = i + 1 < t->n ? t->begin[i + 1] : t->size;
    return text_near(t->bytes + t->begin[i], end - t->begin[i] - 1);
}

/* The slot of a text, or the free one where it belongs. */
static uint32_t slot_of(RtTexts *t, const Text *text)
{
    uint32_t at = (uint32_t)hash_of(text) & (t->n_slots - 1);
    for (; t->slots[at]; at = (at + 1) & (t->n_slots - 1)) {
        Text other = added(t, t->slots[at] - 1);
        t->comparisons++;
        if (is_equal(&other, text))
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
        Text text = added(t, i);
        uint32_t at = (uint32_t)hash_of(&text) & (n - 1);
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
    if (t->size + size + RT_WORD_AHEAD <= t->room)
        return true;
    size_t room = 2 * t->room + size + FEWEST_BYTES + RT_WORD_AHEAD;
    char *bytes = room > t->room ? realloc(t->bytes, room) : NULL;
    if (!bytes)
        return false;
    t->bytes = bytes;
    t->room = room;
    return true;
}

static int64_t add(RtTexts *t, const Text *text)
{
    if (!more_slots(t))
        return -1;
    uint32_t slot = slot_of(t, text);
    if (t->slots[slot])
        return t->slots[slot] - 1;
    if (!more_room(t, text->n + 1))
        return -1;
    t->begin[t->n] = t->size;
    memcpy(t->bytes + t->size, text->at, text->n);
    t->bytes[t->size + text->n] = 0;
    t->size += text->n + 1;
    t->slots[slot] = ++t->n;
    return t->n - 1;
}

int64_t rt_texts_add(RtTexts *t, const char *text)
{
    Text far = text_far(text);
    return add(t, &far);
}

int64_t rt_texts_add_n(RtTexts *t, const char *text, size_t n)
{
    Text near = text_near(text, n);
    return add(t, &near);
}

int64_t rt_texts_find(RtTexts *t, const char *text)
{
    Text far = text_far(text);
    return t->n ? (int64_t)t->slots[slot_of(t, &far)] - 1 : -1;
}

void rt_texts_free(RtTexts *t)
{
    free(t->begin);
    free(t->bytes);
    free(t->slots);
    memset(t, 0, sizeof *t);
}
