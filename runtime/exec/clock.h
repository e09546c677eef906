/* clock.h: the monotonic clock. */
#ifndef NNLC_RUNTIME_EXEC_CLOCK_H
#define NNLC_RUNTIME_EXEC_CLOCK_H

#include <stdint.h>

int64_t rt_now_ns(void);
/* In seconds. */
double rt_now(void);

#endif
