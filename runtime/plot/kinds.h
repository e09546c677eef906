/* kinds.h: each kind of figure: how large its page is on this canvas, and how it is drawn there. */
#ifndef NNLC_RUNTIME_PLOT_KINDS_H
#define NNLC_RUNTIME_PLOT_KINDS_H

#include "runtime/plot/canvas.h"
#include "runtime/plot/figure.h"

/* Where there is no room for it (rt_canvas_room), the page becomes higher, never wider. */
typedef void RtKindSize(const RtCanvas *c, const RtFigure *f, double *width, double *height);
typedef void RtKindDraw(RtCanvas *c, const RtFigure *f, RtBox page);

RtKindSize rt_panels_size, rt_heat_map_size, rt_pictures_size, rt_diagram_size;
RtKindDraw rt_panels_draw, rt_heat_map_draw, rt_pictures_draw, rt_diagram_draw;

/* Lays a figure out on a canvas that was just opened; false: no memory. */
bool rt_figure_draw(RtCanvas *c, const RtFigure *f);

#endif
