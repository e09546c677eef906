/* shape.h: how large arrays may be, and the sizes that a reshape gives: for layers, transforms, data files
 * and results alike. */
#ifndef NNLC_RUNTIME_ABI_SHAPE_H
#define NNLC_RUNTIME_ABI_SHAPE_H

#include <stdbool.h>
#include <stdint.h>

/* Axes of an array; the first one counts the rows, so that a row has one axis less. */
enum { RT_MAX_RANK = 8, RT_MAX_ROW_RANK = RT_MAX_RANK - 1 };

/* No array, and no row, has more elements. No size in bytes overflows then. */
#define RT_MAX_ELEMENTS (INT64_C(1) << 40)

/* The product of `n` sizes to *count. False: one is negative, or it is more than RT_MAX_ELEMENTS. */
static inline bool rt_elements(const int64_t *sizes, uint32_t n, int64_t *count)
{
    int64_t product = 1;
    bool is_empty = false;
    for (uint32_t i = 0; i < n; i++) {
        if (sizes[i] < 0 || sizes[i] > RT_MAX_ELEMENTS / product)
            return false;
        is_empty = is_empty || sizes[i] == 0;
        product *= sizes[i] ? sizes[i] : 1;
    }
    *count = is_empty ? 0 : product;
    return true;
}

/* `sizes` (n of them, one may be -1) for `count` elements into dims, the -1 worked out (0 where it cannot
 * be). False: they do not hold exactly `count` elements. */
static inline bool rt_reshape(const int64_t *sizes, uint32_t n, int64_t count, int64_t *dims)
{
    int64_t known = 1;
    uint32_t open = n;
    bool fits = true;
    for (uint32_t i = 0; i < n; i++) {
        dims[i] = sizes[i];
        if (sizes[i] < 0) {
            fits = fits && open == n;
            open = i;
            dims[i] = 0;
        } else if (known && sizes[i] > INT64_MAX / known) {
            fits = false;
        } else {
            known *= sizes[i];
        }
    }
    if (open < n && fits && known)
        known *= dims[open] = count / known;
    return fits && known == count;
}

#endif
