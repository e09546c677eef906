/* mutate.h: what mutators share that know a format: random numbers, and a buffer for what they make. Whatever they do
 * follows from the seed that libFuzzer gives. */
#ifndef NNLC_TESTS_FUZZ_MUTATE_H
#define NNLC_TESTS_FUZZ_MUTATE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t LLVMFuzzerMutate(uint8_t *bytes, size_t size, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most, unsigned seed);

typedef struct Mutation {
    uint64_t state; /* of the random numbers */
    uint8_t *bytes; /* what is made */
    size_t n, most;
    bool full; /* it was more */
} Mutation;

enum { MUTATE_SLACK = 64 }; /* bytes by which a part may grow */

static inline void *mutate_memory(size_t n)
{
    void *bytes = calloc(n ? n : 1, 1);
    if (!bytes)
        abort();
    return bytes;
}

static inline void *mutate_copy(const void *bytes, size_t n)
{
    char *copy = mutate_memory(n + 1);
    if (n)
        memcpy(copy, bytes, n);
    return copy;
}

static inline Mutation mutate_open(uint64_t seed, size_t most)
{
    return (Mutation){.state = seed, .bytes = mutate_memory(most), .most = most};
}

/* Splitmix64. */
static inline uint64_t mutate_random(Mutation *m)
{
    uint64_t z = m->state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

/* 0 to n - 1; n is not 0. */
static inline uint32_t mutate_pick(Mutation *m, uint32_t n)
{
    return (uint32_t)(mutate_random(m) % n);
}

/* Once in n times. */
static inline bool mutate_once_in(Mutation *m, uint32_t n)
{
    return mutate_pick(m, n) == 0;
}

/* One near the known one, or one at which a reader may break. */
static inline uint64_t mutate_number(Mutation *m, uint64_t known)
{
    static const uint64_t edges[] = {0,           1,           2,          0x7f,
                                     0xff,        0xffff,      0x10000,    0x7fffffff,
                                     0x80000000u, 0xffffffffu, 1ull << 32, INT64_MAX - 1,
                                     INT64_MAX,   1ull << 63,  UINT64_MAX, 1ull << 62,
                                     1ull << 61,  1ull << 31,  100000000,  (1ull << 63) / 8};
    switch (mutate_pick(m, 6)) {
    case 0:
        return known + 1;
    case 1:
        return known - 1;
    case 2:
        return known ^ 1ull << mutate_pick(m, 64);
    case 3:
        return mutate_pick(m, 20);
    case 4:
        return known * 2;
    default: /* one of the edges */
        return edges[mutate_pick(m, sizeof edges / sizeof *edges)];
    }
}

static inline void mutate_put(Mutation *m, const void *bytes, size_t n)
{
    m->full = m->full || n > m->most - m->n;
    if (m->full || !n)
        return;
    memcpy(m->bytes + m->n, bytes, n);
    m->n += n;
}

static inline void mutate_put_number(Mutation *m, uint64_t number, size_t n_bytes)
{
    uint8_t bytes[8];
    for (size_t i = 0; i < n_bytes; i++)
        bytes[i] = (uint8_t)(number >> 8 * i);
    mutate_put(m, bytes, n_bytes);
}

__attribute__((format(printf, 2, 3))) static inline void mutate_print(Mutation *m,
                                                                      const char *format, ...)
{
    char text[256];
    va_list list;
    va_start(list, format);
    int n = vsnprintf(text, sizeof text, format, list);
    va_end(list);
    if (n > 0)
        mutate_put(m, text, (size_t)n < sizeof text ? (size_t)n : sizeof text - 1);
}

/* So many bytes, of these and zeros behind them. */
static inline void mutate_put_padded(Mutation *m, const uint8_t *bytes, size_t have, size_t n)
{
    m->full = m->full || n > m->most - m->n;
    if (m->full)
        return;
    mutate_put(m, bytes, have < n ? have : n);
    for (size_t i = have; i < n; i++)
        mutate_put(m, "", 1);
}

/* Closes it. What was made goes to `bytes`; if it was too much, some other change of them does. */
static inline size_t mutate_finish(Mutation *m, uint8_t *bytes, size_t size, size_t most)
{
    size_t n = m->n;
    if (!m->full && n <= most && n)
        memcpy(bytes, m->bytes, n);
    else
        n = LLVMFuzzerMutate(bytes, size, most);
    free(m->bytes);
    return n;
}

#endif
