/* learning_rate_scheduler.c: LearningRateScheduler: the rate of each epoch from a fn. */
#include <math.h>

#include "runtime/callbacks/callbacks.h"

RtStatus rt_LearningRateScheduler_epoch_begin(RtTraining *t, RtCallback *cb)
{
    const RtCallbackArg *a = cb->args;
    double given[2] = {(double)t->epoch, 0};
    const char *why = NULL;
    RtStatus status = rt_training_rate(t, &given[1]);
    if (status != RT_OK)
        return status;
    RtExprCx cx = {t->run->image, given, 2, t->run, rt_run_option, NULL, NULL, NULL};
    double rate = rt_expr_number(&cx, a[CB_LearningRateScheduler_schedule].expr, &why);
    if (why)
        return rt_fail(t->train.error, "the learning rate of epoch %lld: %s",
                       (long long)t->epoch + 1, why);
    if (!isfinite(rate) || rate < 0)
        return rt_fail(t->train.error,
                       "the learning rate of epoch %lld is %g; it must be a number >= 0",
                       (long long)t->epoch + 1, rate);
    rt_training_set_rate(t, rate);
    if (a[CB_LearningRateScheduler_verbose].count)
        rt_callback_say_rate(t, "LearningRateScheduler setting", rate);
    return RT_OK;
}
