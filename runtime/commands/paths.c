/* paths.c: what save and predict write is looked at before the first command runs: the endings, the folders, and
 * that no two commands write one file. A mistake found after a long training would cost it. */
#include <stdlib.h>
#include <string.h>

#include "runtime/commands/commands.h"
#include "runtime/files/atomic.h"
#include "runtime/train/branches.h"
#include "runtime/train/weights.h"

typedef struct Output {
    const ImgCommand *command;
    char *path;
} Output;

static bool has_path(const ImgCommand *c)
{
    return *c->path || c->path_expr != IMG_NONE;
}

/* Kept columns need a file of text. */
static RtStatus check_predictions(RtRun *run, const ImgCommand *c, const char *path)
{
    const ImgArg *keep = rt_setting(c, "keep");
    RtStatus status = rt_predictions_check(run, path);
    return status == RT_OK && keep && keep->texts.n ? rt_predictions_keep_check(run, path) : status;
}

static RtStatus check_path(RtRun *run, const ImgCommand *c, const char *path)
{
    RtStatus status = RT_OK;
    if (!strcmp(c->name, "save"))
        status = rt_weights_path_check(run, path);
    else if (!strcmp(c->name, "predict"))
        status = check_predictions(run, c, path);
    return status == RT_OK ? rt_file_check(path, &run->error) : status;
}

/* The path of a command that writes, checked. */
static RtStatus take(RtRun *run, const ImgCommand *c, Output *out)
{
    run->place = c->place;
    char *path = rt_run_path(run, c);
    *out = (Output){c, path ? rt_run_out_path(run, path) : NULL};
    bool empty = path && !*path;
    free(path);
    if (!out->path)
        return RT_ERROR;
    if (empty)
        return rt_fail(&run->error, "the path is empty");
    return check_path(run, c, out->path);
}

static int by_path(const void *a, const void *b)
{
    const Output *x = a, *y = b;
    int order = strcmp(x->path, y->path);
    return order ? order : (x->command > y->command) - (x->command < y->command);
}

/* Is at most one of them run? */
static bool exclude(const ImgProgram *p, const ImgCommand *a, const ImgCommand *b)
{
    return rt_branches_exclude(p, (uint32_t)(a - p->commands.at), (uint32_t)(b - p->commands.at));
}

static RtStatus refuse_twins(RtRun *run, Output *all, size_t n)
{
    if (n)
        qsort(all, n, sizeof *all, by_path);
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k-- > 0 && !strcmp(all[i].path, all[k].path);)
            if (!exclude(run->image, all[i].command, all[k].command)) {
                run->place = all[i].command->place;
                return rt_fail(&run->error, "'%s' is written by line %u, too", all[i].path,
                               rt_run_place(run, all[k].command->place)->line);
            }
    return RT_OK;
}

RtStatus rt_outputs_check(RtRun *run)
{
    uint32_t n = run->image->commands.n, found = 0;
    RtStatus status = RT_OK;
    Output *all = calloc((size_t)n + 1, sizeof *all);
    if (!all)
        return rt_fail(&run->error, "not enough memory for the paths of the commands");
    for (uint32_t i = 0; i < n && status == RT_OK; i++) {
        const ImgCommand *c = &run->image->commands.at[i];
        if (strcmp(c->name, "load") != 0 && has_path(c))
            status = take(run, c, &all[found++]);
    }
    if (status == RT_OK)
        status = refuse_twins(run, all, found);
    if (status == RT_OK)
        run->place = IMG_NONE;
    for (uint32_t i = 0; i < found; i++)
        free(all[i].path);
    free(all);
    return status;
}
