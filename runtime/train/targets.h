/* targets.h: do the targets that were read fit what an entry was compiled for? */
#ifndef NNLC_RUNTIME_TRAIN_TARGETS_H
#define NNLC_RUNTIME_TRAIN_TARGETS_H

#include "runtime/train/run.h"

/* The data set of the entry must be loaded. Fails with the words of the compiler (runtime/abi/target_check.h)
 * and the place of the first row that does not fit. */
RtStatus rt_targets_fit(RtRun *run, const ImgEntry *entry) RT_MUST_USE;
/* The same for targets = inputs: the inputs of a part, behind the transforms that the model has now. */
RtStatus rt_inputs_fit_as_targets(RtRun *run, const RtModel *m, const ImgEntry *entry,
                                  const RtPart *part) RT_MUST_USE;

#endif
