/* library_hdf5.h: what the files share that use libhdf5. */
#ifndef NNLC_RUNTIME_FILES_HDF5_LIBRARY_HDF5_H
#define NNLC_RUNTIME_FILES_HDF5_LIBRARY_HDF5_H

#include <hdf5.h>

#include "runtime/files/hdf5/hdf5.h"

RtStatus rt_hdf5_lay_out(const RtH5Item *items, uint32_t n, RtH5Layout *out,
                         RtError *error) RT_MUST_USE;

/* No messages of its own. */
static inline void rt_hdf5_quiet(void)
{
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
}

static inline void rt_hdf5_drop(hid_t id, herr_t (*close)(hid_t))
{
    if (id >= 0)
        (void)close(id);
}

#endif
