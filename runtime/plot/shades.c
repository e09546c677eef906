/* shades.c: a gray scale, and a palette whose two ends color-blind people can tell apart. */
#include "runtime/plot/shades.h"

#include <math.h>

enum { MISSING = 0x9e, STEPS = 3 };

static double bounded(double x)
{
    return x < 0 ? 0 : x > 1 ? 1 : x;
}

uint8_t rt_shade_gray(double x, double least, double most)
{
    if (isnan(x))
        return MISSING;
    return least < most ? (uint8_t)lround(255 * bounded((x - least) / (most - least)))
           : x > most   ? 255
                        : 0;
}

void rt_shade_diverging(double x, double most, uint8_t rgb[3])
{
    static const uint8_t below[STEPS][3] = {{247, 247, 247}, {230, 131, 60}, {122, 46, 0}},
                         above[STEPS][3] = {{247, 247, 247}, {77, 154, 208}, {0, 52, 97}};
    double at = most > 0 ? (STEPS - 1) * bounded(fabs(x) / most) : 0;
    int step = at < STEPS - 2 ? (int)at : STEPS - 2;
    const uint8_t(*color)[3] = x < 0 ? below : above;
    for (int i = 0; i < 3; i++)
        rgb[i] = isnan(x) ? MISSING
                          : (uint8_t)lround(color[step][i] +
                                            (at - step) * (color[step + 1][i] - color[step][i]));
}
