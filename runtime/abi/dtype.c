/* dtype.c: the rows of dtypes.def as a table. */
#include "runtime/abi/dtype.h"

#include <math.h>
#include <string.h>

static const RtDtypeInfo dtypes[] = {
#define DTYPE(id, size, numpy, safetensors, is_float, is_signed)                                   \
    {#id, numpy, safetensors, size, is_float, is_signed},
#include "runtime/abi/dtypes.def"
};

const RtDtypeInfo *rt_dtype(RtDtype dtype)
{
    return &dtypes[dtype];
}

RtDtype rt_dtype_named(const char *name)
{
    for (int i = 0; i < RT_N_DTYPES; i++)
        if (!strcmp(dtypes[i].name, name))
            return (RtDtype)i;
    return RT_N_DTYPES;
}

int64_t rt_saturate(RtDtype to, double x)
{
    const RtDtypeInfo *t = rt_dtype(to);
    int bits = (int)t->size * 8 - t->is_signed;
    if (isnan(x))
        return 0;
    if (bits >= 63)
        return x <= -0x1p63 ? INT64_MIN : x >= 0x1p63 ? INT64_MAX : (int64_t)x;
    double most = (double)((INT64_C(1) << bits) - 1), least = t->is_signed ? -most - 1 : 0;
    return (int64_t)(x < least ? least : x > most ? most : x);
}
