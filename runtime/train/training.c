/* training.c: the epoch, in Keras's order: order of rows, batches, figures, validation, history, events.
 *
 * The reported figures are sums over the rows seen so far divided by their number, kept in the
 * metric states by generated code. The last batch may be smaller; it counts with its rows. */
#include "runtime/train/training.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/shown.h"
#include "runtime/data/shuffle.h"
#include "runtime/train/models.h"
#include "runtime/train/outputs.h"
#include "runtime/train/rows.h"
#include "runtime/train/state.h"

/* ---- opening ---- */

static RtStatus open_validation(RtTraining *t)
{
    RtRun *run = t->run;
    const ImgCommand *c = t->c;
    t->data2 = t->data;
    if (c->no_validation || c->eval_entry == IMG_NONE)
        return RT_OK;
    if (c->data2 != IMG_NONE) {
        t->data2 = rt_run_data(run, c->data2, 1u << c->part2);
        if (!t->data2)
            return RT_ERROR;
    }
    t->part2 = &t->data2->parts[c->data2 != IMG_NONE ? c->part2 : 1];
    if (!t->part2->rows)
        return RT_OK;
    RtStatus status = rt_step_open(&t->eval, run, c->eval_entry, t->model);
    if (status == RT_OK)
        status = rt_step_bind(&t->eval, t->part2);
    if (status == RT_OK)
        rt_inputs_check(run, c->data2 != IMG_NONE ? c->data2 : c->data,
                        c->data2 != IMG_NONE ? (RtPartId)c->part2 : RT_VALIDATION);
    t->validates = status == RT_OK;
    return status;
}

static RtStatus read_validation(RtTraining *t)
{
    int64_t all = t->validates ? rt_batches(t->part2->rows, t->eval.entry->batch) : 0;
    const ImgArg *freq = rt_setting(t->c, "validation_freq");
    t->freq = freq && freq->i ? freq->ints.at[0] : 1;
    t->freq_list = freq && !freq->i ? freq : NULL;
    RtStatus status = rt_setting_count(t->run, t->c, "validation_steps", all, 1, &t->eval_steps);
    if (t->eval_steps > all)
        t->eval_steps = all;
    return status;
}

static RtStatus read_settings(RtTraining *t)
{
    RtRun *run = t->run;
    int64_t verbose = 1, shuffle = 1;
    RtStatus status = rt_setting_count(run, t->c, "epochs", 1, 1, &t->last);
    if (status == RT_OK)
        status = rt_setting_count(run, t->c, "initial_epoch", 0, 0, &t->first);
    if (status == RT_OK)
        status = rt_setting_count(run, t->c, "verbose", 1, 0, &verbose);
    if (status == RT_OK)
        status = rt_setting_count(run, t->c, "shuffle", 1, 0, &shuffle);
    if (run->settings->has_epochs)
        t->last = run->settings->epochs;
    if (t->last < t->first)
        t->last = t->first;
    t->epoch = t->history.first = t->first;
    t->style = rt_progress_style(run, verbose);
    t->shuffles = t->data->shuffle && shuffle;
    return status;
}

static RtStatus open_training(RtTraining *t)
{
    RtRun *run = t->run;
    RtStatus status = rt_step_open(&t->train, run, t->c->train_entry, t->model);
    if (status == RT_OK)
        status = rt_model_fit(run, t->model, t->c->data, false);
    if (status == RT_OK)
        status = rt_classes_learn(run, t->model, t->c->data);
    if (status == RT_OK)
        status = rt_step_bind(&t->train, t->part);
    if (status != RT_OK)
        return status;
    rt_inputs_check(run, t->c->data, RT_TRAIN);
    t->epoch_rows = t->next = t->part->rows;
    t->order = malloc((size_t)(t->part->rows ? t->part->rows : 1) * sizeof *t->order);
    if (!t->order)
        return rt_fail(&run->error, "not enough memory for the order of %lld rows",
                       (long long)t->part->rows);
    int64_t all = rt_batches(t->part->rows, t->train.entry->batch);
    return rt_setting_count(run, t->c, "steps_per_epoch", all, 1, &t->steps);
}

