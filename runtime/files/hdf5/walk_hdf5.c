/* walk_hdf5.c: the bytes of a file -> items, by libhdf5. Runs in the child process. */
#include <stdlib.h>
#include <string.h>

#include "runtime/files/hdf5/library_hdf5.h"

enum { MOST_DEPTH = 32, MOST_NAME = 1024, MOST_ITEMS = 1 << 20, MOST_TEXT = 1 << 26 };

typedef struct Walk {
    hid_t file;
    const unsigned char *bytes; /* of the file */
    size_t size;
    const RtH5Wanted *wanted; /* NULL: everything */
    RtStatus (*give)(void *cx, const RtH5Item *item, RtError *error);
    void *cx;
    RtError *error;
    uint32_t n; /* items given */
    char path[MOST_DEPTH * 64];
} Walk;

static RtStatus give(Walk *w, const RtH5Item *item)
{
    if (++w->n > MOST_ITEMS)
        return rt_fail(w->error, "it holds more than %d groups, arrays and attributes", MOST_ITEMS);
    return w->give(w->cx, item, w->error);
}

static RtStatus wrong(Walk *w, const char *what)
{
    return rt_fail(w->error, "'/%.200s' %s", w->path, what);
}

static RtStatus damaged(Walk *w)
{
    return wrong(w, "is damaged");
}

/* ---- what is wanted ---- */

/* Is this array wanted? *facts: no more than its type and sizes. */
static bool is_wanted(const Walk *w, bool *facts)
{
    bool found = false;
    *facts = true;
    for (uint32_t i = 0; i < w->wanted->n; i++)
        if (!strcmp(w->wanted->paths[i], w->path)) {
            found = true;
            *facts = *facts && w->wanted->facts_only[i];
        }
    return found;
}

/* Is it wanted, or is it a group on the way to what is? */
static bool leads_to_wanted(const Walk *w)
{
    size_t n = strlen(w->path);
    for (uint32_t i = 0; i < w->wanted->n; i++) {
        const char *path = w->wanted->paths[i];
        if (!strncmp(path, w->path, n) && (!path[n] || path[n] == '/'))
            return true;
    }
    return false;
}

/* ---- attributes ---- */

/* Both kinds of texts as pointers: those of a fixed length are cut out of `block`. */
static RtStatus give_texts(Walk *w, const char *name, bool list, uint32_t n, char **texts)
{
    RtH5Item item = {.kind = list ? RT_H5_TEXTS : RT_H5_TEXT,
                     .path = w->path,
                     .name = name,
                     .n = n,
                     .texts = (const char *const *)texts};
    for (uint32_t i = 0; i < n; i++)
        if (!texts[i])
            return damaged(w);
    return give(w, &item);
}

static RtStatus read_variable(Walk *w, hid_t attribute, hid_t space, const char *name, bool list,
                              uint32_t n)
{
    RtStatus status;
    hid_t stored = H5Aget_type(attribute), type = H5Tcopy(H5T_C_S1);
    char **texts = calloc(n + (size_t)1, sizeof *texts);
    bool fine = texts && stored >= 0 && H5Tset_size(type, H5T_VARIABLE) >= 0 &&
                H5Tset_cset(type, H5Tget_cset(stored)) >= 0;
    if (fine && H5Aread(attribute, type, texts) >= 0) {
        status = give_texts(w, name, list, n, texts);
        (void)H5Dvlen_reclaim(type, space, H5P_DEFAULT, texts);
    } else {
        status = damaged(w);
    }
    rt_hdf5_drop(type, H5Tclose);
    rt_hdf5_drop(stored, H5Tclose);
    free(texts);
    return status;
}

