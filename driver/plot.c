/* plot.c: nnlc plot: logs -> runs with names -> panels -> a file or the terminal. */
#include "driver/plot.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "driver/plot_inputs.h"
#include "ir/defs/vocab.h"
#include "runtime/abi/suggest.h"
#include "runtime/logs/run_logs.h"
#include "runtime/plot/history_panels.h"

typedef struct Run {
    const char *name;
    bool has_validation;
    Vec(RtRunMetric) metrics;
} Run;

typedef struct Plot {
    Arena *arena;
    const Options *options;
    PlotInputs inputs;
    RtLogs *logs; /* of every input */
    Vec(Run) runs;
    RtError error;
} Plot;

/* ---- metrics ---- */

/* Keys of metrics that a model has twice end with a number, values of a list with [2]. */
static const Row *metric_row(Arena *arena, const char *key)
{
    size_t n = strcspn(key, "[");
    const Row *row = vocab_find(VOCAB_metric, arena_strndup(arena, key, n));
    while (!row && n && key[n - 1] >= '0' && key[n - 1] <= '9')
        n--;
    if (!row && n && key[n - 1] == '_')
        row = vocab_find(VOCAB_metric, arena_strndup(arena, key, n - 1));
    return row;
}

static const char *without_val(const char *name)
{
    return strncmp(name, "val_", 4) ? name : name + 4;
}

static RtBest best_of(Arena *arena, const char *name)
{
    const char *key = without_val(name);
    size_t n = strlen(key);
    const Row *row = metric_row(arena, key);
    if (row)
        return !strcmp(row->kind_name, "up")     ? RT_BEST_most
               : !strcmp(row->kind_name, "down") ? RT_BEST_least
                                                 : RT_BEST_unknown;
    return n >= 4 && !strcmp(key + n - 4, "loss") ? RT_BEST_least : RT_BEST_unknown;
}

/* --metric=loss takes val_loss, too; --metric=val_loss only that. */
static bool is_wanted(const Options *o, const char *name)
{
    for (size_t i = 0; i < o->plot.metrics.n; i++)
        if (!strcmp(o->plot.metrics.at[i], name) ||
            !strcmp(o->plot.metrics.at[i], without_val(name)))
            return true;
    return !o->plot.metrics.n;
}

static bool has_metric(const Plot *p, const char *name)
{
    for (size_t r = 0; r < p->runs.n; r++)
        for (size_t i = 0; i < p->runs.at[r].metrics.n; i++) {
            const char *own = p->runs.at[r].metrics.at[i].name;
            if (!strcmp(own, name) || !strcmp(without_val(own), name))
                return true;
        }
    return false;
}

static RtStatus check_metrics(Plot *p)
{
    for (size_t k = 0; k < p->options->plot.metrics.n; k++) {
        const char *name = p->options->plot.metrics.at[k];
        if (has_metric(p, name))
            continue;
        RtSuggest best = rt_suggest_start(name);
        for (size_t r = 0; r < p->runs.n; r++)
            for (size_t i = 0; i < p->runs.at[r].metrics.n; i++)
                rt_suggest_offer(&best, p->runs.at[r].metrics.at[i].name);
        const char *near = rt_suggest_best(&best);
        return rt_fail(&p->error,
                       near ? "no log has the metric '%s'; did you mean '%s'?"
                            : "no log has the metric '%s'",
                       name, near);
    }
    return RT_OK;
}

/* ---- runs ---- */

static void add_metrics(Plot *p, Run *run, const RtLogRun *from, const char *before)
{
    for (uint32_t i = 0; i < from->n; i++) {
        const RtLogMetric *m = &from->metrics[i];
        const char *name = arena_printf(p->arena, "%s%s", before, m->name);
        RtRunMetric metric = {name, best_of(p->arena, name), m->n, m->epochs, m->values};
        vec_push(p->arena, &run->metrics, metric);
    }
}

static size_t count_named(const Plot *p, const char *name)
{
    size_t n = 0;
    for (size_t i = 0; i < p->runs.n; i++)
        n += !strcmp(p->runs.at[i].name, name);
    return n;
}

/* "run", "run net" where the file has several models, "run (2)" where that is there. */
static const char *name_of(Plot *p, const PlotInput *in, const RtLogs *logs, uint32_t r)
{
    bool models = false;
    for (uint32_t i = 0; i < logs->n; i++)
        models = models || strcmp(logs->runs[i].label, logs->runs[r].label) != 0;
    const char *base =
        models ? arena_printf(p->arena, "%s %s", in->name, logs->runs[r].label) : in->name;
    const char *name = base;
    for (int k = 2; count_named(p, name); k++)
        name = arena_printf(p->arena, "%s (%d)", base, k);
    return name;
}

