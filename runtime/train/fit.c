/* fit.c: the epoch loop, in Keras's order: shuffle, batches, figures, validation, history.
 *
 * The reported figures are sums over the rows seen so far divided by their number, kept in the
 * metric states by generated code. The last batch may be smaller; it counts with its rows. */
#include "runtime/train/fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/dtype.h"
#include "runtime/data/shuffle.h"
#include "runtime/train/outputs.h"
#include "runtime/train/state.h"

typedef struct Fit {
    RtRun *run;
    const ImgCommand *c;
    RtStep train, eval;
    bool validates;
    const RtDataset *data, *data2;
    const RtPart *part, *part2;
    uint32_t *order;     /* rows of the training part, this epoch's order */
    int64_t first, last; /* epochs first+1 … last */
    RtProgressStyle style;
    RtNames
        names; /* of the figures: those of the training, then val_ and those of the validation */
    RtFigure *figures; /* of one epoch */
    double *history;   /* [figure][epoch] */
    int64_t epochs_run;
} Fit;

RtProgressStyle rt_progress_style(const RtRun *run, int64_t verbose)
{
    if (run->settings->quiet || verbose == 0)
        return PROGRESS_silent;
    if (verbose == 2 || !rt_takes_escapes(run->out))
        return PROGRESS_line;
    return PROGRESS_bar;
}

static int64_t batches(int64_t rows, int64_t batch)
{
    return (rows + batch - 1) / batch;
}

/* After batch `done` of n: draws, and RT_END if somebody asked to stop. `where`: in what. */
static RtStatus batch_done(RtStep *s, RtProgress *p, int64_t done, const char *where)
{
    if (p->style == PROGRESS_bar)
        rt_step_figures(s);
    rt_progress_step(p, done, s->figures, (int)s->image->metrics.n, rt_now());
    if (!rt_interrupted())
        return RT_OK;
    (void)!rt_fail(&s->run->error, "interrupted in %s after batch %lld of %lld", where,
                   (long long)done, (long long)p->steps);
    return RT_END;
}

/* Every batch of a part through an evaluation; figures are in s->figures then. */
static RtStatus run_part(RtStep *s, const RtPart *part, RtProgress *progress, const char *where)
{
    int64_t n = part->rows, batch = s->entry->batch;
    rt_metrics_reset(s);
    for (int64_t at = 0, done = 1; at < n; at += batch, done++) {
        int64_t here = n - at < batch ? n - at : batch;
        memcpy(s->index, part->index + at, (size_t)here * sizeof *s->index);
        RtStatus status = rt_step_run(s, here, s->model->step);
        if (status == RT_OK)
            status = batch_done(s, progress, done, where);
        if (status != RT_OK)
            return status;
    }
    rt_step_figures(s);
    return RT_OK;
}

/* The training batches of one epoch. */
static RtStatus train_epoch(Fit *fit, RtProgress *progress, const char *where)
{
    RtStep *s = &fit->train;
    int64_t n = fit->part->rows, batch = s->entry->batch;
    rt_metrics_reset(s);
    for (int64_t b = 0; b * batch < n; b++) {
        int64_t here = n - b * batch < batch ? n - b * batch : batch;
        memcpy(s->index, fit->order + b * batch, (size_t)here * sizeof *fit->order);
        RtStatus status = rt_step_run(s, here, s->model->step);
        if (status != RT_OK)
            return status;
        s->model->step++;
        status = batch_done(s, progress, b + 1, where);
        if (status != RT_OK)
            return status;
    }
    rt_step_figures(s);
    return RT_OK;
}

static RtStatus validate(Fit *fit, const char *where)
{
    char text[160];
    RtProgress unseen;
    if (!fit->validates)
        return RT_OK;
    snprintf(text, sizeof text, "the validation of %s", where);
    rt_progress_begin(&unseen, fit->run->out, PROGRESS_silent,
                      batches(fit->part2->rows, fit->eval.entry->batch), rt_now());
    return run_part(&fit->eval, fit->part2, &unseen, text);
}

/* The figures of an epoch, with their names, and into the history. */
static void remember(Fit *fit)
{
    uint32_t n = fit->train.image->metrics.n;
    int64_t epochs = fit->last - fit->first;
    for (uint32_t i = 0; i < fit->names.n; i++) {
        double value = i < n ? fit->train.figures[i].value : fit->eval.figures[i - n].value;
        fit->figures[i] = (RtFigure){fit->names.at[i], value};
        fit->history[i * epochs + fit->epochs_run] = value;
    }
    fit->epochs_run++;
}

