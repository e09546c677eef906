/* probe.h: the figures of a source, without keeping its samples. The compiler checks models with it. */
#ifndef NNLC_RUNTIME_DATA_PROBE_H
#define NNLC_RUNTIME_DATA_PROBE_H

#include <stdbool.h>

#include "runtime/abi/target_check.h"
#include "runtime/data/readings.h"

typedef struct RtProbe {
    bool missing; /* a file was not found: nothing else is set */
    int64_t rows;
    uint32_t x_rank; /* of one row: 0 for single numbers */
    int64_t x_dims[RT_MAX_RANK];
    RtDtype x_dtype;
    bool has_y;
    uint32_t y_rank;
    int64_t y_dims[RT_MAX_RANK];
    RtDtype y_dtype;
    uint32_t weights_rank; /* of one sample: 0 for single numbers */
    int64_t weights_dims[RT_MAX_RANK];
    int64_t classes; /* 1 + largest label where targets are whole numbers from 0 on; otherwise 0 */
    int64_t label_min, label_max; /* whole-number targets only */
    RtNumbers numbers;            /* of the targets */
    const RtReading *from;        /* names of classes and columns, the file; NULL: missing */
} RtProbe;

/* Adds the elements of stored targets, and how many different ones single integers are. */
void rt_numbers_of(const RtArray *y, RtNumbers *numbers);

/* Headers where they are enough; otherwise the source is read. What is read belongs to `readings`. A
 * missing file is RT_OK with `missing` set. */
RtStatus rt_probe(RtReadings *readings, const RtSourceDesc *source, const RtDirs *dirs,
                  RtProbe *out, RtError *error) RT_MUST_USE;

#endif
