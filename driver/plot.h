/* plot.h: nnlc plot: logs of earlier runs, drawn beside each other. */
#ifndef NNLC_DRIVER_PLOT_H
#define NNLC_DRIVER_PLOT_H

#include "driver/session.h"

/* Returns the exit code. */
int plot_print(const Session *s);

#endif
