/* mutate_safetensors.h: a .safetensors file changed in its parts: entries are added, dropped, doubled and moved; types,
 * sizes, places, the length of the header and the data change, and often all of them fit again. */
#ifndef NNLC_TESTS_FUZZ_MUTATE_SAFETENSORS_H
#define NNLC_TESTS_FUZZ_MUTATE_SAFETENSORS_H

#include "tests/fuzz/mutate.h"

enum { MUTATE_ENTRIES = 24, MUTATE_DIMS = 10, MUTATE_MOST_DATA = 1 << 14 };

typedef struct MutateSpan {
    const char *at;
    size_t n;
} MutateSpan;

/* A member of the header: a tensor, or anything else, as it stands. */
typedef struct MutateEntry {
    MutateSpan key, value;
    bool is_tensor;
    uint32_t type, n_dims;
    uint64_t dims[MUTATE_DIMS], begin, end;
} MutateEntry;

typedef struct MutateTensors {
    Mutation *m;
    uint32_t n;
    MutateEntry at[MUTATE_ENTRIES];
    const uint8_t *data;
    size_t n_data;
} MutateTensors;

static const struct {
    const char *name;
    uint64_t size;
} mutate_types[] = {{"F32", 4},     {"F64", 8}, {"F16", 2}, {"BF16", 2}, {"I64", 8},
                    {"I32", 4},     {"U32", 4}, {"U8", 1},  {"I8", 1},   {"BOOL", 1},
                    {"F8_E4M3", 1}, {"U64", 8}, {"f32", 4}, {"", 1}};
enum { MUTATE_TYPES = sizeof mutate_types / sizeof *mutate_types };

/* ---- what is there ---- */

/* Behind the quote that closes a string, whose first one is before `at`. */
static inline const char *mutate_string_end(const char *at, const char *stop)
{
    while (at < stop && *at != '"')
        at += *at == '\\' && stop - at > 1 ? 2 : 1;
    return at < stop ? at + 1 : stop;
}

/* Up to a comma or bracket that belongs to what is around. */
static inline const char *mutate_value_end(const char *at, const char *stop)
{
    for (int depth = 0; at < stop; at++) {
        if (*at == '"')
            at = mutate_string_end(at + 1, stop) - 1;
        else if (*at == '{' || *at == '[')
            depth++;
        else if ((*at == '}' || *at == ']' || *at == ',') && depth == 0)
            break;
        else if (*at == '}' || *at == ']')
            depth--;
    }
    return at;
}

/* Numbers behind a key, up to a bracket. */
static inline uint32_t mutate_numbers(const char *text, const char *key, uint64_t *to,
                                      uint32_t most)
{
    const char *at = strstr(text, key);
    uint32_t n = 0;
    at = at ? strchr(at, '[') : NULL;
    while (at && *at && *at != ']' && n < most) {
        char *end;
        uint64_t number = strtoull(at, &end, 10);
        if (end > at)
            to[n++] = number;
        at = end > at ? end : at + 1;
    }
    return n;
}

static inline void mutate_read_tensor(MutateEntry *e)
{
    char *text = mutate_copy(e->value.at, e->value.n);
    uint64_t places[2] = {0, 0};
    e->is_tensor = mutate_numbers(text, "\"data_offsets\"", places, 2) == 2;
    e->n_dims = mutate_numbers(text, "\"shape\"", e->dims, MUTATE_DIMS);
    e->begin = places[0];
    e->end = places[1];
    for (uint32_t i = 0; i < MUTATE_TYPES; i++) {
        char quoted[16];
        snprintf(quoted, sizeof quoted, "\"%s\"", mutate_types[i].name);
        if (strstr(text, quoted)) {
            e->type = i;
            break;
        }
    }
    free(text);
}

