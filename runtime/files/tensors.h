/* tensors.h: files of named arrays: .safetensors, .npz, .npy, HDF5, .keras. */
#ifndef NNLC_RUNTIME_FILES_TENSORS_H
#define NNLC_RUNTIME_FILES_TENSORS_H

#include <stddef.h>
#include <stdint.h>

#include "runtime/abi/dtype.h"
#include "runtime/abi/status.h"
#include "runtime/data/store.h"

typedef struct RtTensor {
    const char *name;
    RtDtype dtype;
    uint32_t rank; /* 0: a single number */
    int64_t dims[RT_MAX_RANK];
    const void *data; /* row-major */
} RtTensor;

/* Bytes of a tensor's elements; false: impossible sizes. */
bool rt_tensor_bytes(const RtTensor *tensor, uint64_t *bytes);

/* Writers. Whole or not at all (atomic.h); the same input gives the same bytes. */
RtStatus rt_safetensors_write(const char *path, const RtTensor *tensors, uint32_t n,
                              const char *const *meta_keys, const char *const *meta_values,
                              uint32_t n_meta, RtError *error) RT_MUST_USE;
RtStatus rt_npz_write(const char *path, const RtTensor *tensors, uint32_t n,
                      RtError *error) RT_MUST_USE;
RtStatus rt_npy_write(const char *path, const RtTensor *tensor, RtError *error) RT_MUST_USE;

/* An attribute of HDF5 that is a list of texts. */
typedef struct RtTextList {
    const char *key; /* PATH@NAME */
    uint32_t n;
    const char *const *texts;
} RtTextList;

/* A file of named arrays, read and checked whole. Names are unique. */
typedef struct RtTensorFile {
    uint32_t n;
    const RtTensor *tensors;
    /* .safetensors; of HDF5 the attributes that are texts, as PATH@NAME, and RT_HDF5_KEY; of .keras the members
     * that are texts, by name, too */
    uint32_t n_meta;
    const char *const *meta_keys, *const *meta_values;
    uint32_t n_lists;
    const RtTextList *lists; /* in the order of their keys */
    RtNameIndex
        index; /* of the names; made by rt_tensors_sort, else each look-up goes through all */
    struct RtTensorStore *store;
} RtTensorFile;

/* The key of the metadata that tells an HDF5 file, or one in an archive. */
#define RT_HDF5_KEY "hdf5"

/* .safetensors, .npz, HDF5 or .keras, told apart by content. The caller closes *out. */
RtStatus rt_tensors_read(const char *path, RtTensorFile **out, RtError *error) RT_MUST_USE;
/* Does a file with these bytes in front look like one of these formats? For rt_input_all. */
bool rt_tensors_start(const unsigned char *bytes, size_t n);
/* As rt_tensors_read from memory; `name` stands for the path in messages. */
RtStatus rt_tensors_parse(const void *bytes, size_t size, const char *name, RtTensorFile **out,
                          RtError *error) RT_MUST_USE;
void rt_tensors_close(RtTensorFile *file); /* NULL: nothing */
/* The tensor of this name, or NULL. */
const RtTensor *rt_tensors_find(const RtTensorFile *file, const char *name);
/* Sorts the names for look-ups, in *room, which is in malloc memory then. */
RtStatus rt_tensors_sort(RtTensorFile *file, RtNamePlace **room, RtError *error) RT_MUST_USE;
/* The places of the tensors, by their names, in malloc memory; NULL: there is none. */
uint32_t *rt_tensors_order(const RtTensorFile *file);
/* A value of the metadata, or NULL. */
const char *rt_tensors_meta(const RtTensorFile *file, const char *key);
/* An attribute that is a list, or NULL. */
const RtTextList *rt_tensors_list(const RtTensorFile *file, const char *key);

#endif
