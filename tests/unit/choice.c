/* The choice of the number of threads, over made-up timings for 1 to 64 cores: whatever they are, it costs
 * at most 2 % more than one thread, and it takes the gain where there is one. */
#include "runtime/exec/choice.h"
#include "runtime/exec/exec.h"
#include "runtime/math/philox.h"
#include "tests/unit/check.h"

enum { STEPS = 6000, ALONE_NS = 200000 };

/* How long a step takes on a machine: `all` as a multiple of a step with one thread. */
typedef struct Machine {
    const char *name;
    double (*all)(int cores, int step);
} Machine;

/* A part in ten cannot be shared, and every core costs a little. */
static double usual(int cores, int step)
{
    (void)step;
    return 0.1 + 0.9 / cores + 0.001 * cores;
}

static double memory_bound(int cores, int step)
{
    (void)step;
    return 1.0 / (cores < 3 ? cores : 3) + 0.02 * cores;
}

static double equal(int cores, int step)
{
    (void)cores;
    (void)step;
    return 1;
}

static double slightly_worse(int cores, int step)
{
    (void)step;
    return 1.02 + 0.01 * cores;
}

/* Waiting for threads that do not run. */
static double crowded(int cores, int step)
{
    (void)step;
    return cores > 1 ? 1 + 0.3 * cores : 1;
}

static double crowded_later(int cores, int step)
{
    return step < STEPS / 2 ? usual(cores, step) : crowded(cores, step);
}

static double free_later(int cores, int step)
{
    return step < STEPS / 2 ? crowded(cores, step) : usual(cores, step);
}

/* Every 50th step another program comes between. */
static double disturbed(int cores, int step)
{
    return usual(cores, step) + (step % 50 == 0 ? 5 : 0);
}

static const Machine machines[] = {
    {"usual", usual},
    {"memory bound", memory_bound},
    {"equal", equal},
    {"crowded", crowded},
    {"slightly worse", slightly_worse},
    {"crowded later", crowded_later},
    {"free later", free_later},
    {"disturbed", disturbed},
};

/* 5 % up and down. */
static double noise(uint32_t stream, int step)
{
    return 0.95 + 0.1 * rt_uniform_f64(3, 0, stream, (uint64_t)step);
}

typedef struct Sums {
    double chosen, one, all;
    int kind[2];
} Sums;

static Sums run(const Machine *m, int cores, int steps)
{
    RtChoice c = {.n = 0};
    Sums s = {.chosen = 0};
    for (int i = 0; i < steps; i++) {
        double one = ALONE_NS * noise(1, i), all = ALONE_NS * m->all(cores, i) * noise(2, i);
        bool with_all = rt_choice_all(&c);
        int64_t took = (int64_t)(with_all ? all : one);
        rt_choice_took(&c, took);
        s.chosen += (double)took;
        s.one += one;
        s.all += all;
        s.kind[with_all]++;
    }
    return s;
}

static void check_machine(const Machine *m, int cores)
{
    Sums s = run(m, cores, STEPS);
    if (!CHECK(s.chosen <= 1.02 * s.one))
        fprintf(stderr, "%s, %d cores: %.3f times one thread\n", m->name, cores, s.chosen / s.one);
    double better = s.all < s.one ? s.all : s.one;
    bool changes = m->all == crowded_later || m->all == free_later;
    if (!CHECK(changes ? s.chosen < s.one * 1.02 : s.chosen <= 1.1 * better))
        fprintf(stderr, "%s, %d cores: %.3f times the better kind\n", m->name, cores,
                s.chosen / better);
}

/* ---- the pool: two entries by turns, as training and validation, with a short last batch ---- */

enum { UNITS = 8 };

static int shared_steps;

/* A step that is dealt out takes long. */
static void phase(void *state, void *arena, void *scratch, const NnlIo *io,
                  const NnlScalar *scalars, int64_t begin, int64_t end, const int64_t *places)
{
    (void)state, (void)arena, (void)scratch, (void)io, (void)scalars, (void)places;
    volatile double x = 0;
    if (begin == 0 && end < UNITS) {
        shared_steps++;
        for (int i = 0; i < 300000; i++)
            x = x + 1;
    }
}

static void check_pool(void)
{
    const NnlPhase p = {
        .run = phase, .units_mul = 1, .units_len = UNITS, .units_div = 1, .least_units = 1};
    const NnlEntry entries[2] = {{.n_phases = 1, .phases = &p, .batch = 4},
                                 {.n_phases = 1, .phases = &p, .batch = 4}};
    const NnlIo full = {.n = 4}, rest = {.n = 1};
    RtPool *pool = rt_pool_open(2);
    char scratch[2 * 4096];
    CHECK(rt_pool_choose(pool, entries, 2));
    for (int i = 0; i < 400; i++)
        rt_entry_run(pool, &entries[i / 3 % 2], NULL, NULL, scratch, i % 3 < 2 ? &full : &rest,
                     NULL);
    CHECK(shared_steps >= 2 && shared_steps <= 2 * RT_TRIAL);
    rt_pool_close(pool);
}

int main(void)
{
    for (int cores = 1; cores <= 64; cores++)
        for (size_t i = 0; i < sizeof machines / sizeof *machines; i++)
            check_machine(&machines[i], cores);
    check_pool();
    return check_done();
}
