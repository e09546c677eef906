/* memory.h: how much memory the process may use, and whether it may have more. */
#ifndef NNLC_RUNTIME_DATA_MEMORY_H
#define NNLC_RUNTIME_DATA_MEMORY_H

#include <stdbool.h>
#include <stdint.h>

#include "runtime/abi/status.h"

/* "512M", "1.5G", "2GiB", "1000000": bytes, in units of 1024. False: something else. */
bool rt_memory_parse(const char *text, uint64_t *bytes);

/* Of the whole process, from now on; 0: that of the machine. */
void rt_memory_set_limit(uint64_t bytes);
/* What was set; else the memory of the machine, or of the control group that the process runs in, if that is less: not what
 * is free just now, which depends on other programs. */
uint64_t rt_memory_limit(void);
/* The smallest limit of control groups; UINT64_MAX: none. `groups`: as /proc/self/cgroup; `root`: as /sys/fs/cgroup. */
uint64_t rt_memory_of_groups(const char *groups, const char *root);
/* What is left up to the limit. */
uint64_t rt_memory_left(void);

/* May the process have so many bytes more? */
bool rt_memory_fits(uint64_t bytes);
/* May a list of n become twice as long? `each`: bytes of an element with all that it points to, however many requests that
 * takes. */
bool rt_memory_doubles(uint64_t n, uint64_t each);
/* Adds to an error that there is too little. */
void rt_memory_help(RtError *error);
/* An error about `what` if it does not fit. */
RtStatus rt_memory_check(const char *what, uint64_t bytes, RtError *error) RT_MUST_USE;

#endif
