/* weights.h: what a model has learned, in a file; the extension decides the format. */
#ifndef NNLC_RUNTIME_TRAIN_WEIGHTS_H
#define NNLC_RUNTIME_TRAIN_WEIGHTS_H

#include "runtime/files/tensors.h"
#include "runtime/train/run.h"

RtStatus rt_weights_save(RtRun *run, const RtModel *m, const char *path);
RtStatus rt_weights_load(RtRun *run, RtModel *m, const char *path);
/* Would it load? */
RtStatus rt_weights_check(RtRun *run, RtModel *m, const RtTensorFile *file, const char *path);
/* The same from a file that was read; `path` stands for it in messages. */
RtStatus rt_weights_take(RtRun *run, RtModel *m, const RtTensorFile *file, const char *path);
/* Can weights be written there, as far as the name tells? */
RtStatus rt_weights_path_check(RtRun *run, const char *path);

#endif
