/* fit.c: the epoch loop, in Keras's order: shuffle, batches, figures, validation, history.
 *
 * The reported figures are sums over the rows seen so far divided by their number, kept in the
 * metric states by generated code. The last batch may be smaller; it counts with its rows. */
#include "runtime/train/fit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/abi/dtype.h"
#include "runtime/data/shuffle.h"
#include "runtime/train/state.h"

enum { MAX_FIGURES = 64 };

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
    double *history[2 * MAX_FIGURES];
    char names[2 * MAX_FIGURES][128];
    int n_figures; /* without val_ twins */
    int64_t epochs_run;
} Fit;

RtProgressStyle rt_progress_style(const RtRun *run, double verbose)
{
    if (run->settings->quiet || verbose == 0)
        return PROGRESS_silent;
    if (verbose == 2 || !isatty(fileno(run->out)))
        return PROGRESS_line;
    return PROGRESS_bar;
}

static int64_t batches(int64_t rows, int64_t batch)
{
    return (rows + batch - 1) / batch;
}

static int figures_of(const RtStep *s, RtFigure *f)
{
    int n = 0;
    for (uint32_t i = 0; i < s->image->metrics.n && n < MAX_FIGURES; i++)
        f[n++] = (RtFigure){s->image->metrics.at[i].name, rt_metric_value(s, i)};
    return n;
}

static RtStatus run_part(RtStep *s, const uint32_t *rows, int64_t n, RtProgress *progress)
{
    RtFigure f[MAX_FIGURES];
    int64_t batch = s->entry->batch;
    rt_metrics_reset(s);
    for (int64_t at = 0, done = 1; at < n; at += batch, done++) {
        int64_t here = n - at < batch ? n - at : batch;
        memcpy(s->index, rows + at, (size_t)here * sizeof *rows);
        RtStatus status = rt_step_run(s, here, s->model->step);
        if (status != RT_OK)
            return status;
        if (progress)
            rt_progress_step(progress, done, f, figures_of(s, f), rt_now());
        if (rt_interrupted())
            return RT_END;
    }
    return RT_OK;
}

static void interrupted(const Fit *fit, int64_t epoch, int64_t batch, int64_t of)
{
    fprintf(fit->run->out, "\ninterrupted in epoch %lld of %lld after batch %lld of %lld\n",
            (long long)epoch + 1, (long long)fit->last, (long long)batch, (long long)of);
    fflush(fit->run->out);
}

/* The training batches of one epoch. */
static RtStatus train_epoch(Fit *fit, int64_t epoch, RtProgress *progress)
{
    RtStep *s = &fit->train;
    RtFigure f[MAX_FIGURES];
    int64_t n = fit->part->rows, batch = s->entry->batch, of = batches(n, batch);
    rt_metrics_reset(s);
    for (int64_t b = 0; b < of; b++) {
        int64_t here = n - b * batch < batch ? n - b * batch : batch;
        memcpy(s->index, fit->order + b * batch, (size_t)here * sizeof *fit->order);
        RtStatus status = rt_step_run(s, here, s->model->step);
        if (status != RT_OK)
            return status;
        s->model->step++;
        if (progress->style == PROGRESS_bar)
            rt_progress_step(progress, b + 1, f, figures_of(s, f), rt_now());
        else
            rt_progress_step(progress, b + 1, NULL, 0, rt_now());
        if (rt_interrupted()) {
            interrupted(fit, epoch, b + 1, of);
            return RT_END;
        }
    }
    return RT_OK;
}

static void remember(Fit *fit, const RtFigure *f, int n)
{
    for (int i = 0; i < n && i < 2 * MAX_FIGURES; i++) {
        snprintf(fit->names[i], sizeof fit->names[i], "%s", f[i].name);
        fit->history[i][fit->epochs_run] = f[i].value;
    }
    fit->n_figures = n;
    fit->epochs_run++;
}