static void order_rows(Fit *fit)
{
    RtModel *m = fit->train.model;
    memcpy(fit->order, fit->part->index, (size_t)fit->part->rows * sizeof *fit->order);
    if (fit->data->shuffle)
        rt_shuffle(fit->order, (uint32_t)fit->part->rows, rt_run_seed(fit->run, m),
                   (uint64_t)m->epochs_done);
}

static RtStatus one_epoch(Fit *fit, int64_t epoch)
{
    char where[80];
    RtProgress progress;
    snprintf(where, sizeof where, "epoch %lld of %lld", (long long)epoch + 1, (long long)fit->last);
    order_rows(fit);
    if (fit->style != PROGRESS_silent && fit->last > 1)
        fprintf(fit->run->out, "Epoch %lld/%lld\n", (long long)epoch + 1, (long long)fit->last);
    rt_progress_begin(&progress, fit->run->out, fit->style,
                      batches(fit->part->rows, fit->train.entry->batch), rt_now());
    RtStatus status = train_epoch(fit, &progress, where);
    if (status == RT_OK)
        status = validate(fit, where);
    if (status != RT_OK) {
        rt_progress_leave(&progress);
        return status;
    }
    remember(fit);
    rt_progress_end(&progress, fit->figures, (int)fit->names.n, rt_now());
    fit->train.model->epochs_done++;
    return RT_OK;
}

/* The epoch (from 1) with the least val_loss, or loss without validation. One that is no number is never
 * the least; if none is, the last epoch counts. */
static int64_t best_epoch(const Fit *fit)
{
    int64_t which = rt_names_find(&fit->names, "val_loss"), best = fit->epochs_run - 1;
    if (which < 0)
        which = rt_names_find(&fit->names, "loss");
    if (which < 0 || !fit->epochs_run)
        return 0;
    const double *series = fit->history + which * (fit->last - fit->first);
    for (int64_t e = fit->epochs_run; e-- > 0;)
        if (series[e] <= series[best] || (isnan(series[best]) && !isnan(series[e])))
            best = e;
    return fit->first + best + 1;
}

/* The names of the figures, as a value. */
static RtValue keys_of(const Fit *fit)
{
    RtValue keys = {.kind = VALUE_list};
    keys.items = calloc(fit->names.n + (size_t)1, sizeof *keys.items);
    keys.lost = !keys.items;
    for (uint32_t i = 0; keys.items && i < fit->names.n; i++) {
        keys.items[i] = rt_value_text(fit->names.at[i]);
        keys.lost = keys.lost || keys.items[i].lost;
        keys.n_items++;
    }
    return keys;
}

/* The numbers of the epochs, from 0. */
static RtValue epochs_of(const Fit *fit)
{
    RtValue series = rt_value_array(1, &fit->epochs_run, NULL);
    for (int64_t i = 0; series.data && i < fit->epochs_run; i++)
        series.data[i] = (double)(fit->first + i);
    series.is_int = true;
    return series;
}

static RtStatus keep_history(Fit *fit)
{
    RtRun *run = fit->run;
    uint32_t result = fit->c->result;
    int64_t epochs = fit->last - fit->first;
    RtStatus status = RT_OK;
    if (result == IMG_NONE)
        return RT_OK;
    for (uint32_t i = 0; i < fit->names.n && status == RT_OK; i++)
        status = rt_result_set(run, result, fit->names.at[i],
                               rt_value_array(1, &fit->epochs_run, fit->history + i * epochs));
    if (status == RT_OK)
        status = rt_result_set(run, result, "keys", keys_of(fit));
    if (status == RT_OK)
        status = rt_result_set(run, result, "epoch", epochs_of(fit));
    if (status == RT_OK)
        status =
            rt_result_set(run, result, "epochs", rt_value_number((double)fit->epochs_run, true));
    if (status == RT_OK)
        status = rt_result_set(run, result, "best_epoch",
                               rt_value_number((double)best_epoch(fit), true));
    if (status == RT_OK)
        status = rt_result_set(run, result, "stopped_epoch",
                               rt_value_number((double)(fit->first + fit->epochs_run), true));
    return status;
}

