/* summary.h: the table that Keras prints for a Sequential model. */
#ifndef NNLC_RUNTIME_TRAIN_SUMMARY_H
#define NNLC_RUNTIME_TRAIN_SUMMARY_H

#include <stdbool.h>
#include <stdio.h>

#include "runtime/abi/image.h"

typedef struct RtSummary {
    int line_length; /* 0: as the terminal's columns allow */
    int terminal;    /* columns */
    bool expand_nested, show_trainable;
    int64_t optimizer_params; /* 0 leaves their line out */
    bool bold;                /* with the escape codes of a terminal */
} RtSummary;

void rt_summary_print(FILE *out, const ImgInstance *m, const RtSummary *how);
/* "(None, 28, 28)", cut to what fits. */
void rt_shape_text(const Img_LIST_I64 *dims, char *text, size_t size);
/* "159.75 KB" into text (at least 32 bytes). */
void rt_size_text(double bytes, char *text);

#endif
