/* shuffle.h: seeded permutations. */
#ifndef NNLC_RUNTIME_DATA_SHUFFLE_H
#define NNLC_RUNTIME_DATA_SHUFFLE_H

#include <stdint.h>

/* Fisher-Yates with unbiased bounds: the order of the rows in an epoch. The result depends on n,
 * seed and epoch alone. At most UINT32_MAX entries. */
void rt_shuffle(uint32_t *index, int64_t n, uint64_t seed, uint64_t epoch);

/* The same for another purpose: streams of different names never meet; `number` tells the draws of
 * one stream apart. */
void rt_shuffle_for(const char *stream, uint32_t *index, int64_t n, uint64_t seed, uint64_t number);

#endif
