/* classes.h: the class numbers of a data set with other classes than the model was trained on. */
#ifndef NNLC_RUNTIME_TRAIN_CLASSES_H
#define NNLC_RUNTIME_TRAIN_CLASSES_H

#include "runtime/train/run.h"

/* The values of a stored array in another type, or with other numbers. */
typedef struct RtConverted {
    const RtArray *from;
    RtArray *to;
} RtConverted;

/* *out: the targets of the part with the model's class numbers; its own where they mean the same, else a copy
 * in *kept. Fails where a row has a class that the model was not trained with. */
RtStatus rt_classes_renumber(RtRun *run, const RtModel *m, const RtPart *part, RtConverted *kept,
                             const RtArray **out) RT_MUST_USE;

#endif
