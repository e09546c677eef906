/* early_stopping.c: EarlyStopping: the end of a training whose metric stops improving. */
#include <math.h>

#include "runtime/callbacks/callbacks.h"

static RtMonitor watched(const RtTraining *t, const RtCallback *cb)
{
    const RtCallbackArg *a = cb->args;
    return rt_monitor(t, &a[CB_EarlyStopping_monitor], &a[CB_EarlyStopping_mode],
                      a[CB_EarlyStopping_min_delta].number);
}

static RtStatus keep_weights(RtTraining *t, RtCallback *cb)
{
    RtSlot *slots = cb->slots;
    slots[SLOT_EarlyStopping_best_epoch].number = (double)t->epoch;
    if (!cb->args[CB_EarlyStopping_restore_best_weights].count)
        return RT_OK;
    return rt_copy_take(&slots[SLOT_EarlyStopping_weights].weights, t->model, t->train.error);
}

RtStatus rt_EarlyStopping_epoch_end(RtTraining *t, RtCallback *cb)
{
    const RtCallbackArg *a = cb->args;
    RtSlot *s = cb->slots;
    RtMonitor m = watched(t, cb);
    const double *value = rt_monitor_value(t, cb, &m, &s[SLOT_EarlyStopping_warned]);
    if (!value || t->epoch < a[CB_EarlyStopping_start_from_epoch].count)
        return RT_OK;
    RtStatus status = RT_OK;
    double *wait = &s[SLOT_EarlyStopping_wait].number;
    if (isnan(s[SLOT_EarlyStopping_best_epoch].number)) /* the first, whatever its value */
        status = keep_weights(t, cb);
    *wait = isnan(*wait) ? 1 : *wait + 1;
    if (status != RT_OK)
        return status;
    if (rt_monitor_better(&m, *value, s[SLOT_EarlyStopping_best].number)) {
        s[SLOT_EarlyStopping_best].number = *value;
        const RtCallbackArg *base = &a[CB_EarlyStopping_baseline];
        if (base->none || rt_monitor_better(&m, *value, base->number))
            *wait = 0;
        return keep_weights(t, cb);
    }
    if (*wait >= (double)a[CB_EarlyStopping_patience].count && t->epoch > 0) {
        s[SLOT_EarlyStopping_stopped].number = (double)t->epoch;
        t->stops = true;
    }
    return RT_OK;
}

RtStatus rt_EarlyStopping_train_end(RtTraining *t, RtCallback *cb)
{
    const RtSlot *s = cb->slots;
    bool tells = cb->args[CB_EarlyStopping_verbose].count > 0;
    if (tells && !isnan(s[SLOT_EarlyStopping_stopped].number))
        rt_callback_say(t, "Epoch %.0f: early stopping", s[SLOT_EarlyStopping_stopped].number + 1);
    if (!s[SLOT_EarlyStopping_weights].weights.bytes)
        return RT_OK;
    if (tells)
        rt_callback_say(t, "Restoring model weights from the end of the best epoch: %.0f.",
                        s[SLOT_EarlyStopping_best_epoch].number + 1);
    rt_copy_give(&s[SLOT_EarlyStopping_weights].weights, t->model);
    return RT_OK;
}
