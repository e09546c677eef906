/* copy.h: a copy of the weights of a model: all that `save` writes whole. */
#ifndef NNLC_RUNTIME_TRAIN_COPY_H
#define NNLC_RUNTIME_TRAIN_COPY_H

#include "runtime/train/run.h"

/* As they lie in the block, one behind the other. */
typedef struct RtCopy {
    char *bytes; /* NULL: none was taken */
} RtCopy;

/* Bytes that a copy takes. */
size_t rt_copy_size(const ImgInstance *m);
/* The first time takes memory. */
RtStatus rt_copy_take(RtCopy *c, const RtModel *m, RtError *error) RT_MUST_USE;
/* Back into the model. */
void rt_copy_give(const RtCopy *c, RtModel *m);
void rt_copy_free(RtCopy *c);

#endif
