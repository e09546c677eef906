/* run_scalars.h: the numbers that the runtime gives a step, from run_scalars.def. */
#ifndef NNLC_RUNTIME_ABI_RUN_SCALARS_H
#define NNLC_RUNTIME_ABI_RUN_SCALARS_H

typedef enum {
#define SCALAR(id, word, doc) SCALAR_##id,
#include "runtime/abi/run_scalars.def"
    N_SCALARS
} RunScalar;

const char *rt_scalar_word(RunScalar kind);
/* N_SCALARS if no row has this word. */
RunScalar rt_scalar_named(const char *word);

#endif
