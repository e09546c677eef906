/* weights.h: what a model has learned, in a file; the extension decides the format. */
#ifndef NNLC_RUNTIME_TRAIN_WEIGHTS_H
#define NNLC_RUNTIME_TRAIN_WEIGHTS_H

#include "runtime/files/background.h"
#include "runtime/files/tensor_list.h"
#include "runtime/train/run.h"

/* The tensors that `save` writes: weights, and fitted values once there are some. `shared`: also weights that
 * another model of the block has. False: no memory. */
bool rt_weights_gather(const RtModel *m, const char *prefix, bool shared, RtTensorList *list);
RtStatus rt_weights_save(RtRun *run, const RtModel *m, const char *path);
/* The same, written by another thread while the training goes on. */
RtStatus rt_weights_start(RtRun *run, const RtModel *m, const char *path, RtBackground *writer);
RtStatus rt_weights_load(RtRun *run, RtModel *m, const char *path);
/* Would it load? */
RtStatus rt_weights_check(RtRun *run, RtModel *m, const RtTensorFile *file, const char *path);
/* The same from a file that was read, which may be a checkpoint. */
RtStatus rt_weights_take_from(RtRun *run, RtModel *m, const RtTensorFile *file, const char *path);
/* The same, but no checkpoint; `path` stands for it in messages. */
RtStatus rt_weights_take(RtRun *run, RtModel *m, const RtTensorFile *file, const char *path);
/* Can the model be written there, as far as its structure, the name and the libraries of this program tell? */
RtStatus rt_weights_path_check(RtRun *run, const ImgInstance *m, const char *path);

#endif
