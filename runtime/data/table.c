/* table.c: from a matrix of doubles to blocks of the narrowest exact type, and back row by row. */
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
    free(table->text);
    free(table->cells);
    free(table);
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

int64_t rt_table_line(const RtTable *table, int64_t row)
{
    return table->lines ? table->lines[row] : table->first_line + row;
}

/* ---- storing ---- */

/* Has every cell of the column this value in f32, too? */
static bool is_narrow(const RtArray *values, int64_t rows, int64_t column)
{
    const double *at = (const double *)values->data + column;
    for (int64_t r = 0; r < rows; r++, at += values->dims[1])
        if ((double)(float)*at != *at && !isnan(*at))
            return false;
    return true;
}

static void copy_column(const RtArray *values, int64_t rows, int64_t column, RtArray *to,
                        int64_t place)
{
    const double *from = (const double *)values->data + column;
    int64_t width = to->dims[1];
    for (int64_t r = 0; r < rows; r++, from += values->dims[1])
        if (to->dtype == RT_f32)
            ((float *)to->data)[r * width + place] = (float)*from;
        else
            ((double *)to->data)[r * width + place] = *from;
}

static RtStatus open_block(RtTable *table, RtDtype dtype, int64_t columns, const char *name,
                           RtArray **block, RtError *error)
{
    int64_t dims[2] = {table->rows, columns};
    return columns ? rt_array_open(dtype, 2, dims, name, block, error) : RT_OK;
}

/* The values become the wide block as they are. */
static void keep_all(RtTable *table, RtArray *values)
{
    values->dims[0] = table->rows;
    values->bytes = (size_t)(table->rows * values->dims[1]) * sizeof(double);
    table->wide = values;
    for (uint32_t i = 0; i < table->names.n; i++)
        table->columns[i].block = values;
}

RtStatus rt_table_store(RtTable *table, RtArray *values, const char *name, RtError *error)
{
    uint32_t n = table->names.n;
    int64_t n_narrow = 0, n_wide = 0;
    unsigned char *narrow = calloc(n + (size_t)1, 1);
    if (!narrow) {
        rt_array_close(values);
        return rt_fail(error, "not enough memory to read '%s'", name);
    }
    for (uint32_t i = 0; i < n; i++) {
        RtColumn *c = &table->columns[i];
        if (c->wrong || c->codes)
            continue;
        narrow[i] = is_narrow(values, table->rows, i);
        c->place = narrow[i] ? n_narrow++ : n_wide++;
    }
    if (n_wide == n) {
        keep_all(table, values);
        free(narrow);
        return RT_OK;
    }
    RtStatus status = open_block(table, RT_f32, n_narrow, name, &table->narrow, error);
    if (status == RT_OK)
        status = open_block(table, RT_f64, n_wide, name, &table->wide, error);
    for (uint32_t i = 0; i < n && status == RT_OK; i++) {
        RtColumn *c = &table->columns[i];
        RtArray *block = narrow[i] ? table->narrow : table->wide;
        if (c->wrong || c->codes)
            continue;
        c->block = block;
        copy_column(values, table->rows, i, block, c->place);
    }
    free(narrow);
    rt_array_close(values);
    return status;
}
