/* Random numbers: Philox4x32-10 gives the words of its authors' test vectors; what is drawn from them lies
 * where it should, as often as it should, and depends on seed, step, stream and element alone. */
#include <math.h>

#include "runtime/math/philox.h"
#include "tests/unit/check.h"

enum { N = 100000 };

/* Random123 1.14, tests/kat_vectors: philox4x32, 10 rounds. */
static void check_vectors(void)
{
    static const struct {
        uint32_t counter[4];
        uint64_t seed;
        uint32_t words[4];
    } known[] = {
        {{0, 0, 0, 0}, 0, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
         0xffffffffffffffff,
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         0x299f31d0a4093822,
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        uint32_t words[4];
        rt_philox(known[i].counter, known[i].seed, words);
        for (int k = 0; k < 4; k++)
            CHECK_EQ_INT(words[k], known[i].words[k]);
    }
}

/* Word element % 4 of the block (element / 4, step low, step high, stream). */
static void check_places(void)
{
    uint64_t seed = 7, step = 0x500000003;
    for (uint32_t element = 0; element < 40; element++) {
        uint32_t counter[4] = {element / 4, 3, 5, 11}, words[4];
        rt_philox(counter, seed, words);
        CHECK_EQ_INT(rt_random_u32(seed, step, 11, element), words[element % 4]);
    }
    CHECK(rt_random_u32(7, 1, 1, 1) != rt_random_u32(8, 1, 1, 1));
    CHECK(rt_random_u32(7, 1, 1, 1) != rt_random_u32(7, 2, 1, 1));
    CHECK(rt_random_u32(7, 1, 1, 1) != rt_random_u32(7, 1, 2, 1));
    CHECK(rt_random_u32(7, 1, 1, 1) != rt_random_u32(7, 1, 1, 2));
}

typedef struct Moments {
    double mean, variance, skew, fourth, least, most;
} Moments;

static Moments moments(double (*draw)(uint64_t, uint64_t, uint32_t, uint64_t))
{
    Moments m = {.least = INFINITY, .most = -INFINITY};
    for (uint64_t i = 0; i < N; i++) {
        double x = draw(42, 3, 5, i);
        m.mean += x / N;
        m.least = x < m.least ? x : m.least;
        m.most = x > m.most ? x : m.most;
    }
    for (uint64_t i = 0; i < N; i++) {
        double d = draw(42, 3, 5, i) - m.mean;
        m.variance += d * d / N;
        m.skew += d * d * d / N;
        m.fourth += d * d * d * d / N;
    }
    return m;
}

/* Bounds of five standard errors; the numbers are the same in every run. */
static void check_distributions(void)
{
    Moments u = moments(rt_uniform_f64), n = moments(rt_normal_f64);
    CHECK(fabs(u.mean - 0.5) < 5 * sqrt(1.0 / 12 / N));
    CHECK(fabs(u.variance - 1.0 / 12) < 5 * sqrt(1.0 / 180 / N));
    CHECK(u.least >= 0 && u.least < 1e-4 && u.most < 1 && u.most > 1 - 1e-4);
    CHECK(fabs(n.mean) < 5 * sqrt(1.0 / N));
    CHECK(fabs(n.variance - 1) < 5 * sqrt(2.0 / N));
    CHECK(fabs(n.skew) < 5 * sqrt(15.0 / N));
    CHECK(fabs(n.fourth - 3) < 5 * sqrt(96.0 / N));
    CHECK(n.least < -3.5 && n.most > 3.5);
    for (uint64_t i = 0; i < 1000; i++) {
        double scaled = rt_uniform_f64(1, 0, 0, i) * 0x1p53;
        CHECK(scaled == floor(scaled));
    }
}

/* Chi square over `bound` results; its mean is bound - 1, its variance 2 (bound - 1). */
static void check_bounded(uint32_t bound)
{
    unsigned long *seen = calloc(bound, sizeof *seen);
    double chi = 0, expected = (double)N / bound;
    bool inside = true;
    for (uint64_t i = 0; i < N && inside; i++) {
        uint32_t x = rt_bounded_u32(9, 1, 2, i, bound);
        inside = x < bound;
        if (inside)
            seen[x]++;
    }
    CHECK(inside);
    for (uint32_t k = 0; k < bound; k++)
        chi += ((double)seen[k] - expected) * ((double)seen[k] - expected) / expected;
    CHECK(fabs(chi - (bound - 1)) <= 5 * sqrt(2.0 * (bound - 1)));
    free(seen);
}

/* A bound that does not divide 2^32 draws again; near 2^31 half of all draws are refused. */
static void check_large_bound(void)
{
    uint32_t bound = (1u << 31) + 1, most = 0;
    double mean = 0;
    for (uint64_t i = 0; i < N; i++) {
        uint32_t x = rt_bounded_u32(9, 1, 2, i, bound);
        most = x > most ? x : most;
        mean += (double)x / bound / N;
    }
    CHECK(most < bound);
    CHECK(fabs(mean - 0.5) < 5 * sqrt(1.0 / 12 / N));
}

static int compare(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static void check_streams(void)
{
    enum { NAMES = 20000 };
    static uint32_t hashes[NAMES];
    char name[32];
    int twins = 0;
    for (int i = 0; i < NAMES; i++) {
        snprintf(name, sizeof name, "%d/%d/kernel", i / 100, i % 100);
        hashes[i] = rt_stream_hash(name);
    }
    qsort(hashes, NAMES, sizeof *hashes, compare);
    for (int i = 1; i < NAMES; i++)
        twins += hashes[i] == hashes[i - 1];
    CHECK(twins <= 2); /* 0.05 are expected of 2^32 places */
    CHECK_EQ_INT(rt_stream_hash("shuffle"), rt_stream_hash("shuffle"));
}

int main(void)
{
    static const uint32_t bounds[] = {1, 2, 3, 6, 10, 1000};
    check_vectors();
    check_places();
    check_distributions();
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++)
        check_bounded(bounds[i]);
    check_large_bound();
    check_streams();
    return check_done();
}
