/* shades.h: numbers as colors: from light to dark, or with a color for each sign. */
#ifndef NNLC_RUNTIME_PLOT_SHADES_H
#define NNLC_RUNTIME_PLOT_SHADES_H

#include <stdbool.h>
#include <stdint.h>

/* Where a value lies between two others, as 0xRRGGBB; NaN: white. diverging: the middle of the two is neutral. */
uint32_t rt_shade(double value, double least, double most, bool diverging);
/* Black or white, whichever is read better on a color. */
uint32_t rt_shade_ink(uint32_t color);

#endif