/* A series for each, in the order of the logs: also where no epoch comes. */
static RtStatus open_series(RtTraining *t)
{
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < t->n_train && status == RT_OK; i++)
        status = rt_history_open(&t->history, t->train.image->metrics.at[i].name, t->train.error);
    for (uint32_t i = 0; i < t->n_eval && status == RT_OK; i++)
        status = rt_history_open(&t->history, t->log_names[i], t->train.error);
    return status;
}

/* Those of the training, then val_ and those of the validation, then the learning rate. */
static RtStatus open_logs(RtTraining *t)
{
    t->n_train = t->train.image->metrics.n;
    t->n_eval = t->validates ? t->eval.image->metrics.n : 0;
    uint32_t n = t->n_train + t->n_eval;
    t->logs = calloc(n + (size_t)2, sizeof *t->logs);
    t->log_names = calloc(t->n_eval + (size_t)1, sizeof *t->log_names);
    t->sums = calloc((size_t)rt_metrics_size(&t->train.metrics) + 1, sizeof *t->sums);
    bool all = t->logs && t->log_names && t->sums;
    for (uint32_t i = 0; all && i < t->n_eval; i++) {
        const char *name = t->eval.image->metrics.at[i].name;
        size_t size = strlen(name) + 5;
        t->log_names[i] = malloc(size);
        all = t->log_names[i] != NULL;
        if (all)
            snprintf(t->log_names[i], size, "val_%s", name);
    }
    return all ? open_series(t)
               : rt_fail(&t->run->error, "not enough memory for the metrics of a training");
}

RtStatus rt_training_open(RtTraining *t, RtRun *run, const ImgCommand *c, RtHear *hear, void *cx)
{
    memset(t, 0, sizeof *t);
    t->run = run;
    t->c = c;
    t->model = &run->models[c->instance];
    t->hear = hear;
    t->hear_cx = cx;
    t->data = rt_run_data(run, c->data, RT_ALL_PARTS);
    if (!t->data)
        return RT_ERROR;
    t->part = &t->data->parts[0];
    RtStatus status = read_settings(t);
    if (status == RT_OK)
        status = open_training(t);
    if (status == RT_OK)
        status = open_validation(t);
    if (status == RT_OK)
        status = read_validation(t);
    return status == RT_OK ? open_logs(t) : status;
}

RtStatus rt_training_settle(RtTraining *t)
{
    return rt_background_wait(&t->writer, t->train.error);
}

void rt_training_close(RtTraining *t)
{
    RtError unseen; /* after an error before */
    (void)!rt_background_wait(&t->writer, &unseen);
    rt_step_close(&t->train);
    rt_step_close(&t->eval);
    for (uint32_t i = 0; t->log_names && i < t->n_eval; i++)
        free(t->log_names[i]);
    free(t->log_names);
    free(t->logs);
    free(t->sums);
    free(t->order);
    rt_history_free(&t->history);
    memset(t, 0, sizeof *t);
}

/* ---- what others ask ---- */

static RtStatus tell(RtTraining *t, RtEvent event)
{
    return t->hear ? t->hear(t->hear_cx, t, event) : RT_OK;
}

const double *rt_training_log(const RtTraining *t, const char *name)
{
    for (uint32_t i = 0; i < t->n_logs; i++)
        if (!strcmp(t->logs[i].name, name))
            return &t->logs[i].value;
    return NULL;
}

bool rt_training_goes_up(const RtTraining *t, const char *name)
{
    const ImgEntry *e = t->train.image;
    if (!strncmp(name, "val_", 4))
        name += 4;
    for (uint32_t i = 0; i < e->metrics.n; i++)
        if (!strcmp(e->metrics.at[i].name, name))
            return e->metrics.at[i].up;
    return false;
}

RtStatus rt_training_rate(RtTraining *t, double *rate)
{
    return rt_step_rate(&t->train, t->model->step, rate);
}

void rt_training_set_rate(RtTraining *t, double rate)
{
    t->model->sets_rate = true;
    t->model->rate = rate;
}

