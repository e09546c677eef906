/* A job beside the training: order, failures, signals, and no thread to be had.
 *
 * wraps: pthread_create pthread_join */
#include "runtime/files/background.h"

#include <errno.h>
#include <signal.h>
#include <time.h>

#include "tests/unit/check.h"

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*start)(void *),
                          void *arg);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*start)(void *),
                          void *arg);
int __real_pthread_join(pthread_t thread, void **result);
int __wrap_pthread_join(pthread_t thread, void **result);

static bool no_threads;
static int n_threads; /* created and not joined */

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*start)(void *),
                          void *arg)
{
    int number = no_threads ? EAGAIN : __real_pthread_create(thread, attr, start, arg);
    n_threads += number == 0;
    return number;
}

int __wrap_pthread_join(pthread_t thread, void **result)
{
    int number = __real_pthread_join(thread, result);
    n_threads -= number == 0;
    return number;
}

typedef struct Work {
    int id;
    bool fails, blocks_signals, is_main;
    pthread_t starter;
    bool ran;
    int closed; /* times */
} Work;

static int order[8], n_order;

static RtStatus work(void *data, RtError *error)
{
    Work *w = data;
    sigset_t mask;
    nanosleep(&(struct timespec){0, 20000000}, NULL);
    pthread_sigmask(SIG_SETMASK, NULL, &mask);
    w->blocks_signals = sigismember(&mask, SIGINT) && sigismember(&mask, SIGTERM) &&
                        sigismember(&mask, SIGUSR1) && !sigismember(&mask, SIGSEGV);
    w->is_main = pthread_equal(w->starter, pthread_self());
    w->ran = true;
    order[n_order++] = w->id;
    return w->fails ? rt_fail(error, "job %d has failed", w->id) : RT_OK;
}

static void close_work(void *data)
{
    ((Work *)data)->closed++;
}

static RtJob job_of(Work *w)
{
    w->starter = pthread_self();
    return (RtJob){work, close_work, w, NULL};
}

static void check_order(void)
{
    RtBackground b = {.is_running = false};
    RtError error;
    Work works[3] = {{.id = 1}, {.id = 2}, {.id = 3}};
    sigset_t before, after;
    pthread_sigmask(SIG_SETMASK, NULL, &before);
    CHECK_EQ_INT(rt_background_wait(&b, &error), RT_OK);
    n_order = 0;
    for (int i = 0; i < 3; i++) {
        CHECK_EQ_INT(rt_background_start(&b, job_of(&works[i]), &error), RT_OK);
        CHECK(i == 0 || (works[i - 1].ran && works[i - 1].closed == 1));
        CHECK_EQ_INT(n_threads, 1);
    }
    CHECK_EQ_INT(rt_background_wait(&b, &error), RT_OK);
    CHECK_EQ_INT(rt_background_wait(&b, &error), RT_OK);
    CHECK_EQ_INT(n_threads, 0);
    CHECK(n_order == 3 && order[0] == 1 && order[1] == 2 && order[2] == 3);
    for (int i = 0; i < 3; i++)
        CHECK(works[i].closed == 1 && works[i].blocks_signals && !works[i].is_main);
    pthread_sigmask(SIG_SETMASK, NULL, &after);
    CHECK_EQ_INT(sigismember(&after, SIGINT), sigismember(&before, SIGINT));
}

/* It is told by whatever comes next, once. */
static void check_failure(void)
{
    RtBackground b = {.is_running = false};
    RtError error;
    Work bad = {.id = 1, .fails = true}, next = {.id = 2}, last = {.id = 3, .fails = true};
    CHECK_EQ_INT(rt_background_start(&b, job_of(&bad), &error), RT_OK);
    CHECK_EQ_INT(rt_background_start(&b, job_of(&next), &error), RT_ERROR);
    CHECK_STR(error.text, "job 1 has failed");
    CHECK(bad.closed == 1 && !next.ran && next.closed == 1);
    CHECK_EQ_INT(rt_background_wait(&b, &error), RT_OK);
    CHECK_EQ_INT(rt_background_start(&b, job_of(&last), &error), RT_OK);
    CHECK_EQ_INT(rt_background_wait(&b, &error), RT_ERROR);
    CHECK_STR(error.text, "job 3 has failed");
    CHECK_EQ_INT(n_threads, 0);
}

static void check_no_thread(void)
{
    RtBackground b = {.is_running = false};
    RtError error;
    Work good = {.id = 1}, bad = {.id = 2, .fails = true};
    no_threads = true;
    CHECK_EQ_INT(rt_background_start(&b, job_of(&good), &error), RT_OK);
    CHECK(good.ran && good.closed == 1 && good.is_main);
    CHECK_EQ_INT(rt_background_start(&b, job_of(&bad), &error), RT_ERROR);
    CHECK_STR(error.text, "job 2 has failed");
    CHECK_EQ_INT(rt_background_wait(&b, &error), RT_OK);
    no_threads = false;
}

static int n_tries, n_lacking; /* the first so many tries lack memory */

static RtStatus write_much(void *data, RtError *error)
{
    return n_tries++ < n_lacking ? rt_fail(error, "not enough memory for '%s'", (char *)data)
                                 : RT_OK;
}

static void close_much(void *data)
{
    (void)data;
}

/* A job that lacks memory runs again with that of the reserve, in whichever thread; the reserve is there again afterwards. */
static void check_reserve(void)
{
    for (int lacking = 0; lacking <= 2; lacking++)
        for (int alone = 0; alone < 2; alone++) {
            RtBackground b = {.is_running = false};
            RtReserve reserve = {.bytes = 4096};
            RtError error;
            no_threads = alone;
            n_tries = 0;
            n_lacking = lacking;
            CHECK(rt_reserve_claim(&reserve) && rt_reserve_claim(&reserve));
            RtStatus status = rt_background_start(
                &b, (RtJob){write_much, close_much, (char[]){"w.npz"}, &reserve}, &error);
            if (status == RT_OK)
                status = rt_background_wait(&b, &error);
            CHECK_EQ_INT(status, lacking < 2 ? RT_OK : RT_ERROR);
            CHECK_EQ_INT(n_tries, lacking ? 2 : 1);
            CHECK(atomic_load(&reserve.block) != NULL);
            (void)!rt_fail(&error, "cannot write 'w.npz': No space left on device");
            CHECK(!rt_reserve_give(&reserve, &error) && !rt_reserve_give(NULL, &error));
            rt_reserve_free(&reserve);
        }
    no_threads = false;
}

int main(void)
{
    check_reserve();
    check_order();
    check_failure();
    check_no_thread();
    return check_done();
}
