/* loss_plateau.c: LossPlateau: the end of a training by StochasticGradient, or a lower rate.
 *
 * Loss and penalty of the epoch are sums that the step adds up, one for each column of a linear model. A column whose sum
 * stops falling gets the rate 0, as if it were trained alone; with all columns the training ends. A metric that is watched
 * instead is one for all columns, or has a value for each. */
#include <math.h>
#include <string.h>

#include "runtime/abi/plateau.h"
#include "runtime/callbacks/callbacks.h"
#include "runtime/train/state.h"

static const double least_rate = 1e-6;

/* What is kept of each column: arrays of n, in the block of the model. */
typedef struct Columns {
    int64_t n;
    double *objective, *rates, *best, *waits;
} Columns;

static const ImgState *slot(const RtTraining *t, const char *name)
{
    char full[64];
    snprintf(full, sizeof full, "optimizer.%s", name);
    return rt_state_named(t->model->image, full);
}

static Columns columns_of(const RtTraining *t)
{
    void *block = t->model->block;
    const ImgState *rates = slot(t, RT_PLATEAU_RATES);
    return (Columns){rt_state_count(rates),
                     rt_state_plain(rt_state_named(t->model->image, RT_PLATEAU_OBJECTIVE), block),
                     rt_state_plain(rates, block), rt_state_plain(slot(t, RT_PLATEAU_BEST), block),
                     rt_state_plain(slot(t, RT_PLATEAU_WAITS), block)};
}

/* ---- the beginning of a fit ---- */

/* The kernel of a slot "NAME.squares"; NULL: it is another slot. */
static const ImgState *kernel_of(const RtTraining *t, const ImgState *s, const char *what)
{
    char name[1024];
    size_t n = strlen(s->name), m = strlen(what);
    if (n <= m + 1 || n >= sizeof name || s->name[n - m - 1] != '.' ||
        strcmp(s->name + n - m, what) != 0)
        return NULL;
    memcpy(name, s->name, n - m - 1);
    name[n - m - 1] = 0;
    return rt_state_named(t->model->image, name);
}

static void fill_sums(const RtTraining *t)
{
    const ImgInstance *m = t->model->image;
    void *block = t->model->block;
    for (uint32_t i = 0; i < m->states.n; i++) {
        const ImgState *s = &m->states.at[i];
        const ImgState *squares = kernel_of(t, s, RT_PLATEAU_SQUARES);
        const ImgState *sizes = kernel_of(t, s, RT_PLATEAU_SIZES);
        if (squares || sizes)
            rt_state_column_sums(squares ? squares : sizes, block, squares != NULL,
                                 rt_state_count(s), rt_state_plain(s, block));
    }
}

/* The key of a column's own value. */
static const char *element_key(char *text, size_t size, const char *name, int64_t i)
{
    snprintf(text, size, "%s[%lld]", name, (long long)i);
    return text;
}

static RtMonitor watched(const RtTraining *t, const RtCallback *cb)
{
    const RtCallbackArg *a = cb->args;
    if (a[CB_LossPlateau_monitor].none)
        return (RtMonitor){NULL, false, 0};
    RtMonitor m = rt_monitor(t, &a[CB_LossPlateau_monitor], &a[CB_LossPlateau_mode], 0);
    char first[256];
    if (!a[CB_LossPlateau_mode].count)
        m.up = m.up || rt_training_goes_up(t, element_key(first, sizeof first, m.name, 0));
    return m;
}

RtStatus rt_LossPlateau_train_begin(RtTraining *t, RtCallback *cb)
{
    Columns c = columns_of(t);
    RtMonitor m = watched(t, cb);
    for (int64_t i = 0; i < c.n; i++)
        c.best[i] = m.up ? -INFINITY : INFINITY;
    fill_sums(t);
    return RT_OK;
}

RtStatus rt_LossPlateau_epoch_begin(RtTraining *t, RtCallback *cb)
{
    Columns c = columns_of(t);
    (void)cb;
    for (int64_t i = 0; i < c.n; i++)
        c.objective[i] = 0;
    return RT_OK;
}

/* ---- the end of an epoch ---- */

