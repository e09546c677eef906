/* reduce_lr_on_plateau.c: ReduceLROnPlateau: a lower learning rate once a metric stops improving. */
#include <math.h>

#include "runtime/callbacks/callbacks.h"

static RtStatus lower(RtTraining *t, RtCallback *cb)
{
    const RtCallbackArg *a = cb->args;
    double rate, least = a[CB_ReduceLROnPlateau_min_lr].number;
    RtStatus status = rt_training_rate(t, &rate);
    if (status != RT_OK || !(rate > least))
        return status;
    rate *= a[CB_ReduceLROnPlateau_factor].number;
    rate = rate > least ? rate : least;
    rt_training_set_rate(t, rate);
    if (a[CB_ReduceLROnPlateau_verbose].count)
        rt_callback_say_rate(t, "ReduceLROnPlateau reducing", rate);
    cb->slots[SLOT_ReduceLROnPlateau_cooling].number =
        (double)a[CB_ReduceLROnPlateau_cooldown].count;
    cb->slots[SLOT_ReduceLROnPlateau_wait].number = 0;
    return RT_OK;
}

RtStatus rt_ReduceLROnPlateau_epoch_end(RtTraining *t, RtCallback *cb)
{
    const RtCallbackArg *a = cb->args;
    RtSlot *s = cb->slots;
    RtMonitor m = rt_monitor(t, &a[CB_ReduceLROnPlateau_monitor], &a[CB_ReduceLROnPlateau_mode],
                             a[CB_ReduceLROnPlateau_min_delta].number);
    const double *value = rt_monitor_value(t, cb, &m, &s[SLOT_ReduceLROnPlateau_warned]);
    double *wait = &s[SLOT_ReduceLROnPlateau_wait].number;
    double *cooling = &s[SLOT_ReduceLROnPlateau_cooling].number;
    if (!value)
        return RT_OK;
    if (isnan(*wait))
        *wait = 0;
    if (*cooling > 0) {
        *cooling -= 1;
        *wait = 0;
    }
    if (rt_monitor_better(&m, *value, s[SLOT_ReduceLROnPlateau_best].number)) {
        s[SLOT_ReduceLROnPlateau_best].number = *value;
        *wait = 0;
    } else if (!(*cooling > 0)) {
        *wait += 1;
        if (*wait >= (double)a[CB_ReduceLROnPlateau_patience].count)
            return lower(t, cb);
    }
    return RT_OK;
}
