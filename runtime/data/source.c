/* source.c: from the name of a source to its reader, and what readers share. */
#include "runtime/data/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "runtime/data/source_internal.h"

typedef struct Reader {
    const char *name;
    RtStatus (*read)(RtReader *r);
} Reader;

static const Reader readers[] = {
#define ROW_BUILT(id) {#id, rt_read_##id},
#define ROW_LATER(id)
#define ROW(id, name, aliases, state, family, doc) ROW_##state(id)
#include "runtime/abi/sources.def"
#undef ROW_BUILT
#undef ROW_LATER
};

/* ---- arguments ---- */

const RtSourceArg *rt_source_arg(const RtSourceDesc *source, const char *name)
{
    for (uint32_t i = 0; i < source->n_args; i++)
        if (!strcmp(source->args[i].name, name))
            return &source->args[i];
    return NULL;
}

double rt_source_number(const RtSourceDesc *source, const char *name, double fallback)
{
    const RtSourceArg *a = rt_source_arg(source, name);
    return a && a->kind == RT_ARG_NUMBER ? a->number : fallback;
}

const char *rt_source_text(const RtSourceDesc *source, const char *name, const char *fallback)
{
    const RtSourceArg *a = rt_source_arg(source, name);
    return a && a->kind == RT_ARG_TEXT ? a->text : fallback;
}

/* ---- readings ---- */

const char *rt_reading_label(const RtReading *r)
{
    return r->path ? r->path : r->name;
}

const char *rt_reading_y_label(const RtReading *r)
{
    return r->y_path ? r->y_path : rt_reading_label(r);
}

int64_t rt_reading_rows(const RtReading *r)
{
    return r->table ? r->table->rows : r->x->dims[0];
}

int64_t rt_reading_row(const RtReading *r)
{
    return r->table ? r->columns.n : rt_array_row(r->x);
}

const char *rt_reading_place(const RtReading *r, int64_t row, bool targets, char *buf, size_t size)
{
    const char *label = targets ? rt_reading_y_label(r) : rt_reading_label(r);
    if (r->table)
        snprintf(buf, size, "line %lld of '%s'", (long long)rt_table_line(r->table, row), label);
    else
        snprintf(buf, size, "row %lld of '%s'", (long long)row + 1, label);
    return buf;
}

RtStatus rt_reader_open(RtReader *r, const char *argument, RtInput **out)
{
    const char *name = rt_source_text(r->source, argument, NULL);
    if (!name)
        return rt_fail(r->error, "the source '%s' has no file '%s'", r->source->name, argument);
    char *path;
    if (r->source->bytes) {
        r->out->path = rt_text_copy(name);
        return r->out->path ? rt_input_memory(r->source->bytes, r->source->n_bytes, name,
                                              RT_PACKED_auto, out, r->error)
                            : rt_fail(r->error, "not enough memory to read '%s'", name);
    }
    const RtDirs *dirs = r->source->dirs ? r->source->dirs : r->dirs;
    RtStatus status = rt_find_file(dirs, name, &path, r->error);
    if (status == RT_END) {
        r->out->missing = true;
        return rt_fail_missing(dirs, name, r->error);
    }
    if (status != RT_OK)
        return status;
    status = rt_input_open(path, out, r->error);
    bool weights = !strcmp(argument, "weights");
    *(weights ? &r->out->weights_path : r->out->path ? &r->out->y_path : &r->out->path) = path;
    return status;
}

RtStatus rt_fail_no_array(const char *path, const RtNames *names, const char *name, RtError *error)
{
    char list[512] = "";
    size_t at = 0;
    for (uint32_t i = 0; i < names->n && at < sizeof list; i++)
        at += (size_t)snprintf(list + at, sizeof list - at, "%s'%s'", i ? ", " : "", names->at[i]);
    return rt_fail(error, "'%s' has no array '%s'; it holds %s", path, name,
                   names->n ? list : "none");
}

RtStatus rt_reader_bytes(RtReader *r, const char *argument, RtInput **in, RtStarts *starts,
                         unsigned char **bytes, size_t *size)
{
    unsigned char *all = NULL;
    RtStatus status = rt_reader_open(r, argument, in);
    if (status == RT_OK)
        status = rt_input_all(*in, starts, &all, size, r->error);
    if (status == RT_OK && !*size) {
        free(all);
        return rt_fail(r->error, "'%s' is empty", r->out->path);
    }
    if (status == RT_OK)
        *bytes = all;
    return status;
}

RtStatus rt_reader_folder(RtReader *r, const char *argument, char **out)
{
    const char *name = rt_source_text(r->source, argument, NULL);
    struct stat st;
    char *path = NULL;
    *out = NULL;
    if (!name || r->source->bytes)
        return RT_OK;
    RtStatus status =
        rt_find_file(r->source->dirs ? r->source->dirs : r->dirs, name, &path, r->error);
    if (status == RT_OK && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
        *out = path;
    else
        free(path);
    return status == RT_END ? RT_OK : status;
}

static RtStatus check_values(const RtArray *a, const char *label, RtError *error)
{
    char sizes[128];
    if (!a || rt_array_row(a))
        return RT_OK;
    return rt_fail(error, "the rows of '%s' hold no values: its sizes are %s", label,
                   rt_dims_text(sizes, sizeof sizes, a->rank, a->dims));
}

static RtStatus check_rows(RtReading *r, RtError *error)
{
    if ((r->x && !r->x->rank) || (r->y && !r->y->rank))
        return rt_fail(error, "'%s' holds a single number, not rows",
                       r->x && !r->x->rank ? rt_reading_label(r) : rt_reading_y_label(r));
    long long rows = rt_reading_rows(r);
    if (r->y && r->y->dims[0] != rows)
        return rt_fail(error, "'%s' has %lld rows of samples, but there are %lld targets",
                       rt_reading_label(r), rows, (long long)r->y->dims[0]);
    if (rows < 1)
        return rt_fail(error, "'%s' has no rows", rt_reading_label(r));
    if (rows > UINT32_MAX)
        return rt_fail(error, "'%s' has %lld rows, at most %lld are possible", rt_reading_label(r),
                       rows, (long long)UINT32_MAX);
    RtStatus status = check_values(r->x, rt_reading_label(r), error);
    if (status == RT_OK)
        status = check_values(r->y, rt_reading_y_label(r), error);
    return status == RT_OK ? rt_sample_weights_settle(r, error) : status;
}

RtStatus rt_source_read(const RtSourceDesc *source, const RtDirs *dirs, bool facts_only,
                        RtReading *out, RtError *error)
{
    RtReader r = {source, dirs, facts_only, out, error};
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        if (!strcmp(readers[i].name, source->name)) {
            out->name = readers[i].name;
            RtStatus status = readers[i].read(&r);
            return status == RT_OK ? check_rows(out, error) : status;
        }
    return rt_fail(error, "the source '%s' is not built yet", source->name);
}

void rt_reading_close(RtReading *r)
{
    free(r->path);
    free(r->y_path);
    free(r->weights_path);
    free(r->features);
    rt_table_close(r->table);
    rt_array_close(r->x);
    rt_array_close(r->y);
    rt_array_close(r->weights);
    rt_names_free(&r->class_names);
    rt_names_free(&r->columns);
    rt_names_free(&r->y_columns);
    memset(r, 0, sizeof *r);
}