RtStatus rt_training_log_rate(RtTraining *t)
{
    t->has_rate_series = true;
    return rt_history_open(&t->history, "learning_rate", t->train.error);
}

static void set_logs(RtTraining *t, const RtStep *s, char *const *names, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        t->logs[t->n_logs++] =
            (RtMeasure){names ? names[i] : s->metrics.figures[i].name, s->metrics.figures[i].value};
}

void rt_training_figures(RtTraining *t)
{
    rt_step_figures(&t->train);
    t->n_logs = 0;
    set_logs(t, &t->train, NULL, t->n_train);
}

/* ---- an epoch ---- */

static void order_rows(RtTraining *t)
{
    memcpy(t->order, t->part->index, (size_t)t->part->rows * sizeof *t->order);
    if (t->shuffles)
        rt_shuffle(t->order, (uint32_t)t->part->rows, rt_run_seed(t->run, t->model), t->order_of);
}

/* What is shown of an epoch that begins, or goes on. */
static void show_epoch(RtTraining *t)
{
    snprintf(t->where, sizeof t->where, "epoch %lld of %lld", (long long)t->epoch + 1,
             (long long)t->last);
    t->in_epoch = true;
    if (t->style != PROGRESS_silent && t->last > 1)
        rt_print(t->run->out, "Epoch %lld/%lld\n", (long long)t->epoch + 1, (long long)t->last);
}

void rt_training_resume(RtTraining *t, int64_t epoch, int64_t batch, int64_t next,
                        uint64_t order_of, bool in_epoch)
{
    t->is_begun = true;
    t->epoch = epoch;
    t->batch = batch;
    t->next = next;
    t->order_of = order_of;
    order_rows(t);
    if (!in_epoch)
        return;
    show_epoch(t);
    rt_progress_begin(&t->progress, t->run->out, t->style, t->steps, rt_now());
}

static RtStatus begin_epoch(RtTraining *t)
{
    if (t->next >= t->epoch_rows) {
        t->order_of = (uint64_t)t->model->epochs_done;
        t->next = 0;
        order_rows(t);
    }
    t->batch = 0;
    t->n_logs = 0;
    RtStatus status = tell(t, RT_EVENT_epoch_begin);
    show_epoch(t);
    rt_step_reset_metrics(&t->train);
    rt_progress_begin(&t->progress, t->run->out, t->style, t->steps, rt_now());
    return status;
}

/* Of the whole training, from 0 to 1. */
static double done_part(const RtTraining *t)
{
    double epochs = (double)(t->epoch - t->first) + (double)t->batch / (double)t->steps;
    return epochs / (double)(t->last - t->first);
}

static RtStatus one_batch(RtTraining *t)
{
    RtStep *s = &t->train;
    int64_t left = t->epoch_rows - t->next, here = left < s->entry->batch ? left : s->entry->batch;
    RtStatus status = tell(t, RT_EVENT_batch_begin);
    if (status != RT_OK)
        return status;
    memcpy(s->index, t->order + t->next, (size_t)here * sizeof *t->order);
    if (s->entry->batch == 1 && left > 1)
        rt_step_prefetch(s, t->order[t->next + 1]);
    status = rt_step_run(s, here, t->model->step);
    if (status != RT_OK)
        return status;
    t->model->step++;
    t->batch++;
    t->next += here;
    if (t->run->turn)
        rt_turn_reach(t->run->turn, done_part(t));
    status = tell(t, RT_EVENT_batch_end);
    return status == RT_OK ? rt_batch_done(s, &t->progress, t->batch, t->where) : status;
}

static bool is_due(const RtTraining *t)
{
    int64_t epoch = t->epoch + 1;
    bool listed = !t->freq_list;
    for (uint32_t i = 0; !listed && i < t->freq_list->ints.n; i++)
        listed = t->freq_list->ints.at[i] == epoch;
    return t->validates && listed && (t->freq_list || epoch % t->freq == 0);
}

