/* run_scalars.c: the rows of run_scalars.def as a table. */
#include "runtime/abi/run_scalars.h"

#include <string.h>

static const char *const words[] = {
#define SCALAR(id, word, doc) word,
#include "runtime/abi/run_scalars.def"
};

const char *rt_scalar_word(RunScalar kind)
{
    return words[kind];
}

RunScalar rt_scalar_named(const char *word)
{
    int i = 0;
    while (i < N_SCALARS && strcmp(words[i], word) != 0)
        i++;
    return (RunScalar)i;
}
