/* keras_names.h: where Keras keeps the weights of a model in a .weights.h5: "layers/dense_1/vars/0".
 *
 * A layer's group is named after its class, numbered within its model; a weight is the number of its place among
 * those of the layer. So layers are matched by position, whatever they are called. */
#ifndef NNLC_RUNTIME_TRAIN_KERAS_NAMES_H
#define NNLC_RUNTIME_TRAIN_KERAS_NAMES_H

#include "runtime/files/tensor_list.h"
#include "runtime/files/tensors.h"
#include "runtime/train/run.h"

enum { RT_KERAS_PATH = 2048 };

/* What a walk over a model tells: each layer or nested model with its group, nested ones before what is in them,
 * and behind a layer each of its weights with its place in the file. Ends where one returns false. */
typedef struct RtKerasVisitor {
    bool (*layer)(void *cx, const ImgLayerRow *row, const char *group);
    bool (*weight)(void *cx, const ImgState *s, const char *path);
    void *cx;
    const char *const *before; /* classes of layers that stand in front of the model in the file */
    uint32_t n_before;
} RtKerasVisitor;

/* False: a visit was, or there is no memory. */
bool rt_keras_visit(const ImgInstance *m, const RtKerasVisitor *visitor);

/* Layers that somebody named otherwise than the model does. */
typedef struct RtKerasOthers {
    char table[800];
    size_t at;
    uint32_t n;
} RtKerasOthers;

enum { RT_KERAS_MOST_FRONT = 16 };

/* Mean and variance of the n-th layer that a normalize became (keras_front.h). */
typedef struct RtKerasFront {
    const RtTensor *values[RT_KERAS_MOST_FRONT][2];
} RtKerasFront;

/* The tensors of a file of Keras by the names of a model; what the model does not know keeps its name. */
typedef struct RtKerasView {
    RtTensorFile file; /* numbers and metadata are those of the file */
    RtTensor *tensors;
    RtNamePlace *room; /* of its index */
    RtKerasOthers others;
    RtKerasFront front;
    RtTensorList made; /* tensors that are not in the file as they are here */
    uint32_t n_optimizer;
    const RtTensor **optimizer; /* its variables, in Keras's order, as they are in the file */
} RtKerasView;

/* Adds the pair, if both names were given by somebody and differ. `type`: the class of the layer. */
void rt_keras_others_add(RtKerasOthers *others, const char *own, const char *type,
                         const char *file);
/* The warning, if there are any. */
void rt_keras_others_tell(const RtKerasOthers *others, RtRun *run, const RtModel *m,
                          const char *path);

/* .weights.h5, .keras, legacy .h5. */
bool rt_keras_is(const RtTensorFile *file);
/* The caller frees *out, also after a failure. */
RtStatus rt_keras_view(RtRun *run, const RtModel *m, const RtTensorFile *file, const char *path,
                       RtKerasView *out) RT_MUST_USE;
void rt_keras_view_free(RtKerasView *view);

#endif
