/* shades.c: colors between some that are given. */
#include "runtime/plot/shades.h"

#include <math.h>

enum { N_STOPS = 5, N_LEVELS = 200 }; /* few enough for a palette */

static const uint32_t sequential[N_STOPS] = {0xf3f7fb, 0xc4dbef, 0x7db2dd, 0x2e7ebd, 0x0b3f7a};
static const uint32_t signs[N_STOPS] = {0x0b4f8a, 0x6fb0dc, 0xf5f5f5, 0xf0a266, 0xa33c00};

static uint32_t between(uint32_t a, uint32_t b, double part)
{
    uint32_t color = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
        double from = a >> shift & 255, to = b >> shift & 255;
        color |= (uint32_t)lround(from + part * (to - from)) << shift;
    }
    return color;
}

uint32_t rt_shade(double value, double least, double most, bool diverging)
{
    const uint32_t *stops = diverging ? signs : sequential;
    if (isnan(value))
        return 0xffffff;
    double part = most > least ? (value / 2 - least / 2) / (most / 2 - least / 2)
                  : diverging  ? 0.5
                               : 0;
    part = round(fmax(0, fmin(part, 1)) * N_LEVELS) / N_LEVELS * (N_STOPS - 1);
    int stop = (int)fmin(floor(part), N_STOPS - 2);
    return between(stops[stop], stops[stop + 1], part - stop);
}

uint32_t rt_shade_ink(uint32_t color)
{
    double light = 0.299 * (color >> 16 & 255) + 0.587 * (color >> 8 & 255) + 0.114 * (color & 255);
    return light > 140 ? 0x000000 : 0xffffff;
}
