/* predict_input.c: what stands behind predict: FILE, `-`, or NAME=VALUE for each column. */
#include "runtime/cli/predict_input.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/data/input.h"
#include "runtime/data/missing.h"
#include "runtime/data/number.h"

/* Has the table a line of names? As the training file had, unless the command line says otherwise. */
static bool has_header(const RtModel *m, const RtArguments *a)
{
    const RtSignature *s = m->signature;
    if (a->header || a->no_header)
        return a->header;
    return !s->known || !s->columns.n || s->by_name;
}

/* A table without names would lose its first row. */
static RtStatus check_names(RtRun *run, const RtArguments *a, const RtReading *r)
{
    const RtNames *columns = &r->table->names;
    bool names = !r->table->has_header || a->header;
    for (uint32_t i = 0; i < columns->n && !names; i++) {
        char *end;
        (void)strtod(columns->at[i], &end);
        names = !columns->at[i][0] || *end;
    }
    return names ? RT_OK
                 : rt_fail(&run->error,
                           "'%s' begins with numbers, not with a line of names; if it has no such "
                           "line, add --no-header",
                           rt_reading_label(r));
}

typedef struct Bytes {
    void *at; /* NULL: a file is read */
    size_t size;
    const char *name;
} Bytes;

/* How the training table is written, as its source says. */
static RtSourceArg written(const RtRun *run, const RtModel *m, const char *name)
{
    RtSourceArg out = {.name = name, .kind = RT_ARG_NONE};
    uint32_t data = m->signature->image->data;
    const ImgPart *part = data == IMG_NONE ? NULL : &run->image->data.at[data].parts.at[RT_TRAIN];
    const ImgCall *call = part && part->source.n ? part->source.at : NULL;
    const ImgArg *a = call && !strcmp(call->name, "csv") ? rt_call_arg(call, name) : NULL;
    if (a && a->texts.n) {
        out.kind = RT_ARG_TEXTS;
        out.n = a->texts.n;
        out.texts = a->texts.at;
    } else if (a && !a->none) {
        out.kind = RT_ARG_TEXT;
        out.text = a->text;
    }
    return out;
}

static RtStatus read_source(RtRun *run, const RtModel *m, const RtArguments *a, const char *source,
                            const char *path, const Bytes *bytes, RtReading *out)
{
    const char own[2] = {m->signature->delimiter, 0};
    bool cells = a->n_cells > 0;
    RtSourceArg args[] = {
        {.name = "path", .kind = RT_ARG_TEXT, .text = path},
        {.name = "header", .kind = RT_ARG_NUMBER, .number = cells || has_header(m, a)},
        {.name = "delimiter",
         .kind = RT_ARG_TEXT,
         .text = cells          ? ","
                 : a->delimiter ? a->delimiter
                                : own},
        {.name = "x", .kind = RT_ARG_TEXT, .text = path},
        written(run, m, "missing"),
        written(run, m, "decimal"),
        written(run, m, "encoding")};
    const char *here[] = {"."};
    RtDirs dirs = {1, here};
    RtSourceDesc desc = {.name = source,
                         .n_args = cells ? 5 : 7,
                         .args = args,
                         .n_keep = a->n_keep,
                         .keep = a->keep,
                         .bytes = bytes->at,
                         .n_bytes = bytes->size};
    desc.texts = rt_plan_texts(&m->signature->plan, &desc.n_texts);
    RtStatus status = desc.texts ? rt_source_read(&desc, &dirs, false, out, &run->error)
                                 : rt_fail(&run->error, "not enough memory to read '%s'", path);
    free((void *)(uintptr_t)desc.texts);
    return status == RT_OK && out->table && !cells ? check_names(run, a, out) : status;
}

/* ---- a file ---- */

static RtStatus read_path(RtRun *run, const RtModel *m, const RtArguments *a, RtReading *out)
{
    Bytes none = {NULL, 0, NULL};
    const char *path = a->input, *source = "csv";
    if (rt_text_ends(path, ".npy") || rt_text_ends(path, ".npy.gz"))
        source = "npy";
    else if (!rt_text_ends(path, ".csv") && !rt_text_ends(path, ".csv.gz"))
        return rt_fail(&run->error, "predict reads .csv and .npy, not '%s'", path);
    if (access(path, R_OK) != 0)
        return rt_fail(&run->error, "cannot open '%s': %s", path, strerror(errno));
    return read_source(run, m, a, source, path, &none, out);
}

/* ---- standard input ---- */

static bool is_text(const unsigned char *bytes, size_t n)
{
    return !memchr(bytes, 0, n);
}

/* Nothing is lost by a signal so far, and whoever is to write may never do so. */
static RtStatus read_stdin(RtRun *run, Bytes *bytes)
{
    RtInput *in = NULL;
    unsigned char *all = NULL;
    bytes->name = "standard input";
    rt_interrupt_at_once(true);
    RtStatus status = rt_input_stdin(bytes->name, &in, &run->error);
    if (status == RT_OK)
        status = rt_input_all(in, is_text, &all, &bytes->size, &run->error);
    rt_input_close(in);
    rt_interrupt_at_once(false);
    bytes->at = (char *)all;
    return status;
}

/* ---- cells ---- */

static RtStatus unknown_cell(RtRun *run, const RtModel *m, const char *name)
{
    const RtNames *columns = &m->signature->columns;
    const char *near = rt_names_suggest(columns, name);
    if (near)
        return rt_fail(&run->error, "'%s' takes no column '%s'; did you mean '%s'?", m->image->name,
                       name, near);
    return rt_fail(&run->error, "'%s' takes no column '%s'", m->image->name, name);
}

