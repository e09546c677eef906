/* model_checkpoint.c: ModelCheckpoint: the model in a file, each epoch or when a metric has improved. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/abi/pattern.h"
#include "runtime/callbacks/callbacks.h"
#include "runtime/data/store.h"
#include "runtime/files/atomic.h"
#include "runtime/train/weights.h"

/* ---- before the run ---- */

/* The metrics that an entry reports, behind those that are there. */
static void add_metrics(const ImgEntry *e, const char *before, char (*names)[RT_PATTERN_NAME],
                        const char **list, uint32_t *n)
{
    for (uint32_t i = 0; i < e->metrics.n; i++, ++*n) {
        snprintf(names[*n], sizeof *names, "%s%s", before, e->metrics.at[i].name);
        list[*n] = names[*n];
    }
}

/* What an option gives is known only now. */
static RtStatus check_pattern(RtRun *run, const ImgCommand *c, const RtCallback *cb,
                              const char *pattern)
{
    const ImgEntry *train = &run->image->entries.at[c->train_entry], *eval = NULL;
    bool by_batch = cb->args[CB_ModelCheckpoint_save_freq].count > 0, has_field;
    RtPatternFields fields = {.has_batch = by_batch};
    RtTemplateFault fault;
    if (!c->no_validation && c->eval_entry != IMG_NONE && !by_batch)
        eval = &run->image->entries.at[c->eval_entry];
    size_t most = train->metrics.n + (eval ? eval->metrics.n : 0) + (size_t)1;
    char(*names)[RT_PATTERN_NAME] = malloc(most * sizeof *names);
    const char **list = malloc(most * sizeof *list);
    RtStatus status = names && list
                          ? RT_OK
                          : rt_fail(&run->error, "not enough memory for the path '%s'", pattern);
    if (status == RT_OK) {
        add_metrics(train, "", names, list, &fields.n);
        if (eval)
            add_metrics(eval, "val_", names, list, &fields.n);
        if (c->has_rate && !by_batch)
            list[fields.n++] = "learning_rate";
        fields.figures = list;
        if (rt_pattern_check(pattern, &fields, &has_field, &fault) != RT_OK) {
            status = rt_fail(&run->error, "the path '%s' of 'ModelCheckpoint': %s", pattern,
                             fault.error.text);
            rt_fail_help(&run->error, "%s", fault.error.help);
        }
    }
    free(names);
    free((void *)list);
    return status;
}

RtStatus rt_ModelCheckpoint_writes(RtRun *run, const ImgCommand *c, const RtCallback *cb,
                                   char **alone)
{
    const char *path = cb->args[CB_ModelCheckpoint_filepath].text;
    const ImgInstance *m = &run->image->instances.at[c->instance];
    RtStatus status = *path ? rt_weights_path_check(run, m, path) : RT_OK;
    if (status == RT_OK)
        status = check_pattern(run, c, cb, path);
    return status == RT_OK ? rt_callback_path_check(run, path, alone) : status;
}

/* ---- the path ---- */

static RtStatus put_field(const RtTraining *t, const RtPiece *field, char *out, size_t size,
                          size_t *n)
{
    char name[256];
    snprintf(name, sizeof name, "%.*s", (int)field->n, field->text);
    const double *value = rt_training_log(t, name);
    if (!strcmp(name, "epoch"))
        *n = rt_spec_integer(&field->spec, t->epoch + 1, out, size);
    else if (!strcmp(name, "batch"))
        *n = rt_spec_integer(&field->spec, t->batch, out, size);
    else if (value)
        *n = rt_spec_float(&field->spec, *value, out, size);
    else
        return rt_fail(t->train.error,
                       "'%s' was not measured in epoch %lld, but the path of 'ModelCheckpoint' "
                       "holds it",
                       name, (long long)t->epoch + 1);
    return RT_OK;
}

/* The pattern filled in; in malloc memory. */
static RtStatus fill_pattern(const RtTraining *t, const char *pattern, char **out, RtError *error)
{
    char text[4096];
    size_t at = 0, n = 0;
    RtPiece piece;
    RtTemplateFault fault;
    RtStatus status, filled = RT_OK;
    while ((status = rt_template_next(pattern, &at, &piece, &fault)) == RT_OK && filled == RT_OK) {
        size_t left = sizeof text - n, here = piece.n;
        if (piece.is_field)
            filled = put_field(t, &piece, text + n, left, &here);
        else if (here < left)
            memcpy(text + n, piece.text, here);
        if (filled == RT_OK && here >= left)
            filled = rt_fail(error, "the path of 'ModelCheckpoint' is too long");
        n += here;
    }
    if (filled != RT_OK)
        return filled;
    if (status == RT_ERROR)
        return rt_fail(error, "the path '%s' of 'ModelCheckpoint': %s", pattern, fault.error.text);
    text[n] = 0;
    *out = rt_text_copy(text);
    return *out ? RT_OK : rt_fail(error, "not enough memory for the path '%s'", pattern);
}

/* ---- files that are kept ---- */

