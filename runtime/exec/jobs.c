/* jobs.c: deals jobs to threads and takes their results in order. */
#include "runtime/exec/jobs.h"

#include <pthread.h>
#include <stdlib.h>

typedef struct Deal {
    const RtJobs *jobs;
    pthread_mutex_t lock;
    pthread_cond_t ended;
    uint32_t next;    /* the first job that nobody has begun */
    bool stops;       /* one has failed */
    bool *done;       /* of each job */
    RtStatus *status; /* ... once it is done */
    int threads;
    uint32_t lanes;
} Deal;

uint32_t rt_jobs_at_once(uint32_t n, const RtPool *pool)
{
    uint32_t threads = pool ? (uint32_t)rt_pool_threads(pool) : 1;
    return n < threads ? n : threads;
}

/* The next job; false: there is none. */
static bool begin_job(Deal *d, uint32_t *job)
{
    pthread_mutex_lock(&d->lock);
    bool more = !d->stops && d->next < d->jobs->n;
    if (more)
        *job = d->next++;
    pthread_mutex_unlock(&d->lock);
    return more;
}

static void end_job(Deal *d, uint32_t job, RtStatus status)
{
    pthread_mutex_lock(&d->lock);
    d->status[job] = status;
    d->done[job] = true;
    d->stops = d->stops || status != RT_OK;
    pthread_cond_signal(&d->ended);
    pthread_mutex_unlock(&d->lock);
}

/* For the steps of a job. The last ones, that are fewer than there are lanes, share what the others leave. */
static int threads_of(const Deal *d, uint32_t job)
{
    uint32_t rest = d->jobs->n % d->lanes;
    return d->threads / (int)(rest && job >= d->jobs->n - rest ? rest : d->lanes);
}

/* NULL: the thread alone, also where there is no memory for more. */
static RtPool *open_pool(const Deal *d, int threads)
{
    RtPool *pool = threads > 1 ? rt_pool_open(threads) : NULL;
    if (pool && !rt_pool_choose(pool, d->jobs->entries, d->jobs->n_entries)) {
        rt_pool_close(pool);
        return NULL;
    }
    return pool;
}

static void *lane_main(void *cx)
{
    Deal *d = cx;
    uint32_t job;
    int threads = 1;
    RtPool *pool = NULL;
    while (begin_job(d, &job)) {
        if (threads_of(d, job) != threads) {
            threads = threads_of(d, job);
            rt_pool_close(pool);
            pool = open_pool(d, threads);
        }
        end_job(d, job, d->jobs->work(d->jobs->cx, job, pool));
    }
    rt_pool_close(pool);
    return NULL;
}

/* Waits until the job is done; false: it was never begun. */
static bool wait_for(Deal *d, uint32_t job)
{
    pthread_mutex_lock(&d->lock);
    while (!d->done[job] && !(d->stops && job >= d->next))
        pthread_cond_wait(&d->ended, &d->lock);
    bool done = d->done[job];
    pthread_mutex_unlock(&d->lock);
    return done;
}

/* Results in order, up to the first failure. */
static RtStatus take_all(Deal *d)
{
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < d->jobs->n && status == RT_OK && wait_for(d, i); i++) {
        status = d->status[i];
        if (status == RT_OK)
            status = d->jobs->take(d->jobs->cx, i);
    }
    pthread_mutex_lock(&d->lock);
    d->stops = true;
    pthread_mutex_unlock(&d->lock);
    return status;
}

static RtStatus one_after_the_other(const RtJobs *jobs, RtPool *pool)
{
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < jobs->n && status == RT_OK; i++) {
        status = jobs->work(jobs->cx, i, pool);
        if (status == RT_OK)
            status = jobs->take(jobs->cx, i);
    }
    return status;
}

static RtStatus side_by_side(Deal *d, pthread_t *lanes, uint32_t most)
{
    uint32_t n = 0;
    while (n < most && pthread_create(&lanes[n], NULL, lane_main, d) == 0)
        n++;
    RtStatus status = n ? take_all(d) : one_after_the_other(d->jobs, NULL);
    for (uint32_t i = 0; i < n; i++)
        pthread_join(lanes[i], NULL);
    return status;
}

RtStatus rt_jobs_run(const RtJobs *jobs, RtPool *pool, RtError *error)
{
    uint32_t n = rt_jobs_at_once(jobs->n, pool);
    if (n < 2)
        return one_after_the_other(jobs, pool);
    Deal d = {.jobs = jobs, .threads = rt_pool_threads(pool), .lanes = n};
    pthread_t *lanes = calloc(n, sizeof *lanes);
    d.done = calloc(jobs->n, sizeof *d.done);
    d.status = calloc(jobs->n, sizeof *d.status);
    RtStatus status = RT_OK;
    if (!lanes || !d.done || !d.status)
        status = rt_fail(error, "not enough memory for %u jobs", jobs->n);
    pthread_mutex_init(&d.lock, NULL);
    pthread_cond_init(&d.ended, NULL);
    if (status == RT_OK)
        status = side_by_side(&d, lanes, n);
    pthread_cond_destroy(&d.ended);
    pthread_mutex_destroy(&d.lock);
    free(lanes);
    free(d.done);
    free(d.status);
    return status;
}
