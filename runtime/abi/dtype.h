/* dtype.h: element types, from dtypes.def. */
#ifndef NNLC_RUNTIME_ABI_DTYPE_H
#define NNLC_RUNTIME_ABI_DTYPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
#define DTYPE(id, size, numpy, safetensors, is_float, is_signed) RT_##id,
#include "runtime/abi/dtypes.def"
    RT_N_DTYPES
} RtDtype;

typedef struct RtDtypeInfo {
    const char *name;        /* "f32" */
    const char *numpy;       /* "<f4"; "" where NumPy has none */
    const char *safetensors; /* "F32" */
    size_t size;             /* bytes */
    bool is_float, is_signed;
} RtDtypeInfo;

const RtDtypeInfo *rt_dtype(RtDtype dtype);
/* The type with this short name, or RT_N_DTYPES. */
RtDtype rt_dtype_named(const char *name);
/* x as an integer of this type: cut off towards 0; the nearest that there is where x
 * is outside; 0 for NaN. C leaves a cast undefined there. */
int64_t rt_saturate(RtDtype to, double x);
static inline int64_t rt_to_i64(double x)
{
    return rt_saturate(RT_i64, x);
}

#endif
