/* commas.h: integers as people read them. */
#ifndef NNLC_RUNTIME_ABI_COMMAS_H
#define NNLC_RUNTIME_ABI_COMMAS_H

#include <stdint.h>

/* "1,234" into text (at least 32 bytes). Returns text. */
const char *rt_commas(int64_t n, char *text);

#endif
