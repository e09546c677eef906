/* kept_view.h: the weights of one model in a checkpoint, as if `save` had written them. */
#ifndef NNLC_RUNTIME_TRAIN_KEPT_VIEW_H
#define NNLC_RUNTIME_TRAIN_KEPT_VIEW_H

#include "runtime/files/tensors.h"
#include "runtime/train/run.h"

/* The key of the metadata that tells a checkpoint; its value is the digest of the program. */
#define RT_KEPT_KEY "nnlc_checkpoint"

/* Names of tensors that are no model's weights begin with it; no model has such a name. */
#define RT_KEPT_OWN "run:"
/* The keys of the metadata that tell which weights of a model lie under the name of another one:
 * "nnlc_shared/MODEL"; a line for each: its name, a tab, the name of the tensor. */
#define RT_KEPT_SHARED "nnlc_shared"

typedef struct RtKeptView {
    RtTensorFile file; /* tensors and texts are those of the checkpoint */
    RtTensor *tensors;
    RtNamePlace *room; /* of the index */
    char *shared;      /* names of tensors that lie under other names */
    const char *keys[2], *values[2];
} RtKeptView;

/* Where several models are in the checkpoint, names begin with "MODEL/"; weights that models share are there once.
 * The caller frees *out, also after a failure. */
RtStatus rt_kept_view(RtRun *run, const RtModel *m, const RtTensorFile *file, const char *path,
                      RtKeptView *out);
void rt_kept_view_free(RtKeptView *view);

#endif
