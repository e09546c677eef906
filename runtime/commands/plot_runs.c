/* plot_runs.c: whole trainings as panels: the series that their results hold, by the epochs of these. */
#include <stdlib.h>
#include <string.h>

#include "runtime/commands/picture.h"
#include "runtime/plot/history_panels.h"

/* One training as metrics; the numbers stay those of its result. */
typedef struct OneRun {
    RtRunMetrics metrics;
    RtRunMetric *at;
    double **epochs; /* of each metric */
} OneRun;

static RtStatus no_room(RtRun *run)
{
    return rt_fail(&run->error, "not enough memory for a picture");
}

/* The epochs of a series, from 1, in malloc memory. */
static double *epochs_of(const RtRun *run, uint32_t result, const char *key, int64_t n)
{
    char own[512];
    snprintf(own, sizeof own, "%s epochs", key);
    const RtValue *uneven = rt_result_get(run, result, own);
    const RtValue *all = uneven ? uneven : rt_result_get(run, result, "epoch");
    double *epochs = calloc((size_t)n + 1, sizeof *epochs);
    for (int64_t i = 0; epochs && i < n; i++)
        epochs[i] = (all && i < rt_value_count(all) ? all->data[i] : (double)i) + !uneven;
    return epochs;
}

static RtStatus add_metric(RtRun *run, uint32_t result, OneRun *one, const char *key)
{
    const RtValue *series = rt_result_get(run, result, key);
    if (!series || series->kind != VALUE_series)
        return RT_OK;
    int64_t n = rt_value_count(series);
    double *epochs = epochs_of(run, result, key, n);
    if (!epochs)
        return no_room(run);
    one->epochs[one->metrics.n] = epochs;
    one->at[one->metrics.n++] =
        (RtRunMetric){.name = key,
                      .best = strcmp(key, "learning_rate") ? RT_BEST_least : RT_BEST_unknown,
                      .n = n,
                      .epochs = epochs,
                      .values = series->data};
    return RT_OK;
}

static RtStatus open_run(RtRun *run, const ImgCurve *c, const char *name, OneRun *one)
{
    const RtValue *keys = rt_result_get(run, c->run, "keys");
    const RtValue *best = rt_result_get(run, c->run, "best_epoch");
    RtStatus status = RT_OK;
    if (!keys)
        return RT_OK;
    one->at = calloc(keys->n_items + (size_t)1, sizeof *one->at);
    one->epochs = calloc(keys->n_items + (size_t)1, sizeof *one->epochs);
    if (!one->at || !one->epochs)
        return no_room(run);
    one->metrics.name = name;
    one->metrics.best_epoch = best ? best->number : 0;
    one->metrics.metrics = one->at;
    for (uint32_t i = 0; i < keys->n_items && status == RT_OK; i++)
        status = add_metric(run, c->run, one, keys->items[i].text);
    return status;
}

static void close_run(OneRun *one)
{
    for (uint32_t i = 0; i < one->metrics.n; i++)
        free(one->epochs[i]);
    free(one->epochs);
    free(one->at);
}

static void style(const ImgCommand *c, const RtCaptions *t, RtPanel *panel)
{
    bool rate = panel->title && !strcmp(panel->title, "learning_rate");
    panel->log_x = rt_plot_has_log(c, "x");
    panel->log_y = rt_plot_has_log(c, "y");
    panel->smooth = rate ? 0 : rt_plot_smooth(c);
    panel->x_label = t->x_label ? t->x_label : panel->x_label;
    panel->y_label = t->y_label ? t->y_label : panel->y_label;
}

static RtStatus draw(RtRun *run, const ImgCommand *c, const RtCaptions *t, uint32_t n,
                     const RtRunMetrics *runs)
{
    RtHistoryPanels panels;
    RtStatus status = rt_history_panels(&panels, n, runs, &run->error);
    for (uint32_t i = 0; i < panels.n_panels; i++)
        style(c, t, &panels.panels[i]);
    RtFigure figure = {.kind = RT_FIGURE_panels,
                       .title = t->title,
                       .n_panels = panels.n_panels,
                       .panels = panels.panels};
    if (status == RT_OK)
        status = rt_picture_put(run, c, &figure);
    rt_history_panels_close(&panels);
    return status;
}

RtStatus rt_plot_runs(RtRun *run, const ImgCommand *c, const RtCaptions *t)
{
    uint32_t n = c->curves.n;
    RtStatus status = RT_OK;
    RtValue keys;
    if (t->labels.n && t->labels.n != n)
        return rt_fail(&run->error, "'labels' has %u names for %u trainings", t->labels.n, n);
    OneRun *all = calloc(n + (size_t)1, sizeof *all);
    RtRunMetrics *runs = calloc(n + (size_t)1, sizeof *runs);
    if (!all || !runs)
        status = no_room(run);
    for (uint32_t i = 0; i < n && status == RT_OK; i++) {
        status = rt_run_value(run, c->exprs.at[i], &keys); /* says where the fit did not run */
        if (status == RT_OK)
            rt_value_free(&keys);
        if (status == RT_OK)
            status = open_run(run, &c->curves.at[i],
                              t->labels.n ? t->labels.at[i] : c->curves.at[i].name, &all[i]);
        runs[i] = all[i].metrics;
    }
    if (status == RT_OK)
        status = draw(run, c, t, n, runs);
    for (uint32_t i = 0; all && i < n; i++)
        close_run(&all[i]);
    free(all);
    free(runs);
    return status;
}
