/* weights_file.h: a file of weights that is written at once or by another thread: all that it needs beside
 * the image. */
#ifndef NNLC_RUNTIME_TRAIN_WEIGHTS_FILE_H
#define NNLC_RUNTIME_TRAIN_WEIGHTS_FILE_H

#include "runtime/files/tensor_list.h"
#include "runtime/train/run.h"

typedef struct RtWeightsFile {
    char *path, *text; /* where to; rt_saved_text */
    RtTensorList tensors;
    char seed[32];
    const ImgInstance *model;
    const char *mode, *compiler;
    struct RtKerasModel *keras; /* formats that hold a model; else NULL */
} RtWeightsFile;

/* Adds the text to the tensors as an array of bytes, for formats that have no place for texts. */
RtStatus rt_weights_file_text(RtWeightsFile *f, RtError *error) RT_MUST_USE;

/* Both take an RtWeightsFile. The ending of the path, which was checked, decides the format. */
RtStatus rt_weights_file_write(void *file, RtError *error);
void rt_weights_file_free(void *file);

#endif
