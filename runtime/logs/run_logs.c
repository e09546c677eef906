/* run_logs.c: which format a file has, and runs that grow. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/data/number.h"
#include "runtime/data/input.h"
#include "runtime/data/store.h"
#include "runtime/logs/run_logs_internal.h"

/* ---- runs ---- */

static RtLogRun *open_run(RtLogs *logs, const char *label)
{
    RtLogRun *more = realloc(logs->runs, (logs->n + (size_t)1) * sizeof *more);
    char *copy = rt_text_copy(label);
    if (more)
        logs->runs = more;
    if (!more || !copy) {
        free(copy);
        return NULL;
    }
    more[logs->n] = (RtLogRun){.label = copy, .last = -INFINITY};
    return &more[logs->n++];
}

RtLogRun *rt_logs_run(RtLogs *logs, const char *label, double epoch)
{
    RtLogRun *run = NULL;
    for (uint32_t i = 0; i < logs->n; i++)
        if (!strcmp(logs->runs[i].label, label))
            run = &logs->runs[i];
    if (!run || epoch <= run->last)
        run = open_run(logs, label);
    if (run)
        run->last = epoch;
    return run;
}

static RtLogMetric *metric_of(RtLogRun *run, const char *name)
{
    int64_t at = rt_texts_add(&run->names, name);
    if (at < 0 || at < run->n)
        return at < 0 ? NULL : &run->metrics[at];
    if (run->n == run->room) {
        uint32_t room = run->room ? 2 * run->room : 16;
        RtLogMetric *more = realloc(run->metrics, room * sizeof *more);
        if (!more)
            return NULL;
        run->metrics = more;
        run->room = room;
    }
    char *copy = rt_text_copy(name);
    if (!copy)
        return NULL;
    run->metrics[run->n] = (RtLogMetric){.name = copy};
    return &run->metrics[run->n++];
}

static bool has_room(RtLogMetric *m)
{
    if (m->n < m->room)
        return true;
    int64_t room = m->room ? 2 * m->room : 16;
    double *epochs = realloc(m->epochs, (size_t)room * sizeof *epochs);
    if (epochs)
        m->epochs = epochs;
    double *values = realloc(m->values, (size_t)room * sizeof *values);
    if (values)
        m->values = values;
    if (epochs && values)
        m->room = room;
    return epochs && values;
}

bool rt_logs_add(RtLogRun *run, const char *metric, double epoch, double value)
{
    RtLogMetric *m = metric_of(run, metric);
    if (!m || !has_room(m))
        return false;
    m->epochs[m->n] = epoch;
    m->values[m->n++] = value;
    return true;
}

RtStatus rt_logs_no_memory(const RtLogFile *f)
{
    return rt_fail(f->error, "not enough memory for the values of '%s'", f->path);
}

bool rt_logs_number(const char *text, double *value)
{
    static const char *const infinite[] = {"inf", "Infinity"}, *const none[] = {"nan", "NaN"};
    bool is_negative = *text == '-', is_int;
    for (int i = 0; i < 2; i++) {
        if (!strcmp(text + is_negative, infinite[i])) {
            *value = is_negative ? -INFINITY : INFINITY;
            return true;
        }
        if (!strcmp(text, none[i])) {
            *value = NAN;
            return true;
        }
    }
    return rt_parse_number(text, value, &is_int);
}

/* ---- files ---- */

void rt_logs_free_run(RtLogRun *run)
{
    for (uint32_t i = 0; i < run->n; i++) {
        free(run->metrics[i].name);
        free(run->metrics[i].epochs);
        free(run->metrics[i].values);
    }
    free(run->metrics);
    free(run->label);
    rt_texts_free(&run->names);
}

void rt_logs_free(RtLogs *logs)
{
    for (uint32_t i = 0; i < logs->n; i++)
        rt_logs_free_run(&logs->runs[i]);
    free(logs->runs);
    *logs = (RtLogs){0, NULL};
}

/* Runs without a value say nothing. */
static void drop_empty(RtLogs *logs)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < logs->n; i++) {
        if (logs->runs[i].n)
            logs->runs[kept++] = logs->runs[i];
        else
            rt_logs_free_run(&logs->runs[i]);
    }
    logs->n = kept;
}

/* Keras counts epochs from 0 in its files, --log from 1: with an epoch 0 all of the file move by one. */
static void count_from_one(RtLogs *logs)
{
    bool from_zero = false;
    for (uint32_t r = 0; r < logs->n; r++)
        for (uint32_t i = 0; i < logs->runs[r].n; i++)
            from_zero = from_zero || logs->runs[r].metrics[i].epochs[0] == 0;
    for (uint32_t r = 0; r < logs->n && from_zero; r++)
        for (uint32_t i = 0; i < logs->runs[r].n; i++)
            for (int64_t k = 0; k < logs->runs[r].metrics[i].n; k++)
                logs->runs[r].metrics[i].epochs[k]++;
}

static RtStatus not_a_log(const RtLogFile *f)
{
    RtStatus status = rt_fail(f->error, "'%s' is not the log of a training", f->path);
    rt_fail_help(f->error,
                 "a log is a table of CSVLogger, lines of JSON as --log writes them, or an "
                 "event file of TensorBoard");
    return status;
}

static RtStatus read_format(const RtLogFile *f)
{
    const char *at = f->text;
    if (rt_logs_are_events((const unsigned char *)f->text, f->size))
        return rt_logs_events(f);
    if (strlen(f->text) < f->size)
        return not_a_log(f);
    at += !strncmp(at, "\xef\xbb\xbf", 3) ? 3 : 0;
    at += strspn(at, " \t\r\n");
    if (!*at)
        return rt_fail(f->error, "'%s' is empty", f->path);
    return *at == '{' ? rt_logs_json(f) : rt_logs_csv(f);
}

RtStatus rt_logs_parse(const char *path, char *text, size_t size, RtLogs *logs, RtError *error)
{
    RtLogFile f = {path, text, size, logs, error};
    *logs = (RtLogs){0, NULL};
    text[size] = 0;
    RtStatus status = read_format(&f);
    if (status != RT_OK)
        return status;
    drop_empty(logs);
    count_from_one(logs);
    return logs->n ? RT_OK : not_a_log(&f);
}

static bool starts(const unsigned char *bytes, size_t n)
{
    return !memchr(bytes, 0, n) || rt_logs_are_events(bytes, n);
}

RtStatus rt_logs_read(const char *path, RtLogs *logs, RtError *error)
{
    RtInput *in;
    unsigned char *bytes = NULL;
    size_t size;
    *logs = (RtLogs){0, NULL};
    RtStatus status = rt_input_open(path, &in, error);
    if (status != RT_OK)
        return status;
    status = rt_input_all(in, starts, &bytes, &size, error);
    rt_input_close(in);
    if (status == RT_OK)
        status = rt_logs_parse(path, (char *)bytes, size, logs, error);
    free(bytes);
    return status;
}
