/* groups.c: numbers for the different texts of a column. */
#include "runtime/commands/groups.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Cell {
    const char *text;
    double number;
    int64_t row; /* of the part */
} Cell;

static int by_number(const void *a, const void *b)
{
    const Cell *x = a, *y = b;
    return (x->number > y->number) - (x->number < y->number);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(((const Cell *)a)->text, ((const Cell *)b)->text);
}

static RtStatus fail_empty(RtRun *run, const RtPart *part, const char *column, int64_t row)
{
    char place[300];
    rt_reading_place(part->from, part->index[row], false, place, sizeof place);
    return rt_fail(&run->error, "the column '%s', which tells groups, is empty in %s", column,
                   place);
}

RtStatus rt_group_numbers(RtRun *run, const RtPart *part, const char *column, int64_t *group)
{
    const RtTable *t = part->from->table;
    int64_t kept = t ? rt_names_find(&t->kept, column) : -1, number = 0;
    if (kept < 0)
        return rt_fail(&run->error, "'%s' has no column '%s' to tell groups",
                       rt_reading_label(part->from), column);
    Cell *cells = malloc(((size_t)part->rows + 1) * sizeof *cells);
    if (!cells)
        return rt_fail(&run->error, "not enough memory for the groups of %lld rows",
                       (long long)part->rows);
    bool numbers = true;
    RtStatus status = RT_OK;
    for (int64_t i = 0; i < part->rows && status == RT_OK; i++) {
        const char *text = rt_table_kept(t, part->index[i], (uint32_t)kept);
        char *end;
        cells[i] = (Cell){text, strtod(text, &end), i};
        numbers = numbers && !*end && isfinite(cells[i].number);
        if (!*text)
            status = fail_empty(run, part, column, i);
    }
    int (*compare)(const void *, const void *) = numbers ? by_number : by_text;
    if (status == RT_OK)
        qsort(cells, (size_t)part->rows, sizeof *cells, compare);
    for (int64_t i = 0; i < part->rows && status == RT_OK; i++) {
        number += i && compare(&cells[i - 1], &cells[i]) != 0;
        group[cells[i].row] = number;
    }
    free(cells);
    return status;
}
