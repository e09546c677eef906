/* shuffle.c: Fisher-Yates over a counter-based generator: a draw depends on no other draw. */
#include "runtime/data/shuffle.h"

#include "runtime/math/philox.h"

void rt_shuffle_for(const char *stream, uint32_t *index, int64_t n, uint64_t seed, uint64_t number)
{
    uint32_t hash = rt_stream_hash(stream);
    for (int64_t i = n - 1; i > 0; i--) {
        uint32_t j = rt_bounded_u32(seed, number, hash, (uint64_t)i, (uint32_t)i + 1);
        uint32_t x = index[i];
        index[i] = index[j];
        index[j] = x;
    }
}

void rt_shuffle(uint32_t *index, int64_t n, uint64_t seed, uint64_t epoch)
{
    rt_shuffle_for("shuffle", index, n, seed, epoch);
}
