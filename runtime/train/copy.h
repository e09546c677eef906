/* copy.h: a copy of the weights of a model: all that `save` writes whole. */
#ifndef NNLC_RUNTIME_TRAIN_COPY_H
#define NNLC_RUNTIME_TRAIN_COPY_H

#include "runtime/files/tensor_list.h"
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
/* Its tensors, named prefix and state; false: no memory. */
bool rt_copy_gather(const RtCopy *c, const ImgInstance *m, const char *prefix, RtTensorList *list);
/* The other way, out of a file that holds all of them. */
RtStatus rt_copy_fill(RtCopy *c, const ImgInstance *m, const char *prefix, const RtTensorFile *file,
                      RtError *error) RT_MUST_USE;
void rt_copy_free(RtCopy *c);

#endif
