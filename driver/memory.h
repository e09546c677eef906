/* memory.h: the memory of a run, known before it: what --emit=plan and --emit=cost say of it. */
#ifndef NNLC_DRIVER_MEMORY_H
#define NNLC_DRIVER_MEMORY_H

#include "driver/entries.h"

/* For each model its weights, optimizer, preprocessing and activations, for each source its rows, in bytes. */
void memory_summary(Session *s, StrBuf *out, const Program *p, const Entries *entries,
                    StatePlan *const *states);
/* A line for each model: what the runtime allocates. */
void memory_lines(Session *s, StrBuf *out, const Program *p, const Entries *entries,
                  StatePlan *const *states);

#endif
