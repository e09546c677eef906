/* legend.h: which curve is which: within the axes where it hides least, beside them if it is large, above them in a
 * terminal. */
#ifndef NNLC_RUNTIME_PLOT_LEGEND_H
#define NNLC_RUNTIME_PLOT_LEGEND_H

#include "runtime/plot/axes.h"

/* Height of the lines that a panel's legend takes in a terminal. */
double rt_legend_height(const RtCanvas *c, const RtPanel *p, double width);
/* Adds what the legend takes to the margins. */
void rt_legend_measure(const RtCanvas *c, RtPanelView *v);
/* Would it hide too much within the axes? The curves are placed. */
bool rt_legend_hides(const RtCanvas *c, const RtPanelView *v);
/* Finds its place within the axes; a note for which there is no room beside it is left out. */
void rt_legend_place(const RtCanvas *c, RtPanelView *v);
void rt_legend_draw(RtCanvas *c, const RtPanelView *v);

#endif
