/* npz.h: arrays out of a NumPy archive: a zip file of .npy members. */
#ifndef NNLC_RUNTIME_DATA_NPZ_H
#define NNLC_RUNTIME_DATA_NPZ_H

#include "runtime/data/store.h"
#include "runtime/data/zip.h"

/* The array that a member holds; with facts_only without data. */
RtStatus rt_npz_member(const RtZip *zip, const RtZipMember *member, bool facts_only, RtArray **out,
                       RtError *error) RT_MUST_USE;

#endif
