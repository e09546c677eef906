/* keras_order.h: the weights of legacy .h5 files of Keras, matched by order, as Keras does: the layers that have weights,
 * one after the other, and the weights of each. */
#ifndef NNLC_RUNTIME_TRAIN_KERAS_ORDER_H
#define NNLC_RUNTIME_TRAIN_KERAS_ORDER_H

#include "runtime/train/keras_names.h"

/* Tensors take the names of the states whose place they have; what has none, of the model or the file, is left to
 * the comparison of names. */
RtStatus rt_keras_order_view(RtRun *run, const RtModel *m, const RtTensorFile *file,
                             const char *path, RtKerasView *out) RT_MUST_USE;

#endif
