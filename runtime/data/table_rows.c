/* table_rows.c: parts of packed rows, each with room for all that is expected. Mostly there is one, whose blocks
 * become the table's. Another begins where a column turns out to need doubles, or where there is no room;
 * then they are copied, and each goes as soon as it is. */
#include "runtime/data/table_rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { GATHERED_VALUES = 1 << 16, FEWEST_ROWS = 16 };

typedef enum { NARROW, WIDE, SKIPPED, N_WIDTHS } Width;

struct RtTablePart {
    RtTablePart *before;
    int64_t rows, room;
    unsigned char *wide;      /* of each column: Width; SKIPPED: no numbers */
    RtArray *block[N_WIDTHS]; /* [room, columns of this width]; NULL: none */
};

static RtStatus no_memory(const RtTableRows *rows, RtError *error)
{
    return rt_fail(error, "not enough memory to read '%s'", rows->name);
}

RtStatus rt_table_rows_open(RtTableRows *rows, RtTable *table, const char *name, RtError *error)
{
    int64_t most = GATHERED_VALUES / (int64_t)table->names.n;
    *rows = (RtTableRows){
        .table = table, .name = name, .most = most > FEWEST_ROWS ? most : FEWEST_ROWS};
    rows->values = calloc((size_t)rows->most * table->names.n, sizeof *rows->values);
    rows->wide = malloc(table->names.n);
    rows->listed = malloc((table->names.n + (size_t)1) * sizeof *rows->listed);
    return rows->values && rows->wide && rows->listed ? RT_OK : no_memory(rows, error);
}

static void close_last(RtTableRows *rows)
{
    RtTablePart *part = rows->last;
    rows->last = part->before;
    rt_array_close(part->block[NARROW]);
    rt_array_close(part->block[WIDE]);
    free(part->wide);
    free(part);
}

void rt_table_rows_close(RtTableRows *rows)
{
    while (rows->last)
        close_last(rows);
    free(rows->values);
    free(rows->wide);
    free(rows->listed);
    memset(rows, 0, sizeof *rows);
}

/* ---- packing ---- */

static void start_widths(const RtTableRows *rows)
{
    for (uint32_t i = 0; i < rows->table->names.n; i++) {
        const RtColumn *c = &rows->table->columns[i];
        rows->wide[i] = c->wrong || c->codes ? SKIPPED : NARROW;
    }
}

/* Lists the columns of a width. */
static uint32_t list_columns(const RtTableRows *rows, const unsigned char *wide, Width width)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < rows->table->names.n; i++) {
        rows->listed[n] = i;
        n += wide[i] == width;
    }
    return n;
}

/* Which columns need doubles for the rows that were gathered. Those that did before are not looked at. */
static void find_widths(const RtTableRows *rows)
{
    uint32_t n = rows->table->names.n;
    start_widths(rows);
    for (uint32_t i = 0; i < n && rows->last; i++)
        if (rows->wide[i] == NARROW && rows->last->wide[i] == WIDE)
            rows->wide[i] = WIDE;
    uint32_t n_open = list_columns(rows, rows->wide, NARROW);
    const double *at = rows->values;
    for (int64_t r = 0; r < rows->n; r++, at += n)
        for (uint32_t k = 0; k < n_open; k++) {
            double value = at[rows->listed[k]];
            if ((double)(float)value != value && value == value)
                rows->wide[rows->listed[k]] = WIDE;
        }
}

/* Can the rows go behind those of the last part? */
static bool fits(const RtTableRows *rows)
{
    const RtTablePart *part = rows->last;
    if (!part || part->room - part->rows < rows->n)
        return false;
    for (uint32_t i = 0; i < rows->table->names.n; i++)
        if (part->wide[i] != rows->wide[i])
            return false;
    return true;
}

static RtStatus open_blocks(const RtTableRows *rows, const unsigned char *wide, int64_t n,
                            RtArray **block, RtError *error)
{
    int64_t count[N_WIDTHS] = {0};
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < rows->table->names.n; i++)
        count[wide[i]]++;
    for (int k = NARROW; k <= WIDE && status == RT_OK; k++) {
        int64_t dims[2] = {n, count[k]};
        if (count[k])
            status =
                rt_array_open(k == WIDE ? RT_f64 : RT_f32, 2, dims, rows->name, &block[k], error);
    }
    return status;
}

static RtStatus open_part(RtTableRows *rows, RtError *error)
{
    int64_t packed = rows->table->rows - rows->n, left = rows->expected - packed;
    int64_t twice = rows->last ? 2 * rows->last->rows : 0;
    RtTablePart *part = calloc(1, sizeof *part);
    if (!part)
        return no_memory(rows, error);
    part->room = left > rows->n ? left : rows->n > twice ? rows->n : twice;
    part->wide = malloc(rows->table->names.n);
    part->before = rows->last;
    rows->last = part;
    if (!part->wide)
        return no_memory(rows, error);
    memcpy(part->wide, rows->wide, rows->table->names.n);
    return open_blocks(rows, part->wide, part->room, part->block, error);
}

