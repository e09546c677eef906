/* paths.c: what save, predict and callbacks write is looked at before the first command runs: the endings, the folders, and
 * that no two commands write one file. A mistake found after a long training would cost it. */
#include <stdlib.h>
#include <string.h>

#include "runtime/callbacks/callbacks.h"
#include "runtime/commands/commands.h"
#include "runtime/exec/surroundings.h"
#include "runtime/files/atomic.h"
#include "runtime/files/place.h"
#include "runtime/plot/figure.h"
#include "runtime/train/branches.h"
#include "runtime/train/inputs.h"
#include "runtime/train/weights.h"

typedef struct Output {
    uint32_t order, place, command; /* in the program */
    char *path;
} Output;

typedef struct Outputs {
    RtRun *run;
    Output *at; /* room for all */
    uint32_t n;
} Outputs;

bool rt_command_writes(const ImgCommand *c)
{
    return strcmp(c->name, "load") != 0 && (*c->path || c->path_expr != IMG_NONE);
}

/* Kept columns need a file of text. */
static RtStatus check_predictions(RtRun *run, const ImgCommand *c, const char *path)
{
    const ImgArg *keep = rt_setting(c, "keep");
    RtStatus status = rt_predictions_check(run, path);
    return status == RT_OK && keep && keep->texts.n ? rt_predictions_keep_check(run, path) : status;
}

/* A device or pipe takes what several write. */
static bool is_one(const char *a, const char *b)
{
    return rt_same_file(a, b) || (!strcmp(a, b) && !rt_place_is_special(a));
}

static RtStatus check_path(RtRun *run, const ImgCommand *c, const char *path)
{
    RtStatus status = RT_OK;
    if (!strcmp(c->name, "save"))
        status = rt_weights_path_check(run, &run->image->instances.at[c->instance], path);
    else if (!strcmp(c->name, "predict"))
        status = check_predictions(run, c, path);
    else if (!strcmp(c->name, "plot") || !strcmp(c->name, "show"))
        status = rt_figure_check(path, &run->error);
    return status == RT_OK ? rt_file_check(path, &run->error) : status;
}

static RtStatus refuse_input(RtRun *run, const char *path)
{
    return rt_inputs_have(run, path)
               ? rt_fail(&run->error, "'%s' would be replaced, but data are read from it", path)
               : RT_OK;
}

/* What the command line wants written. */
static RtStatus refuse_settings(RtRun *run, const char *path)
{
    const RtSettings *s = run->settings;
    const char *option = s->checkpoint && is_one(s->checkpoint, path) ? "--checkpoint"
                         : s->log && is_one(s->log, path)             ? "--log"
                                                                      : NULL;
    return option ? rt_fail(&run->error, "'%s' is written by %s, too", path, option) : RT_OK;
}

static RtStatus refuse_setting(RtRun *run, const char *option, const char *path)
{
    const RtSettings *s = run->settings;
    bool goes_on = s->resume && !strcmp(option, "--checkpoint");
    if (s->resume && !goes_on && rt_same_file(s->resume, path))
        return rt_fail(&run->error, "%s: '%s' would be replaced, but --resume reads it", option,
                       path);
    if (rt_inputs_have(run, path))
        return rt_fail(&run->error, "%s: '%s' would be replaced, but data are read from it", option,
                       path);
    char *own = rt_own_path();
    bool is_own = own && rt_same_file(own, path);
    free(own);
    return is_own ? rt_fail(&run->error, "%s: '%s' is this program itself", option, path) : RT_OK;
}

RtStatus rt_settings_check(RtRun *run)
{
    const RtSettings *s = run->settings;
    RtStatus status = s->checkpoint ? refuse_setting(run, "--checkpoint", s->checkpoint) : RT_OK;
    if (status == RT_OK && s->log)
        status = refuse_setting(run, "--log", s->log);
    if (status == RT_OK && s->checkpoint && s->log && is_one(s->checkpoint, s->log))
        status = rt_fail(&run->error, "--checkpoint and --log name one file: '%s'", s->log);
    return status;
}

/* Takes the path, which may be NULL: nothing. */
static void take(Outputs *all, const ImgCommand *c, uint32_t place, char *path)
{
    if (path)
        all->at[all->n] =
            (Output){all->n, place, (uint32_t)(c - all->run->image->commands.at), path};
    all->n += path != NULL;
}

/* The path of a command that writes, checked. */
static RtStatus take_command(Outputs *all, const ImgCommand *c)
{
    RtRun *run = all->run;
    run->place = c->place;
    char *path = rt_run_path(run, c), *full = path ? rt_run_out_path(run, path) : NULL;
    bool empty = path && !*path;
    free(path);
    take(all, c, c->place, full);
    if (!full)
        return RT_ERROR;
    if (empty)
        return rt_fail(&run->error, "the path is empty");
    RtStatus status = check_path(run, c, full);
    if (status == RT_OK)
        status = refuse_input(run, full);
    return status == RT_OK ? refuse_settings(run, full) : status;
}

/* What the callbacks of a fit write; their arguments are looked at, too. */
static RtStatus take_callbacks(Outputs *all, const ImgCommand *c)
{
    RtRun *run = all->run;
    RtCallbacks cbs;
    run->place = c->place;
    RtStatus status = rt_callbacks_open(&cbs, run, c);
    for (uint32_t i = 0; i < cbs.n && status == RT_OK; i++) {
        char *alone;
        status = rt_callback_writes(run, c, &cbs.at[i], &alone);
        take(all, c, cbs.at[i].call->place, alone);
        if (status == RT_OK && alone)
            status = refuse_input(run, alone);
        if (status == RT_OK && alone)
            status = refuse_settings(run, alone);
    }
    RtStatus closed = rt_callbacks_close(&cbs, run);
    return status == RT_OK ? closed : status;
}

static int by_path(const void *a, const void *b)
{
    const Output *x = a, *y = b;
    int order = strcmp(x->path, y->path);
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

static RtStatus refuse_twins(RtRun *run, Output *all, size_t n)
{
    if (n)
        qsort(all, n, sizeof *all, by_path);
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k-- > 0 && !strcmp(all[i].path, all[k].path);)
            if (!rt_branches_exclude(run->image, all[i].command, all[k].command)) {
                run->place = all[i].place;
                return rt_fail(&run->error, "'%s' is written by line %u, too", all[i].path,
                               rt_run_place(run, all[k].place)->line);
            }
    return RT_OK;
}

static uint32_t count_outputs(const ImgProgram *p)
{
    uint32_t n = p->commands.n;
    for (uint32_t i = 0; i < p->commands.n; i++) {
        const ImgArg *list = rt_setting(&p->commands.at[i], "callbacks");
        n += list ? list->calls.n : 0;
    }
    return n;
}

RtStatus rt_outputs_check(RtRun *run)
{
    Outputs all = {.run = run};
    RtStatus status = RT_OK;
    all.at = calloc((size_t)count_outputs(run->image) + 1, sizeof *all.at);
    if (!all.at)
        return rt_fail(&run->error, "not enough memory for the paths of the commands");
    for (uint32_t i = 0; i < run->image->commands.n && status == RT_OK; i++) {
        const ImgCommand *c = &run->image->commands.at[i];
        if (rt_command_writes(c))
            status = take_command(&all, c);
        else if (!strcmp(c->name, "fit"))
            status = take_callbacks(&all, c);
    }
    if (status == RT_OK)
        status = refuse_twins(run, all.at, all.n);
    if (status == RT_OK)
        run->place = IMG_NONE;
    for (uint32_t i = 0; i < all.n; i++)
        free(all.at[i].path);
    free(all.at);
    return status;
}
