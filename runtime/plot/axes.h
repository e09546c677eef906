/* axes.h: a panel with its axes: how much room they take, and how they are drawn. */
#ifndef NNLC_RUNTIME_PLOT_AXES_H
#define NNLC_RUNTIME_PLOT_AXES_H

#include "runtime/plot/series.h"
#include "runtime/plot/ticks.h"

enum { RT_MOST_NOTES = 12 };

/* What is written beside a marked point. */
typedef struct RtNote {
    double x, y; /* the point */
    RtColor color;
    RtBox box;
    char text[64];
} RtNote;

typedef struct RtPanelView {
    const RtPanel *of; /* panel */
    RtPanel panel;
    bool cells; /* a terminal's */
    RtSeriesList series;
    RtScale x, y;
    RtTicks x_ticks, y_ticks;
    RtBox outer, box;                /* all of the panel; what the axes enclose */
    double left, right, top, bottom; /* what is around the axes */
    double y_labels;                 /* width of the labels of the y axis */
    bool turned;                     /* the names under bars read upward */
    bool legend_outside;
    RtBox legend; /* within the axes */
    uint32_t n_notes;
    RtNote notes[RT_MOST_NOTES];
} RtPanelView;

/* Finds scales, ticks and margins (with what the legend takes); `outer` is set. */
void rt_axes_measure(const RtCanvas *c, RtPanelView *v);
/* Once `box` is set: makes the ticks of the y axis for its height. True: their labels are wider than thought, and `left`
 * grew. */
bool rt_axes_retick(const RtCanvas *c, RtPanelView *v);
/* Once `box` is final: where values lie on the page. */
void rt_axes_place(const RtCanvas *c, RtPanelView *v);
void rt_axes_draw_grid(RtCanvas *c, const RtPanelView *v);
/* Lines, ticks, labels and titles. */
void rt_axes_draw(RtCanvas *c, const RtPanelView *v);

#endif
