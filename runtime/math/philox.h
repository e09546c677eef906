/* philox.h: counter-based random numbers: Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy
 * as 1, 2, 3", SC 2011).
 *
 * Nothing has a state: a number is a function of key (the seed) and counter (element, step, stream), so
 * that threads, layouts and batch sizes cannot change it. Words of one block: counter =
 * (element / 4, step low, step high, stream). */
#ifndef NNLC_RUNTIME_MATH_PHILOX_H
#define NNLC_RUNTIME_MATH_PHILOX_H

#include <stdint.h>

void rt_philox(const uint32_t counter[4], uint64_t seed, uint32_t out[4]);

/* Word element % 4 of block element / 4: what the op `rng` gives. */
uint32_t rt_random_u32(uint64_t seed, uint64_t step, uint32_t stream, uint64_t element);

/* The following draw one block per element: counter = (element, step low, step high, stream). */

/* Uniform in [0, 1), a multiple of 2^-53. */
double rt_uniform_f64(uint64_t seed, uint64_t step, uint32_t stream, uint64_t element);
/* Normal with mean 0 and deviation 1: Box-Muller, its cosine. */
double rt_normal_f64(uint64_t seed, uint64_t step, uint32_t stream, uint64_t element);
/* Uniform in 0 … bound-1, without bias; bound >= 1. */
uint32_t rt_bounded_u32(uint64_t seed, uint64_t step, uint32_t stream, uint64_t element,
                        uint32_t bound);

/* A stream's number from its name: FNV-1a with a final mix. */
uint32_t rt_stream_hash(const char *text);

#endif
