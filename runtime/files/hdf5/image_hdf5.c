/* image_hdf5.c: items -> the bytes of a file, by libhdf5.
 *
 * As h5py writes for Keras: superblock 0, contiguous little-endian arrays, texts of variable length in
 * UTF-8. No times are kept. */
#include <stdlib.h>
#include <string.h>

#include "runtime/files/hdf5/library_hdf5.h"

enum { GROWTH = 1 << 16 };

typedef struct Image {
    hid_t file, text, group_links, array_props;
    RtError *error;
} Image;

static RtStatus failed(const Image *w, const char *what)
{
    return rt_fail(w->error, "cannot make the HDF5 file: %s", what);
}

static hid_t type_of(RtDtype dtype)
{
    switch (dtype) {
    case RT_f64:
        return H5T_IEEE_F64LE;
    case RT_f32:
        return H5T_IEEE_F32LE;
    case RT_i64:
        return H5T_STD_I64LE;
    case RT_i32:
        return H5T_STD_I32LE;
    case RT_u32:
        return H5T_STD_U32LE;
    case RT_u8:
        return H5T_STD_U8LE;
    case RT_i8:
        return H5T_STD_I8LE;
    case RT_bool:
    case RT_f16:
    case RT_bf16:
    case RT_N_DTYPES:
        break;
    }
    return -1;
}

static RtStatus put_array(const Image *w, const RtH5Item *item)
{
    hsize_t dims[RT_MAX_RANK] = {0};
    const RtTensor *t = &item->array;
    hid_t type = type_of(t->dtype);
    bool fine = false;
    for (uint32_t i = 0; i < t->rank; i++)
        dims[i] = (hsize_t)t->dims[i];
    hid_t space = t->rank ? H5Screate_simple((int)t->rank, dims, NULL) : H5Screate(H5S_SCALAR);
    hid_t array = type >= 0 && space >= 0 ? H5Dcreate2(w->file, item->path, type, space,
                                                       w->group_links, w->array_props, H5P_DEFAULT)
                                          : -1;
    if (array >= 0)
        fine = H5Dwrite(array, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, t->data) >= 0;
    rt_hdf5_drop(array, H5Dclose);
    rt_hdf5_drop(space, H5Sclose);
    return fine ? RT_OK : failed(w, item->path);
}

static RtStatus put_group(const Image *w, const RtH5Item *item)
{
    hid_t group = H5Gcreate2(w->file, item->path, w->group_links, H5P_DEFAULT, H5P_DEFAULT);
    rt_hdf5_drop(group, H5Gclose);
    return group >= 0 ? RT_OK : failed(w, item->path);
}

/* An empty list is one of numbers, as NumPy makes it. */
static RtStatus put_texts(const Image *w, const RtH5Item *item)
{
    hsize_t n = item->n;
    bool list = item->kind == RT_H5_TEXTS, fine = false;
    hid_t type = list && !n ? H5T_IEEE_F64LE : w->text;
    hid_t space = list ? H5Screate_simple(1, &n, NULL) : H5Screate(H5S_SCALAR);
    hid_t object = H5Oopen(w->file, *item->path ? item->path : "/", H5P_DEFAULT);
    hid_t attribute = object >= 0 && space >= 0
                          ? H5Acreate2(object, item->name, type, space, H5P_DEFAULT, H5P_DEFAULT)
                          : -1;
    if (attribute >= 0)
        fine = !n || H5Awrite(attribute, type, item->texts) >= 0;
    rt_hdf5_drop(attribute, H5Aclose);
    rt_hdf5_drop(object, H5Oclose);
    rt_hdf5_drop(space, H5Sclose);
    return fine ? RT_OK : failed(w, item->name);
}

static RtStatus put_items(const Image *w, const RtH5Item *items, uint32_t n)
{
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < n && status == RT_OK; i++)
        status = items[i].kind == RT_H5_ARRAY   ? put_array(w, &items[i])
                 : items[i].kind == RT_H5_GROUP ? put_group(w, &items[i])
                                                : put_texts(w, &items[i]);
    return status;
}

static RtStatus take_bytes(const Image *w, void **bytes, size_t *size)
{
    if (H5Fflush(w->file, H5F_SCOPE_GLOBAL) < 0)
        return failed(w, "not enough memory");
    ssize_t n = H5Fget_file_image(w->file, NULL, 0);
    void *to = n > 0 ? malloc((size_t)n) : NULL;
    if (!to || H5Fget_file_image(w->file, to, (size_t)n) != n) {
        free(to);
        return failed(w, "not enough memory");
    }
    *bytes = to;
    *size = (size_t)n;
    return RT_OK;
}

/* Of all arrays: so the file grows once. */
static uint64_t total_bytes(const RtH5Item *items, uint32_t n)
{
    uint64_t total = 0, bytes;
    for (uint32_t i = 0; i < n; i++)
        if (items[i].kind == RT_H5_ARRAY && rt_tensor_bytes(&items[i].array, &bytes))
            total += bytes;
    return total;
}

RtStatus rt_hdf5_make_image(const RtH5Item *items, uint32_t n, void **bytes, size_t *size,
                            RtError *error)
{
    Image w = {-1, H5Tcopy(H5T_C_S1), H5Pcreate(H5P_LINK_CREATE), H5Pcreate(H5P_DATASET_CREATE),
               error};
    rt_hdf5_quiet();
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    RtStatus status = failed(&w, "not enough memory");
    if (H5Pset_fapl_core(access, (size_t)total_bytes(items, n) + GROWTH, 0) >= 0 &&
        H5Pset_create_intermediate_group(w.group_links, 1) >= 0 &&
        H5Pset_obj_track_times(w.array_props, 0) >= 0 && H5Tset_size(w.text, H5T_VARIABLE) >= 0 &&
        H5Tset_cset(w.text, H5T_CSET_UTF8) >= 0)
        w.file = H5Fcreate("image", H5F_ACC_TRUNC, H5P_DEFAULT, access);
    if (w.file >= 0)
        status = put_items(&w, items, n);
    if (w.file >= 0 && status == RT_OK)
        status = take_bytes(&w, bytes, size);
    rt_hdf5_drop(w.file, H5Fclose);
    rt_hdf5_drop(access, H5Pclose);
    rt_hdf5_drop(w.array_props, H5Pclose);
    rt_hdf5_drop(w.group_links, H5Pclose);
    rt_hdf5_drop(w.text, H5Tclose);
    return status;
}
