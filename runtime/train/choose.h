/* choose.h: where(condition, yes, no) on values of a run. */
#ifndef NNLC_RUNTIME_TRAIN_CHOOSE_H
#define NNLC_RUNTIME_TRAIN_CHOOSE_H

#include "runtime/train/value.h"

/* Element by element; one value goes with every element. The caller frees the result; on a mistake
 * *error is set and the value is none. */
RtValue rt_value_where(const RtValue *condition, const RtValue *yes, const RtValue *no,
                       const char **error);

#endif
