/* clock.c: the monotonic clock. */
#include "runtime/exec/clock.h"

#include <time.h>

int64_t rt_now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

double rt_now(void)
{
    return 1e-9 * (double)rt_now_ns();
}
