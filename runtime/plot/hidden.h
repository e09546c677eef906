/* hidden.h: how much of the curves a box over them would hide. */
#ifndef NNLC_RUNTIME_PLOT_HIDDEN_H
#define NNLC_RUNTIME_PLOT_HIDDEN_H

#include "runtime/plot/axes.h"

bool rt_boxes_overlap(RtBox a, RtBox b);
/* Points, pieces of lines and bars within the box, and notes that are there already, which count
 * for very much. */
double rt_hidden_by(const RtPanelView *v, RtBox box);

#endif
