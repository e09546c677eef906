/* split.h: how many rows a part gets that is drawn from the training part. */
#ifndef NNLC_RUNTIME_ABI_SPLIT_H
#define NNLC_RUNTIME_ABI_SPLIT_H

#include <stdint.h>

/* Rows that leave a data set of n rows: n - floor(n (1 - fraction)), computed in double. */
static inline int64_t rt_split_rows(int64_t n, double fraction)
{
    return n - (int64_t)((double)n * (1.0 - fraction));
}

/* Rows of the parts train, validation, test of n rows; fraction 0: that part is not drawn from them.
 * Fractions are of the whole; what neither takes stays for training (0 or less: nothing does). */
static inline void rt_split_counts(int64_t n, double test_fraction, double validation_fraction,
                                   int64_t rows[3])
{
    rows[2] = test_fraction > 0 ? rt_split_rows(n, test_fraction) : 0;
    rows[1] = validation_fraction > 0 ? rt_split_rows(n, validation_fraction) : 0;
    rows[0] = n - rows[1] - rows[2];
}

#endif
