/* keras_optimizer.h: the variables of an optimizer in the order in which Keras keeps them: for every model averages
 * and accumulated gradients, then the slots of optimizers.def, those without a condition weight by weight. */
#ifndef NNLC_RUNTIME_TRAIN_KERAS_OPTIMIZER_H
#define NNLC_RUNTIME_TRAIN_KERAS_OPTIMIZER_H

#include "runtime/train/keras_names.h"

/* `state`: NULL where Keras keeps zeros that no rule uses: Adafactor's r and c of a vector, numbers, and velocity of a
 * matrix, as large as that. False ends. */
typedef bool RtOptimizerVisit(void *cx, const ImgState *weight, const char *slot,
                              const ImgState *state);

/* Of the compile in force. Iterations and learning rate, which come first, are no states. False: a visit was. */
bool rt_keras_optimizer_visit(const RtModel *m, RtOptimizerVisit *visit, void *cx);

/* Takes the state of the optimizer in force from a file, as Keras does: all of it, the learning rate too, or, with a
 * warning, nothing where number, types or shapes differ. Does nothing if the model is not compiled or the file has
 * no optimizer. */
void rt_keras_optimizer_take(RtRun *run, RtModel *m, const RtKerasView *view, const char *path);

#endif
