/* jobs.h: pieces of work that do not depend on each other, side by side in threads. What comes of them is taken in their
 * order, whichever ends first. */
#ifndef NNLC_RUNTIME_EXEC_JOBS_H
#define NNLC_RUNTIME_EXEC_JOBS_H

#include <stdint.h>

#include "runtime/abi/status.h"
#include "runtime/exec/exec.h"

typedef struct RtJobs {
    uint32_t n;
    /* In any thread; `pool`: for its own steps, NULL: the calling thread alone. */
    RtStatus (*work)(void *cx, uint32_t job, RtPool *pool);
    /* In the thread of the caller, job after job, once a job and those before it are done. */
    RtStatus (*take)(void *cx, uint32_t job);
    void *cx;
    const NnlEntry *entries; /* that they run: threads help where they pay */
    uint32_t n_entries;
} RtJobs;

/* With as many threads as `pool` has, dealt in equal numbers to the jobs that go on at once: of five jobs on two threads the
 * last one has both. No job begins after one that failed. The status of
 * the first job, in their order, that failed. */
RtStatus rt_jobs_run(const RtJobs *jobs, RtPool *pool, RtError *error) RT_MUST_USE;
/* How many of them go on at the same time. */
uint32_t rt_jobs_at_once(uint32_t n, const RtPool *pool);

#endif
