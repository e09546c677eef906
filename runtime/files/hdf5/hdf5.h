/* hdf5.h: HDF5 files as lists of groups, arrays and texts.
 *
 * libhdf5 was not made for hostile files, nor for a lack of memory. So a child process uses it, the program running
 * itself again; at worst it ends, and the parent says so. A reader has limits on memory, time and files, and gets the
 * file open, or in shared memory. What it finds comes back through a socket: of arrays that lie in the file as in memory,
 * their places. Links, external storage and filters but deflate are refused. A writer gets all but the numbers, and
 * tells the layout of the file, which the parent fills and writes. */
#ifndef NNLC_RUNTIME_FILES_HDF5_HDF5_H
#define NNLC_RUNTIME_FILES_HDF5_HDF5_H

#include "runtime/files/stream.h"
#include "runtime/files/tensors.h"

typedef enum {
    RT_H5_GROUP,
    RT_H5_ARRAY,
    RT_H5_TEXT,  /* an attribute */
    RT_H5_TEXTS, /* an attribute that is a list */
    RT_H5_NAME   /* an array that was not asked for */
} RtH5Kind;

typedef struct RtH5Item {
    RtH5Kind kind;
    const char *path; /* of the group or array, "layers/dense/vars/0"; "" is the root */
    const char *name; /* of an attribute of the object at `path`; else "" */
    RtTensor array; /* RT_H5_ARRAY; its name is `path`; without data where only facts were wanted */
    uint32_t n;     /* RT_H5_TEXT: 1; RT_H5_TEXTS */
    const char *const *texts;
} RtH5Item;

typedef struct RtH5File {
    uint32_t n;
    const RtH5Item
        *items; /* objects in the order of their names, each before its attributes and parts */
    struct RtH5Store *store;
} RtH5File;

/* Arrays that are wanted, by their paths, truth values too: attributes and other arrays are left alone. */
typedef struct RtH5Wanted {
    uint32_t n;
    const char *const *paths;
    const bool *facts_only; /* type and sizes */
} RtH5Wanted;

/* Is libhdf5 part of this program? */
bool rt_hdf5_is_there(void);
/* The same before a file is written; it must be there. */
RtStatus rt_hdf5_check(const char *path, RtError *error) RT_MUST_USE;
/* The bytes of a file: the numbers of arrays lie where the items have them. */
typedef struct RtH5Image {
    size_t n;
    RtSpan *pieces;
    void *memory; /* all but these numbers */
} RtH5Image;

/* Groups before what is in them, in the order given. The same items give the same bytes. The caller frees *out. */
RtStatus rt_hdf5_image(const RtH5Item *items, uint32_t n, RtH5Image *out,
                       RtError *error) RT_MUST_USE;
void rt_hdf5_image_free(RtH5Image *image);
/* Whole or not at all (atomic.h). */
RtStatus rt_hdf5_write(const char *path, const RtH5Item *items, uint32_t n,
                       RtError *error) RT_MUST_USE;

bool rt_hdf5_is(const void *bytes, size_t size);
/* The bytes of numbers that a file of this size can hold: deflate packs 1032 into one. */
uint64_t rt_hdf5_most_numbers(size_t size);
/* All of a file. `name` stands for the path in messages. The caller closes *out. */
RtStatus rt_hdf5_parse(const void *bytes, size_t size, const char *name, RtH5File **out,
                       RtError *error) RT_MUST_USE;
/* What spares copies. */
typedef struct RtH5Origin {
    int fd; /* an open file in which the bytes lie, from `at` on; -1: none */
    uint64_t at;
    bool last; /* the bytes outlive what is read, which may lie in them */
} RtH5Origin;

/* With `wanted` only these arrays, and the names of all others; NULL: everything. */
RtStatus rt_hdf5_read(const void *bytes, size_t size, const char *name, RtH5Origin origin,
                      const RtH5Wanted *wanted, RtH5File **out, RtError *error) RT_MUST_USE;
void rt_hdf5_close(RtH5File *file); /* NULL: nothing */
/* The numbers of an array, which become the caller's. */
RtArray *rt_hdf5_take_array(RtH5File *file, uint32_t item);
/* To be called first by every main: if this process is such a child, it does its work and *code is its exit
 * code. */
bool rt_hdf5_child(int argc, char **argv, int *code);

/* A file without the numbers of its arrays. */
typedef struct RtH5Layout {
    size_t n;
    unsigned char *memory; /* the other bytes of the file, without holes where numbers lie */
    uint64_t *places;      /* by item: where its numbers lie; 0: it has none */
} RtH5Layout;

/* The way to libhdf5, or to its absence: reached by a weak reference only, as zlib is (inflate.h). Used by child
 * processes. */
typedef struct RtHdf5 {
    /* Looks at no numbers. Freed by rt_layout_free (layout.h). */
    RtStatus (*lay_out)(const RtH5Item *items, uint32_t n, RtH5Layout *out, RtError *error);
    /* Calls `give` for each item of a file in memory; ends when that fails. The data of an array may be part of
     * the file. wanted: NULL: everything. */
    RtStatus (*walk)(const void *bytes, size_t size, const RtH5Wanted *wanted,
                     RtStatus (*give)(void *cx, const RtH5Item *item, RtError *error), void *cx,
                     RtError *error);
} RtHdf5;

extern const RtHdf5 rt_hdf5_library;

#endif
