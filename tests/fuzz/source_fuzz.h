/* source_fuzz.h: a reader of data files on arbitrary bytes. They lie in a file without a name, and
 * whatever the reader makes of them is looked at to the last element. */
#ifndef NNLC_TESTS_FUZZ_SOURCE_FUZZ_H
#define NNLC_TESTS_FUZZ_SOURCE_FUZZ_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "runtime/data/inflate.h"
#include "runtime/data/probe.h"
#include "runtime/files/tensors.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
const char *__asan_default_options(void);

/* Headers may ask for any size; here they get at most this. */
const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1:max_allocation_size_mb=256";
}

typedef struct FuzzFile {
    FILE *file;
    char path[64];
} FuzzFile;

static inline void fuzz_file_open(FuzzFile *f, const uint8_t *bytes, size_t size)
{
    f->file = tmpfile();
    if (!f->file || !rt_inflate_zlib.open || fwrite(bytes, 1, size, f->file) != size ||
        fflush(f->file))
        abort();
    snprintf(f->path, sizeof f->path, "/proc/%ld/fd/%d", (long)getpid(), fileno(f->file));
}

static inline void fuzz_file_close(FuzzFile *f)
{
    fclose(f->file);
}

static inline double fuzz_sum(const RtArray *a)
{
    double sum = 0;
    for (int64_t i = 0; a && i < a->dims[0] * rt_array_row(a); i++)
        sum += rt_array_f64(a, i);
    return sum;
}

/* Reads and probes; both must agree on whether the source is in order, apart from what only reading
 * all of the samples shows. */
static inline void fuzz_source(const char *row, uint32_t n, const RtSourceArg *args)
{
    RtSourceDesc source = {.name = row, .n_args = n, .args = args};
    RtDirs dirs = {0, NULL};
    RtReading read;
    RtReadings *readings = rt_readings_open();
    RtProbe probe;
    RtError error;
    volatile double sum = 0;
    if (!readings)
        return;
    RtStatus seen = rt_probe(readings, &source, &dirs, &probe, &error);
    RtStatus status = rt_source_read(&source, &dirs, false, &read, &error);
    if (status == RT_OK) {
        if (seen != RT_OK || probe.rows != rt_reading_rows(&read) ||
            (read.x && probe.x_dtype != read.x->dtype))
            abort();
        sum = fuzz_sum(read.x) + fuzz_sum(read.y);
        if (read.table)
            sum += fuzz_sum(read.table->narrow) + fuzz_sum(read.table->wide);
    }
    rt_reading_close(&read);
    rt_readings_close(readings);
    (void)sum;
}

#endif
