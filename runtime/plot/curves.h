/* curves.h: the curves of a panel on the page. */
#ifndef NNLC_RUNTIME_PLOT_CURVES_H
#define NNLC_RUNTIME_PLOT_CURVES_H

#include "runtime/plot/axes.h"

/* Where the points lie (xy of each series), and the notes beside marked ones; the axes are placed. False: no memory. */
bool rt_curves_place(const RtCanvas *c, RtPanelView *v);
void rt_curves_draw(RtCanvas *c, const RtPanelView *v);
void rt_curves_draw_notes(RtCanvas *c, const RtPanelView *v);

#endif
