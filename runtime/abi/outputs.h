/* outputs.h: what a row of a model's outputs means. */
#ifndef NNLC_RUNTIME_ABI_OUTPUTS_H
#define NNLC_RUNTIME_ABI_OUTPUTS_H

typedef enum {
    RT_OUTPUT_values, /* numbers: the model is not a classifier */
    RT_OUTPUT_scores, /* one score per class; the largest decides */
    RT_OUTPUT_score   /* one score: that of class 1 of two */
} RtOutputKind;

#endif