static float *narrow_row(RtArray *const *block, int64_t row)
{
    return block[NARROW] ? (float *)block[NARROW]->data + row * block[NARROW]->dims[1] : NULL;
}

static double *wide_row(RtArray *const *block, int64_t row)
{
    return block[WIDE] ? (double *)block[WIDE]->data + row * block[WIDE]->dims[1] : NULL;
}

static void pack_narrow(const RtTableRows *rows, float *to)
{
    uint32_t n = list_columns(rows, rows->last->wide, NARROW);
    const double *at = rows->values;
    for (int64_t r = 0; r < rows->n; r++, at += rows->table->names.n, to += n)
        for (uint32_t k = 0; k < n; k++)
            to[k] = (float)at[rows->listed[k]];
}

static void pack_wide(const RtTableRows *rows, double *to)
{
    uint32_t n = list_columns(rows, rows->last->wide, WIDE);
    const double *at = rows->values;
    for (int64_t r = 0; r < rows->n; r++, at += rows->table->names.n, to += n)
        for (uint32_t k = 0; k < n; k++)
            to[k] = at[rows->listed[k]];
}

static RtStatus pack(RtTableRows *rows, RtError *error)
{
    find_widths(rows);
    RtStatus status = fits(rows) ? RT_OK : open_part(rows, error);
    if (status != RT_OK)
        return status;
    RtTablePart *part = rows->last;
    if (part->block[NARROW])
        pack_narrow(rows, narrow_row(part->block, part->rows));
    if (part->block[WIDE])
        pack_wide(rows, wide_row(part->block, part->rows));
    part->rows += rows->n;
    rows->n = 0;
    return RT_OK;
}

RtStatus rt_table_rows_add(RtTableRows *rows, RtError *error)
{
    rows->table->rows++;
    return ++rows->n < rows->most ? RT_OK : pack(rows, error);
}

/* ---- blocks ---- */

/* What all rows need: the last part knows all that the others needed, but not which columns turned out to
 * hold no numbers. Are its blocks as they are to be? */
static bool find_final_widths(const RtTableRows *rows)
{
    bool same = true;
    start_widths(rows);
    for (uint32_t i = 0; i < rows->table->names.n; i++) {
        if (rows->wide[i] == NARROW && rows->last->wide[i] == WIDE)
            rows->wide[i] = WIDE;
        same = same && rows->wide[i] == rows->last->wide[i];
    }
    return same && !rows->last->before;
}

static void copy_part(const RtTableRows *rows, RtArray *const *block, int64_t first)
{
    const RtTablePart *part = rows->last;
    const float *narrow = narrow_row(part->block, 0);
    const double *wide = wide_row(part->block, 0);
    for (int64_t r = first; r < first + part->rows; r++) {
        float *f32 = narrow_row(block, r);
        double *f64 = wide_row(block, r);
        for (uint32_t i = 0; i < rows->table->names.n; i++) {
            if (part->wide[i] == SKIPPED)
                continue;
            double value = part->wide[i] == WIDE ? *wide++ : (double)*narrow++;
            if (rows->wide[i] == NARROW)
                *f32++ = (float)value;
            else if (rows->wide[i] == WIDE)
                *f64++ = value;
        }
    }
}

static RtStatus copy_parts(RtTableRows *rows, RtArray **block, RtError *error)
{
    int64_t first = rows->table->rows;
    RtStatus status = open_blocks(rows, rows->wide, rows->table->rows, block, error);
    while (rows->last && status == RT_OK) {
        first -= rows->last->rows;
        copy_part(rows, block, first);
        close_last(rows);
    }
    return status;
}

static void take_blocks(const RtTableRows *rows, RtArray **block)
{
    for (int k = NARROW; k <= WIDE; k++) {
        RtArray *a = block[k] = rows->last->block[k];
        rows->last->block[k] = NULL;
        if (a)
            a->bytes =
                (size_t)((a->dims[0] = rows->table->rows) * a->dims[1]) * rt_dtype(a->dtype)->size;
    }
}

RtStatus rt_table_rows_store(RtTableRows *rows, RtError *error)
{
    int64_t place[N_WIDTHS] = {0};
    RtTable *t = rows->table;
    RtArray *block[N_WIDTHS] = {NULL};
    RtStatus status = rows->n ? pack(rows, error) : RT_OK;
    if (status != RT_OK)
        return status;
    if (find_final_widths(rows))
        take_blocks(rows, block);
    else
        status = copy_parts(rows, block, error);
    t->narrow = block[NARROW];
    t->wide = block[WIDE];
    for (uint32_t i = 0; i < t->names.n && status == RT_OK; i++) {
        t->columns[i].place = place[rows->wide[i]]++;
        t->columns[i].block = block[rows->wide[i]];
    }
    return status;
}
