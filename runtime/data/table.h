/* table.h: a text table in memory: its columns as numbers, and where each row stands in the file.
 *
 * A column of numbers lies in one of two blocks, row by row: f32 where that is exact for every cell,
 * else f64. A column with another cell has no numbers; what is wrong is told when somebody needs it. */
#ifndef NNLC_RUNTIME_DATA_TABLE_H
#define NNLC_RUNTIME_DATA_TABLE_H

#include "runtime/data/store.h"

typedef struct RtColumn {
    const RtArray *block; /* NULL: no numbers */
    int64_t place;        /* in a row of the block */
    char *wrong;          /* why there are no numbers, with the place; NULL: there are */
} RtColumn;

typedef struct RtTable {
    int64_t rows;
    bool has_header;
    char delimiter;
    RtNames names; /* of the columns, in the order of the file; without a header "0", "1", … */
    RtColumn *columns;
    RtArray *narrow, *wide; /* f32, f64; NULL: none is needed */
    int64_t first_line;     /* of the first row, from 1 */
    int64_t *lines;         /* of each row; NULL: one after the other */
    unsigned char *text;    /* of the file, where cells are kept as texts; else NULL */
    RtNames kept;           /* names of the columns kept so */
    char **cells;           /* [rows][kept.n] */
} RtTable;

void rt_table_close(RtTable *table); /* NULL: nothing */
/* Its numbers in these columns, which must have some. */
void rt_table_row(const RtTable *table, int64_t row, const uint32_t *columns, uint32_t n,
                  double *out);
/* The line of a row in the file, from 1. */
int64_t rt_table_line(const RtTable *table, int64_t row);
/* Takes values [rows, columns] (row-major, closed here also when this fails) apart into the blocks;
 * columns that have `wrong` set are left out. `name` names the table in messages. */
RtStatus rt_table_store(RtTable *table, RtArray *values, const char *name,
                        RtError *error) RT_MUST_USE;

#endif
