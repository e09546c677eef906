/* outputs.h: what a model's outputs mean, as its compile, its last layer and its data tell. */
#ifndef NNLC_IR_PROGRAM_OUTPUTS_H
#define NNLC_IR_PROGRAM_OUTPUTS_H

#include "ir/program/program.h"
#include "runtime/abi/outputs.h"

typedef struct OutputMeaning {
    RtOutputKind kind;
    double threshold; /* one score: above it the class is 1 */
    const char *why;  /* values: why the model is not a classifier */
} OutputMeaning;

/* c: the compile in force, or NULL; d: the data whose targets the outputs stand for, or NULL; rank,
 * dims: of the outputs for one row, or RANK_UNKNOWN. */
OutputMeaning output_meaning(const Instance *m, const Compile *c, const DataSet *d, int rank,
                             const int64_t *dims);
/* Are the transforms of the targets of `d` undone in the outputs? Those of regression are, if all can be. */
bool outputs_undone(const Instance *m, const Compile *c, const DataSet *d, int rank,
                    const int64_t *dims);

#endif