static RtStatus read_fixed(Walk *w, hid_t attribute, hid_t stored, const char *name, bool list,
                           uint32_t n)
{
    size_t size = H5Tget_size(stored);
    if (!size || size > MOST_TEXT / (n + (size_t)1))
        return damaged(w);
    char *block = calloc(n + (size_t)1, size + 1), *raw = calloc(n + (size_t)1, size);
    char **texts = calloc(n + (size_t)1, sizeof *texts);
    RtStatus status = damaged(w);
    if (block && raw && texts && H5Aread(attribute, stored, raw) >= 0) {
        for (uint32_t i = 0; i < n; i++) {
            texts[i] = block + i * (size + 1);
            memcpy(texts[i], raw + i * size, size);
        }
        status = give_texts(w, name, list, n, texts);
    }
    free(block);
    free(raw);
    free(texts);
    return status;
}

/* Texts, and empty lists of anything; other attributes mean nothing here. */
static RtStatus read_attribute(Walk *w, hid_t attribute, const char *name)
{
    hid_t type = H5Aget_type(attribute), space = H5Aget_space(attribute);
    RtStatus status = RT_OK;
    int rank = space >= 0 ? H5Sget_simple_extent_ndims(space) : -1;
    hssize_t n = space >= 0 ? H5Sget_simple_extent_npoints(space) : -1;
    bool is_text = type >= 0 && H5Tget_class(type) == H5T_STRING;
    if (rank < 0 || n < 0 || n > MOST_ITEMS)
        status = damaged(w);
    else if (rank == 1 && n == 0)
        status = give_texts(w, name, true, 0, NULL);
    else if (is_text && rank <= 1 && H5Tis_variable_str(type) > 0)
        status = read_variable(w, attribute, space, name, rank == 1, (uint32_t)n);
    else if (is_text && rank <= 1)
        status = read_fixed(w, attribute, type, name, rank == 1, (uint32_t)n);
    rt_hdf5_drop(space, H5Sclose);
    rt_hdf5_drop(type, H5Tclose);
    return status;
}

static RtStatus read_attributes(Walk *w, hid_t object)
{
    H5O_info_t info;
    char name[MOST_NAME];
    RtStatus status = RT_OK;
    if (H5Oget_info2(object, &info, H5O_INFO_NUM_ATTRS) < 0)
        return damaged(w);
    for (hsize_t i = 0; i < info.num_attrs && status == RT_OK; i++) {
        hid_t a =
            H5Aopen_by_idx(object, ".", H5_INDEX_NAME, H5_ITER_INC, i, H5P_DEFAULT, H5P_DEFAULT);
        ssize_t n = a >= 0 ? H5Aget_name(a, sizeof name, name) : -1;
        status = n < 0 || n >= (ssize_t)sizeof name ? damaged(w) : read_attribute(w, a, name);
        rt_hdf5_drop(a, H5Aclose);
    }
    return status;
}

/* ---- arrays ---- */

static RtDtype dtype_of(hid_t type)
{
    size_t size = H5Tget_size(type);
    H5T_class_t class = H5Tget_class(type);
    if (class == H5T_FLOAT)
        return size == 8 ? RT_f64 : size == 4 || size == 2 ? RT_f32 : RT_N_DTYPES;
    if (class != H5T_INTEGER)
        return RT_N_DTYPES;
    bool is_signed = H5Tget_sign(type) == H5T_SGN_2;
    switch (size) {
    case 1:
        return is_signed ? RT_i8 : RT_u8;
    case 2:
        return RT_i32;
    case 4:
        return is_signed ? RT_i32 : RT_u32;
    case 8:
        return is_signed ? RT_i64 : RT_N_DTYPES;
    default:
        return RT_N_DTYPES;
    }
}

/* h5py's truth values: an enumeration of one byte. */
static bool is_truth(hid_t type)
{
    bool fine = false;
    if (H5Tget_class(type) != H5T_ENUM || H5Tget_size(type) != 1 || H5Tget_nmembers(type) != 2)
        return false;
    signed char values[2] = {-1, -1};
    char *first = H5Tget_member_name(type, 0), *second = H5Tget_member_name(type, 1);
    if (first && second && H5Tget_member_value(type, 0, &values[0]) >= 0 &&
        H5Tget_member_value(type, 1, &values[1]) >= 0)
        fine =
            !strcmp(first, "FALSE") && values[0] == 0 && !strcmp(second, "TRUE") && values[1] == 1;
    H5free_memory(first);
    H5free_memory(second);
    return fine;
}

