/* jobs.c: deals jobs to threads and takes their results in order. */
#include "runtime/exec/jobs.h"

#include <stdlib.h>

typedef struct Deal {
    const RtJobs *jobs;
    RtWidth width;
    int threads; /* of each job that goes on */
    RtTurns turns;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    uint32_t next, open; /* the first job that nobody has begun; those that have not ended */
    bool stops;          /* one has failed */
    bool *done;          /* of each job */
    RtStatus *status;    /* ... once it is done */
} Deal;

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

RtWidth rt_jobs_width(uint32_t n, uint32_t threads, uint32_t most)
{
    uint32_t at_once = smaller(n, threads), room;
    if (most && most < at_once)
        return (RtWidth){most, 0};
    room = most ? most - at_once : n;
    return (RtWidth){at_once, n > threads && threads > 1 ? smaller(n % threads, room) : 0};
}

/* Beyond those that go on at once only where all that are left can be begun. */
static bool may_begin(const Deal *d)
{
    uint32_t left = d->jobs->n - d->next;
    return d->open < d->width.at_once || d->open + left <= d->width.at_once + d->width.waiting;
}

/* The next job; false: there is none. */
static bool begin_job(Deal *d, uint32_t *job)
{
    pthread_mutex_lock(&d->lock);
    while (!d->stops && d->next < d->jobs->n && !may_begin(d))
        pthread_cond_wait(&d->changed, &d->lock);
    bool more = !d->stops && d->next < d->jobs->n;
    if (more) {
        *job = d->next++;
        d->open++;
    }
    pthread_mutex_unlock(&d->lock);
    return more;
}

static void end_job(Deal *d, uint32_t job, RtStatus status)
{
    pthread_mutex_lock(&d->lock);
    d->status[job] = status;
    d->done[job] = true;
    d->open--;
    d->stops = d->stops || status != RT_OK;
    pthread_cond_broadcast(&d->changed);
    pthread_mutex_unlock(&d->lock);
}

/* NULL: the thread alone, also where there is no memory for more. */
static RtPool *open_pool(const Deal *d)
{
    RtPool *pool = d->threads > 1 ? rt_pool_open(d->threads) : NULL;
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
    RtTurn turn;
    RtLane lane = {open_pool(d), d->width.waiting ? &turn : NULL};
    while (begin_job(d, &job)) {
        rt_turn_begin(lane.turn, &d->turns);
        RtStatus status = d->jobs->work(d->jobs->cx, job, lane);
        rt_turn_end(lane.turn);
        end_job(d, job, status);
    }
    rt_pool_close(lane.pool);
    return NULL;
}

/* Waits until the job is done; false: it was never begun. */
static bool wait_for(Deal *d, uint32_t job)
{
    pthread_mutex_lock(&d->lock);
    while (!d->done[job] && !(d->stops && job >= d->next))
        pthread_cond_wait(&d->changed, &d->lock);
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
    pthread_cond_broadcast(&d->changed);
    pthread_mutex_unlock(&d->lock);
    return status;
}

static RtStatus one_after_the_other(const RtJobs *jobs, RtLane lane)
{
    RtStatus status = RT_OK;
    RtTurn outer = {0};
    if (lane.turn)
        outer = *lane.turn;
    for (uint32_t i = 0; i < jobs->n && status == RT_OK; i++) {
        rt_turn_part(lane.turn, outer.begin + outer.span * i / jobs->n, outer.span / jobs->n);
        status = jobs->work(jobs->cx, i, lane);
        if (status == RT_OK)
            status = jobs->take(jobs->cx, i);
    }
    rt_turn_part(lane.turn, outer.begin, outer.span);
    return status;
}

static RtStatus side_by_side(Deal *d, pthread_t *lanes)
{
    uint32_t n = 0, most = d->width.at_once + d->width.waiting;
    while (n < most && pthread_create(&lanes[n], NULL, lane_main, d) == 0)
        n++;
    RtStatus status = n ? take_all(d) : one_after_the_other(d->jobs, (RtLane){NULL, NULL});
    for (uint32_t i = 0; i < n; i++)
        pthread_join(lanes[i], NULL);
    return status;
}

RtStatus rt_jobs_run(const RtJobs *jobs, RtLane lane, RtError *error)
{
    uint32_t threads = lane.pool ? (uint32_t)rt_pool_threads(lane.pool) : 1;
    RtWidth width = rt_jobs_width(jobs->n, threads, jobs->most);
    if (width.at_once < 2)
        return one_after_the_other(jobs, lane);
    Deal d = {.jobs = jobs, .width = width, .threads = (int)(threads / width.at_once)};
    pthread_t *lanes = calloc(width.at_once + width.waiting, sizeof *lanes);
    d.done = calloc(jobs->n, sizeof *d.done);
    d.status = calloc(jobs->n, sizeof *d.status);
    RtStatus status = RT_OK;
    if (!lanes || !d.done || !d.status)
        status = rt_fail(error, "not enough memory for %u jobs", jobs->n);
    rt_turns_open(&d.turns, width.at_once);
    pthread_mutex_init(&d.lock, NULL);
    pthread_cond_init(&d.changed, NULL);
    if (status == RT_OK)
        status = side_by_side(&d, lanes);
    pthread_cond_destroy(&d.changed);
    pthread_mutex_destroy(&d.lock);
    rt_turns_close(&d.turns);
    free(lanes);
    free(d.done);
    free(d.status);
    return status;
}
