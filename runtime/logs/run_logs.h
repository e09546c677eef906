/* run_logs.h: what a file says of trainings that were run: for each of them its metrics, epoch by epoch. Reads tables of
 * CSVLogger (any separator, appended runs, empty cells), lines of JSON as --log writes them or histories that json.dump
 * wrote, and event files of TensorBoard. */
#ifndef NNLC_RUNTIME_LOGS_RUN_LOGS_H
#define NNLC_RUNTIME_LOGS_RUN_LOGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runtime/abi/status.h"
#include "runtime/data/texts.h"

typedef struct RtLogMetric {
    char *name;
    int64_t n, room;
    double *epochs, *values; /* [n]; epochs count from 1 */
} RtLogMetric;

typedef struct RtLogRun {
    char *label; /* the model, where the file tells; "" */
    uint32_t n, room;
    RtLogMetric *metrics;
    RtTexts names; /* of the metrics in their order, while a file is read */
    double last;   /* its last epoch */
} RtLogRun;

/* A run ends where epochs begin again, or another model is trained. */
typedef struct RtLogs {
    uint32_t n;
    RtLogRun *runs;
} RtLogs;

/* The runs of a text that have values, at least one; text[size] must be there, too, and the text changes. Free them in any
 * case. */
RtStatus rt_logs_parse(const char *path, char *text, size_t size, RtLogs *logs,
                       RtError *error) RT_MUST_USE;
/* Those of a file. */
RtStatus rt_logs_read(const char *path, RtLogs *logs, RtError *error) RT_MUST_USE;
void rt_logs_free(RtLogs *logs);

#endif