static hid_t memory_type(RtDtype dtype)
{
    return dtype == RT_f64   ? H5T_NATIVE_DOUBLE
           : dtype == RT_f32 ? H5T_NATIVE_FLOAT
           : dtype == RT_i64 ? H5T_NATIVE_INT64
           : dtype == RT_i32 ? H5T_NATIVE_INT32
           : dtype == RT_u32 ? H5T_NATIVE_UINT32
           : dtype == RT_i8  ? H5T_NATIVE_INT8
                             : H5T_NATIVE_UINT8;
}

/* Only what lies in this file, plainly or deflated. */
static RtStatus check_storage(Walk *w, hid_t array)
{
    unsigned flags, config;
    size_t n_values = 0;
    RtStatus status = RT_OK;
    hid_t props = H5Dget_create_plist(array);
    H5D_layout_t layout = props >= 0 ? H5Pget_layout(props) : H5D_LAYOUT_ERROR;
    int n = props >= 0 ? H5Pget_nfilters(props) : -1;
    if (layout != H5D_CONTIGUOUS && layout != H5D_CHUNKED && layout != H5D_COMPACT)
        status = wrong(w, "has its numbers in other places");
    else if (n < 0 || H5Pget_external_count(props) != 0)
        status = wrong(w, "has its numbers in other places");
    for (int i = 0; i < n && status == RT_OK; i++) {
        H5Z_filter_t f =
            H5Pget_filter2(props, (unsigned)i, &flags, &n_values, NULL, 0, NULL, &config);
        if (f != H5Z_FILTER_DEFLATE && f != H5Z_FILTER_SHUFFLE && f != H5Z_FILTER_FLETCHER32)
            status = wrong(w, "is packed by something else than deflate");
        n_values = 0;
    }
    rt_hdf5_drop(props, H5Pclose);
    return status;
}

/* Of truth values the bytes are read as they are. */
static bool read_elements(hid_t array, RtDtype dtype, RtArray *to)
{
    hid_t own = dtype == RT_bool ? H5Dget_type(array) : -1;
    bool fine = H5Dread(array, own >= 0 ? own : memory_type(dtype), H5S_ALL, H5S_ALL, H5P_DEFAULT,
                        to->data) >= 0;
    for (size_t i = 0; own >= 0 && fine && i < to->bytes; i++)
        ((unsigned char *)to->data)[i] = ((unsigned char *)to->data)[i] != 0;
    rt_hdf5_drop(own, H5Tclose);
    return fine;
}

/* Where the numbers lie in the file, if they lie there as memory has them; NULL: they have to be read. */
static const void *find_numbers(const Walk *w, hid_t array, const RtTensor *t)
{
    uint64_t bytes;
    hid_t type = H5Dget_type(array), props = H5Dget_create_plist(array);
    bool plain = t->dtype != RT_bool && type >= 0 && H5Tequal(type, memory_type(t->dtype)) > 0 &&
                 props >= 0 && H5Pget_layout(props) == H5D_CONTIGUOUS;
    haddr_t at = plain ? H5Dget_offset(array) : HADDR_UNDEF;
    rt_hdf5_drop(props, H5Pclose);
    rt_hdf5_drop(type, H5Tclose);
    bool inside = at != HADDR_UNDEF && rt_tensor_bytes(t, &bytes) && bytes && at <= w->size &&
                  bytes <= w->size - at;
    return inside ? w->bytes + at : NULL;
}

/* Chunks that were never written take no place. */
static RtStatus check_claim(const Walk *w, const RtTensor *t)
{
    uint64_t bytes;
    if (rt_tensor_bytes(t, &bytes) && bytes <= rt_hdf5_most_numbers(w->size))
        return RT_OK;
    char text[128];
    return rt_fail(w->error, "'/%.200s' claims %s numbers, which a file of %zu bytes cannot hold",
                   w->path, rt_dims_text(text, sizeof text, t->rank, t->dims), w->size);
}

