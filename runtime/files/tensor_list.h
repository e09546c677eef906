/* tensor_list.h: tensors that are gathered for a file; the list owns names and data. */
#ifndef NNLC_RUNTIME_FILES_TENSOR_LIST_H
#define NNLC_RUNTIME_FILES_TENSOR_LIST_H

#include "runtime/files/tensors.h"

typedef struct RtTensorList {
    RtTensor *tensors;
    uint32_t n, room;
} RtTensorList;

/* One more, named prefix followed by name, with `bytes` of data, which the caller fills; NULL: no memory. */
void *rt_tensor_list_add(RtTensorList *list, const char *prefix, const char *name, RtDtype dtype,
                         uint32_t rank, const int64_t *dims, size_t bytes);
void rt_tensor_list_free(RtTensorList *list);

#endif
