/* legacy.h: the layout of the .h5 files of Keras 2, which Keras 3 still writes: a group per layer, named after the
 * layer, with a list of its weights; a list of the layers beside them. */
#ifndef NNLC_RUNTIME_FILES_KERAS_LEGACY_H
#define NNLC_RUNTIME_FILES_KERAS_LEGACY_H

#include "runtime/files/tensors.h"

typedef struct RtKerasGroup {
    const char *name;  /* of the layer */
    uint32_t first, n; /* its weights, in RtKerasLegacy.at */
} RtKerasGroup;

typedef struct RtKerasLegacy {
    const char *root; /* what paths of weights begin with: "model_weights/", or "" */
    uint32_t n_layers;
    RtKerasGroup *layers; /* in the order of the model, also those without weights */
    RtKerasGroup top;     /* weights of the model itself */
    RtKerasGroup optimizer;
    uint32_t n;
    const RtTensor **at; /* tensors of the file, each at most once */
} RtKerasLegacy;

/* A file of weights, or a whole model. */
bool rt_keras_legacy_is(const RtTensorFile *file);
/* What the lists name must be there. The file must stay open. The caller frees *out, also after a failure. */
RtStatus rt_keras_legacy_read(const RtTensorFile *file, const char *path, RtKerasLegacy *out,
                              RtError *error) RT_MUST_USE;
void rt_keras_legacy_free(RtKerasLegacy *legacy);

#endif