static RtStatus read_numbers(Walk *w, hid_t array, RtH5Item *item)
{
    RtArray *store = NULL;
    RtTensor *t = &item->array;
    t->data = find_numbers(w, array, t);
    if (t->data)
        return give(w, item);
    RtStatus status = check_claim(w, t);
    if (status == RT_OK)
        status = rt_array_open(t->dtype, t->rank, t->dims, w->path, &store, w->error);
    if (status != RT_OK)
        return status;
    t->data = store->data;
    if (store->bytes && !read_elements(array, t->dtype, store))
        status = damaged(w);
    else
        status = give(w, item);
    rt_array_close(store);
    return status;
}

static RtStatus read_array(Walk *w, hid_t array)
{
    hsize_t dims[H5S_MAX_RANK] = {0};
    RtH5Item item = {.kind = RT_H5_ARRAY, .path = w->path, .name = ""};
    bool facts = false;
    if (w->wanted && !is_wanted(w, &facts)) {
        item.kind = RT_H5_NAME;
        return give(w, &item);
    }
    hid_t space = H5Dget_space(array), type = H5Dget_type(array);
    int rank = space >= 0 ? H5Sget_simple_extent_ndims(space) : -1;
    item.array.dtype = type < 0                      ? RT_N_DTYPES
                       : w->wanted && is_truth(type) ? RT_bool
                                                     : dtype_of(type);
    bool fine =
        rank >= 0 && rank <= RT_MAX_RANK && H5Sget_simple_extent_dims(space, dims, NULL) >= 0;
    rt_hdf5_drop(space, H5Sclose);
    rt_hdf5_drop(type, H5Tclose);
    item.array.rank = (uint32_t)rank;
    for (int i = 0; fine && i < rank; i++) {
        fine = dims[i] <= INT64_MAX;
        item.array.dims[i] = (int64_t)dims[i];
    }
    if (!fine)
        return wrong(w, "has impossible sizes");
    if (item.array.dtype == RT_N_DTYPES && w->wanted)
        return wrong(w, "holds no numbers that can be read: known are bool, u8, i8, u16, i16, u32, "
                        "i32, i64, f16, f32, f64");
    if (item.array.dtype == RT_N_DTYPES)
        return RT_OK; /* texts, truth values: nobody asks for them */
    RtStatus status = check_storage(w, array);
    if (status != RT_OK)
        return status;
    return facts ? give(w, &item) : read_numbers(w, array, &item);
}

/* ---- groups ---- */

static RtStatus walk_group(Walk *w, hid_t group, int depth);

static RtStatus walk_object(Walk *w, hid_t object, int depth)
{
    H5I_type_t type = H5Iget_type(object);
    RtStatus status = RT_OK;
    RtH5Item item = {.kind = RT_H5_GROUP, .path = w->path, .name = ""};
    if (type == H5I_DATASET)
        status = read_array(w, object);
    else if (type == H5I_GROUP)
        status = *w->path && !w->wanted ? give(w, &item) : RT_OK;
    if (status == RT_OK && !w->wanted)
        status = read_attributes(w, object);
    return status == RT_OK && type == H5I_GROUP ? walk_group(w, object, depth + 1) : status;
}

