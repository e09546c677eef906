/* logs_json.c: objects one after the other: an epoch each, as --log writes them, or a whole history, whose values are
 * lists with a number for each epoch. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/data/store.h"
#include "runtime/files/json.h"
#include "runtime/logs/run_logs_internal.h"

enum { MOST_WORD = 64 };

/* What an object says; the order of its keys means nothing. */
typedef struct Object {
    RtLogRun values; /* lists: epochs from 1; single numbers: without */
    char *model, *command;
    double epoch; /* NaN: none */
    bool is_history;
} Object;

/* A number, or null for one that JSON cannot write. False: something else, which is passed over. */
static RtStatus read_word(RtJson *r, bool *is_number, double *value)
{
    char word[MOST_WORD];
    RtJson before = *r;
    RtStatus status = rt_json_skip(r);
    if (status != RT_OK)
        return status;
    const unsigned char *begin = before.at;
    while (begin < r->at && (*begin == ' ' || *begin == '\t' || *begin == '\n' || *begin == '\r'))
        begin++;
    size_t n = (size_t)(r->at - begin);
    *is_number = n < sizeof word;
    memcpy(word, begin, *is_number ? n : 0);
    word[*is_number ? n : 0] = 0;
    if (!strcmp(word, "null"))
        *value = NAN;
    else
        *is_number = *is_number && rt_logs_number(word, value);
    return RT_OK;
}

static RtStatus read_list(RtJson *r, const RtLogFile *f, Object *o, const char *key)
{
    RtStatus status = RT_OK;
    (void)rt_json_take(r, '[');
    for (int64_t i = 0; !rt_json_take(r, ']') && status == RT_OK; i++) {
        bool is_number;
        double value;
        if (i && !rt_json_take(r, ','))
            return rt_json_fail(r, "',' or ']'");
        status = read_word(r, &is_number, &value);
        if (status == RT_OK && is_number) {
            o->is_history = true;
            if (!rt_logs_add(&o->values, key, (double)i + 1, value))
                status = rt_logs_no_memory(f);
        }
    }
    return status;
}

static RtStatus read_text(RtJson *r, Object *o, const char *key)
{
    char **to = !strcmp(key, "model") ? &o->model : !strcmp(key, "command") ? &o->command : NULL;
    if (!to || *to)
        return rt_json_skip(r);
    return rt_json_string(r, to);
}

static RtStatus read_value(RtJson *r, const RtLogFile *f, Object *o, const char *key)
{
    bool is_number;
    double value;
    if (rt_json_is(r, '"'))
        return read_text(r, o, key);
    if (rt_json_is(r, '['))
        return read_list(r, f, o, key);
    RtStatus status = read_word(r, &is_number, &value);
    if (status != RT_OK || !is_number)
        return status;
    if (!strcmp(key, "epoch"))
        o->epoch = value;
    else if (!rt_logs_add(&o->values, key, NAN, value))
        return rt_logs_no_memory(f);
    return RT_OK;
}

static RtStatus read_object(RtJson *r, const RtLogFile *f, Object *o)
{
    RtStatus status = RT_OK;
    if (!rt_json_take(r, '{'))
        return rt_json_fail(r, "'{'");
    for (int i = 0; !rt_json_take(r, '}') && status == RT_OK; i++) {
        char *key;
        if (i && !rt_json_take(r, ','))
            return rt_json_fail(r, "',' or '}'");
        status = rt_json_string(r, &key);
        if (status != RT_OK)
            return status;
        if (!rt_json_take(r, ':'))
            status = rt_json_fail(r, "':'");
        if (status == RT_OK)
            status = read_value(r, f, o, key);
        free(key);
    }
    return status;
}

/* In lines of --log. */
static bool is_no_metric(const char *key)
{
    static const char *const keys[] = {"time", "seconds", "line", "epochs", "batches"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (!strcmp(key, keys[i]))
            return true;
    return false;
}

/* Evaluations are no epochs. */
static RtStatus add_object(const RtLogFile *f, const Object *o, int64_t number)
{
    bool fits = !o->command || !strcmp(o->command, "fit");
    double epoch = isfinite(o->epoch) ? o->epoch : (double)number;
    if (!fits || !o->values.n)
        return RT_OK;
    RtLogRun *run =
        rt_logs_run(f->logs, o->model ? o->model : "", o->is_history ? INFINITY : epoch);
    for (uint32_t i = 0; run && i < o->values.n; i++) {
        const RtLogMetric *m = &o->values.metrics[i];
        if ((o->command && is_no_metric(m->name)) || !strcmp(m->name, "epoch"))
            continue;
        if (o->is_history && isnan(m->epochs[0]))
            continue; /* a number beside the lists */
        for (int64_t k = 0; k < m->n; k++)
            if (!rt_logs_add(run, m->name, o->is_history ? m->epochs[k] : epoch, m->values[k]))
                return rt_logs_no_memory(f);
    }
    return run ? RT_OK : rt_logs_no_memory(f);
}

/* A run that was killed may leave a part of a line behind. */
static bool is_cut_off(const RtJson *r, int64_t n)
{
    return n > 0 && r->stop[-1] != '\n' && !memchr(r->at, '\n', (size_t)(r->stop - r->at));
}

RtStatus rt_logs_json(const RtLogFile *f)
{
    const unsigned char *text = (const unsigned char *)f->text;
    RtJson r = {.path = f->path,
                .what = "a line that is not JSON",
                .start = text,
                .at = text,
                .stop = text + f->size,
                .error = f->error};
    RtStatus status = RT_OK;
    if (f->size >= 3 && !memcmp(text, "\xef\xbb\xbf", 3))
        r.at += 3;
    for (int64_t n = 0; status == RT_OK && !rt_json_is_end(&r); n++) {
        Object o = {.epoch = NAN};
        RtJson line = r;
        status = read_object(&r, f, &o);
        bool cut = status != RT_OK && is_cut_off(&line, n);
        if (status == RT_OK)
            status = add_object(f, &o, n + 1);
        rt_logs_free_run(&o.values);
        free(o.model);
        free(o.command);
        if (cut)
            return RT_OK;
    }
    return status;
}
