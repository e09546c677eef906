/* png.h: pictures as .png, where Cairo is part of the program: reached by a weak reference only, as libhdf5 is
 * (runtime/files/hdf5/hdf5.h). */
#ifndef NNLC_RUNTIME_PLOT_PNG_H
#define NNLC_RUNTIME_PLOT_PNG_H

#include "runtime/plot/canvas.h"

typedef struct RtPlotCairo {
    RtCanvas *(*open)(void); /* NULL: no memory */
} RtPlotCairo;

extern const RtPlotCairo rt_plot_cairo;

/* Is Cairo part of this program? */
bool rt_png_is_there(void);
/* Only if it is. */
RtCanvas *rt_png_open(void);

#endif
