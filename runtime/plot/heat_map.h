/* heat_map.h: how a matrix is laid out: with its numbers, or as an image with a scale beside it. */
#ifndef NNLC_RUNTIME_PLOT_HEAT_MAP_H
#define NNLC_RUNTIME_PLOT_HEAT_MAP_H

#include "runtime/plot/canvas.h"
#include "runtime/plot/figure.h"
#include "runtime/plot/ticks.h"

enum {
    RT_HEAT_GAP = 6,
    RT_HEAT_BAR = 16,
    RT_HEAT_IMAGE = 400
}; /* between parts; width of the scale; side of an image */

typedef struct RtHeatView {
    const RtHeatMap *of;
    bool cells, numbers, diverging, turned; /* turned: names of columns read upward */
    double least, most;                     /* of the colors */
    int decimals;                           /* of the numbers; -1: three digits in all */
    double cell_width, cell_height;
    double row_names, column_names; /* their width and height */
    double left, right, top, bottom;
    RtTicks scale; /* of the colors, where there are no numbers */
} RtHeatView;

RtHeatView rt_heat_view(const RtCanvas *c, const RtHeatMap *m);
bool rt_heat_is_empty(const RtHeatMap *m);
/* Of all cells. */
double rt_heat_width(const RtHeatView *v);
double rt_heat_height(const RtHeatView *v);
/* Each gives its argument `out`, or another text. */
const char *rt_heat_number(const RtHeatView *v, double value, char *out, size_t size);
const char *rt_heat_name(const char *const *names, uint32_t n, int64_t at, char *out, size_t size);
double rt_heat_widest_name(const RtCanvas *c, const char *const *names, uint32_t n, int64_t count);

#endif
