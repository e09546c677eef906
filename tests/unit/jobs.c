/* Jobs in threads: how many are begun and go on, who takes turns, and what comes of them in order. */
#include "runtime/exec/jobs.h"

#include <sched.h>
#include <stdatomic.h>

#include "runtime/exec/clock.h"
#include "tests/unit/check.h"

static void test_width(void)
{
    static const uint32_t cases[][5] = {
        /* jobs, threads, most: at once, waiting */
        {5, 1, 0, 1, 0}, {1, 4, 0, 1, 0}, {2, 2, 0, 2, 0}, {4, 2, 0, 2, 0},  {5, 2, 0, 2, 1},
        {3, 2, 0, 2, 1}, {7, 4, 0, 4, 3}, {8, 4, 0, 4, 0}, {5, 16, 0, 5, 0}, {5, 2, 3, 2, 1},
        {5, 2, 2, 2, 0}, {5, 2, 1, 1, 0}, {7, 4, 5, 4, 1}, {7, 4, 2, 2, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        RtWidth width = rt_jobs_width(cases[i][0], cases[i][1], cases[i][2]);
        CHECK_EQ_INT(width.at_once, cases[i][3]);
        CHECK_EQ_INT(width.waiting, cases[i][4]);
    }
}

/* ---- one seat, two jobs ---- */

typedef struct Two {
    RtTurns turns;
    RtTurn other;
    atomic_int at;
} Two;

static void *other_main(void *cx)
{
    Two *two = cx;
    rt_turn_begin(&two->other, &two->turns);
    atomic_store(&two->at, 1);
    rt_turn_part(&two->other, 0.5, 0.5);
    rt_turn_reach(&two->other, 0.5);
    rt_turn_offer(&two->other, two->other.since + 1);
    atomic_store(&two->at, 2);
    rt_turn_end(&two->other);
    return NULL;
}

static bool somebody_waits(RtTurns *turns)
{
    pthread_mutex_lock(&turns->lock);
    bool waits = turns->waiting != NULL;
    pthread_mutex_unlock(&turns->lock);
    return waits;
}

static void test_turns(void)
{
    Two two = {.at = 0};
    RtTurn mine;
    pthread_t thread;
    rt_turns_open(&two.turns, 1);
    rt_turn_begin(&mine, &two.turns);
    rt_turn_offer(&mine, mine.since + 1); /* nobody waits */
    CHECK(pthread_create(&thread, NULL, other_main, &two) == 0);
    while (!somebody_waits(&two.turns))
        (void)sched_yield();
    rt_turn_offer(&mine, mine.since + 1); /* the other is not further behind */
    CHECK_EQ_INT(atomic_load(&two.at), 0);
    rt_turn_reach(&mine, 0.5);
    rt_turn_offer(&mine, mine.since); /* too early */
    CHECK_EQ_INT(atomic_load(&two.at), 0);
    rt_turn_offer(&mine, mine.since + 1); /* the other goes on until it has done more */
    CHECK_EQ_INT(atomic_load(&two.at), 1);
    CHECK(two.other.done == 0.75 && mine.waited > 0);
    rt_turn_reach(&mine, 0.7);
    rt_turn_offer(&mine, mine.since + 1);
    CHECK_EQ_INT(atomic_load(&two.at), 1);
    rt_turn_end(&mine);
    pthread_join(thread, NULL);
    CHECK_EQ_INT(atomic_load(&two.at), 2);
    CHECK_EQ_INT(two.turns.empty, 1);
    double now = rt_now();
    CHECK(rt_turn_now(NULL) >= now && rt_turn_now(&mine) <= rt_now() - mine.waited);
    rt_turns_close(&two.turns);
}

/* ---- jobs ---- */

enum { MOST = 40, STEPS = 50 };

typedef struct Work {
    RtWidth width;
    atomic_int running, open, too_many, begun[MOST];
    uint32_t fails, taken;
    bool in_order, has_turns;
} Work;

static RtStatus work(void *cx, uint32_t job, RtLane lane)
{
    Work *w = cx;
    int most = (int)w->width.at_once;
    atomic_fetch_add(&w->begun[job], 1);
    atomic_fetch_add(&w->too_many, atomic_fetch_add(&w->open, 1) >= most + (int)w->width.waiting);
    w->has_turns = lane.turn != NULL;
    for (int i = 1; i <= STEPS; i++) {
        atomic_fetch_add(&w->too_many, atomic_fetch_add(&w->running, 1) >= most);
        (void)sched_yield();
        atomic_fetch_sub(&w->running, 1);
        rt_turn_reach(lane.turn, (double)i / STEPS);
        if (lane.turn)
            rt_turn_offer(lane.turn, lane.turn->since + 1);
    }
    atomic_fetch_sub(&w->open, 1);
    return job == w->fails ? RT_ERROR : RT_OK;
}

static RtStatus take(void *cx, uint32_t job)
{
    Work *w = cx;
    w->in_order = w->in_order && job == w->taken++;
    return RT_OK;
}

static void test_jobs(uint32_t n, int threads, uint32_t fails)
{
    RtError error = {0};
    RtPool *pool = rt_pool_open(threads);
    Work w = {.width = rt_jobs_width(n, (uint32_t)threads, 0), .fails = fails, .in_order = true};
    RtJobs jobs = {.n = n, .work = work, .take = take, .cx = &w};
    RtStatus status = rt_jobs_run(&jobs, (RtLane){pool, NULL}, &error);
    CHECK_EQ_INT(status, fails < n ? RT_ERROR : RT_OK);
    CHECK_EQ_INT(w.taken, fails < n ? fails : n);
    CHECK(w.in_order && !w.too_many && w.has_turns == (w.width.waiting > 0));
    for (uint32_t i = 0; i < n; i++)
        CHECK(w.begun[i] == 1 || (fails < n && i > fails && !w.begun[i]));
    rt_pool_close(pool);
}

/* Jobs in a job that takes turns with others. */
static RtStatus nest(void *cx, uint32_t job, RtLane lane)
{
    RtJobs jobs = {.n = 2, .work = work, .take = take, .cx = (Work *)cx + job};
    RtError error;
    RtStatus status = rt_jobs_run(&jobs, lane, &error);
    CHECK(lane.turn && lane.turn->begin == 0 && lane.turn->span == 1 && lane.turn->done == 1);
    return status;
}

static RtStatus pass(void *cx, uint32_t job)
{
    (void)cx, (void)job;
    return RT_OK;
}

static void test_nested(void)
{
    RtError error = {0};
    RtPool *pool = rt_pool_open(2);
    Work w[3];
    for (int i = 0; i < 3; i++)
        w[i] = (Work){.width = {2, 0}, .fails = MOST, .in_order = true};
    RtJobs jobs = {.n = 3, .work = nest, .take = pass, .cx = w};
    CHECK_EQ_INT(rt_jobs_run(&jobs, (RtLane){pool, NULL}, &error), RT_OK);
    for (int i = 0; i < 3; i++)
        CHECK(w[i].in_order && w[i].taken == 2 && w[i].has_turns);
    rt_pool_close(pool);
}

int main(void)
{
    test_width();
    test_turns();
    for (uint32_t n = 1; n <= MOST; n += n < 10 ? 1 : 7)
        for (int threads = 1; threads <= 7; threads += 2 - threads % 2)
            test_jobs(n, threads, MOST);
    test_jobs(9, 2, 0);
    test_jobs(9, 2, 4);
    test_jobs(9, 4, 8);
    test_nested();
    return check_done();
}
