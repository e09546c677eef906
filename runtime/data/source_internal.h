/* source_internal.h: what a reader gets and gives. Each row of sources.def that is built has one:
 * rt_read_ID. */
#ifndef NNLC_RUNTIME_DATA_SOURCE_INTERNAL_H
#define NNLC_RUNTIME_DATA_SOURCE_INTERNAL_H

#include "runtime/data/input.h"
#include "runtime/data/source.h"

/* A reading under way: what is asked for, and what there is so far. */
typedef struct RtReader {
    const RtSourceDesc *source;
    const RtDirs *dirs;
    bool facts_only;
    RtReading *out;
    RtError *error;
} RtReader;

/* A reader fills the results; what a failing one leaves there the caller closes. */
#define ROW_BUILT(id) RtStatus rt_read_##id(RtReader *r) RT_MUST_USE;
#define ROW_LATER(id)
#define ROW(id, name, aliases, state, family, doc) ROW_##state(id)
#include "runtime/abi/sources.def"
#undef ROW_BUILT
#undef ROW_LATER

/* The file that an argument names, opened. Sets `path`, the second time y_path, for the argument `weights`
 * weights_path; and `missing`. */
RtStatus rt_reader_open(RtReader *r, const char *argument, RtInput **out) RT_MUST_USE;
/* All bytes of that file (see rt_input_all), in malloc memory; an empty file is an error. The caller closes *in, also after a failure. */
RtStatus rt_reader_bytes(RtReader *r, const char *argument, RtInput **in, RtStarts *starts,
                         unsigned char **bytes, size_t *size) RT_MUST_USE;
/* The folder that an argument names, as found, in malloc memory; NULL: it names no folder, or nothing. */
RtStatus rt_reader_folder(RtReader *r, const char *argument, char **out) RT_MUST_USE;

/* A file of several arrays lacks one of this name; `names` are there. */
RtStatus rt_fail_no_array(const char *path, const RtNames *names, const char *name,
                          RtError *error) RT_MUST_USE;

/* sample_weights.c: those that are an array of their own, named by the argument `weights`. */
RtStatus rt_sample_weights_file(RtReader *r) RT_MUST_USE;
/* Those of a table's column, which must hold numbers. */
RtStatus rt_sample_weights_column(RtReader *r, uint32_t column) RT_MUST_USE;
/* One row for each sample, in f32, numbers from 0 on; else an error that names the row. */
RtStatus rt_sample_weights_settle(RtReading *r, RtError *error) RT_MUST_USE;

#endif
