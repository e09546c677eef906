/* rows_digest.h: a number that stands for the rows of a part, as they were read. */
#ifndef NNLC_RUNTIME_DATA_ROWS_DIGEST_H
#define NNLC_RUNTIME_DATA_ROWS_DIGEST_H

#include "runtime/data/dataset.h"

/* Which rows, in which order, and every value that a model may take from them. */
uint64_t rt_rows_digest(const RtPart *part);

#endif