static RtStatus one_epoch(Fit *fit, int64_t epoch)
{
    RtFigure f[2 * MAX_FIGURES];
    char val_names[MAX_FIGURES][128];
    RtProgress progress;
    memcpy(fit->order, fit->part->index, (size_t)fit->part->rows * sizeof *fit->order);
    if (fit->data->shuffle)
        rt_shuffle(fit->order, (uint32_t)fit->part->rows, rt_run_seed(fit->run, fit->train.model),
                   (uint64_t)(fit->train.model->epochs_done));
    if (fit->style != PROGRESS_silent && fit->last > 1)
        fprintf(fit->run->out, "Epoch %lld/%lld\n", (long long)epoch + 1, (long long)fit->last);
    rt_progress_begin(&progress, fit->run->out, fit->style,
                      batches(fit->part->rows, fit->train.entry->batch), rt_now());
    RtStatus status = train_epoch(fit, epoch, &progress);
    if (status != RT_OK)
        return status;
    int n = figures_of(&fit->train, f);
    if (fit->validates) {
        status = run_part(&fit->eval, fit->part2->index, fit->part2->rows, NULL);
        if (status == RT_END)
            interrupted(fit, epoch, batches(fit->part->rows, fit->train.entry->batch),
                        batches(fit->part->rows, fit->train.entry->batch));
        if (status != RT_OK)
            return status;
        int m = figures_of(&fit->eval, f + n);
        for (int i = 0; i < m; i++) {
            snprintf(val_names[i], sizeof val_names[i], "val_%s", f[n + i].name);
            f[n + i].name = val_names[i];
        }
        n += m;
    }
    rt_progress_end(&progress, f, n, rt_now());
    remember(fit, f, n);
    fit->train.model->epochs_done++;
    return RT_OK;
}

/* The epoch (from 1) with the least val_loss, or loss without validation. */
static int64_t best_epoch(const Fit *fit)
{
    int which = -1;
    for (int i = 0; i < fit->n_figures; i++)
        if (!strcmp(fit->names[i], "val_loss") || (which < 0 && !strcmp(fit->names[i], "loss")))
            which = i;
    if (which < 0 || !fit->epochs_run)
        return 0;
    int64_t best = 0;
    for (int64_t e = 1; e < fit->epochs_run; e++)
        if (fit->history[which][e] < fit->history[which][best])
            best = e;
    return fit->first + best + 1;
}

static RtStatus keep_history(Fit *fit)
{
    RtRun *run = fit->run;
    uint32_t result = fit->c->result;
    RtStatus status = RT_OK;
    RtValue keys = {.kind = VALUE_list};
    if (result == IMG_NONE)
        return RT_OK;
    keys.items = calloc((size_t)fit->n_figures + 1, sizeof *keys.items);
    for (int i = 0; i < fit->n_figures && status == RT_OK; i++) {
        RtValue series = rt_value_array(1, &fit->epochs_run, fit->history[i]);
        if (keys.items)
            keys.items[keys.n_items++] = rt_value_text(fit->names[i]);
        status = rt_result_set(run, result, fit->names[i], series);
    }
    if (status == RT_OK)
        status = rt_result_set(run, result, "keys", keys);
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
        fit->data2 = rt_run_data(run, c->data2);
        if (!fit->data2)
            return RT_ERROR;
    }
    fit->part2 = &fit->data2->parts[c->data2 != IMG_NONE ? c->part2 : 1];
    if (!fit->part2->rows)
        return RT_OK;
    RtStatus status = rt_step_open(&fit->eval, run, c->eval_entry);
    if (status == RT_OK)
        status = rt_step_bind(&fit->eval, fit->data2, fit->part2);
    fit->validates = status == RT_OK;
    return status;
}

