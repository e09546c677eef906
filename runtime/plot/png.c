/* png.c: the way to Cairo, or to its absence. */
#include "runtime/plot/png.h"

#include <stddef.h>

extern const RtPlotCairo rt_plot_cairo __attribute__((weak));

bool rt_png_is_there(void)
{
    const RtPlotCairo *cairo = &rt_plot_cairo;
    return cairo != NULL;
}

RtCanvas *rt_png_open(void)
{
    return rt_plot_cairo.open();
}
