/* summary.h: the table that Keras prints for a Sequential model. */
#ifndef NNLC_RUNTIME_TRAIN_SUMMARY_H
#define NNLC_RUNTIME_TRAIN_SUMMARY_H

#include <stdio.h>

#include "runtime/abi/image.h"

/* width: columns of the whole table (Keras: min(88, terminal columns - 4)). optimizer_params: 0 leaves
 * their line out. bold: with the escape codes of a terminal. */
void rt_summary_print(FILE *out, const ImgInstance *m, int width, int64_t optimizer_params,
                      int bold);
/* "1,234" into text (at least 32 bytes). */
void rt_commas(int64_t n, char *text);
/* "159.75 KB" into text (at least 32 bytes). */
void rt_size_text(double bytes, char *text);

#endif
