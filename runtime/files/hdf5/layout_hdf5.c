/* layout_hdf5.c: items -> the layout of a file, by libhdf5.
 *
 * As h5py writes for Keras: superblock 0, contiguous little-endian arrays, texts of variable length in
 * UTF-8. No times are kept. libhdf5 makes the file in memory, but of an array no more than its place. */
#include <stdlib.h>
#include <string.h>

#include "runtime/files/hdf5/layout.h"
#include "runtime/files/hdf5/library_hdf5.h"

enum { GROWTH = 1 << 16, LARGE = 1 << 20, BYTES_OF_ITEM = 1 << 10 };

typedef struct Image {
    hid_t file, text, group_links, array_props;
    RtH5Layout made; /* its memory is libhdf5's, which it leaves to us when it closes the file */
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

/* An array without numbers has no place. */
static bool find_place(hid_t array, const RtTensor *t, uint64_t *place)
{
    uint64_t bytes;
    if (!rt_tensor_bytes(t, &bytes))
        return false;
    haddr_t at = bytes ? H5Dget_offset(array) : 0;
    *place = at;
    return at != HADDR_UNDEF;
}

static RtStatus put_array(const Image *w, const RtH5Item *item, uint64_t *place)
{
    hsize_t dims[RT_MAX_RANK] = {0};
    const RtTensor *t = &item->array;
    hid_t type = type_of(t->dtype);
    for (uint32_t i = 0; i < t->rank; i++)
        dims[i] = (hsize_t)t->dims[i];
    hid_t space = t->rank ? H5Screate_simple((int)t->rank, dims, NULL) : H5Screate(H5S_SCALAR);
    hid_t array = type >= 0 && space >= 0 ? H5Dcreate2(w->file, item->path, type, space,
                                                       w->group_links, w->array_props, H5P_DEFAULT)
                                          : -1;
    bool fine = array >= 0 && find_place(array, t, place);
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
        status = items[i].kind == RT_H5_ARRAY   ? put_array(w, &items[i], &w->made.places[i])
                 : items[i].kind == RT_H5_GROUP ? put_group(w, &items[i])
                                                : put_texts(w, &items[i]);
    return status;
}

/* ---- the memory of the file ---- */

static void *grow(void *old, size_t size, H5FD_file_image_op_t op, void *image)
{
    Image *w = image;
    (void)op;
    void *memory = realloc(old, size);
    if (memory) {
        w->made.memory = memory;
        w->made.n = size;
    }
    return memory;
}

/* It is the image's. */
static herr_t leave(void *memory, H5FD_file_image_op_t op, void *image)
{
    (void)memory;
    (void)op;
    (void)image;
    return 0;
}

static void *same(void *image)
{
    return image;
}

static herr_t keep(void *image)
{
    (void)image;
    return 0;
}

static uint64_t total_bytes(const RtH5Item *items, uint32_t n)
{
    uint64_t total = 0, bytes;
    for (uint32_t i = 0; i < n; i++)
        if (items[i].kind == RT_H5_ARRAY && rt_tensor_bytes(&items[i].array, &bytes))
            total += bytes;
    return total;
}

/* Where the arrays are large, what else there is lies in front of them, so that their places take no memory. */
static hid_t make_access(Image *w, const RtH5Item *items, uint32_t n)
{
    H5FD_file_image_callbacks_t calls = {.image_realloc = grow,
                                         .image_free = leave,
                                         .udata_copy = same,
                                         .udata_free = keep,
                                         .udata = w};
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    bool fine = H5Pset_fapl_core(access, GROWTH, 0) >= 0 &&
                H5Pset_file_image_callbacks(access, &calls) >= 0;
    if (fine && total_bytes(items, n) > LARGE)
        fine = H5Pset_meta_block_size(access, (hsize_t)n * BYTES_OF_ITEM) >= 0;
    if (fine)
        return access;
    rt_hdf5_drop(access, H5Pclose);
    return -1;
}

/* ---- all ---- */

/* Numbers get their places at once, and nothing is written there. */
static bool set_props(const Image *w)
{
    return H5Pset_create_intermediate_group(w->group_links, 1) >= 0 &&
           H5Pset_obj_track_times(w->array_props, 0) >= 0 &&
           H5Pset_alloc_time(w->array_props, H5D_ALLOC_TIME_EARLY) >= 0 &&
           H5Pset_fill_time(w->array_props, H5D_FILL_TIME_NEVER) >= 0 &&
           H5Tset_size(w->text, H5T_VARIABLE) >= 0 && H5Tset_cset(w->text, H5T_CSET_UTF8) >= 0;
}

RtStatus rt_hdf5_lay_out(const RtH5Item *items, uint32_t n, RtH5Layout *out, RtError *error)
{
    rt_hdf5_quiet();
    Image w = {.file = -1,
               .text = H5Tcopy(H5T_C_S1),
               .group_links = H5Pcreate(H5P_LINK_CREATE),
               .array_props = H5Pcreate(H5P_DATASET_CREATE),
               .made = {.places = calloc(n + (size_t)1, sizeof *w.made.places)},
               .error = error};
    hid_t access = w.made.places ? make_access(&w, items, n) : -1;
    RtStatus status = failed(&w, "not enough memory");
    if (access >= 0 && set_props(&w))
        w.file = H5Fcreate("image", H5F_ACC_TRUNC, H5P_DEFAULT, access);
    if (w.file >= 0)
        status = put_items(&w, items, n);
    if (w.file >= 0 && H5Fclose(w.file) < 0 && status == RT_OK)
        status = failed(&w, "not enough memory");
    if (status == RT_OK)
        status = rt_layout_pack(&w.made, items, n, error);
    rt_hdf5_drop(access, H5Pclose);
    rt_hdf5_drop(w.array_props, H5Pclose);
    rt_hdf5_drop(w.group_links, H5Pclose);
    rt_hdf5_drop(w.text, H5Tclose);
    if (status == RT_OK)
        *out = w.made;
    else
        rt_layout_free(&w.made);
    return status;
}
