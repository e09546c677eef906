/* heat_map.c: a matrix as colors. */
#include "runtime/plot/kinds.h"

void rt_heat_map_size(const RtCanvas *c, const RtFigure *f, double *width, double *height)
{
    rt_panels_size(c, f, width, height);
}
void rt_heat_map_draw(RtCanvas *c, const RtFigure *f, RtBox page)
{
    rt_panels_draw(c, f, page);
}
