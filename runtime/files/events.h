/* events.h: files that TensorBoard shows: scalars and histograms over steps.
 *
 * An append file (append.h) in the folder of a run: flush, length and closing are rt_append_flush, its length,
 * and rt_append_close. */
#ifndef NNLC_RUNTIME_FILES_EVENTS_H
#define NNLC_RUNTIME_FILES_EVENTS_H

#include <stddef.h>
#include <stdint.h>

#include "runtime/files/append.h"

/* The name of a new file in the folder (time, host, process), into buf (cut to what fits); returns buf. A
 * checkpoint keeps it. */
char *rt_events_name(const char *folder, char *buf, size_t size);
/* Opens folder/name, making the folders: `at` 0 starts it anew, else as rt_append_open. The caller closes *out. */
RtStatus rt_events_open(const char *folder, const char *name, int64_t at, RtAppend **out,
                        RtError *error) RT_MUST_USE;
void rt_events_scalar(RtAppend *file, const char *tag, int64_t step, double value);
/* 30 buckets of equal width from the least to the greatest value. What is not finite is left out. */
void rt_events_histogram(RtAppend *file, const char *tag, int64_t step, const double *values,
                         int64_t n);

#endif
