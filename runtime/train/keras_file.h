/* keras_file.h: models as Keras 3 keeps them: .weights.h5, .keras, legacy .h5. */
#ifndef NNLC_RUNTIME_TRAIN_KERAS_FILE_H
#define NNLC_RUNTIME_TRAIN_KERAS_FILE_H

#include "runtime/abi/formats.h"
#include "runtime/train/weights_file.h"

enum { RT_KERAS_MOST_FIRST = 16 };

/* What .keras and .h5 hold beside the weights. */
typedef struct RtKerasModel {
    char *config, *compile; /* JSON; compile NULL: not compiled, or with a fn */
    RtTensorList optimizer; /* its variables in Keras's order: "dense.kernel/momentum" */
    uint32_t n_first;       /* layers that array transforms became ... */
    struct {
        const char *type; /* "Normalization" */
        const char *name; /* "input_normalization", in `buf` */
        char buf[48];
        uint32_t n; /* ... and how many of their weights are in `weights`, in order */
    } first[RT_KERAS_MOST_FIRST];
    RtTensorList weights; /* of these layers, f32 */
} RtKerasModel;

/* Has the model such a form at all? It says why not. */
RtStatus rt_keras_model_check(RtRun *run, const ImgInstance *m, const char *path) RT_MUST_USE;
/* Says, once the file is there, that it leaves out the preprocessing. */
void rt_keras_model_tell(RtRun *run, const RtModel *m, const char *path);
/* Of a model now; the caller frees it. NULL: no memory, told. */
RtKerasModel *rt_keras_model_make(RtRun *run, const RtModel *m, RtFormat format);
void rt_keras_model_free(RtKerasModel *k); /* NULL: nothing */

/* Writers (weights_file.h). */
RtStatus rt_keras_write_weights(RtWeightsFile *f, RtError *error) RT_MUST_USE;
RtStatus rt_keras_write_archive(RtWeightsFile *f, RtError *error) RT_MUST_USE;
RtStatus rt_keras_write_legacy(RtWeightsFile *f, RtError *error) RT_MUST_USE;

#endif
