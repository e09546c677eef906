/* philox.c: random numbers as a function of seed and counter. */
#include "runtime/math/philox.h"

#include <math.h>

#include "runtime/math/math_eval.h"

void rt_philox(const uint32_t counter[4], uint64_t seed, uint32_t out[4])
{
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
    uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);
    for (int round = 0; round < 10; round++) {
        uint64_t p0 = (uint64_t)c0 * 0xD2511F53u, p1 = (uint64_t)c2 * 0xCD9E8D57u;
        uint32_t n0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0, n2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
        c1 = (uint32_t)p1;
        c3 = (uint32_t)p0;
        c0 = n0;
        c2 = n2;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
}

static void block(uint64_t seed, uint64_t step, uint32_t stream, uint64_t number, uint32_t out[4])
{
    uint32_t counter[4] = {(uint32_t)number, (uint32_t)step, (uint32_t)(step >> 32), stream};
    rt_philox(counter, seed, out);
}

uint32_t rt_random_u32(uint64_t seed, uint64_t step, uint32_t stream, uint64_t element)
{
    uint32_t words[4];
    block(seed, step, stream, element / 4, words);
    return words[element % 4];
}

static double unit(uint32_t low, uint32_t high)
{
    uint64_t bits = ((uint64_t)high << 32 | low) >> 11;
    return (double)bits * 0x1p-53;
}

double rt_uniform_f64(uint64_t seed, uint64_t step, uint32_t stream, uint64_t element)
{
    uint32_t words[4];
    block(seed, step, stream, element, words);
    return unit(words[0], words[1]);
}

double rt_normal_f64(uint64_t seed, uint64_t step, uint32_t stream, uint64_t element)
{
    uint32_t words[4];
    block(seed, step, stream, element, words);
    double radius = 1.0 - unit(words[0], words[1]); /* in (0, 1] */
    double angle = 6.283185307179586 * unit(words[2], words[3]);
    return sqrt(-2.0 * math_eval_f64(MATH_log, radius, 0)) * math_eval_f64(MATH_cos, angle, 0);
}

uint32_t rt_bounded_u32(uint64_t seed, uint64_t step, uint32_t stream, uint64_t element,
                        uint32_t bound)
{
    uint32_t least = (0u - bound) % bound; /* products below it would favour some results */
    for (uint64_t attempt = 0;; attempt++) {
        uint32_t words[4];
        block(seed + attempt * 0x9E3779B97F4A7C15u, step, stream, element, words);
        for (int i = 0; i < 4; i++) {
            uint64_t product = (uint64_t)words[i] * bound;
            if ((uint32_t)product >= least)
                return (uint32_t)(product >> 32);
        }
    }
}

uint32_t rt_stream_hash(const char *text)
{
    uint32_t h = 2166136261u;
    for (; *text; text++)
        h = (h ^ (unsigned char)*text) * 16777619u;
    h ^= h >> 16;
    h *= 0x85ebca6bu;
    h ^= h >> 13;
    h *= 0xc2b2ae35u;
    return h ^ h >> 16;
}
