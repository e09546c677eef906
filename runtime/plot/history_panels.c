/* history_panels.c: metrics of runs -> panels. */
#include "runtime/plot/history_panels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char val[] = "val_";
enum { N_VAL = sizeof val - 1 };

typedef struct Maker {
    RtHistoryPanels *out;
    uint32_t n_runs;
    const RtRunMetrics *runs;
    RtCurve *next;
    char *text;
} Maker;

static bool is_twin(const char *name)
{
    return !strncmp(name, val, N_VAL) && name[N_VAL];
}

/* The metric that a name or its twin belongs to. */
static const char *metric_of(const char *name)
{
    return is_twin(name) ? name + N_VAL : name;
}

/* Panels of a lower rank come first. */
enum { N_RANKS = 3 };
static int rank_of(const char *metric)
{
    bool rate = !strcmp(metric, "learning_rate") || !strcmp(metric, "lr");
    return !strcmp(metric, "loss") ? 0 : rate ? 2 : 1;
}

static const RtRunMetric *find(const RtRunMetrics *run, const char *metric, bool twin)
{
    for (uint32_t i = 0; i < run->n; i++)
        if (is_twin(run->metrics[i].name) == twin &&
            !strcmp(metric_of(run->metrics[i].name), metric))
            return &run->metrics[i];
    return NULL;
}

/* The value at the run's best epoch, else the first of the best values; -1: there is none. */
static int64_t best_of(const RtRunMetrics *run, const RtRunMetric *m)
{
    int64_t best = -1;
    for (int64_t i = 0; i < m->n && run->best_epoch > 0 && m->best != RT_BEST_unknown; i++)
        if (m->epochs[i] == run->best_epoch)
            return isnan(m->values[i]) ? -1 : i;
    if (run->best_epoch > 0)
        return -1;
    for (int64_t i = 0; i < m->n && m->best != RT_BEST_unknown; i++) {
        double value = m->values[i];
        if (!isnan(value) && (best < 0 || (m->best == RT_BEST_most ? value > m->values[best]
                                                                   : value < m->values[best])))
            best = i;
    }
    return best;
}

/* Of one run the names of its metrics, of several those of the runs. */
static const char *legend(Maker *mk, const char *run, const RtRunMetric *m, bool dashed)
{
    if (mk->n_runs == 1)
        return m->name;
    if (!dashed)
        return run;
    char *text = mk->text;
    mk->text += sprintf(text, "%s (val)", run) + 1;
    return text;
}

/* One run has a color for each of the two, so that they differ by more than their dashes. */
static void add_curve(Maker *mk, RtPanel *p, uint32_t run, const RtRunMetric *m, bool marked,
                      bool dashed)
{
    *mk->next++ = (RtCurve){.name = legend(mk, mk->runs[run].name, m, dashed),
                            .n = m->n,
                            .x = m->epochs,
                            .y = m->values,
                            .mark = marked ? best_of(&mk->runs[run], m) : -1,
                            .color = mk->n_runs == 1 ? dashed : (int32_t)run,
                            .dashed = dashed};
    p->n++;
}

/* A twin of a metric that no run has itself, NULL: one has; twins alone are drawn as other curves. */
static const RtRunMetric *twin_alone(const Maker *mk, const char *metric)
{
    const RtRunMetric *twin = NULL;
    for (uint32_t r = 0; r < mk->n_runs; r++) {
        if (find(&mk->runs[r], metric, false))
            return NULL;
        if (!twin)
            twin = find(&mk->runs[r], metric, true);
    }
    return twin;
}

static void add_panel(Maker *mk, const char *metric)
{
    RtPanel *p = &mk->out->panels[mk->out->n_panels++];
    const RtRunMetric *alone = twin_alone(mk, metric);
    *p = (RtPanel){.title = alone ? alone->name : metric,
                   .x_label = "epoch",
                   .kind = RT_CURVE_line,
                   .whole_x = true,
                   .curves = mk->next};
    for (uint32_t r = 0; r < mk->n_runs; r++) {
        const RtRunMetric *own = find(&mk->runs[r], metric, false);
        const RtRunMetric *twin = find(&mk->runs[r], metric, true);
        if (own)
            add_curve(mk, p, r, own, !twin, false);
        if (twin)
            add_curve(mk, p, r, twin, true, !alone);
    }
}

static bool has_panel(const RtHistoryPanels *h, const char *metric)
{
    for (uint32_t i = 0; i < h->n_panels; i++)
        if (!strcmp(metric_of(h->panels[i].title), metric))
            return true;
    return false;
}

static void add_panels(Maker *mk, int rank)
{
    for (uint32_t r = 0; r < mk->n_runs; r++)
        for (uint32_t i = 0; i < mk->runs[r].n; i++) {
            const char *metric = metric_of(mk->runs[r].metrics[i].name);
            if (rank_of(metric) == rank && !has_panel(mk->out, metric))
                add_panel(mk, metric);
        }
}

RtStatus rt_history_panels(RtHistoryPanels *h, uint32_t n, const RtRunMetrics *runs, RtError *error)
{
    size_t n_curves = 1, n_text = 1;
    for (uint32_t r = 0; r < n; r++) {
        n_curves += runs[r].n;
        n_text += runs[r].n * (strlen(n > 1 ? runs[r].name : "") + sizeof " (val)");
    }
    *h = (RtHistoryPanels){.panels = malloc(n_curves * sizeof *h->panels),
                           .curves = malloc(n_curves * sizeof *h->curves),
                           .texts = malloc(n_text)};
    if (!h->panels || !h->curves || !h->texts)
        return rt_fail(error, "not enough memory for the panels of a plot");
    Maker mk = {h, n, runs, h->curves, h->texts};
    for (int rank = 0; rank < N_RANKS; rank++)
        add_panels(&mk, rank);
    return RT_OK;
}

void rt_history_panels_close(RtHistoryPanels *h)
{
    free(h->panels);
    free(h->curves);
    free(h->texts);
    *h = (RtHistoryPanels){.n_panels = 0};
}
