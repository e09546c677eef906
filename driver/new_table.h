/* new_table.h: a table that nobody described: how it is written, and what its columns hold. */
#ifndef NNLC_DRIVER_NEW_TABLE_H
#define NNLC_DRIVER_NEW_TABLE_H

#include "driver/session.h"

enum { MOST_MISSING = 20, MOST_DISTINCT = 20 };

typedef struct NewTable {
    const char *path;
    char delimiter[2], decimal[2];
    const char *encoding; /* NULL: UTF-8 */
    uint32_t n_missing;   /* what missing cells hold; 0: the usual words */
    const char *missing[MOST_MISSING];
    bool has_header;
    const char **
        codes; /* of each column a number with zeros in front, such as a ZIP code; NULL: it has none */
    uint32_t n_targets, *targets; /* their columns */
    bool drop;                    /* some rows have no target */
    RtReading all;                /* without a target: its columns */
    RtReading labels;             /* with the targets */
} NewTable;

/* What a column holds. */
typedef struct NewColumn {
    bool is_text, is_whole, counts_rows; /* counts_rows: 0, 1, 2, … or 1, 2, 3, … */
    bool is_time;                        /* dates or times, all of them */
    int64_t n, missing;
    uint32_t distinct; /* texts: all; numbers: at most MOST_DISTINCT + 1 */
    double least, most;
    const char *sample,
        *hint; /* most texts are like this one, and what keeps it from being a number; NULL */
} NewColumn;

/* Finds out delimiter, header, decimal point, encoding and what missing cells hold, and reads the table. */
RtStatus new_table_read(NewTable *t, Arena *arena, const char *path, RtError *error) RT_MUST_USE;
/* Reads it with its target: a column by its name, or by its place from 0 on (-1: the last one), or several with
 * commas between them. Their list belongs to the arena. */
RtStatus new_table_target(NewTable *t, Arena *arena, const char *names, RtError *error) RT_MUST_USE;
NewColumn new_table_column(const NewTable *t, uint32_t column);
void new_table_close(NewTable *t);

#endif
