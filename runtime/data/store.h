/* store.h: arrays in memory, as readers make them and batches are taken from.
 *
 * Row-major; the first dimension counts the rows. An array owns its data, which is 64-byte aligned; borrowed data is
 * aligned for its type. */
#ifndef NNLC_RUNTIME_DATA_STORE_H
#define NNLC_RUNTIME_DATA_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runtime/abi/name_index.h"
#include "runtime/abi/dtype.h"
#include "runtime/abi/shape.h"
#include "runtime/abi/status.h"

typedef struct RtArray {
    RtDtype dtype;
    uint32_t rank; /* at least 1 */
    int64_t dims[RT_MAX_RANK];
    void *data;
    size_t bytes;
    bool borrowed; /* not to be changed */
} RtArray;

/* A list of strings, in malloc memory. */
typedef struct RtNames {
    uint32_t n;
    char **at;
} RtNames;

/* Product of n factors; false if one is negative or the product is too large for an int64_t, zeros
 * left out: the product of any of the factors fits, too. */
bool rt_multiply(const int64_t *factors, uint32_t n, int64_t *product);

/* "60000 x 28 x 28" into buf (cut to what fits); returns buf. */
char *rt_dims_text(char *buf, size_t size, uint32_t rank, const int64_t *dims);

/* An array with memory for its data; its contents are undefined. `what` names it in messages. */
RtStatus rt_array_open(RtDtype dtype, uint32_t rank, const int64_t *dims, const char *what,
                       RtArray **out, RtError *error) RT_MUST_USE;
/* The same with its contents: somebody's elements, borrowed if they last and are aligned, else copied. */
RtStatus rt_array_of(RtDtype dtype, uint32_t rank, const int64_t *dims, const void *elements,
                     bool last, const char *what, RtArray **out, RtError *error) RT_MUST_USE;
void rt_array_close(RtArray *array); /* NULL: nothing */

/* Elements of one row. */
int64_t rt_array_row(const RtArray *array);
/* One element of any type as a double (i64: rounded). */
double rt_array_f64(const RtArray *array, int64_t element);
/* `n` elements from `element` on. */
void rt_array_get_f64(const RtArray *array, int64_t element, int64_t n, double *out);

/* A copy of a string; NULL: no memory. */
char *rt_text_copy(const char *text);
/* Does the text end like this, with something before it? */
bool rt_text_ends(const char *text, const char *end);
/* Adds a copy. RT_ERROR: no memory. */
RtStatus rt_names_add(RtNames *names, const char *name, RtError *error) RT_MUST_USE;
/* The place of a name, or -1. */
int64_t rt_names_find(const RtNames *names, const char *name);
/* To find many of them; *room is in malloc memory. */
RtStatus rt_names_index(const RtNames *names, RtNamePlace **room, RtNameIndex *out,
                        RtError *error) RT_MUST_USE;
/* The name that a misspelt one probably means, or NULL. */
const char *rt_names_suggest(const RtNames *names, const char *name);
/* "apple, pear, plum, ...": the first eight. Returns buf. */
const char *rt_names_text(const RtNames *names, char *buf, size_t size);
void rt_names_free(RtNames *names);

#endif
