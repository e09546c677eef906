/* source.c: from the name of a source to its reader, and what readers share. */
#include "runtime/data/source.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/data/source_internal.h"

typedef struct Reader {
    const char *name;
    RtStatus (*read)(RtReading *r);
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
    return r->path ? r->path : r->source->name;
}

const char *rt_reading_y_label(const RtReading *r)
{
    return r->y_path ? r->y_path : rt_reading_label(r);
}

RtStatus rt_reading_open(RtReading *r, const char *argument, RtInput **out)
{
    const char *name = rt_source_text(r->source, argument, NULL);
    if (!name)
        return rt_fail(r->error, "the source '%s' has no file '%s'", r->source->name, argument);
    char *path;
    const RtDirs *dirs = r->source->dirs ? r->source->dirs : r->dirs;
    RtStatus status = rt_find_file(dirs, name, &path, r->error);
    if (status == RT_END) {
        r->missing = true;
        return rt_fail_missing(dirs, name, r->error);
    }
    if (status != RT_OK)
        return status;
    status = rt_input_open(path, out, r->error);
    if (r->y_path)
        free(path);
    else
        *(r->path ? &r->y_path : &r->path) = path;
    return status;
}

static RtStatus check_rows(const RtReading *r)
{
    if (!r->x->rank || (r->y && !r->y->rank))
        return rt_fail(r->error, "'%s' holds a single number, not rows",
                       r->x->rank ? rt_reading_y_label(r) : rt_reading_label(r));
    if (r->y && r->y->dims[0] != r->x->dims[0])
        return rt_fail(r->error, "'%s' has %lld rows of samples, but there are %lld targets",
                       rt_reading_label(r), (long long)r->x->dims[0], (long long)r->y->dims[0]);
    if (r->x->dims[0] < 1)
        return rt_fail(r->error, "'%s' has no rows", rt_reading_label(r));
    if (r->x->dims[0] > UINT32_MAX)
        return rt_fail(r->error, "'%s' has %lld rows, at most %lld are possible",
                       rt_reading_label(r), (long long)r->x->dims[0], (long long)UINT32_MAX);
    return RT_OK;
}

RtStatus rt_reading_run(RtReading *r)
{
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        if (!strcmp(readers[i].name, r->source->name)) {
            RtStatus status = readers[i].read(r);
            return status == RT_OK ? check_rows(r) : status;
        }
    return rt_fail(r->error, "the source '%s' is not built yet", r->source->name);
}

void rt_reading_close(RtReading *r)
{
    free(r->path);
    free(r->y_path);
    rt_array_close(r->x);
    rt_array_close(r->y);
    rt_names_free(&r->class_names);
    rt_names_free(&r->columns);
    r->path = r->y_path = NULL;
    r->x = r->y = NULL;
}

RtStatus rt_source_read(const RtSourceDesc *source, const RtDirs *dirs, RtArray **x, RtArray **y,
                        RtNames *class_names, RtNames *columns, RtError *error)
{
    RtReading r = {.source = source, .dirs = dirs, .error = error};
    RtStatus status = rt_reading_run(&r);
    if (status == RT_OK) {
        *x = r.x;
        *y = r.y;
        *class_names = r.class_names;
        *columns = r.columns;
        r.x = r.y = NULL;
        r.class_names = r.columns = (RtNames){0, NULL};
    }
    rt_reading_close(&r);
    return status;
}
