/* source.h: where samples come from: one row of runtime/abi/sources.def with its arguments. */
#ifndef NNLC_RUNTIME_DATA_SOURCE_H
#define NNLC_RUNTIME_DATA_SOURCE_H

#include "runtime/data/find.h"
#include "runtime/data/table.h"

/* An argument by its name in sources.def. Whole numbers and truth values are numbers. */
typedef struct RtSourceArg {
    const char *name;
    enum { RT_ARG_NONE, RT_ARG_NUMBER, RT_ARG_TEXT, RT_ARG_TEXTS } kind;
    double number;
    const char *text;
    uint32_t n;
    const char *const *texts;
    const int64_t
        *places; /* of each text, if it is a column by index, else INT64_MIN; NULL: of none */
} RtSourceArg;

typedef struct RtSourceDesc {
    const char *name; /* "csv" */
    uint32_t n_args;
    const RtSourceArg *args; /* all arguments of the row, defaults filled in */
    uint64_t default_seed;   /* where the argument seed is none */
    const RtDirs *dirs;      /* its own folders; NULL: those that the call names */
    const void *bytes;       /* of its only file, where this is no file; its path names them then */
    size_t n_bytes;
    bool held_out; /* the rows are not for training: of two sets in one place it is the other one */
    uint32_t n_keep; /* columns of a table whose texts stay, too */
    const char *const *keep;
    uint32_t n_texts; /* columns of a table that hold texts, also where all cells are numbers */
    const char *const *texts;
} RtSourceDesc;

/* What a source gave: samples as an array or as a table, and their targets. */
typedef struct RtReading {
    RtArray *x;          /* [rows, …]; NULL: a table, or nothing was read */
    RtTable *table;      /* NULL: an array */
    RtArray *y;          /* [rows, …]; NULL: there are no targets */
    RtArray *weights;    /* [rows, …], f32, from 0 on: what samples count; NULL: once */
    RtNames class_names; /* text targets only, sorted */
    RtNames columns;     /* tables: the columns of the inputs, as the source names them ... */
    uint32_t *features;  /* ... and where they stand in the table */
    char *path;          /* the first file as found; NULL: made data */
    char *y_path;        /* the file of the targets where they have their own, else NULL */
    char *weights_path;  /* ... and of the weights */
    const char *name;    /* of the source */
    RtNames y_columns;   /* tables: the columns of the targets */
    bool missing;        /* the failure is a file that was not found */
} RtReading;

/* Reads everything. With facts_only x may stay without data (x->data == NULL). The caller closes *out,
 * also after a failure. */
RtStatus rt_source_read(const RtSourceDesc *source, const RtDirs *dirs, bool facts_only,
                        RtReading *out, RtError *error) RT_MUST_USE;
void rt_reading_close(RtReading *r);
/* Rows, and values of one row of the inputs, before transforms. */
int64_t rt_reading_rows(const RtReading *r);
int64_t rt_reading_row(const RtReading *r);
/* The source's name in messages: its first file, or that of its targets; else "blobs". */
const char *rt_reading_label(const RtReading *r);
const char *rt_reading_y_label(const RtReading *r);
/* A row's place for messages: "line 7 of 't.csv'", or "row 3 of 'x.npy'" (counted from 1). With `targets`
 * in the file of the targets. Returns buf. */
const char *rt_reading_place(const RtReading *r, int64_t row, bool targets, char *buf, size_t size);

/* An argument, or NULL; its value, or `fallback` where it is none or missing. */
const RtSourceArg *rt_source_arg(const RtSourceDesc *source, const char *name);
double rt_source_number(const RtSourceDesc *source, const char *name, double fallback);
const char *rt_source_text(const RtSourceDesc *source, const char *name, const char *fallback);

#endif
