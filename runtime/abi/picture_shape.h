/* picture_shape.h: which arrays are pictures: (height, width), or with 1 or 3 channels behind. */
#ifndef NNLC_RUNTIME_ABI_PICTURE_SHAPE_H
#define NNLC_RUNTIME_ABI_PICTURE_SHAPE_H

#include <stdbool.h>
#include <stdint.h>

/* Height, width and channels to *out; false: it is none. */
static inline bool rt_picture_shape(uint32_t rank, const int64_t *dims, int64_t out[3])
{
    out[0] = rank > 0 ? dims[0] : 0;
    out[1] = rank > 1 ? dims[1] : 0;
    out[2] = rank > 2 ? dims[2] : 1;
    return (rank == 2 || rank == 3) && out[0] > 0 && out[1] > 0 && (out[2] == 1 || out[2] == 3);
}

#endif
