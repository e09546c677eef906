/* train.h: a request becomes the whole graph of one step: forward part, for training gradients and
 * updates too, and every MEANING pass, so that what --emit=train-ir prints defines every bit. */
#ifndef NNLC_IR_OPTIM_TRAIN_H
#define NNLC_IR_OPTIM_TRAIN_H

#include "ir/layers/build.h"
#include "ir/passes/pass.h"

/* False after errors, which were reported. */
bool train_build(Arena *arena, Interner *names, Diags *diags, const BuildRequest *request,
                 PassCx *passes, BuildResult *out);

#endif
