/* reserve.h: memory that saving needs, taken before the first training.
 *
 * Where a save fails for want of memory, the reserve is given back, and it is tried once more. */
#ifndef NNLC_RUNTIME_TRAIN_RESERVE_H
#define NNLC_RUNTIME_TRAIN_RESERVE_H

#include "runtime/train/run.h"

/* For the largest model of a run that saves; nothing where none is saved, or where it is there. */
RtStatus rt_reserve_take(RtRun *run);
/* Is there more memory now than before? */
bool rt_reserve_give(RtRun *run);

#endif
