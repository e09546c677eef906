/* restore.h: the other way: a checkpoint that is read becomes the state of a run. */
#ifndef NNLC_RUNTIME_CHECKPOINT_RESTORE_H
#define NNLC_RUNTIME_CHECKPOINT_RESTORE_H

#include "runtime/checkpoint/keeper.h"

/* Does it belong to this program, its options and its command line? The error shows both sides. */
RtStatus rt_restore_check(const RtRun *run, const ImgKept *from, const char *path, RtError *error);
/* Weights, slots and sums of a model. */
RtStatus rt_restore_model(RtRun *run, uint32_t model, const ImgKept *from, const RtTensorFile *file,
                          const char *path);
RtStatus rt_restore_results(RtRun *run, const ImgKept *from);
/* From now on rows must be those of the checkpoint, whenever they are read. `path` must last. */
RtStatus rt_restore_rows(RtRun *run, const ImgKept *from, const char *path);
RtStatus rt_restore_training(RtTraining *t, RtCallbacks *cbs, const ImgKept *from,
                             const RtTensorFile *file, const char *path);

#endif
