/* callbacks.c: the table of callbacks, their arguments, and the walk over them at an event. */
#include "runtime/callbacks/callbacks.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/range.h"
#include "runtime/abi/shown.h"
#include "runtime/data/store.h"
#include "runtime/files/folders.h"
#include "runtime/files/text.h"

/* ---- the rows ---- */

typedef struct StateOf {
    const char *row;
    RtStateRow state;
} StateOf;

/* The states of a row stand together. */
static const StateOf states[] = {
#define STATE(row, name, kind) {#row, {#name, RT_STATE_##kind}},
#include "runtime/abi/callbacks.def"
};

static const struct {
    const char *row;
    RtEvent event;
    RtAct *act;
} acts[] = {
#define ON(row, event) {#row, RT_EVENT_##event, rt_##row##_##event},
#include "runtime/abi/callbacks.def"
};

typedef struct ArgumentRow {
    const char *row, *name, *kind, *range;
} ArgumentRow;

static const ArgumentRow arguments[] = {
#define ARG(row, name, kind, fallback, range, ...) {#row, #name, #kind, range},
#include "runtime/abi/callbacks.def"
};

static const struct {
    const char *row;
    RtAct *open;
} opens[] = {
#define OPENS(row) {#row, rt_##row##_open},
#include "runtime/abi/callbacks.def"
};

static const struct {
    const char *row;
    RtWrites *writes;
} writers[] = {
#define WRITES(row) {#row, rt_##row##_writes},
#include "runtime/abi/callbacks.def"
};

static const char *const rate_setters[] = {
#define SETS_RATE(row) #row,
#include "runtime/abi/callbacks.def"
};

static const char *const names[] = {
#define ROW_BUILT(id, name) name,
#define ROW_LATER(id, name)
#define ROW(id, name, aliases, state, ...) ROW_##state(id, name)
#include "runtime/abi/callbacks.def"
};

enum { N_ROWS = sizeof names / sizeof *names, N_STATES = sizeof states / sizeof *states };

static RtCallbackRow rows[N_ROWS];
static RtStateRow row_states[N_STATES];

/* Fills the rows from the table, once. */
static void make_rows(void)
{
    if (rows[0].name)
        return;
    for (size_t k = 0; k < N_STATES; k++)
        row_states[k] = states[k].state;
    for (size_t i = 0; i < N_ROWS; i++) {
        RtCallbackRow *r = &rows[i];
        for (size_t k = N_STATES; k-- > 0;)
            if (!strcmp(states[k].row, names[i])) {
                r->states = &row_states[k];
                r->n_states++;
            }
        for (size_t k = 0; k < sizeof acts / sizeof *acts; k++)
            if (!strcmp(acts[k].row, names[i]))
                r->act[acts[k].event] = acts[k].act;
        for (size_t k = 0; k < sizeof opens / sizeof *opens; k++)
            if (!strcmp(opens[k].row, names[i]))
                r->open = opens[k].open;
        for (size_t k = 0; k < sizeof writers / sizeof *writers; k++)
            if (!strcmp(writers[k].row, names[i]))
                r->writes = writers[k].writes;
        for (size_t k = 0; k < sizeof rate_setters / sizeof *rate_setters; k++)
            r->sets_rate = r->sets_rate || !strcmp(rate_setters[k], names[i]);
        r->name = names[i];
    }
}

static const RtCallbackRow *find_row(const char *name)
{
    make_rows();
    for (size_t i = 0; i < N_ROWS; i++)
        if (!strcmp(rows[i].name, name))
            return &rows[i];
    return NULL;
}

/* ---- opening ---- */

static const ArgumentRow *argument_row(const char *row, const char *name)
{
    static const ArgumentRow other = {"", "", "", ""};
    for (size_t i = 0; i < sizeof arguments / sizeof *arguments; i++)
        if (!strcmp(arguments[i].row, row) && !strcmp(arguments[i].name, name))
            return &arguments[i];
    return &other;
}

