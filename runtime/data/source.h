/* source.h: where samples come from: one row of runtime/abi/sources.def with its arguments. */
#ifndef NNLC_RUNTIME_DATA_SOURCE_H
#define NNLC_RUNTIME_DATA_SOURCE_H

#include "runtime/data/find.h"
#include "runtime/data/store.h"

/* An argument by its name in sources.def. Whole numbers and truth values are numbers. */
typedef struct RtSourceArg {
    const char *name;
    enum { RT_ARG_NONE, RT_ARG_NUMBER, RT_ARG_TEXT, RT_ARG_TEXTS } kind;
    double number;
    const char *text;
    uint32_t n;
    const char *const *texts;
} RtSourceArg;

typedef struct RtSourceDesc {
    const char *name; /* "csv" */
    uint32_t n_args;
    const RtSourceArg *args; /* all arguments of the row, defaults filled in */
    uint64_t default_seed;   /* where the argument seed is none */
    const RtDirs *dirs;      /* its own folders; NULL: those that the call names */
} RtSourceDesc;

/* Reads everything: x [rows, …], y [rows, …] or NULL where there are no targets, the names of the
 * classes (text targets only, sorted) and of the columns of x (tables only). On success the caller
 * closes and frees all four; otherwise they are untouched. */
RtStatus rt_source_read(const RtSourceDesc *source, const RtDirs *dirs, RtArray **x, RtArray **y,
                        RtNames *class_names, RtNames *columns, RtError *error) RT_MUST_USE;

/* An argument, or NULL; its value, or `fallback` where it is none or missing. */
const RtSourceArg *rt_source_arg(const RtSourceDesc *source, const char *name);
double rt_source_number(const RtSourceDesc *source, const char *name, double fallback);
const char *rt_source_text(const RtSourceDesc *source, const char *name, const char *fallback);

#endif