static RtStatus validate(RtTraining *t)
{
    char text[160];
    RtProgress unseen;
    if (!is_due(t))
        return RT_OK;
    snprintf(text, sizeof text, "the validation of %s", t->where);
    rt_progress_begin(&unseen, t->run->out, PROGRESS_silent, t->eval_steps, rt_now());
    /* the validation may use their place */
    rt_metrics_keep(&t->train.metrics, t->model->block, t->sums);
    RtStatus status = rt_evaluate_part(&t->eval, t->part2, t->eval_steps, &unseen, text);
    if (status == RT_END)
        rt_metrics_put_back(&t->train.metrics, t->model->block, t->sums);
    if (status != RT_OK)
        return status;
    set_logs(t, &t->eval, t->log_names, t->n_eval);
    return tell(t, RT_EVENT_validation_end);
}

/* The epoch's figures into the history. */
static RtStatus remember(RtTraining *t, double rate)
{
    RtError *error = t->train.error;
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < t->n_logs && status == RT_OK; i++)
        status = rt_history_add(&t->history, t->logs[i].name, t->logs[i].value, error);
    if (status == RT_OK && t->has_rate_series)
        status = rt_history_add(&t->history, "learning_rate", rate, error);
    t->history.epochs++;
    return status;
}

static void warn_short(RtTraining *t)
{
    if (t->batch < t->steps && !t->stops && !t->warned_short)
        rt_warn(
            t->run,
            "the rows of the training part end after batch %lld of %lld of epoch %lld; the next "
            "epoch begins with them again",
            (long long)t->batch, (long long)t->steps, (long long)t->epoch + 1);
    t->warned_short = t->warned_short || t->batch < t->steps;
}

static RtStatus end_epoch(RtTraining *t)
{
    double rate = 0;
    rt_training_figures(t);
    RtStatus status = validate(t);
    if (status == RT_OK) /* the rate of the epoch's last step */
        status = rt_step_rate(&t->train, t->model->step - (t->batch > 0), &rate);
    if (status == RT_OK)
        status = remember(t, rate);
    if (status == RT_OK && t->logs_rate)
        t->logs[t->n_logs++] = (RtMeasure){"learning_rate", rate};
    t->in_epoch = status == RT_END;
    if (status != RT_OK)
        return status;
    warn_short(t);
    status = tell(t, RT_EVENT_epoch_end);
    rt_progress_end(&t->progress, t->logs, (int)t->n_logs, rt_now());
    t->model->epochs_done++;
    t->epoch++;
    t->batch = 0;
    return status;
}

RtStatus rt_training_step(RtTraining *t, RtDid *did)
{
    RtStatus status = RT_OK;
    *did = RT_DID_end;
    if (!t->is_begun) {
        t->is_begun = true;
        rt_model_own_weights(t->model);
        rt_slots_begin_fit(t->model->image, t->model->block, t->model->compile);
        status = tell(t, RT_EVENT_train_begin);
    }
    if (status == RT_OK && !t->in_epoch) {
        if (t->epoch >= t->last || t->stops) {
            t->is_over = true;
            t->model->averaged = rt_averages_take(t->model->image, t->model->block,
                                                  t->model->compile, t->model->step);
            return tell(t, RT_EVENT_train_end);
        }
        status = begin_epoch(t);
    }
    if (status == RT_OK) {
        bool more = t->batch < t->steps && t->next < t->epoch_rows && !t->stops;
        *did = more ? RT_DID_batch : RT_DID_epoch;
        status = more ? one_batch(t) : end_epoch(t);
    }
    if (status != RT_OK)
        rt_progress_leave(&t->progress);
    return status;
}

/* ---- results ---- */

/* The names of the figures, as a value. */
static RtValue keys_of(const RtTraining *t)
{
    RtValue keys = {.kind = VALUE_list};
    keys.items = calloc(t->history.n + (size_t)1, sizeof *keys.items);
    keys.lost = !keys.items;
    for (uint32_t i = 0; keys.items && i < t->history.n; i++) {
        keys.items[i] = rt_value_text(t->history.series[i].name);
        keys.lost = keys.lost || keys.items[i].lost;
        keys.n_items++;
    }
    return keys;
}

