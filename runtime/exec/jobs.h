/* jobs.h: pieces of work that do not depend on each other, side by side in threads. What comes of them is taken in their
 * order, whichever ends first. */
#ifndef NNLC_RUNTIME_EXEC_JOBS_H
#define NNLC_RUNTIME_EXEC_JOBS_H

#include <stdint.h>

#include "runtime/abi/status.h"
#include "runtime/exec/exec.h"
#include "runtime/exec/turns.h"

/* What a job runs on. */
typedef struct RtLane {
    RtPool *pool; /* NULL: the calling thread alone */
    RtTurn *turn; /* to be offered to others now and then; NULL: nobody waits for it */
} RtLane;

typedef struct RtJobs {
    uint32_t n;
    /* In any thread. */
    RtStatus (*work)(void *cx, uint32_t job, RtLane lane);
    /* In the thread of the caller, job after job, once a job and those before it are done. */
    RtStatus (*take)(void *cx, uint32_t job);
    void *cx;
    uint32_t most;           /* of them at the same time; 0: any number */
    const NnlEntry *entries; /* that they run: threads help where they pay */
    uint32_t n_entries;
} RtJobs;

/* How many jobs go on at the same time, and how many more are begun and wait for their turn. The latter are the last ones,
 * where threads would be idle otherwise: of five jobs on two threads, three take turns after the first two. */
typedef struct RtWidth {
    uint32_t at_once, waiting;
} RtWidth;
/* `most`: that may be begun, both together; 0: any number. */
RtWidth rt_jobs_width(uint32_t n, uint32_t threads, uint32_t most);

/* With as many threads as the lane's pool has, dealt in equal numbers to the jobs that go on at once. No job begins after
 * one that failed. The status of the first job, in their order, that failed. */
RtStatus rt_jobs_run(const RtJobs *jobs, RtLane lane, RtError *error) RT_MUST_USE;

#endif
