/* exec.c: the pool and the walk over a phase table. docs/internals.md, "Threads".
 *
 * Every thread walks the same table by itself. A phase whose units do not pay for more threads is
 * done by share 0 alone; between two phases stands a barrier, unless both are share 0's. The barrier
 * is a counter and a generation: waiting spins, then sleeps on a condition variable. A step in which
 * no phase pays for threads wakes nobody. */
#include "runtime/exec/exec.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/exec/choice.h"
#include "runtime/exec/clock.h"

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

enum { SPIN_NS = 200000, SPINS_PER_LOOK = 64, CACHE_LINE = 64 };

typedef struct Job {
    const NnlEntry *entry;
    char *state, *arena, *scratch;
    size_t scratch_stride;
    const NnlIo *io;
    const NnlScalar *scalars;
} Job;

typedef struct Worker {
    RtPool *pool;
    int share;
    pthread_t thread;
} Worker;

/* Steps are compared that have equally many rows: the most that the entry has had. */
typedef struct Chosen {
    RtChoice choice;
    int64_t rows;
} Chosen;

struct RtPool {
    int threads;
    bool spin;
    const NnlEntry *entries; /* a pool that chooses: all there are, ... */
    Chosen *chosen;          /* ... and for each what it chose; else NULL */
    Worker *workers;         /* shares 1 .. threads-1 */
    const Job *job;          /* of this step */
    bool stop;
    _Alignas(CACHE_LINE) atomic_uint arrived;
    _Alignas(CACHE_LINE) atomic_uint generation;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    atomic_int sleepers;
};

static void relax(void)
{
#if defined(__x86_64__)
    _mm_pause();
#endif
}

/* Subnormals are kept, rounding is to nearest: whatever the caller had set. */
#if defined(__x86_64__)
typedef unsigned FpMode;
static FpMode fp_enter(void)
{
    FpMode old = _mm_getcsr();
    _mm_setcsr(0x1f80);
    return old;
}
static void fp_leave(FpMode old)
{
    _mm_setcsr(old);
}
#else
typedef int FpMode;
static FpMode fp_enter(void)
{
    return 0;
}
static void fp_leave(FpMode old)
{
    (void)old;
}
#endif

int rt_processors(void)
{
    long n = 0;
    FILE *status = fopen("/proc/self/status", "r"); /* sched_getaffinity is no POSIX */
    char line[4096];
    while (status && fgets(line, sizeof line, status)) {
        if (strncmp(line, "Cpus_allowed:", 13))
            continue;
        for (const char *c = line + 13; *c; c++) {
            int digit = *c >= '0' && *c <= '9'   ? *c - '0'
                        : *c >= 'a' && *c <= 'f' ? *c - 'a' + 10
                                                 : 0;
            for (; digit; digit &= digit - 1)
                n++;
        }
    }
    if (status)
        fclose(status);
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    if (n < 1 || (online > 0 && n > online))
        n = online;
    return n < 1 ? 1 : (int)n;
}

static bool spin_until(RtPool *pool, unsigned had)
{
    if (!pool->spin)
        return atomic_load(&pool->generation) != had;
    int64_t end = rt_now_ns() + SPIN_NS;
    do {
        for (int i = 0; i < SPINS_PER_LOOK; i++) {
            if (atomic_load_explicit(&pool->generation, memory_order_acquire) != had)
                return true;
            relax();
        }
    } while (rt_now_ns() < end);
    return false;
}

static void wait_past(RtPool *pool, unsigned had)
{
    if (spin_until(pool, had))
        return;
    pthread_mutex_lock(&pool->lock);
    atomic_fetch_add(&pool->sleepers, 1);
    while (atomic_load(&pool->generation) == had)
        pthread_cond_wait(&pool->wake, &pool->lock);
    atomic_fetch_sub(&pool->sleepers, 1);
    pthread_mutex_unlock(&pool->lock);
}

/* All shares come here before any goes on. */
static void barrier(RtPool *pool)
{
    unsigned had = atomic_load(&pool->generation);
    if (atomic_fetch_add(&pool->arrived, 1) + 1 < (unsigned)pool->threads) {
        wait_past(pool, had);
        return;
    }
    atomic_store(&pool->arrived, 0);
    atomic_fetch_add(&pool->generation, 1);
    if (atomic_load(&pool->sleepers)) {
        pthread_mutex_lock(&pool->lock);
        pthread_cond_broadcast(&pool->wake);
        pthread_mutex_unlock(&pool->lock);
    }
}

static int64_t phase_units(const NnlPhase *p, int64_t n)
{
    int64_t len = p->units_len * (p->batch ? n : 1);
    return p->units_mul * ((len + p->units_div - 1) / p->units_div);
}

/* How many shares work on the phase. */
static int64_t phase_shares(const NnlPhase *p, int64_t units, int threads)
{
    int64_t shares = units / p->least_units;
    if (shares < 1)
        return 1;
    return shares < threads ? shares : threads;
}