static RtStatus read_text(RtRun *run, const ImgArg *a, RtCallbackArg *out)
{
    const ImgExpr *x = &run->image->exprs.at[a->expr];
    out->text =
        x->index >= 0 && x->index < run->image->options.n ? run->options[x->index].text : NULL;
    return out->text ? RT_OK : rt_fail(&run->error, "'%s' is not a path", a->name);
}

/* An error belongs to the callback, or where the program does not write it to its command. */
static void take_place(RtRun *run, const ImgCall *call)
{
    if (call->place != IMG_NONE)
        run->place = call->place;
}

/* What options give is in the range of the row, or an error. */
static RtStatus read_number(RtRun *run, const ArgumentRow *row, const ImgArg *a, RtCallbackArg *out)
{
    RtValue v = rt_value_none();
    RtStatus status = rt_run_value(run, a->expr, &v);
    out->number = v.number;
    out->count = rt_to_i64(v.number);
    rt_value_free(&v);
    if (status != RT_OK || (isfinite(out->number) && rt_in_range(row->range, out->number)))
        return status;
    return rt_fail(&run->error, "'%s' of '%s' is %g; it must be %s", row->name, row->row,
                   out->number, *row->range ? row->range : "finite");
}

static RtStatus read_arg(RtRun *run, const char *name, const ImgArg *a, RtCallbackArg *out)
{
    const ArgumentRow *row = argument_row(name, a->name);
    *out = (RtCallbackArg){a->none, a->f, a->i, a->text, a->expr};
    if (a->none || a->expr == IMG_NONE || !strcmp(row->kind, "EPOCH_FN"))
        return RT_OK;
    return strcmp(row->kind, "PATH") != 0 ? read_number(run, row, a, out) : read_text(run, a, out);
}

static RtStatus open_one(RtCallbacks *cbs, RtRun *run, const ImgCall *call)
{
    RtCallback *cb = &cbs->at[cbs->n];
    cb->call = call;
    cb->row = find_row(call->name);
    if (!cb->row)
        return rt_fail(&run->error, "the callback '%s' is not part of this runtime", call->name);
    cb->args = calloc(call->args.n + (size_t)1, sizeof *cb->args);
    cb->slots = calloc(cb->row->n_states + (size_t)1, sizeof *cb->slots);
    cbs->n++;
    if (!cb->args || !cb->slots)
        return rt_fail(&run->error, "not enough memory for '%s'", call->name);
    for (uint32_t i = 0; i < cb->row->n_states; i++)
        cb->slots[i].number = NAN;
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < call->args.n && status == RT_OK; i++)
        status = read_arg(run, call->name, &call->args.at[i], &cb->args[i]);
    if (status != RT_OK)
        take_place(run, call);
    for (int e = 0; e < RT_N_EVENTS; e++)
        cbs->has[e] = cbs->has[e] || cb->row->act[e];
    cbs->sets_rate = cbs->sets_rate || cb->row->sets_rate;
    if (!cbs->monitor && !strcmp(call->name, "EarlyStopping")) {
        cbs->monitor = cb->args[CB_EarlyStopping_monitor].text;
        cbs->mode = cb->args[CB_EarlyStopping_mode].count;
    }
    return status;
}

RtStatus rt_callbacks_open(RtCallbacks *out, RtRun *run, const ImgCommand *c)
{
    const ImgArg *list = rt_setting(c, "callbacks");
    RtStatus status = RT_OK;
    memset(out, 0, sizeof *out);
    if (!list || !list->calls.n)
        return RT_OK;
    out->at = calloc(list->calls.n, sizeof *out->at);
    if (!out->at)
        return rt_fail(&run->error, "not enough memory for the callbacks");
    for (uint32_t i = 0; i < list->calls.n && status == RT_OK; i++)
        status = open_one(out, run, &run->image->calls.at[list->calls.at[i]]);
    return status;
}