/* The first run of this name that still lacks its validation; NULL. */
static Run *run_to_validate(Plot *p, const PlotInput *in)
{
    for (size_t i = 0; in->is_validation && i < p->runs.n; i++) {
        Run *run = &p->runs.at[i];
        size_t n = strlen(in->name);
        if (!strncmp(run->name, in->name, n) && (!run->name[n] || run->name[n] == ' ') &&
            !run->has_validation)
            return run;
    }
    return NULL;
}

static void add_runs(Plot *p, const PlotInput *in, const RtLogs *logs)
{
    Run *known = run_to_validate(p, in);
    for (uint32_t r = 0; r < logs->n; r++) {
        if (!known) {
            Run run = {.name = name_of(p, in, logs, r)};
            vec_push(p->arena, &p->runs, run);
        }
        Run *run = known ? known : &vec_last(&p->runs);
        run->has_validation = in->is_validation;
        add_metrics(p, run, &logs->runs[r], in->is_validation ? "val_" : "");
    }
}

static RtStatus read_logs(Plot *p)
{
    for (size_t i = 0; i < p->inputs.n; i++) {
        const PlotInput *in = &p->inputs.at[i];
        RtStatus status = rt_logs_read(in->path, &p->logs[i], &p->error);
        if (status != RT_OK)
            return status;
        add_runs(p, in, &p->logs[i]);
    }
    return check_metrics(p);
}

/* ---- the picture ---- */

static RtStatus draw(Plot *p, const RtFigure *f)
{
    const char *output = p->options->output;
    return output ? rt_figure_write(f, output, &p->error) : rt_figure_print(f, stdout, &p->error);
}

/* As r.best_epoch of a fit: by val_loss, else by loss; 0: it has neither. */
static double best_epoch(const Run *run)
{
    const RtRunMetric *by = NULL;
    for (size_t i = 0; i < run->metrics.n; i++) {
        const RtRunMetric *m = &run->metrics.at[i];
        if (!strcmp(m->name, "val_loss") || (!by && !strcmp(m->name, "loss")))
            by = m;
    }
    int64_t best = -1;
    for (int64_t i = 0; by && i < by->n; i++)
        if (!isnan(by->values[i]) && (best < 0 || by->values[i] < by->values[best]))
            best = i;
    return best < 0 ? 0 : by->epochs[best];
}

/* Runs as the panels take them, without metrics that nobody asked for. */
static RtRunMetrics *wanted_runs(const Plot *p)
{
    RtRunMetrics *runs = ARENA_ARRAY(p->arena, RtRunMetrics, p->runs.n + 1);
    for (size_t r = 0; r < p->runs.n; r++) {
        const Run *run = &p->runs.at[r];
        RtRunMetric *metrics = ARENA_ARRAY(p->arena, RtRunMetric, run->metrics.n + 1);
        runs[r] = (RtRunMetrics){run->name, best_epoch(run), 0, metrics};
        for (size_t i = 0; i < run->metrics.n; i++)
            if (is_wanted(p->options, run->metrics.at[i].name))
                metrics[runs[r].n++] = run->metrics.at[i];
    }
    return runs;
}

static RtStatus draw_runs(Plot *p)
{
    RtHistoryPanels h;
    const PlotOptions *o = &p->options->plot;
    RtStatus status = rt_history_panels(&h, (uint32_t)p->runs.n, wanted_runs(p), &p->error);
    for (uint32_t i = 0; i < h.n_panels; i++) {
        h.panels[i].log_y = o->log;
        h.panels[i].smooth = o->smooth;
    }
    if (status == RT_OK)
        status = draw(p, &(RtFigure){.kind = RT_FIGURE_panels,
                                     .title = o->title,
                                     .n_panels = h.n_panels,
                                     .panels = h.panels});
    rt_history_panels_close(&h);
    return status;
}

int plot_print(const Session *s)
{
    const Options *o = s->options;
    Plot p = {.arena = s->arena, .options = o};
    RtStatus status = o->output ? rt_figure_check(o->output, &p.error) : RT_OK;
    for (size_t i = 0; i < o->plot.inputs.n; i++)
        plot_inputs_add(s->arena, o->plot.inputs.at[i], &p.inputs);
    plot_inputs_name(s->arena, &p.inputs);
    p.logs = ARENA_ARRAY(s->arena, RtLogs, p.inputs.n + 1);
    memset(p.logs, 0, (p.inputs.n + 1) * sizeof *p.logs);
    if (status == RT_OK)
        status = read_logs(&p);
    if (status == RT_OK)
        status = draw_runs(&p);
    if (status != RT_OK)
        report_failure(s, &p.error);
    for (size_t i = 0; i < p.inputs.n; i++)
        rt_logs_free(&p.logs[i]);
    return status == RT_OK ? EXIT_FINE : EXIT_WRONG;
}