/* The epochs, from 1, of a series that does not have a value for each, under "val_loss epochs". */
static RtStatus set_epochs(const RtTraining *t, const RtSeries *s)
{
    char key[512];
    if (s->n == t->history.epochs)
        return RT_OK;
    RtValue v = rt_value_array(1, &s->n, NULL);
    for (int64_t i = 0; v.data && i < s->n; i++)
        v.data[i] = (double)(s->epochs[i] + 1);
    snprintf(key, sizeof key, "%s epochs", s->name);
    return rt_result_set(t->run, t->c->result, key, v);
}

/* The numbers of the epochs, from 0. */
static RtValue epochs_of(const RtTraining *t)
{
    RtValue series = rt_value_array(1, &t->history.epochs, NULL);
    for (int64_t i = 0; series.data && i < t->history.epochs; i++)
        series.data[i] = (double)(t->first + i);
    series.is_int = true;
    return series;
}

static int64_t best_epoch(const RtTraining *t, const char *monitor, int64_t mode)
{
    const RtSeries *watched = monitor ? rt_history_find(&t->history, monitor) : NULL;
    if (!watched || !watched->n) {
        const RtSeries *val = rt_history_find(&t->history, "val_loss");
        monitor = val && val->n ? "val_loss" : "loss";
        mode = 0;
    }
    bool up = mode ? mode == 2 : rt_training_goes_up(t, monitor);
    return rt_history_best(&t->history, monitor, up);
}

/* The series of a metric with several values as an array: a row for each. */
static RtStatus set_list(const RtTraining *t, const RtMetrics *m, uint32_t i, const char *before)
{
    char key[512];
    const RtSeries *first = NULL;
    int64_t dims[2] = {rt_metrics_list(m, i), 0};
    RtValue all = rt_value_none();
    for (int64_t k = 0; k < dims[0]; k++) {
        snprintf(key, sizeof key, "%s%s", before, m->figures[i + k].name);
        const RtSeries *s = rt_history_find(&t->history, key);
        if (!s || (first && s->n != first->n))
            break;
        if (!first) {
            first = s;
            dims[1] = s->n;
            all = rt_value_array(2, dims, NULL);
        }
        if (all.data)
            memcpy(all.data + k * dims[1], s->values, (size_t)dims[1] * sizeof *all.data);
    }
    snprintf(key, sizeof key, "%s%s", before, m->entry->metrics.at[i].list);
    return rt_result_set(t->run, t->c->result, key, all);
}

static RtStatus set_lists(const RtTraining *t, const RtMetrics *m, const char *before)
{
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < m->n && status == RT_OK; i += rt_metrics_list(m, i))
        if (*m->entry->metrics.at[i].list)
            status = set_list(t, m, i, before);
    return status;
}

RtStatus rt_training_results(const RtTraining *t, const char *monitor, int64_t mode)
{
    RtRun *run = t->run;
    uint32_t result = t->c->result;
    RtStatus status = RT_OK;
    if (result == IMG_NONE)
        return RT_OK;
    for (uint32_t i = 0; i < t->history.n && status == RT_OK; i++) {
        const RtSeries *s = &t->history.series[i];
        status = rt_result_set(run, result, s->name, rt_value_array(1, &s->n, s->values));
        if (status == RT_OK)
            status = set_epochs(t, s);
    }
    if (status == RT_OK)
        status = set_lists(t, &t->train.metrics, "");
    if (status == RT_OK && t->validates)
        status = set_lists(t, &t->eval.metrics, "val_");
    const struct {
        const char *name;
        int64_t value;
    } counts[] = {{"epochs", t->history.epochs},
                  {"best_epoch", best_epoch(t, monitor, mode)},
                  {"stopped_epoch", t->first + t->history.epochs}};
    if (status == RT_OK)
        status = rt_result_set(run, result, "keys", keys_of(t));
    if (status == RT_OK)
        status = rt_result_set(run, result, "epoch", epochs_of(t));
    for (size_t i = 0; i < sizeof counts / sizeof *counts && status == RT_OK; i++)
        status = rt_result_set(run, result, counts[i].name,
                               rt_value_number((double)counts[i].value, true));
    return status;
}