static RtStatus open_fit(Fit *fit)
{
    RtRun *run = fit->run;
    const ImgCommand *c = fit->c;
    double epochs, initial, verbose;
    fit->data = rt_run_data(run, c->data);
    if (!fit->data)
        return RT_ERROR;
    fit->part = &fit->data->parts[0];
    RtStatus status = rt_setting_number(run, c, "epochs", 1, &epochs);
    if (status == RT_OK)
        status = rt_setting_number(run, c, "initial_epoch", 0, &initial);
    if (status == RT_OK)
        status = rt_setting_number(run, c, "verbose", 1, &verbose);
    if (status == RT_OK)
        status = rt_step_open(&fit->train, run, c->train_entry);
    if (status == RT_OK)
        status = rt_step_bind(&fit->train, fit->data, fit->part);
    if (status == RT_OK)
        status = rt_run_fit_constants(run, fit->train.model, fit->data);
    if (status != RT_OK)
        return status;
    fit->first = (int64_t)initial;
    fit->last = run->settings->has_epochs ? run->settings->epochs : (int64_t)epochs;
    fit->style = rt_progress_style(run, verbose);
    if (fit->last < fit->first)
        fit->last = fit->first;
    fit->order = malloc((size_t)(fit->part->rows ? fit->part->rows : 1) * sizeof *fit->order);
    if (!fit->order)
        return rt_fail(&run->error, "not enough memory for the order of %lld rows",
                       (long long)fit->part->rows);
    for (int i = 0; i < 2 * MAX_FIGURES; i++) {
        fit->history[i] = calloc((size_t)(fit->last - fit->first) + 1, sizeof(double));
        if (!fit->history[i])
            return rt_fail(&run->error, "not enough memory for the history of %lld epochs",
                           (long long)fit->last);
    }
    return open_validation(fit);
}

static void close_fit(Fit *fit)
{
    rt_step_close(&fit->train);
    rt_step_close(&fit->eval);
    free(fit->order);
    for (int i = 0; i < 2 * MAX_FIGURES; i++)
        free(fit->history[i]);
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
    RtFigure f[MAX_FIGURES];
    RtProgress progress;
    double verbose;
    const RtDataset *d = rt_run_data(run, c->data);
    if (!d)
        return RT_ERROR;
    const RtPart *part = &d->parts[c->part];
    RtStatus status = rt_setting_number(run, c, "verbose", 1, &verbose);
    if (status == RT_OK)
        status = rt_step_open(&s, run, c->eval_entry);
    if (status != RT_OK)
        return status;
    status = rt_step_bind(&s, d, part);
    if (status == RT_OK)
        status = rt_run_fit_constants(run, s.model, d);
    rt_progress_begin(&progress, run->out, rt_progress_style(run, verbose),
                      batches(part->rows, s.entry->batch), rt_now());
    if (status == RT_OK)
        status = run_part(&s, part->index, part->rows, &progress);
    int n = status == RT_OK ? figures_of(&s, f) : 0;
    if (status == RT_OK)
        rt_progress_end(&progress, f, n, rt_now());
    for (int i = 0; i < n && status == RT_OK; i++)
        status = rt_result_set(run, c->result, f[i].name, rt_value_number(f[i].value, false));
    rt_step_close(&s);
    return status;
}

RtStatus rt_predict_rows(RtRun *run, uint32_t entry, const RtDataset *d, const RtPart *part,
                         void **data)
{
    RtStep s;
    RtStatus status = rt_step_open(&s, run, entry);
    if (status != RT_OK)
        return status;
    const NnlName *out = &s.entry->outputs[0];
    size_t row = rt_dtype((RtDtype)out->dtype)->size;
    for (uint32_t k = 0; k < out->rank; k++)
        row *= (size_t)out->dims[k];
    char *rows = malloc((size_t)(part->rows ? part->rows : 1) * row + 64);
    status = rows ? rt_step_bind(&s, d, part)
                  : rt_fail(&run->error,
                            "not enough memory for the "
                            "predictions of %lld rows",
                            (long long)part->rows);
    if (status == RT_OK)
        status = rt_run_fit_constants(run, s.model, d);
    for (int64_t at = 0; at < part->rows && status == RT_OK; at += s.entry->batch) {
        int64_t here = part->rows - at < s.entry->batch ? part->rows - at : s.entry->batch;
        memcpy(s.index, part->index + at, (size_t)here * sizeof *s.index);
        s.outputs[0] = rows + (size_t)at * row;
        status = rt_step_run(&s, here, s.model->step);
        if (status == RT_OK && rt_interrupted())
            status = RT_END;
    }
    rt_step_close(&s);
    if (status == RT_OK)
        *data = rows;
    else
        free(rows);
    return status;
}