/* Waited long enough: the rate falls, or the column stops. */
static void act(RtTraining *t, RtCallback *cb, Columns *c, int64_t i, double rate)
{
    const RtCallbackArg *divide = &cb->args[CB_LossPlateau_divide];
    bool lowers = !divide->none && rate * c->rates[i] > least_rate;
    c->waits[i] = 0;
    c->rates[i] = lowers ? c->rates[i] / divide->number : 0;
    if (!cb->args[CB_LossPlateau_verbose].count)
        return;
    if (lowers)
        rt_callback_say(t, "Epoch %lld: output %lld goes on with learning rate %g.",
                        (long long)t->epoch + 1, (long long)i, rate * c->rates[i]);
    else
        rt_callback_say(t, "Epoch %lld: output %lld stops.", (long long)t->epoch + 1, (long long)i);
}

static void look(RtTraining *t, RtCallback *cb, Columns *c, int64_t i, double value, double rate)
{
    const RtCallbackArg *a = cb->args;
    bool up = watched(t, cb).up;
    double tol = a[CB_LossPlateau_tol].number;
    bool waits = up ? value < c->best[i] + tol : value > c->best[i] - tol;
    c->waits[i] = waits ? c->waits[i] + 1 : 0;
    if (up ? value > c->best[i] : value < c->best[i])
        c->best[i] = value;
    if (c->waits[i] >= (double)a[CB_LossPlateau_n_iter_no_change].count)
        act(t, cb, c, i, rate);
}

static RtStatus check_finite(RtTraining *t, double value)
{
    if (isfinite(value))
        return RT_OK;
    (void)!rt_fail(t->train.error, "the loss of '%s' is not finite in epoch %lld",
                   t->model->image->name, (long long)t->epoch + 1);
    rt_fail_help(t->train.error,
                 "inputs = normalize() makes inputs small, and a lower learning rate the steps");
    return RT_ERROR;
}

/* Those that the epoch has trained on. */
static double rows_of(const RtTraining *t)
{
    const ImgState *count = rt_state_named(t->model->image, "metric.loss.count");
    return *rt_state_plain(count, t->model->block);
}

/* What column i is judged by; false: it is not computed in this epoch. */
static bool value_of(RtTraining *t, RtCallback *cb, const Columns *c, int64_t i, double *value)
{
    RtMonitor m = watched(t, cb);
    char own[256];
    const double *log = m.name ? rt_training_log(t, m.name) : NULL;
    if (m.name && !log)
        log = rt_training_log(t, element_key(own, sizeof own, m.name, i));
    if (m.name && !log)
        log = rt_monitor_value(t, cb, &m, &cb->slots[SLOT_LossPlateau_warned]);
    *value = log ? *log : c->objective[i] / rows_of(t);
    return log || !m.name;
}

static RtStatus look_at_all(RtTraining *t, RtCallback *cb, Columns *c)
{
    double rate, value;
    RtStatus status = rt_training_rate(t, &rate);
    bool all = true;
    for (int64_t i = 0; i < c->n && status == RT_OK; i++) {
        if (!value_of(t, cb, c, i, &value))
            return RT_OK;
        status = check_finite(t, value);
        if (status == RT_OK && c->rates[i] > 0)
            look(t, cb, c, i, value, rate);
        all = all && !(c->rates[i] > 0);
    }
    t->stops = t->stops || all;
    return status;
}

RtStatus rt_LossPlateau_epoch_end(RtTraining *t, RtCallback *cb)
{
    Columns c = columns_of(t);
    return look_at_all(t, cb, &c);
}

RtStatus rt_LossPlateau_train_end(RtTraining *t, RtCallback *cb)
{
    Columns c = columns_of(t);
    int64_t open = 0;
    (void)cb;
    for (int64_t i = 0; i < c.n; i++)
        open += c.rates[i] > 0;
    if (open && t->epoch >= t->last && c.n > 1)
        rt_warn(t->run, "'%s': %lld of %lld outputs had not converged after %lld epochs",
                t->model->image->name, (long long)open, (long long)c.n,
                (long long)t->history.epochs);
    else if (open && t->epoch >= t->last)
        rt_warn(t->run, "'%s' had not converged after %lld epochs", t->model->image->name,
                (long long)t->history.epochs);
    return RT_OK;
}
