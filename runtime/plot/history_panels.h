/* history_panels.h: the metrics of one or more runs as panels: one for each metric, with its `val_` twin dashed beside it,
 * runs by color, a mark at the best epoch. Takes names and numbers; knows no training. */
#ifndef NNLC_RUNTIME_PLOT_HISTORY_PANELS_H
#define NNLC_RUNTIME_PLOT_HISTORY_PANELS_H

#include "runtime/plot/figure.h"

typedef enum { RT_BEST_unknown, RT_BEST_least, RT_BEST_most } RtBest;

typedef struct RtRunMetric {
    const char *name; /* "loss", "val_loss" */
    RtBest best;      /* which values are better; unknown: no mark */
    int64_t n;
    const double *epochs, *values; /* [n] */
} RtRunMetric;

typedef struct RtRunMetrics {
    const char *name;  /* in the legends, if there are several runs */
    double best_epoch; /* marked in all panels; 0: each metric has its own */
    uint32_t n;
    const RtRunMetric *metrics;
} RtRunMetrics;

typedef struct RtHistoryPanels {
    RtPanel *panels;
    RtCurve *curves;
    char *texts;
    uint32_t n_panels;
} RtHistoryPanels;

/* The panels point to names and numbers of the runs. "loss" comes first, the learning rate last, others as the runs have
 * them. Close it in any case. */
RtStatus rt_history_panels(RtHistoryPanels *h, uint32_t n, const RtRunMetrics *runs,
                           RtError *error) RT_MUST_USE;
void rt_history_panels_close(RtHistoryPanels *h);

#endif
