/* info_keras.h: what nnlc info says of a file of Keras. */
#ifndef NNLC_DRIVER_INFO_KERAS_H
#define NNLC_DRIVER_INFO_KERAS_H

#include "driver/info_table.h"

/* Is it .keras, .weights.h5 or a legacy .h5? Else any HDF5 file. */
bool info_is_keras(const RtTensorFile *file);
/* "model of Keras (.keras)" */
const char *info_keras_kind(const RtTensorFile *file);
/* `ours`: nnlc wrote it. Adds who made it and how it is compiled, and its layers with their tensors. */
RtStatus info_keras(const RtTensorFile *file, const char *path, InfoTable *t, bool ours,
                    RtError *error) RT_MUST_USE;

#endif
