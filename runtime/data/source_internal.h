/* source_internal.h: what a reader gets and gives. Each row of sources.def that is built has one:
 * rt_read_ID. */
#ifndef NNLC_RUNTIME_DATA_SOURCE_INTERNAL_H
#define NNLC_RUNTIME_DATA_SOURCE_INTERNAL_H

#include "runtime/data/input.h"
#include "runtime/data/source.h"

typedef struct RtReading {
    const RtSourceDesc *source;
    const RtDirs *dirs;
    bool facts_only; /* x may stay without data (data == NULL) */
    RtError *error;
    /* results */
    bool missing; /* the failure is a file that is nowhere */
    char *path;   /* the first file as found; NULL: made data */
    char *y_path; /* the file of the targets where they have their own, else NULL */
    RtArray *x, *y;
    RtNames class_names, columns;
} RtReading;

/* A reader fills the results; what a failing one leaves there is closed by rt_reading_close. */
#define ROW_BUILT(id) RtStatus rt_read_##id(RtReading *r) RT_MUST_USE;
#define ROW_LATER(id)
#define ROW(id, name, aliases, state, family, doc) ROW_##state(id)
#include "runtime/abi/sources.def"
#undef ROW_BUILT
#undef ROW_LATER

/* Runs the row's reader and checks what comes: as many targets as samples, and at least one. */
RtStatus rt_reading_run(RtReading *r) RT_MUST_USE;
void rt_reading_close(RtReading *r);
/* The source's name in messages: its first file, or that of its targets; else "blobs". */
const char *rt_reading_label(const RtReading *r);
const char *rt_reading_y_label(const RtReading *r);

/* The file that an argument names, opened. Sets `path`, the second time y_path, and `missing`. */
RtStatus rt_reading_open(RtReading *r, const char *argument, RtInput **out) RT_MUST_USE;

#endif
