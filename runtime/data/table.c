/* table.c: the values of a table, row by row. */
#include "runtime/data/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void rt_table_close(RtTable *table)
{
    if (!table)
        return;
    for (uint32_t i = 0; table->columns && i < table->names.n; i++) {
        free(table->columns[i].wrong);
        free(table->columns[i].codes);
        free(table->columns[i].empty);
        rt_texts_free(&table->columns[i].texts);
    }
    free(table->columns);
    rt_names_free(&table->names);
    rt_names_free(&table->kept);
    rt_array_close(table->narrow);
    rt_array_close(table->wide);
    free(table->lines);
    rt_texts_free(&table->kept_texts);
    free(table->kept_at);
    free(table);
}

bool rt_table_counts_rows(const RtTable *table, uint32_t column)
{
    double first = 0, value;
    if (!table->columns[column].block || table->columns[column].codes)
        return false;
    for (int64_t r = 0; r < table->rows; r++) {
        rt_table_row(table, r, &column, 1, &value);
        first = r ? first : value;
        if (value != first + (double)r || (first != 0 && first != 1))
            return false;
    }
    return table->rows > 0;
}

const char *rt_column_fault(const RtColumn *column)
{
    return column->wrong ? column->wrong : column->empty;
}

void rt_table_row(const RtTable *table, int64_t row, const uint32_t *columns, uint32_t n,
                  double *out)
{
    for (uint32_t i = 0; i < n; i++) {
        const RtColumn *c = &table->columns[columns[i]];
        if (c->codes) {
            out[i] = c->codes[row] < 0 ? NAN : c->codes[row];
            continue;
        }
        int64_t at = row * c->block->dims[1] + c->place;
        out[i] = c->block->dtype == RT_f32 ? (double)((const float *)c->block->data)[at]
                                           : ((const double *)c->block->data)[at];
    }
}

const char *rt_table_kept(const RtTable *table, int64_t row, uint32_t kept)
{
    return rt_texts_at(&table->kept_texts, table->kept_at[row * table->kept.n + kept]);
}

int64_t rt_table_line(const RtTable *table, int64_t row)
{
    return table->lines ? table->lines[row] : table->first_line + row;
}
