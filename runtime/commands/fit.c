/* fit.c: the command fit: a training from its first epoch to its last, with its callbacks. */
#include <stdlib.h>

#include "runtime/callbacks/callbacks.h"
#include "runtime/commands/commands.h"

typedef struct Fit {
    RtTraining training;
    RtCallbacks callbacks;
} Fit;

static RtStatus hear(void *cx, RtTraining *t, RtEvent event)
{
    Fit *fit = cx;
    return rt_callbacks_act(&fit->callbacks, t, event);
}

static RtStatus open_fit(Fit *fit, RtRun *run, const ImgCommand *c)
{
    RtStatus status = rt_callbacks_open(&fit->callbacks, run, c);
    if (status == RT_OK)
        status = rt_training_open(&fit->training, run, c, hear, fit);
    fit->training.logs_rate = fit->callbacks.sets_rate;
    if (status == RT_OK && c->has_rate)
        status = rt_training_log_rate(&fit->training);
    return status == RT_OK ? rt_callbacks_begin(&fit->callbacks, &fit->training) : status;
}

static RtStatus train(Fit *fit)
{
    RtDid did = RT_DID_batch;
    RtStatus status = RT_OK;
    while (status == RT_OK && did != RT_DID_end)
        status = rt_training_step(&fit->training, &did);
    const RtCallbacks *cbs = &fit->callbacks;
    return status == RT_OK ? rt_training_results(&fit->training, cbs->monitor, cbs->mode) : status;
}

RtStatus rt_command_fit(RtRun *run, const ImgCommand *c)
{
    Fit *fit = calloc(1, sizeof *fit);
    if (!fit)
        return rt_fail(&run->error, "not enough memory for training");
    RtStatus status = open_fit(fit, run, c);
    if (status == RT_OK)
        status = train(fit);
    RtStatus closed = rt_callbacks_close(&fit->callbacks, run);
    rt_training_close(&fit->training);
    free(fit);
    return status == RT_OK ? closed : status;
}