RtStatus rt_callbacks_close(RtCallbacks *cbs, RtRun *run)
{
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < cbs->n; i++) {
        RtCallback *cb = &cbs->at[i];
        for (uint32_t k = 0; cb->slots && k < cb->row->n_states; k++) {
            RtError error;
            free(cb->slots[k].text);
            rt_copy_free(&cb->slots[k].weights);
            run->is_unread = run->is_unread || (cb->slots[k].file && cb->slots[k].file->is_gone);
            if (rt_append_close(cb->slots[k].file, &error) != RT_OK && status == RT_OK)
                status = rt_fail(&run->error, "%s", error.text);
        }
        free(cb->args);
        free(cb->slots);
    }
    free(cbs->at);
    memset(cbs, 0, sizeof *cbs);
    return status;
}

static RtStatus act_one(RtAct *act, RtTraining *t, RtCallback *cb)
{
    RtStatus status = act ? act(t, cb) : RT_OK;
    if (status == RT_ERROR)
        take_place(t->run, cb->call);
    return status;
}

RtStatus rt_callbacks_begin(RtCallbacks *cbs, RtTraining *t)
{
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < cbs->n && status == RT_OK; i++)
        status = act_one(cbs->at[i].row->open, t, &cbs->at[i]);
    return status;
}

RtStatus rt_callbacks_act(RtCallbacks *cbs, RtTraining *t, RtEvent event)
{
    RtStatus status = RT_OK;
    if (!cbs->has[event])
        return RT_OK;
    for (uint32_t i = 0; i < cbs->n && status == RT_OK; i++)
        status = act_one(cbs->at[i].row->act[event], t, &cbs->at[i]);
    return status;
}

RtStatus rt_callback_writes(RtRun *run, const ImgCommand *c, const RtCallback *cb, char **alone)
{
    *alone = NULL;
    take_place(run, cb->call);
    return cb->row->writes ? cb->row->writes(run, c, cb, alone) : RT_OK;
}

/* ---- for the callbacks ---- */

void rt_callback_say(const RtTraining *t, const char *format, ...)
{
    va_list list;
    if (t->run->settings->quiet)
        return;
    va_start(list, format);
    rt_vprint(t->run->out, format, list);
    va_end(list);
    fputc('\n', t->run->out);
}

void rt_callback_say_rate(const RtTraining *t, const char *what, double rate)
{
    FILE *out = t->run->out;
    if (t->run->settings->quiet)
        return;
    rt_print(out, "\nEpoch %lld: %s learning rate to ", (long long)t->epoch + 1, what);
    rt_put_repr(out, rate);
    fputs(".\n", out);
}

RtStatus rt_callback_path(RtTraining *t, const char *path, char **out)
{
    *out = rt_run_out_path(t->run, path);
    return *out ? rt_folders_make(*out, &t->run->error) : RT_ERROR;
}

RtStatus rt_callback_path_check(RtRun *run, const char *path, char **out)
{
    *out = *path ? rt_run_out_path(run, path) : NULL;
    if (!*path)
        return rt_fail(&run->error, "the path is empty");
    return *out ? rt_folders_check(*out, &run->error) : RT_ERROR;
}

RtMonitor rt_monitor(const RtTraining *t, const RtCallbackArg *name, const RtCallbackArg *mode,
                     double min_delta)
{
    bool up = mode->count ? mode->count == 2 : rt_training_goes_up(t, name->text);
    return (RtMonitor){name->text, up, fabs(min_delta)};
}

const double *rt_monitor_value(const RtTraining *t, const RtCallback *cb, const RtMonitor *m,
                               RtSlot *warned)
{
    const double *value = rt_training_log(t, m->name);
    if (!value && isnan(warned->number)) {
        rt_warn(t->run, "'%s' passes over the epochs without '%s'; the first is epoch %lld",
                cb->row->name, m->name, (long long)t->epoch + 1);
        warned->number = 1;
    }
    return value;
}

bool rt_monitor_better(const RtMonitor *m, double value, double best)
{
    if (isnan(value) || isnan(best))
        return !isnan(value);
    return m->up ? value - m->delta > best : value + m->delta < best;
}