static RtStatus open_validation(Fit *fit)
{
    RtRun *run = fit->run;
    const ImgCommand *c = fit->c;
    fit->data2 = fit->data;
    if (c->no_validation || c->eval_entry == IMG_NONE)
        return RT_OK;
    if (c->data2 != IMG_NONE) {
        fit->data2 = rt_run_data(run, c->data2, 1u << c->part2);
        if (!fit->data2)
            return RT_ERROR;
    }
    fit->part2 = &fit->data2->parts[c->data2 != IMG_NONE ? c->part2 : 1];
    if (!fit->part2->rows)
        return RT_OK;
    RtStatus status = rt_step_open(&fit->eval, run, c->eval_entry);
    if (status == RT_OK)
        status = rt_step_bind(&fit->eval, fit->part2);
    if (status == RT_OK)
        rt_inputs_check(run, c->data2 != IMG_NONE ? c->data2 : c->data,
                        c->data2 != IMG_NONE ? (RtPartId)c->part2 : RT_VALIDATION);
    fit->validates = status == RT_OK;
    return status;
}

/* Which epochs, and how much is shown. */
static RtStatus read_settings(Fit *fit)
{
    RtRun *run = fit->run;
    int64_t verbose = 1;
    RtStatus status = rt_setting_count(run, fit->c, "epochs", 1, 1, &fit->last);
    if (status == RT_OK)
        status = rt_setting_count(run, fit->c, "initial_epoch", 0, 0, &fit->first);
    if (status == RT_OK)
        status = rt_setting_count(run, fit->c, "verbose", 1, 0, &verbose);
    if (run->settings->has_epochs)
        fit->last = run->settings->epochs;
    if (fit->last < fit->first)
        fit->last = fit->first;
    fit->style = rt_progress_style(run, verbose);
    return status;
}

static RtStatus open_training(Fit *fit)
{
    RtRun *run = fit->run;
    RtStatus status = rt_step_open(&fit->train, run, fit->c->train_entry);
    if (status == RT_OK)
        status = rt_model_fit(run, fit->train.model, fit->c->data, false);
    if (status == RT_OK)
        status = rt_classes_learn(run, fit->train.model, fit->c->data);
    if (status == RT_OK)
        status = rt_step_bind(&fit->train, fit->part);
    if (status != RT_OK)
        return status;
    rt_inputs_check(run, fit->c->data, RT_TRAIN);
    fit->order = malloc((size_t)(fit->part->rows ? fit->part->rows : 1) * sizeof *fit->order);
    return fit->order ? RT_OK
                      : rt_fail(&run->error, "not enough memory for the order of %lld rows",
                                (long long)fit->part->rows);
}

static RtStatus name_figures(Fit *fit)
{
    char name[512];
    RtError *error = &fit->run->error;
    RtStatus status = RT_OK;
    for (uint32_t i = 0; i < fit->train.image->metrics.n && status == RT_OK; i++)
        status = rt_names_add(&fit->names, fit->train.image->metrics.at[i].name, error);
    for (uint32_t i = 0; fit->validates && i < fit->eval.image->metrics.n && status == RT_OK; i++) {
        snprintf(name, sizeof name, "val_%s", fit->eval.image->metrics.at[i].name);
        status = rt_names_add(&fit->names, name, error);
    }
    return status;
}

static RtStatus open_history(Fit *fit)
{
    static const int64_t most_bytes = (int64_t)1 << 40;
    int64_t epochs = fit->last - fit->first, figures = fit->names.n ? fit->names.n : 1;
    if (epochs <= most_bytes / (int64_t)sizeof(double) / figures)
        fit->history = calloc((size_t)(epochs * figures) + 1, sizeof *fit->history);
    fit->figures = calloc((size_t)figures, sizeof *fit->figures);
    return fit->history && fit->figures
               ? RT_OK
               : rt_fail(&fit->run->error, "not enough memory for the history of %lld epochs",
                         (long long)epochs);
}

static RtStatus open_fit(Fit *fit)
{
    fit->data = rt_run_data(fit->run, fit->c->data, RT_ALL_PARTS);
    if (!fit->data)
        return RT_ERROR;
    fit->part = &fit->data->parts[0];
    RtStatus status = read_settings(fit);
    if (status == RT_OK)
        status = open_training(fit);
    if (status == RT_OK)
        status = open_validation(fit);
    if (status == RT_OK)
        status = name_figures(fit);
    return status == RT_OK ? open_history(fit) : status;
}

