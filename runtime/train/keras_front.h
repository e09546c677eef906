/* keras_front.h: the layers that array transforms became in a file of Keras (input_rescaling, input_normalization,
 * input_reshape), in front of those of the model, and their way back to fitted values. */
#ifndef NNLC_RUNTIME_TRAIN_KERAS_FRONT_H
#define NNLC_RUNTIME_TRAIN_KERAS_FRONT_H

#include "runtime/train/keras_names.h"

/* Is it the name of such a layer, and of none of the model's own? */
bool rt_keras_is_front(const ImgInstance *m, const char *name);
/* Notes a weight of such a layer, its `place`-th. */
void rt_keras_front_note(RtKerasFront *front, const char *layer, uint32_t place, const RtTensor *t);
/* Adds the fitted values of a model, as save would name them, to a view of a file that has none. */
RtStatus rt_keras_front_fitted(RtRun *run, const RtModel *m, const char *path,
                               RtKerasView *view) RT_MUST_USE;

#endif