static inline void mutate_read_header(MutateTensors *t, const char *at, const char *stop)
{
    while (t->n < MUTATE_ENTRIES / 2) {
        MutateEntry e = {.is_tensor = false};
        while (at < stop && *at != '"')
            at++;
        if (at == stop)
            break;
        const char *end = mutate_string_end(at + 1, stop);
        e.key = (MutateSpan){at, (size_t)(end - at)};
        while (end < stop && *end != ':')
            end++;
        if (end == stop)
            break;
        at = mutate_value_end(end + 1, stop);
        e.value = (MutateSpan){end + 1, (size_t)(at - end - 1)};
        mutate_read_tensor(&e);
        t->at[t->n++] = e;
    }
}

/* ---- changes ---- */

static inline void mutate_add_entry(MutateTensors *t, MutateEntry e)
{
    static const char *const keys[] = {"\"w\"",       "\"\"",         "\"__metadata__\"",
                                       "\"net/d/0\"", "\"a\\u0000\"", "\"\\ud83d\\ude00\"",
                                       "\"\\udc00\"", "\"\\u202e\"",  "\"\xff\""};
    if (t->n == MUTATE_ENTRIES)
        return;
    if (!e.key.n) {
        const char *key = keys[mutate_pick(t->m, sizeof keys / sizeof *keys)];
        e.key = (MutateSpan){key, strlen(key)};
    }
    uint32_t place = mutate_pick(t->m, t->n + 1);
    memmove(&t->at[place + 1], &t->at[place], (t->n - place) * sizeof *t->at);
    t->at[place] = e;
    t->n++;
}

static inline void mutate_entry(MutateTensors *t)
{
    Mutation *m = t->m;
    MutateEntry new = {.is_tensor = true, .n_dims = 1, .dims = {mutate_pick(m, 4)}};
    if (!t->n) {
        mutate_add_entry(t, new);
        return;
    }
    MutateEntry *e = &t->at[mutate_pick(m, t->n)], *other = &t->at[mutate_pick(m, t->n)], copy = *e;
    uint32_t dim = e->n_dims ? mutate_pick(m, e->n_dims) : 0;
    switch (mutate_pick(m, 11)) {
    case 0: /* a size */
        e->dims[dim] = mutate_number(m, e->dims[dim]);
        break;
    case 1:
        e->begin = mutate_number(m, mutate_once_in(m, 2) ? other->end : e->begin);
        break;
    case 2:
        e->end = mutate_number(m, mutate_once_in(m, 2) ? other->begin : e->end);
        break;
    case 3:
        e->type = mutate_pick(m, MUTATE_TYPES);
        break;
    case 4: /* two of one name */
        mutate_add_entry(t, copy);
        break;
    case 5:
        *e = t->at[--t->n];
        break;
    case 6:
        *e = *other;
        *other = copy;
        break;
    case 7: /* two in one place */
        e->begin = other->begin;
        e->end = mutate_once_in(m, 2) ? other->end : e->end;
        break;
    case 8:
        e->key = other->key;
        break;
    case 9:
        e->n_dims = mutate_pick(m, MUTATE_DIMS + 1);
        break;
    default: /* one more */
        mutate_add_entry(t, new);
    }
}

/* Places one behind the other, as the types and sizes need them; what is impossible stays. */
static inline void mutate_repair(MutateTensors *t)
{
    uint64_t at = 0;
    for (uint32_t i = 0; i < t->n; i++) {
        MutateEntry *e = &t->at[i];
        uint64_t bytes = mutate_types[e->type].size;
        for (uint32_t k = 0; k < e->n_dims && bytes <= MUTATE_MOST_DATA; k++)
            bytes = e->dims[k] > MUTATE_MOST_DATA ? UINT64_MAX : bytes * e->dims[k];
        if (!e->is_tensor || bytes > MUTATE_MOST_DATA)
            continue;
        e->begin = at;
        at = e->end = at + bytes;
    }
}

/* ---- what is made of it ---- */

static inline void mutate_put_list(Mutation *m, const char *key, const uint64_t *numbers,
                                   uint32_t n, const char *blank)
{
    mutate_print(m, "%s:%s[", key, blank);
    for (uint32_t i = 0; i < n; i++)
        mutate_print(m, "%s%s%llu", i ? "," : "", i ? blank : "", (unsigned long long)numbers[i]);
    mutate_print(m, "]");
}

