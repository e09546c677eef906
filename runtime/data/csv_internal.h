/* csv_internal.h: a table while it is read: what the files csv_*.c share. */
#ifndef NNLC_RUNTIME_DATA_CSV_INTERNAL_H
#define NNLC_RUNTIME_DATA_CSV_INTERNAL_H

#include "runtime/data/csv_scan.h"
#include "runtime/data/missing.h"
#include "runtime/data/source_internal.h"
#include "runtime/data/table_rows.h"

/* No cell so far but missing ones; numbers only; texts that are kept; texts behind numbers. A column of
 * targets, whose kind is CsvTarget's. */
typedef enum { CSV_OPEN, CSV_NUMBERS, CSV_TEXTS, CSV_LATE, CSV_TARGET } CsvKind;

enum { MOST_UNEVEN = 3 };

/* The columns of the targets. Texts are the target of a row alone. */
typedef struct CsvTarget {
    uint32_t n; /* 0: none */
    uint32_t *columns;
    CsvKind kind;
    bool has_fraction; /* a number is not an integer of 32 bits */
    double *values;    /* [rows][n] */
    int32_t *codes;
    RtTexts texts;
    char *wrong; /* the first number that f32 cannot hold, with its place */
    bool drop;   /* rows without one are left out ... */
    int64_t n_missing;
    char *missing; /* ... else they are an error: the first of them */
} CsvTarget;

typedef struct Csv {
    RtReader *r;
    RtError *error;
    RtInput *in;
    int64_t size; /* bytes of the file; -1: only reading it tells */
    RtCsvScan scan;
    char point;
    RtMissing missing;
    RtTable *table;
    RtTableRows rows;
    RtTexts names; /* of the columns, for look-ups */
    CsvTarget target;
    int64_t weights;      /* the column of the weights; -1: none */
    int64_t cap;          /* rows that there is room for in what grows row by row */
    uint32_t *keep;       /* columns whose texts stay: table->kept.n */
    uint32_t *empty;      /* columns that are missing in the row that csv_fast.c reads */
    unsigned char *kinds; /* of each column, as far as it was read: CsvKind */
    RtNames late;         /* columns that turned out to hold texts behind numbers: the next reading
                           * knows it */
    uint32_t n_named;     /* columns that the header has a name for */
    int64_t n_uneven;     /* rows of another length ... */
    int64_t n_ended;      /* ... which have one field more, an empty one at the end */
    struct {
        int64_t line;
        uint32_t fields;
    } uneven[MOST_UNEVEN];
} Csv;

static inline const char *csv_path(const Csv *c)
{
    return c->scan.path;
}

RtStatus csv_no_memory(const Csv *c) RT_MUST_USE;
/* A message about a cell of the last record, in malloc memory; NULL: there is none. */
char *csv_cell_text(const Csv *c, uint32_t column, const char *what);
/* Why this is no number: "'3,5' is not a number; should it be decimal=\",\"?" Returns buf. */
const char *csv_no_number(const Csv *c, const char *text, char *buf, size_t size);
/* "'NA' is a missing value". Returns buf. */
const char *csv_is_missing(const char *text, char *buf, size_t size);

/* csv_columns.c: the header, and which columns are what. */
RtStatus csv_find_columns(Csv *c) RT_MUST_USE;
/* The help of an error, where the first line looks like a title. */
void csv_help_title(const Csv *c);

/* csv_rows.c: all rows; the header was read, the columns are known. */
RtStatus csv_read_rows(Csv *c) RT_MUST_USE;
/* A row was read: where it stands, what is kept of it, and that it is complete. */
RtStatus csv_add_row(Csv *c, int64_t line) RT_MUST_USE;

/* csv_fast.c: the next record, where it is as most are. RT_END: it is not; nothing was read then. */
RtStatus csv_read_fast(Csv *c) RT_MUST_USE;

/* csv_targets.c: the target of the last record. *left_out: the row is not taken. */
RtStatus csv_target_add(Csv *c, bool *left_out) RT_MUST_USE;
/* A number of one of the targets (from 0), or the text, that is none of the missing ones. */
RtStatus csv_target_number(Csv *c, uint32_t target, double value, bool is_int) RT_MUST_USE;
RtStatus csv_target_text(Csv *c, const char *text, size_t n) RT_MUST_USE;
/* Room for as many rows as c->cap. */
RtStatus csv_target_grow(Csv *c) RT_MUST_USE;
/* All of them into the reading. */
RtStatus csv_target_store(Csv *c) RT_MUST_USE;
void csv_target_close(CsvTarget *t);

#endif
