/* range.h: the ranges of numbers that rows of tables name: "", ">= 1", "> 0", "<= 0", "0..1", "0..<1", "0<..1". */
#ifndef NNLC_RUNTIME_ABI_RANGE_H
#define NNLC_RUNTIME_ABI_RANGE_H

#include <stdbool.h>

bool rt_in_range(const char *range, double x);
/* Is it written with two ends, as 0..1? */
bool rt_range_has_ends(const char *range);

#endif
