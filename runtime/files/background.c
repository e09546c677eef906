/* background.c: a thread for each job; nothing is left of it once it was waited for. */
#include "runtime/files/background.h"

#include <signal.h>

static void *run(void *cx)
{
    RtBackground *b = cx;
    b->status = rt_reserve_run(b->job.reserve, b->job.run, b->job.data, &b->error);
    b->job.close(b->job.data);
    return NULL;
}

/* Signals are for the thread that trains; those of a fault in this one are not held back. */
static bool start_thread(RtBackground *b)
{
    sigset_t all, before;
    sigfillset(&all);
    sigdelset(&all, SIGSEGV);
    sigdelset(&all, SIGBUS);
    sigdelset(&all, SIGFPE);
    sigdelset(&all, SIGILL);
    sigdelset(&all, SIGABRT);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    bool started = pthread_create(&b->thread, NULL, run, b) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

RtStatus rt_background_start(RtBackground *b, RtJob job, RtError *error)
{
    RtStatus status = rt_background_wait(b, error);
    if (status != RT_OK) {
        job.close(job.data);
        return status;
    }
    b->job = job;
    b->is_running = start_thread(b);
    if (b->is_running)
        return RT_OK;
    run(b);
    return rt_background_wait(b, error);
}

RtStatus rt_background_wait(RtBackground *b, RtError *error)
{
    if (b->is_running)
        pthread_join(b->thread, NULL);
    b->is_running = false;
    RtStatus status = b->status;
    if (status != RT_OK)
        *error = b->error;
    b->status = RT_OK;
    return status;
}
