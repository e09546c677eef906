/* processor.h: does this processor have what the code needs? */
#ifndef NNLC_RUNTIME_CLI_PROCESSOR_H
#define NNLC_RUNTIME_CLI_PROCESSOR_H

/* The first feature that is missing for a --mcpu name of nnlc, or NULL. */
const char *rt_processor_lacks(const char *cpu);

#endif