/* The last `keep` paths stay, each with a line end; the files before them go. */
static RtStatus drop_old(RtTraining *t, RtCallback *cb, const char *path, RtError *error)
{
    const RtCallbackArg *keep = &cb->args[CB_ModelCheckpoint_keep];
    char **written = &cb->slots[SLOT_ModelCheckpoint_written].text;
    if (keep->none)
        return RT_OK;
    size_t old = *written ? strlen(*written) : 0, size = old + strlen(path) + 2;
    char *all = malloc(size);
    int64_t n = 1;
    if (!all)
        return rt_fail(error, "not enough memory for the path '%s'", path);
    *all = 0;
    for (char *line = *written; line && *line; line = strchr(line, '\n') + 1) {
        size_t length = strcspn(line, "\n");
        if (strlen(path) == length && !strncmp(line, path, length))
            continue;
        strncat(all, line, length + 1);
        n++;
    }
    strcat(strcat(all, path), "\n");
    char *first = all;
    for (; n > keep->count; n--) {
        char *end = strchr(first, '\n');
        *end = 0;
        if (unlink(first) != 0 && errno != ENOENT)
            rt_warn(t->run, "cannot remove '%s': %s", first, strerror(errno));
        first = end + 1;
    }
    memmove(all, first, strlen(first) + 1);
    free(*written);
    *written = all;
    return RT_OK;
}

/* ---- saving ---- */

/* What it takes to save the model in this epoch. */
typedef struct Saving {
    RtTraining *t;
    RtCallback *cb;
    const char *pattern;
    char *path;
} Saving;

static RtStatus name_path(void *cx, RtError *error)
{
    Saving *s = cx;
    return fill_pattern(s->t, s->pattern, &s->path, error);
}

static RtStatus save_to(void *cx, RtError *error)
{
    const Saving *s = cx;
    RtTraining *t = s->t;
    bool tells = s->cb->args[CB_ModelCheckpoint_verbose].count > 0;
    char *full;
    RtStatus status = rt_callback_path(t, s->path, &full);
    /* What is told to be finished, and what other files go for, is written at once. */
    if (status == RT_OK && !tells && s->cb->args[CB_ModelCheckpoint_keep].none)
        status = rt_weights_start(t->run, t->model, full, &t->writer);
    else if (status == RT_OK)
        status = rt_weights_save(t->run, t->model, full);
    if (status == RT_OK)
        status = drop_old(t, s->cb, full, error);
    if (status == RT_OK && tells)
        rt_callback_say(t, "\nEpoch %lld: finished saving model to %s", (long long)t->epoch + 1,
                        s->path);
    free(full);
    return status;
}

/* Has the metric improved? Says so; *best becomes its value. */
static bool improved(RtTraining *t, RtCallback *cb, const RtMonitor *m, double value,
                     const char *path)
{
    const RtCallbackArg *a = cb->args;
    double *best = &cb->slots[SLOT_ModelCheckpoint_best].number;
    const RtCallbackArg *threshold = &a[CB_ModelCheckpoint_initial_value_threshold];
    if (isnan(*best) && !threshold->none)
        *best = threshold->number;
    bool better = rt_monitor_better(m, value, *best), tells = a[CB_ModelCheckpoint_verbose].count;
    char from[64] = "None";
    if (!isnan(*best))
        snprintf(from, sizeof from, "%.5f", *best);
    if (tells && better)
        rt_callback_say(t, "\nEpoch %lld: %s improved from %s to %.5f, saving model to %s",
                        (long long)t->epoch + 1, m->name, from, value, path);
    else if (tells)
        rt_callback_say(t, "\nEpoch %lld: %s did not improve from %s", (long long)t->epoch + 1,
                        m->name, from);
    if (better)
        *best = value;
    return better;
}

static RtStatus save(RtTraining *t, RtCallback *cb)
{
    const RtCallbackArg *a = cb->args;
    bool best_only = a[CB_ModelCheckpoint_save_best_only].count;
    RtMonitor m = rt_monitor(t, &a[CB_ModelCheckpoint_monitor], &a[CB_ModelCheckpoint_mode], 0);
    const double *value =
        best_only ? rt_monitor_value(t, cb, &m, &cb->slots[SLOT_ModelCheckpoint_warned]) : NULL;
    Saving s = {t, cb, a[CB_ModelCheckpoint_filepath].text, NULL};
    if (best_only && !value)
        return RT_OK;
    RtStatus status = rt_reserve_run(t->run->reserve, name_path, &s, t->train.error);
    if (status != RT_OK)
        return status;
    bool now = !value || improved(t, cb, &m, *value, s.path);
    if (!best_only && a[CB_ModelCheckpoint_verbose].count)
        rt_callback_say(t, "\nEpoch %lld: saving model to %s", (long long)t->epoch + 1, s.path);
    if (now)
        status = rt_reserve_run(t->run->reserve, save_to, &s, t->train.error);
    free(s.path);
    return status;
}

RtStatus rt_ModelCheckpoint_batch_end(RtTraining *t, RtCallback *cb)
{
    double *batches = &cb->slots[SLOT_ModelCheckpoint_batches].number;
    int64_t freq = cb->args[CB_ModelCheckpoint_save_freq].count;
    if (!freq)
        return RT_OK;
    *batches = isnan(*batches) ? 1 : *batches + 1;
    if (*batches < (double)freq)
        return RT_OK;
    *batches = 0;
    rt_training_figures(t);
    return save(t, cb);
}

RtStatus rt_ModelCheckpoint_epoch_end(RtTraining *t, RtCallback *cb)
{
    return cb->args[CB_ModelCheckpoint_save_freq].count ? RT_OK : save(t, cb);
}
