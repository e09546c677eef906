/* run_logs_internal.h: what the readers of the formats add to. */
#ifndef NNLC_RUNTIME_LOGS_RUN_LOGS_INTERNAL_H
#define NNLC_RUNTIME_LOGS_RUN_LOGS_INTERNAL_H

#include <stddef.h>

#include "runtime/logs/run_logs.h"

typedef struct RtLogFile {
    const char *path;
    char *text; /* with a zero byte behind it */
    size_t size;
    RtLogs *logs;
    RtError *error;
} RtLogFile;

/* Each adds all values of the file. */
RtStatus rt_logs_csv(const RtLogFile *f) RT_MUST_USE;
RtStatus rt_logs_json(const RtLogFile *f) RT_MUST_USE;
RtStatus rt_logs_events(const RtLogFile *f) RT_MUST_USE;

bool rt_logs_are_events(const unsigned char *bytes, size_t n);

/* The run that an epoch belongs to: of this label, and not yet as far; a new one if there is none. NULL: no memory. */
RtLogRun *rt_logs_run(RtLogs *logs, const char *label, double epoch);
/* False: no memory. */
bool rt_logs_add(RtLogRun *run, const char *metric, double epoch, double value);
void rt_logs_free_run(RtLogRun *run);
RtStatus rt_logs_no_memory(const RtLogFile *f);
/* Also "nan", "inf", "-Infinity", as Python writes them. */
bool rt_logs_number(const char *text, double *value);

#endif
