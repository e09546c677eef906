/* table_rows.h: numbers as they are read, row by row, until it is known how a table stores them.
 *
 * Rows are gathered as doubles and packed piece by piece, f32 where a column is exact in it, so that there is
 * never more than what the table will hold. */
#ifndef NNLC_RUNTIME_DATA_TABLE_ROWS_H
#define NNLC_RUNTIME_DATA_TABLE_ROWS_H

#include "runtime/data/table.h"

typedef struct RtTablePart RtTablePart;

typedef struct RtTableRows {
    RtTable *table;
    const char *name; /* of the table in messages */
    double *values;   /* rows that are not packed: [most, columns] */
    int64_t n, most;
    int64_t expected; /* rows that there may be in all; 0: nobody knows */
    unsigned char *wide;
    uint32_t *listed; /* columns, and room for one more */
    RtTablePart *last;
} RtTableRows;

/* The columns of the table are known, its rows come. Keeps the name. */
RtStatus rt_table_rows_open(RtTableRows *rows, RtTable *table, const char *name,
                            RtError *error) RT_MUST_USE;
/* Where the numbers of the next row go, a double for each column. */
static inline double *rt_table_rows_next(const RtTableRows *rows)
{
    return rows->values + rows->n * (int64_t)rows->table->names.n;
}
/* Will the next row make them be packed? Then `expected` counts. */
static inline bool rt_table_rows_are_full(const RtTableRows *rows)
{
    return rows->n + 1 == rows->most;
}
/* That row is complete. */
RtStatus rt_table_rows_add(RtTableRows *rows, RtError *error) RT_MUST_USE;
/* All rows into the blocks of the table. Columns that hold texts or have `wrong` set are left out. */
RtStatus rt_table_rows_store(RtTableRows *rows, RtError *error) RT_MUST_USE;
void rt_table_rows_close(RtTableRows *rows);

#endif
