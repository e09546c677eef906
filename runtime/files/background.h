/* background.h: one job beside the training, such as writing a checkpoint.
 *
 * The job has all it needs in its data, and shares nothing with whoever started it. */
#ifndef NNLC_RUNTIME_FILES_BACKGROUND_H
#define NNLC_RUNTIME_FILES_BACKGROUND_H

#include <pthread.h>
#include <stdbool.h>

#include "runtime/abi/status.h"
#include "runtime/files/reserve.h"

typedef struct RtJob {
    RtWriting *run;
    void (*close)(void *data); /* frees it, after the run or instead of it */
    void *data;
    RtReserve *reserve; /* NULL: none */
} RtJob;

/* All zero: no job has been started. It must not move while one runs. */
typedef struct RtBackground {
    bool is_running;
    pthread_t thread;
    RtJob job;
    RtStatus status; /* of the job that ended last */
    RtError error;
} RtBackground;

/* Takes the job's data in any case. Waits for the job before; if that one failed, this is its error, and the new
 * job does not run. Where no thread can be had, it runs at once. */
RtStatus rt_background_start(RtBackground *b, RtJob job, RtError *error) RT_MUST_USE;
/* Waits until no job runs. A failure is told once. */
RtStatus rt_background_wait(RtBackground *b, RtError *error) RT_MUST_USE;

#endif
