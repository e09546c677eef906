/* plateau.h: the states that the optimizer StochasticGradient and the callback LossPlateau share. All are f64, with an
 * element for each column of a linear model, or one. */
#ifndef NNLC_RUNTIME_ABI_PLATEAU_H
#define NNLC_RUNTIME_ABI_PLATEAU_H

/* Sums of the loss and the penalties since the callback set them to 0. */
#define RT_PLATEAU_OBJECTIVE "optimizer.objective"
/* Slots of the optimizer, behind "optimizer.": the factor on the rate; the lowest objective; epochs without a lower one. */
#define RT_PLATEAU_RATES "rates"
#define RT_PLATEAU_BEST "best"
#define RT_PLATEAU_WAITS "waits"
/* Slots of a kernel, behind its name and a dot: sums of the squares and of the sizes of its elements. */
#define RT_PLATEAU_SQUARES "squares"
#define RT_PLATEAU_SIZES "sizes"

#endif