static void close_fit(Fit *fit)
{
    rt_step_close(&fit->train);
    rt_step_close(&fit->eval);
    free(fit->order);
    rt_names_free(&fit->names);
    free(fit->figures);
    free(fit->history);
}

RtStatus rt_fit(RtRun *run, const ImgCommand *c)
{
    Fit *fit = calloc(1, sizeof *fit);
    if (!fit)
        return rt_fail(&run->error, "not enough memory for training");
    fit->run = run;
    fit->c = c;
    RtStatus status = open_fit(fit);
    for (int64_t e = fit->first; e < fit->last && status == RT_OK; e++)
        status = one_epoch(fit, e);
    if (status == RT_OK)
        status = keep_history(fit);
    close_fit(fit);
    free(fit);
    return status;
}

RtStatus rt_evaluate(RtRun *run, const ImgCommand *c)
{
    RtStep s;
    RtProgress progress;
    int64_t verbose;
    RtStatus status = rt_setting_count(run, c, "verbose", 1, 0, &verbose);
    if (status == RT_OK)
        status = rt_model_lend(run, &run->models[c->instance], c->data);
    const RtDataset *d = status == RT_OK ? rt_run_data(run, c->data, 1u << c->part) : NULL;
    if (!d)
        return RT_ERROR;
    const RtPart *part = &d->parts[c->part];
    status = rt_step_open(&s, run, c->eval_entry);
    if (status != RT_OK)
        return status;
    status = rt_step_bind(&s, part);
    rt_progress_begin(&progress, run->out, rt_progress_style(run, verbose),
                      batches(part->rows, s.entry->batch), rt_now());
    if (status == RT_OK)
        status = run_part(&s, part, &progress, "evaluate");
    uint32_t n = status == RT_OK ? s.image->metrics.n : 0;
    if (status == RT_OK)
        rt_progress_end(&progress, s.figures, (int)n, rt_now());
    else
        rt_progress_leave(&progress);
    for (uint32_t i = 0; i < n && status == RT_OK; i++)
        status = rt_result_set(run, c->result, s.figures[i].name,
                               rt_value_number(s.figures[i].value, false));
    rt_step_close(&s);
    return status;
}

static RtStatus predict_batches(RtStep *s, const RtPart *part, RtProgress *progress, char *rows,
                                size_t row)
{
    RtStatus status = RT_OK;
    int64_t done = 0;
    for (int64_t at = 0; at < part->rows && status == RT_OK; at += s->entry->batch) {
        int64_t here = part->rows - at < s->entry->batch ? part->rows - at : s->entry->batch;
        memcpy(s->index, part->index + at, (size_t)here * sizeof *s->index);
        s->outputs[0] = rows + (size_t)at * row;
        status = rt_step_run(s, here, s->model->step);
        rt_progress_step(progress, ++done, NULL, 0, rt_now());
        if (status == RT_OK && rt_interrupted()) {
            (void)!rt_fail(&s->run->error, "interrupted in predict after row %lld of %lld",
                           (long long)(at + here), (long long)part->rows);
            status = RT_END;
        }
    }
    return status;
}

RtStatus rt_predict_rows(RtRun *run, uint32_t entry, const RtPart *part, int64_t verbose,
                         void **data)
{
    RtStep s;
    RtProgress progress;
    RtStatus status = rt_step_open(&s, run, entry);
    if (status != RT_OK)
        return status;
    const NnlName *out = &s.entry->outputs[0];
    size_t row = rt_dtype((RtDtype)out->dtype)->size;
    for (uint32_t k = 0; k < out->rank; k++)
        row *= (size_t)out->dims[k];
    bool fits = row && (uint64_t)part->rows < (SIZE_MAX - 64) / row;
    char *rows = fits ? malloc((size_t)(part->rows ? part->rows : 1) * row + 64) : NULL;
    status = rows ? rt_step_bind(&s, part)
                  : rt_fail(&run->error, "not enough memory for the predictions of %lld rows",
                            (long long)part->rows);
    rt_progress_begin(&progress, run->out, rt_progress_style(run, verbose),
                      batches(part->rows, s.entry->batch), rt_now());
    if (status == RT_OK)
        status = predict_batches(&s, part, &progress, rows, row);
    if (status == RT_OK)
        rt_progress_end(&progress, NULL, 0, rt_now());
    else
        rt_progress_leave(&progress);
    rt_step_close(&s);
    if (status == RT_OK)
        *data = rows;
    else
        free(rows);
    return status;
}
