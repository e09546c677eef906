/* fit.c: the command fit: a training from its first epoch to its last, with its callbacks. */
#include <stdlib.h>

#include "runtime/checkpoint/keeper.h"
#include "runtime/commands/commands.h"

typedef struct Fit {
    RtPosition position;
    RtTraining training;
    RtCallbacks callbacks;
} Fit;

static RtStatus hear(void *cx, RtTraining *t, RtEvent event)
{
    Fit *fit = cx;
    RtStatus status = rt_callbacks_act(&fit->callbacks, t, event);
    return status == RT_OK && event == RT_EVENT_epoch_end ? rt_log_epoch(t) : status;
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
    return status == RT_OK ? rt_callbacks_begin(&fit->callbacks, &fit->training) : status;
}

/* The error tells where; it stays. */
static RtStatus keep_interrupted(Fit *fit, RtKeeper *k)
{
    RtError why = *fit->training.train.error;
    RtStatus status = rt_keeper_save(k, &fit->position, NULL);
    if (status != RT_OK)
        return status;
    *fit->training.train.error = why;
    return RT_END;
}

static RtStatus train(Fit *fit)
{
    RtDid did = RT_DID_batch;
    RtStatus status = RT_OK;
    RtKeeper *k = fit->training.run->keeper;
    while (status == RT_OK && did != RT_DID_end) {
        status = rt_training_step(&fit->training, &did);
        if (status == RT_OK && k)
            status = rt_keeper_did(k, &fit->position, did);
    }
    if (status == RT_END && k)
        return keep_interrupted(fit, k);
    return status == RT_OK ? rt_training_results(&fit->training, fit->callbacks.monitor) : status;
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
    RtStatus closed = rt_callbacks_close(&fit->callbacks, run);
    rt_training_close(&fit->training);
    free(fit);
    return status == RT_OK ? closed : status;
}