static inline void mutate_put_tensor(Mutation *m, const MutateEntry *e, const char *blank)
{
    const uint64_t places[] = {e->begin, e->end};
    uint32_t first = mutate_once_in(m, 4) ? mutate_pick(m, 3) : 0, twice = mutate_pick(m, 40);
    mutate_print(m, "{");
    for (uint32_t i = 0; i < 3; i++) {
        uint32_t field = i == 2 && !twice ? first : (first + i) % 3;
        if (i)
            mutate_print(m, ",%s", blank);
        if (field == 0)
            mutate_print(m, "\"dtype\":%s\"%s\"", blank, mutate_types[e->type].name);
        else if (field == 1)
            mutate_put_list(m, "\"shape\"", e->dims, e->n_dims, blank);
        else
            mutate_put_list(m, "\"data_offsets\"", places, 2, blank);
    }
    mutate_print(m, "}");
}

static inline void mutate_put_header(MutateTensors *t, Mutation *to)
{
    static const char *const blanks[] = {"", " ", "\n\t"};
    const char *blank = blanks[mutate_pick(to, 3)];
    mutate_print(to, "{");
    for (uint32_t i = 0; i < t->n; i++) {
        const MutateEntry *e = &t->at[i];
        mutate_print(to, "%s%s", i ? "," : "", i ? blank : "");
        mutate_put(to, e->key.at, e->key.n);
        mutate_print(to, ":%s", blank);
        if (e->is_tensor)
            mutate_put_tensor(to, e, blank);
        else
            mutate_put(to, e->value.at, e->value.n);
    }
    mutate_print(to, "}");
    while (to->n % 8 && blank == blanks[1])
        mutate_print(to, " ");
}

/* As many bytes as the last place says, most times. */
static inline size_t mutate_data_size(const MutateTensors *t)
{
    uint64_t end = 0;
    for (uint32_t i = 0; i < t->n; i++)
        if (t->at[i].is_tensor && t->at[i].end > end && t->at[i].end <= MUTATE_MOST_DATA)
            end = t->at[i].end;
    return (size_t)end;
}

static inline void mutate_put_tensors(MutateTensors *t, size_t most)
{
    Mutation *m = t->m, header = mutate_open(mutate_random(m), most);
    mutate_put_header(t, &header);
    if (mutate_once_in(m, 16)) /* any change of the text, whose length is right */
        header.n = LLVMFuzzerMutate(header.bytes, header.n, most);
    mutate_put_number(m, mutate_once_in(m, 16) ? mutate_number(m, header.n) : header.n, 8);
    mutate_put(m, header.bytes, header.n);
    size_t n = mutate_once_in(m, 8) ? t->n_data : mutate_data_size(t);
    mutate_put_padded(m, t->data, t->n_data, n);
    m->full = m->full || header.full;
    free(header.bytes);
}

static inline size_t mutate_safetensors(uint8_t *bytes, size_t size, size_t most, unsigned seed)
{
    Mutation m = mutate_open(seed, most);
    if (size < 8 || mutate_once_in(&m, 3))
        return mutate_finish(&m, bytes, size, most);
    uint64_t length = 0;
    for (int i = 7; i >= 0; i--)
        length = length << 8 | bytes[i];
    size_t n_header = length > size - 8 ? size - 8 : (size_t)length;
    uint8_t *copy = mutate_copy(bytes + 8, size - 8);
    MutateTensors t = {.m = &m, .data = copy + n_header, .n_data = size - 8 - n_header};
    mutate_read_header(&t, (const char *)copy, (const char *)copy + n_header);
    for (uint32_t n = 1 + mutate_pick(&m, 3); n; n--)
        mutate_entry(&t);
    if (!mutate_once_in(&m, 4))
        mutate_repair(&t);
    mutate_put_tensors(&t, most);
    free(copy);
    return mutate_finish(&m, bytes, size, most);
}

#endif
