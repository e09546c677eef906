/* dtype.c: the rows of dtypes.def as a table. */
#include "runtime/abi/dtype.h"

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
