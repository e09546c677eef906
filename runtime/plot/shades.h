/* shades.h: numbers as colors. */
#ifndef NNLC_RUNTIME_PLOT_SHADES_H
#define NNLC_RUNTIME_PLOT_SHADES_H

#include <stdint.h>

/* Black at `least`, white at `most`; what is no number is gray. */
uint8_t rt_shade_gray(double x, double least, double most);
/* Orange below zero, blue above, darkest at -most and most; zero is nearly white. */
void rt_shade_diverging(double x, double most, uint8_t rgb[3]);

#endif
