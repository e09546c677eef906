/* fit.c: the command fit: a training from its first epoch to its last. */
#include <stdlib.h>

#include "runtime/commands/commands.h"
#include "runtime/train/training.h"

static RtStatus train(RtTraining *t)
{
    RtDid did = RT_DID_batch;
    RtStatus status = RT_OK;
    while (status == RT_OK && did != RT_DID_end)
        status = rt_training_step(t, &did);
    return status == RT_OK ? rt_training_results(t, NULL) : status;
}

RtStatus rt_command_fit(RtRun *run, const ImgCommand *c)
{
    RtTraining *t = malloc(sizeof *t);
    if (!t)
        return rt_fail(&run->error, "not enough memory for training");
    RtStatus status = rt_training_open(t, run, c, NULL, NULL);
    if (status == RT_OK)
        status = train(t);
    rt_training_close(t);
    free(t);
    return status;
}
