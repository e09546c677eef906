/* table.h: a text table in memory: its columns as numbers or texts, and where each row stands in the file.
 *
 * A column of numbers lies in one of two blocks, row by row: f32 where that is exact for every cell,
 * else f64; a missing cell is NaN. A column with another cell holds texts: each different one once, and
 * for each row its number. What is wrong with a column is told when somebody needs it. */
#ifndef NNLC_RUNTIME_DATA_TABLE_H
#define NNLC_RUNTIME_DATA_TABLE_H

#include "runtime/data/store.h"
#include "runtime/data/texts.h"

typedef struct RtColumn {
    const RtArray *block; /* NULL: no numbers */
    int64_t place;        /* in a row of the block */
    char *wrong;          /* why there are no numbers, with the place; NULL: there are */
    int32_t
        *codes; /* texts: of each row its number in `texts`, -1: a missing cell; NULL: no texts */
    RtTexts texts;   /* in the order in which they come */
    int64_t missing; /* cells */
    char *empty;     /* the first of them with its place; NULL: there are none */
    uint32_t target; /* its place among the columns of the targets, from 1; 0: it is none of them */
} RtColumn;

typedef struct RtTable {
    int64_t rows;
    bool has_header;
    int64_t unnamed; /* the first column whose cell in the header is empty; -1: none */
    char delimiter;
    RtNames names; /* of the columns, in the order of the file; without a header "0", "1", … */
    RtColumn *columns;
    RtArray *narrow, *wide; /* f32, f64; NULL: none is needed */
    int64_t first_line;     /* of the first row, from 1 */
    int64_t *lines;         /* of each row; NULL: one after the other */
    RtNames kept;           /* names of the columns whose cells are kept as texts */
    RtTexts kept_texts;     /* these, each once */
    uint32_t *kept_at;      /* [rows][kept.n]: their numbers */
} RtTable;

/* Does a column of numbers count the rows, from 0 or 1 on? */
bool rt_table_counts_rows(const RtTable *table, uint32_t column);
void rt_table_close(RtTable *table); /* NULL: nothing */
/* Why a column cannot be taken as numbers, none of them missing; NULL: it can. */
const char *rt_column_fault(const RtColumn *column);
/* Its values in these columns: numbers, the numbers of texts, NaN for missing cells. */
void rt_table_row(const RtTable *table, int64_t row, const uint32_t *columns, uint32_t n,
                  double *out);
/* The cell of a row in one of the columns whose texts are kept. */
const char *rt_table_kept(const RtTable *table, int64_t row, uint32_t kept);
/* The line of a row in the file, from 1. */
int64_t rt_table_line(const RtTable *table, int64_t row);
#endif
