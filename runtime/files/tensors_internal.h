/* tensors_internal.h: what readers and writers of array files share. */
#ifndef NNLC_RUNTIME_FILES_TENSORS_INTERNAL_H
#define NNLC_RUNTIME_FILES_TENSORS_INTERNAL_H

#include "runtime/files/tensors.h"

/* A file under construction, behind the public RtTensorFile. */
typedef struct RtTensorStore {
    RtTensor *tensors;
    RtNamePlace *room;    /* of the index */
    RtArray **arrays;     /* own the data, or borrow it of bytes */
    unsigned char *bytes; /* of the file; NULL: they do not last */
    RtNames names;
    RtNames keys, values;
    RtTextList *lists;
    RtNames *list_texts; /* own them */
    RtNames list_keys;
} RtTensorStore;

/* Takes the array (also when it fails) and adds it under a name that must be new. */
RtStatus rt_tensors_add(RtTensorFile *file, const char *path, const char *name, RtArray *array,
                        RtError *error) RT_MUST_USE;

/* Adds what the bytes hold. */
RtStatus rt_safetensors_parse(const unsigned char *bytes, size_t size, const char *path,
                              RtTensorFile *file, RtError *error) RT_MUST_USE;

/* The header of a .npy file into text, of which *size bytes are used. */
enum { RT_NPY_HEAD = 512 };
RtStatus rt_npy_head(const RtTensor *tensor, char text[RT_NPY_HEAD], size_t *size,
                     RtError *error) RT_MUST_USE;

#endif
