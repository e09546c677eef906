/* reshape.h: the sizes that a reshape gives: for layers, transforms and data alike. */
#ifndef NNLC_RUNTIME_ABI_RESHAPE_H
#define NNLC_RUNTIME_ABI_RESHAPE_H

#include <stdbool.h>
#include <stdint.h>

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
        } else if (known && sizes[i] > INT64_MAX / known) {
            fits = false;
        } else {
            known *= sizes[i];
        }
    }
    for (uint32_t i = 0; i < n; i++)
        if (sizes[i] < 0)
            dims[i] = 0;
    if (open < n && fits && known)
        known *= dims[open] = count / known;
    return fits && known == count;
}

#endif