/* The phases of the job as seen by one of `threads` shares; pool: where they wait for each other. */
static void walk(RtPool *pool, const Job *j, int share, int threads)
{
    char *scratch = j->scratch + (size_t)share * j->scratch_stride;
    bool alone_before = true; /* everything so far since the last barrier was share 0's */
    FpMode mode = fp_enter();
    for (uint32_t i = 0; i < j->entry->n_phases; i++) {
        const NnlPhase *p = &j->entry->phases[i];
        int64_t units = phase_units(p, j->io->n);
        int64_t shares = phase_shares(p, units, threads);
        if (i && threads > 1 && !(alone_before && shares == 1)) {
            barrier(pool);
            alone_before = true;
        }
        if (shares > 1)
            alone_before = false;
        if (share >= shares)
            continue;
        int64_t begin = units * share / shares, end = units * (share + 1) / shares;
        if (begin < end)
            p->run(j->state, j->arena, scratch, j->io, j->scalars, begin, end, p->places);
    }
    fp_leave(mode);
}

static void *worker_main(void *arg)
{
    Worker *w = arg;
    RtPool *pool = w->pool;
    pthread_mutex_lock(&pool->lock); /* until it is known how many there are */
    pthread_mutex_unlock(&pool->lock);
    for (;;) {
        barrier(pool); /* a job is there */
        if (pool->stop)
            return NULL;
        walk(pool, pool->job, w->share, pool->threads);
        barrier(pool); /* it is done */
    }
}

/* Starts the workers; pool->threads is the number there are, the caller's among them. */
static bool start_workers(RtPool *pool, int threads)
{
    int n = 1;
    pthread_mutex_lock(&pool->lock);
    for (; n < threads; n++) {
        Worker *w = &pool->workers[n];
        *w = (Worker){.pool = pool, .share = n};
        int number = pthread_create(&w->thread, NULL, worker_main, w);
        if (number) {
            errno = number;
            break;
        }
    }
    pool->threads = n;
    pthread_mutex_unlock(&pool->lock);
    return n == threads;
}

RtPool *rt_pool_open(int threads)
{
    RtPool *pool =
        aligned_alloc(CACHE_LINE, (sizeof *pool + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE);
    if (!pool)
        return NULL;
    memset(pool, 0, sizeof *pool);
    pool->threads = 1;
    pool->spin = threads <= rt_processors();
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->wake, NULL);
    pool->workers = calloc((size_t)threads, sizeof *pool->workers);
    if (!pool->workers || !start_workers(pool, threads)) {
        int number = errno;
        rt_pool_close(pool);
        errno = number;
        return NULL;
    }
    return pool;
}

bool rt_pool_choose(RtPool *pool, const NnlEntry *entries, uint32_t n)
{
    pool->entries = entries;
    pool->chosen = calloc((size_t)n + 1, sizeof *pool->chosen);
    return pool->chosen != NULL;
}

int rt_pool_threads(const RtPool *pool)
{
    return pool->threads;
}

void rt_pool_close(RtPool *pool)
{
    if (!pool)
        return;
    if (pool->threads > 1) {
        pool->stop = true;
        barrier(pool);
        for (int i = 1; i < pool->threads; i++)
            pthread_join(pool->workers[i].thread, NULL);
    }
    pthread_cond_destroy(&pool->wake);
    pthread_mutex_destroy(&pool->lock);
    free(pool->chosen);
    free(pool->workers);
    free(pool);
}

size_t rt_scratch_stride(const NnlEntry *entry)
{
    return (entry->scratch_bytes + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE + CACHE_LINE;
}

static bool pays_for_threads(const NnlEntry *entry, int64_t n, int threads)
{
    for (uint32_t i = 0; i < entry->n_phases; i++)
        if (phase_shares(&entry->phases[i], phase_units(&entry->phases[i], n), threads) > 1)
            return true;
    return false;
}

static void run_together(RtPool *pool, const Job *job)
{
    pool->job = job;
    barrier(pool);
    walk(pool, job, 0, pool->threads);
    barrier(pool);
}

static void run_as_chosen(RtPool *pool, const Job *job)
{
    Chosen *c = &pool->chosen[job->entry - pool->entries];
    int64_t rows = job->io->n, start = rt_now_ns();
    if (rows > c->rows)
        *c = (Chosen){.rows = rows};
    if (rt_choice_all(&c->choice))
        run_together(pool, job);
    else
        walk(pool, job, 0, 1);
    if (rows == c->rows)
        rt_choice_took(&c->choice, rt_now_ns() - start);
}

void rt_entry_run(RtPool *pool, const NnlEntry *entry, void *state, void *arena, void *scratch,
                  const NnlIo *io, const NnlScalar *scalars)
{
    Job job = {entry, state, arena, scratch, rt_scratch_stride(entry), io, scalars};
    if (!pool || pool->threads == 1 || !pays_for_threads(entry, io->n, pool->threads))
        walk(pool, &job, 0, 1);
    else if (pool->chosen)
        run_as_chosen(pool, &job);
    else
        run_together(pool, &job);
}
