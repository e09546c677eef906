/* fit.c: the command fit: a training from its first epoch to its last, with its callbacks. */
#include <stdlib.h>

#include "runtime/checkpoint/backup.h"
#include "runtime/commands/commands.h"
#include "runtime/train/branches.h"

typedef struct Fit {
    RtPosition position;
    RtTraining training;
    RtCallbacks callbacks;
    RtBackup backup;
} Fit;

RtStatus rt_command_stop(RtRun *run, const ImgCommand *c)
{
    (void)c;
    run->stops = true;
    return RT_OK;
}

RtStatus rt_run_lines(RtRun *run, uint32_t begin, uint32_t end)
{
    RtStatus status = RT_OK;
    for (uint32_t i = begin, next; i < end && status == RT_OK && !run->stops; i = next) {
        const ImgCommand *c = &run->image->commands.at[i];
        next = i + 1;
        status = rt_is_branch(c) ? rt_branch_next(run, i, &next) : rt_command_run(run, c);
    }
    return status;
}

/* The lines of the event; the result of the fit holds its series so far. */
static RtStatus act_lines(Fit *fit, RtTraining *t, RtEvent event)
{
    RtRun *run = t->run;
    uint32_t place = run->place;
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < t->c->events.n && status == RT_OK; i++) {
        const ImgEvent *e = &t->c->events.at[i];
        if (e->event != (uint32_t)event)
            continue;
        rt_progress_leave(&t->progress);
        status = rt_training_settle(t);
        if (status == RT_OK)
            status = rt_training_results(t, fit->callbacks.monitor, fit->callbacks.mode);
        if (status == RT_OK)
            status = rt_run_lines(run, e->begin, e->end);
        t->stops = t->stops || run->stops;
        run->stops = false;
    }
    if (status == RT_OK)
        run->place = place;
    return status;
}

static RtStatus hear(void *cx, RtTraining *t, RtEvent event)
{
    Fit *fit = cx;
    RtStatus status = rt_callbacks_act(&fit->callbacks, t, event);
    if (status == RT_OK)
        status = act_lines(fit, t, event);
    return status == RT_OK && event == RT_EVENT_epoch_end ? rt_log_epoch(t) : status;
}

/* A fit follows its compile; what a checkpoint tells may be another one. */
static RtStatus check_compile(const Fit *fit, RtRun *run, const ImgCommand *c)
{
    const ImgCommand *compile = run->models[c->instance].compile;
    const char *path = run->settings->resume ? run->settings->resume : fit->backup.path;
    if (compile && compile->compile == c->compile)
        return RT_OK;
    return rt_fail(&run->error, "the checkpoint '%s' is damaged", path ? path : "");
}

static RtStatus open_fit(Fit *fit, RtRun *run, const ImgCommand *c)
{
    RtStatus status = rt_callbacks_open(&fit->callbacks, run, c);
    if (status == RT_OK)
        status = rt_training_open(&fit->training, run, c, hear, fit);
    fit->training.logs_rate = fit->callbacks.sets_rate;
    if (status == RT_OK && c->has_rate)
        status = rt_training_log_rate(&fit->training);
    if (status == RT_OK && run->keeper)
        status =
            rt_keeper_restore(run->keeper, fit->position.command, &fit->training, &fit->callbacks);
    if (status == RT_OK)
        status = rt_backup_open(&fit->backup, &fit->position, &fit->training, &fit->callbacks);
    if (status == RT_OK)
        status = check_compile(fit, run, c);
    return status == RT_OK ? rt_callbacks_begin(&fit->callbacks, &fit->training) : status;
}

/* The error tells where it was interrupted; it stays. */
static RtStatus keep_interrupted(Fit *fit, RtKeeper *k)
{
    RtError *error = fit->training.train.error, why = *error;
    RtStatus status = rt_training_settle(&fit->training);
    if (status == RT_OK)
        status = rt_backup_did(&fit->backup, &fit->position, &fit->training, true);
    if (status == RT_OK && k)
        status = rt_keeper_save(k, &fit->position, NULL);
    if (status != RT_OK)
        return status;
    *error = why;
    if (k && k->path)
        rt_fail_help(error, "go on with --resume=%s", k->path);
    else if (fit->backup.path)
        rt_fail_help(error, "the next run goes on from '%s'", fit->backup.path);
    else
        rt_fail_help(error, "--checkpoint=FILE keeps such work, --resume=FILE goes on from there");
    return RT_END;
}

/* A fit that is killed before its first checkpoint is begun again with files as long as they were, so that lines that it
 * appended do not stay. */
static RtStatus keep_begin(Fit *fit, RtKeeper *k)
{
    RtStatus status = RT_OK;
    if (fit->training.is_begun)
        return RT_OK;
    if (k)
        status = rt_keeper_save_now(k, &fit->position, NULL);
    return status == RT_OK ? rt_backup_begin(&fit->backup, &fit->position) : status;
}

static RtStatus train(Fit *fit)
{
    RtDid did = RT_DID_batch;
    RtKeeper *k = fit->training.run->keeper;
    RtStatus status = keep_begin(fit, k);
    while (status == RT_OK && did != RT_DID_end) {
        status = rt_training_step(&fit->training, &did);
        if (status == RT_OK)
            status = rt_backup_did(&fit->backup, &fit->position, &fit->training, false);
        if (status == RT_OK && k)
            status = rt_keeper_did(k, &fit->position, did);
    }
    if (status == RT_END)
        return keep_interrupted(fit, k);
    if (status == RT_OK)
        status = rt_training_settle(&fit->training);
    const RtCallbacks *cbs = &fit->callbacks;
    return status == RT_OK ? rt_training_results(&fit->training, cbs->monitor, cbs->mode) : status;
}

RtStatus rt_command_fit(RtRun *run, const ImgCommand *c)
{
    Fit *fit = calloc(1, sizeof *fit);
    if (!fit)
        return rt_fail(&run->error, "not enough memory for training");
    fit->position = (RtPosition){.command = (uint32_t)(c - run->image->commands.at),
                                 .training = &fit->training,
                                 .callbacks = &fit->callbacks};
    RtStatus status = open_fit(fit, run, c);
    if (status == RT_OK)
        status = train(fit);
    RtError why = run->error;
    RtStatus closed = rt_backup_close(&fit->backup, run, status == RT_OK);
    if (closed == RT_OK)
        closed = rt_callbacks_close(&fit->callbacks, run);
    else
        (void)!rt_callbacks_close(&fit->callbacks, run);
    rt_training_close(&fit->training);
    free(fit);
    if (status == RT_OK)
        return closed;
    run->error = why;
    return status;
}
