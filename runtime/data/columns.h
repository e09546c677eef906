/* columns.h: the columns that somebody takes, found in a table: the one place where a later file meets
 * what was known of an earlier one. */
#ifndef NNLC_RUNTIME_DATA_COLUMNS_H
#define NNLC_RUNTIME_DATA_COLUMNS_H

#include "runtime/data/source.h"

/* Columns in the order in which `who` ("'net'") takes them. by_name: the names mean something; otherwise,
 * and in a table without a header, columns go by position, and there must be as many. */
typedef struct RtWanted {
    const char *who;
    bool by_name;
    uint32_t n;
    const char *const *names;
    bool takes_missing; /* cells may be empty: the transforms fill them */
    bool planned;       /* of columns(...): without a header their names are places in the file */
} RtWanted;

/* Where the wanted columns stand in the table of a reading: places[0 … n-1]. Other columns are ignored.
 * An error names the column that is missing. */
RtStatus rt_columns_place(const RtReading *r, const RtWanted *want, uint32_t *places,
                          RtError *error) RT_MUST_USE;
/* Is the column one of numbers that nothing is missing from (takes_missing: or something is)? An error names
 * the first cell that is none, and says what to write. */
RtStatus rt_column_check(const RtReading *r, uint32_t column, bool takes_missing,
                         RtError *error) RT_MUST_USE;
/* The same; they must hold numbers. */
RtStatus rt_columns_find(const RtReading *r, const RtWanted *want, uint32_t *places,
                         RtError *error) RT_MUST_USE;

#endif
