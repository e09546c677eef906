/* models.h: the blocks of models: weights, slots of the optimizer, sums. */
#ifndef NNLC_RUNTIME_TRAIN_MODELS_H
#define NNLC_RUNTIME_TRAIN_MODELS_H

#include "runtime/train/run.h"

/* The model that initializes a state of m, and the state there: m itself, or the one before it that has the state
 * first. */
const RtModel *rt_run_state_owner(const RtRun *run, const RtModel *m, const ImgState **s);
/* No optimizer step so far: after a compile, or a reset. */
void rt_model_restart(RtModel *m);
/* Means that took the place of weights change back. */
void rt_model_own_weights(RtModel *m);
/* Names of the model's classes as the compiler knew them. */
RtStatus rt_model_name_classes(RtModel *m, RtError *error);
/* Fresh weights for every instance but those of points of a sweep: of these, a block is there for the best one. */
RtStatus rt_run_open_models(RtRun *run);
void rt_run_close_models(RtRun *run);
/* The same for one instance, whichever it is; a block that is there already is filled again. */
RtStatus rt_run_open_model(RtRun *run, uint32_t instance);
/* Fresh weights where there is no block. */
RtStatus rt_run_need_block(RtRun *run, uint32_t instance);
/* If it is that of a point of a sweep. */
void rt_run_drop_block(RtRun *run, uint32_t instance);
/* Between two runs of one program. `block`: the instance that it is named by. */
void rt_run_swap_blocks(RtRun *a, RtRun *b, uint32_t block);

#endif
