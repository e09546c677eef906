/* csv.c: a table with columns of targets: its arguments, its file, what is wrong with a cell.
 *
 * Columns are numbers or texts as table.h says, so that a file may hold columns that nobody asks for. Every
 * cell that is wrong is named by line, column and field. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/data/csv_internal.h"
#include "runtime/data/number.h"

RtStatus csv_no_memory(const Csv *c)
{
    return rt_fail(c->error, "not enough memory to read '%s'", csv_path(c));
}

/* ---- cells ---- */

char *csv_cell_text(const Csv *c, uint32_t column, const char *what)
{
    RtError told;
    const RtCell *cell = &c->scan.cells[column];
    (void)!rt_fail(&told, "%s:%lld:%u: field \"%s\": %s", csv_path(c), (long long)cell->line,
                   cell->column, c->table->names.at[column], what);
    return rt_text_copy(told.text);
}

const char *csv_is_missing(const char *text, char *buf, size_t size)
{
    snprintf(buf, size, *text ? "'%.60s' is a missing value" : "the cell is empty", text);
    return buf;
}

const char *csv_no_number(const Csv *c, const char *text, char *buf, size_t size)
{
    const char *hint = rt_number_hint(text, c->point);
    const char *between = !hint ? "" : strncmp(hint, "should", 6) ? ": " : "; ";
    snprintf(buf, size, "'%.60s' is not a number%s%s", text, between, hint ? hint : "");
    return buf;
}

/* ---- the file ---- */

/* An argument of one character that cannot be a part of what stands between delimiters. */
static RtStatus character(const Csv *c, const char *argument, const char *fallback, char *out)
{
    const char *text = rt_source_text(c->r->source, argument, fallback);
    if (strlen(text) != 1 || strchr("\"\n\r", *text))
        return rt_fail(c->error, "the %s of a table must be one character, not '%s'",
                       strcmp(argument, "decimal") ? argument : "decimal point", text);
    *out = *text;
    return RT_OK;
}

/* What the arguments say about the text of the file. */
static RtStatus read_arguments(Csv *c, RtEncoding *encoding)
{
    const RtSourceDesc *source = c->r->source;
    const RtSourceArg *missing = rt_source_arg(source, "missing");
    const char *name = rt_source_text(source, "encoding", "utf-8");
    RtStatus status = character(c, "delimiter", ",", &c->table->delimiter);
    if (status == RT_OK)
        status = character(c, "decimal", ".", &c->point);
    if (status != RT_OK)
        return status;
    if (c->point != '.' && c->point != ',')
        return rt_fail(c->error, "the decimal point of a table must be \".\" or \",\", not \"%c\"",
                       c->point);
    if (c->point == c->table->delimiter)
        return rt_fail(c->error,
                       "delimiter and decimal are both \"%c\"; should it be delimiter=\";\"?",
                       c->point);
    c->missing = missing && missing->kind == RT_ARG_TEXTS
                     ? rt_missing_of(missing->n, missing->texts)
                 : missing && missing->kind == RT_ARG_TEXT ? rt_missing_of(1, &missing->text)
                                                           : rt_missing_of(0, NULL);
    c->target.drop = !strcmp(rt_source_text(source, "missing_target", "error"), "drop");
    *encoding = rt_encoding_named(name);
    return *encoding < RT_N_ENCODINGS
               ? RT_OK
               : rt_fail(c->error,
                         "the encoding \"%.40s\" is not known; there are \"utf-8\", \"latin1\" and "
                         "\"windows-1252\"",
                         name);
}

static RtStatus start(Csv *c)
{
    RtEncoding encoding = RT_UTF8;
    RtStatus status = read_arguments(c, &encoding);
    if (status == RT_OK)
        status = rt_reader_open(c->r, "path", &c->in);
    c->size = status == RT_OK ? rt_input_left(c->in) : -1;
    return status == RT_OK ? rt_csv_open(&c->scan, c->r->out->path, c->table->delimiter, encoding,
                                         c->in, c->error)
                           : status;
}

static RtStatus read_table(Csv *c)
{
    RtStatus status = start(c);
    if (status == RT_OK)
        status = csv_find_columns(c);
    if (status == RT_OK)
        status = csv_read_rows(c);
    return status == RT_OK && c->weights >= 0 ? rt_sample_weights_column(c->r, (uint32_t)c->weights)
                                              : status;
}

static void forget(Csv *c)
{
    rt_csv_stop(&c->scan);
    rt_input_close(c->in);
    rt_table_rows_close(&c->rows);
    csv_target_close(&c->target);
    rt_texts_free(&c->names);
    free(c->keep);
    free(c->kinds);
    free(c->empty);
}

static RtStatus read_once(RtReader *r, RtNames *late)
{
    Csv c = {.r = r, .error = r->error, .late = *late, .weights = -1};
    uint32_t before = late->n;
    c.table = r->out->table = calloc(1, sizeof *c.table);
    if (!c.table)
        return rt_fail(r->error, "not enough memory for a table");
    c.table->unnamed = -1;
    c.table->has_header = rt_source_number(r->source, "header", 1) != 0;
    RtStatus status = read_table(&c);
    forget(&c);
    *late = c.late;
    return status == RT_OK && late->n > before ? RT_END : status;
}

/* Once more where a column of texts begins with numbers: the cells of a file are not kept. */
RtStatus rt_read_csv(RtReader *r)
{
    RtNames late = {0, NULL};
    const char *name = r->out->name;
    RtStatus status = read_once(r, &late);
    if (status == RT_END) {
        rt_reading_close(r->out);
        r->out->name = name;
        status = read_once(r, &late);
    }
    rt_names_free(&late);
    return status;
}
