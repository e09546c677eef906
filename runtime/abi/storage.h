/* storage.h: how a state's elements lie in memory.
 *
 * Two storages. Row-major: element (i, j, …) in C order. Strip-packed, for a matrix [rows, cols]
 * that contractions read column strip by column strip: the columns are cut into strips of `wide`
 * vectors of `vector` elements, the last ones possibly of `narrow` vectors; strip s holds its rows one
 * after another: [strip][row][column in strip]. The last strip may reach past `cols`: these pads are
 * never read into a logical value. Strips of one column are a matrix in column-major order. Nothing but
 * what is declared here and codegen may assume any of them. */
#ifndef NNLC_RUNTIME_ABI_STORAGE_H
#define NNLC_RUNTIME_ABI_STORAGE_H

#include <stdbool.h>
#include <stdint.h>

typedef enum { STORAGE_row_major, STORAGE_strip_packed } StorageKind;

typedef struct Storage {
    StorageKind kind;
    int64_t rows, cols; /* strip-packed only */
    int32_t vector;     /* elements of a vector */
    int32_t wide;       /* vectors of a wide strip */
    int32_t n_wide;     /* wide strips; after them narrow ones */
    int32_t narrow;     /* vectors of a narrow strip */
    int32_t n_narrow;
} Storage;

/* Position, in elements, of (row, col). */
static inline int64_t rt_storage_index(const Storage *s, int64_t row, int64_t col)
{
    int64_t wide_cols = (int64_t)s->n_wide * s->wide * s->vector;
    int64_t width = (int64_t)(col < wide_cols ? s->wide : s->narrow) * s->vector;
    int64_t start = col < wide_cols ? 0 : wide_cols;
    int64_t strip = (col - start) / width;
    return (start + strip * width) * s->rows + row * width + (col - start) % width;
}

/* Column-major: element (row, col) lies at col * rows + row. */
static inline bool rt_storage_by_columns(const Storage *s)
{
    return s->kind == STORAGE_strip_packed && s->vector == 1 && s->wide == 1 && !s->n_narrow;
}

/* Elements of memory, pads included. */
static inline int64_t rt_storage_elements(const Storage *s, int64_t count)
{
    if (s->kind == STORAGE_row_major)
        return count;
    return ((int64_t)s->n_wide * s->wide + (int64_t)s->n_narrow * s->narrow) * s->vector * s->rows;
}

/* Visits all `count` elements in logical order, in runs that lie one after another in both orders: the run begins
 * at element `stored` of the memory. */
typedef void StorageVisit(void *cx, int64_t stored, int64_t logical, int64_t n);
void rt_storage_visit(const Storage *s, int64_t count, StorageVisit *visit, void *cx);

#endif