static RtStatus walk_link(Walk *w, hid_t group, hsize_t i, int depth)
{
    char name[MOST_NAME];
    H5L_info_t link;
    size_t at = strlen(w->path);
    ssize_t n = H5Lget_name_by_idx(group, ".", H5_INDEX_NAME, H5_ITER_INC, i, name, sizeof name,
                                   H5P_DEFAULT);
    if (n < 0 || n >= (ssize_t)sizeof name || at + (size_t)n + 2 > sizeof w->path || !*name ||
        strchr(name, '/'))
        return wrong(w, "holds a name that cannot be used");
    bool own = H5Lget_info(group, name, &link, H5P_DEFAULT) >= 0 && link.type == H5L_TYPE_HARD;
    if (!own && !w->wanted)
        return wrong(w, "holds a link to another place");
    if (at)
        w->path[at++] = '/';
    memcpy(w->path + at, name, (size_t)n + 1);
    hid_t object = own ? H5Oopen(group, name, H5P_DEFAULT) : -1;
    RtStatus status = object >= 0          ? walk_object(w, object, depth)
                      : own                ? damaged(w)
                      : leads_to_wanted(w) ? wrong(w, "is a link to another place")
                                           : RT_OK;
    rt_hdf5_drop(object, H5Oclose);
    w->path[at ? at - 1 : 0] = 0;
    return status;
}

static RtStatus walk_group(Walk *w, hid_t group, int depth)
{
    H5G_info_t info;
    RtStatus status = RT_OK;
    if (depth > MOST_DEPTH)
        return wrong(w, "lies too deep");
    if (H5Gget_info(group, &info) < 0)
        return damaged(w);
    for (hsize_t i = 0; i < info.nlinks && status == RT_OK; i++)
        status = walk_link(w, group, i, depth);
    return status;
}

/* ---- the file in memory ---- */

/* libhdf5 would copy the bytes twice; it only reads them, so each copy may be the bytes themselves. */
static void *image_same(size_t size, H5FD_file_image_op_t op, void *bytes)
{
    (void)size;
    (void)op;
    return bytes;
}

static void *image_copied(void *to, const void *from, size_t size, H5FD_file_image_op_t op,
                          void *bytes)
{
    (void)op;
    (void)bytes;
    return to == from ? to : memcpy(to, from, size);
}

static void *image_grown(void *old, size_t size, H5FD_file_image_op_t op, void *bytes)
{
    (void)old;
    (void)size;
    (void)op;
    (void)bytes;
    return NULL;
}

static herr_t image_kept(void *old, H5FD_file_image_op_t op, void *bytes)
{
    (void)old;
    (void)op;
    (void)bytes;
    return 0;
}

static void *owner_same(void *bytes)
{
    return bytes;
}

static herr_t owner_kept(void *bytes)
{
    (void)bytes;
    return 0;
}

static bool set_image(hid_t access, const void *file, size_t size)
{
    void *bytes = (void *)(uintptr_t)file; /* only read */
    H5FD_file_image_callbacks_t calls = {image_same, image_copied, image_grown, image_kept,
                                         owner_same, owner_kept,   bytes};
    return H5Pset_fapl_core(access, 1 << 16, 0) >= 0 &&
           H5Pset_file_image_callbacks(access, &calls) >= 0 &&
           H5Pset_file_image(access, bytes, size) >= 0;
}

static RtStatus walk(const void *bytes, size_t size, const RtH5Wanted *wanted,
                     RtStatus (*give_to)(void *cx, const RtH5Item *item, RtError *error), void *cx,
                     RtError *error)
{
    Walk w = {.file = -1,
              .bytes = bytes,
              .size = size,
              .wanted = wanted,
              .give = give_to,
              .cx = cx,
              .error = error};
    rt_hdf5_quiet();
    (void)H5PLset_loading_state(0); /* no code of others */
    hid_t access = H5Pcreate(H5P_FILE_ACCESS), root = -1;
    if (set_image(access, bytes, size))
        w.file = H5Fopen("file", H5F_ACC_RDONLY, access);
    RtStatus status = RT_OK;
    if (w.file >= 0)
        root = H5Oopen(w.file, "/", H5P_DEFAULT);
    if (root < 0)
        status = rt_fail(error, "it is cut off, or not HDF5");
    else
        status = walk_object(&w, root, 0);
    rt_hdf5_drop(root, H5Oclose);
    rt_hdf5_drop(w.file, H5Fclose);
    rt_hdf5_drop(access, H5Pclose);
    return status;
}

const RtHdf5 rt_hdf5_library = {rt_hdf5_lay_out, walk};