static const RtPlanColumn *planned(const RtModel *m, int64_t column)
{
    return m->signature->plan.n ? &m->signature->plan.at[column] : NULL;
}

static bool holds_texts(const RtModel *m, int64_t column)
{
    const RtPlanColumn *c = planned(m, column);
    return c && c->kind == RT_COLUMN_texts;
}

static bool may_miss(const RtModel *m, int64_t column)
{
    const RtPlanColumn *c = planned(m, column);
    return c ? c->takes_missing : m->signature->takes_missing;
}

/* *word: room for one that must stay. */
static RtMissing missing_words(const RtRun *run, const RtModel *m, const char **word)
{
    RtSourceArg own = written(run, m, "missing");
    *word = own.text;
    return own.kind == RT_ARG_TEXTS  ? rt_missing_of(own.n, own.texts)
           : own.kind == RT_ARG_TEXT ? rt_missing_of(1, word)
                                     : rt_missing_of(0, NULL);
}

/* A number may be written as in the training table, too. */
static bool is_number(const RtRun *run, const RtModel *m, const char *text)
{
    double number;
    bool is_int;
    RtSourceArg point = written(run, m, "decimal");
    return rt_parse_number(text, &number, &is_int) ||
           (point.kind == RT_ARG_TEXT && rt_parse_decimal(text, *point.text, &number, &is_int));
}

/* Name and value of each cell must be right, and none be named twice. Those that are left out are missing. */
static RtStatus check_cells(RtRun *run, const RtModel *m, const RtArguments *a, const char **values)
{
    const RtNames *columns = &m->signature->columns;
    const char *word;
    RtMissing missing = missing_words(run, m, &word);
    for (uint32_t i = 0; i < a->n_cells; i++) {
        const char *equal = strchr(a->cells[i], '=');
        char name[256];
        snprintf(name, sizeof name, "%.*s", (int)(equal - a->cells[i]), a->cells[i]);
        int64_t column = rt_names_find(columns, name);
        if (column < 0)
            return unknown_cell(run, m, name);
        if (values[column])
            return rt_fail(&run->error, "the column '%s' is given twice", name);
        if (!holds_texts(m, column) && !rt_missing_has(&missing, equal + 1) &&
            !is_number(run, m, equal + 1))
            return rt_fail(&run->error, "'%s' of the column '%s' is not a number", equal + 1, name);
        values[column] = equal + 1;
    }
    for (uint32_t i = 0; i < columns->n; i++)
        if (!values[i] && may_miss(m, i))
            values[i] = "";
        else if (!values[i])
            return rt_fail(&run->error, "a value for the column '%s' is missing: write '%s=VALUE'",
                           columns->at[i], columns->at[i]);
    return RT_OK;
}

/* point: what becomes one; 0: nothing does. */
static void put_cell(FILE *out, const char *text, char point, char end)
{
    fputc('"', out);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', out);
        fputc(point && *text == point ? '.' : *text, out);
    }
    fputc('"', out);
    fputc(end, out);
}

/* As a table of one row. */
static RtStatus read_cells(RtRun *run, const RtModel *m, const RtArguments *a, Bytes *bytes)
{
    const RtNames *columns = &m->signature->columns;
    char *text = NULL;
    RtSourceArg own = written(run, m, "decimal");
    char point = 0;
    if (own.kind == RT_ARG_TEXT)
        point = *own.text;
    bytes->name = "the command line";
    if (!columns->n)
        return rt_fail(&run->error, "'%s' takes rows of an array: name a file instead of '%s'",
                       m->image->name, a->cells[0]);
    const char **values = calloc(columns->n, sizeof *values);
    if (!values)
        return rt_fail(&run->error, "not enough memory to read '%s'", bytes->name);
    RtStatus status = check_cells(run, m, a, values);
    FILE *out = status == RT_OK ? open_memstream(&text, &bytes->size) : NULL;
    for (uint32_t i = 0; out && i < columns->n; i++)
        put_cell(out, columns->at[i], 0, i + 1 < columns->n ? ',' : '\n');
    for (uint32_t i = 0; out && i < columns->n; i++)
        put_cell(out, values[i], holds_texts(m, i) ? 0 : point, i + 1 < columns->n ? ',' : '\n');
    if (status == RT_OK && (!out || fclose(out) != 0))
        status = rt_fail(&run->error, "not enough memory to read '%s'", bytes->name);
    bytes->at = text;
    free(values);
    return status;
}

RtStatus rt_predict_input(RtRun *run, const RtModel *m, const RtArguments *a, RtReading *out)
{
    Bytes bytes = {NULL, 0, NULL};
    memset(out, 0, sizeof *out);
    bool from_stdin = !a->n_cells && !strcmp(a->input, "-");
    if (!a->n_cells && !from_stdin)
        return read_path(run, m, a, out);
    RtStatus status = from_stdin ? read_stdin(run, &bytes) : read_cells(run, m, a, &bytes);
    bool npy = status == RT_OK && bytes.size >= 6 && !memcmp(bytes.at, "\x93NUMPY", 6);
    if (status == RT_OK)
        status = read_source(run, m, a, npy ? "npy" : "csv", bytes.name, &bytes, out);
    free(bytes.at);
    return status;
}
