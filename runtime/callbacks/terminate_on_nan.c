/* terminate_on_nan.c: TerminateOnNaN: the end of a training whose loss is no number any more. */
#include <math.h>

#include "runtime/callbacks/callbacks.h"

RtStatus rt_TerminateOnNaN_batch_end(RtTraining *t, RtCallback *cb)
{
    rt_training_figures(t);
    const double *loss = rt_training_log(t, "loss");
    if (!loss || isfinite(*loss))
        return RT_OK;
    if (cb->args[CB_TerminateOnNaN_raise_error].count)
        return rt_fail(t->train.error, "the loss is %s after batch %lld of epoch %lld",
                       isnan(*loss) ? "NaN" : "infinite", (long long)t->batch,
                       (long long)t->epoch + 1);
    rt_callback_say(t, "Batch %lld: Invalid loss, terminating training", (long long)t->batch - 1);
    t->stops = true;
    return RT_OK;
}
