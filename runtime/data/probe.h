/* probe.h: the figures of a source, without keeping its samples. The compiler checks models with it. */
#ifndef NNLC_RUNTIME_DATA_PROBE_H
#define NNLC_RUNTIME_DATA_PROBE_H

#include <stdbool.h>

#include "runtime/data/source.h"

typedef struct RtProbe {
    bool missing; /* a file is nowhere: nothing else is set */
    int64_t rows;
    uint32_t x_rank; /* of one row: 0 for single numbers */
    int64_t x_dims[RT_MAX_RANK];
    RtDtype x_dtype;
    bool has_y;
    uint32_t y_rank;
    int64_t y_dims[RT_MAX_RANK];
    RtDtype y_dtype;
    int64_t classes; /* 1 + largest label where targets are whole numbers from 0 on; otherwise 0 */
    int64_t label_min, label_max; /* whole-number targets only */
    RtNames class_names;          /* text targets only, in the order of the labels */
    RtNames columns;              /* names of the columns of x; tables only */
    char *path;                   /* the first file as found; NULL where there is none */
} RtProbe;

/* Headers where they are enough; otherwise the source is read and dropped. A missing file is RT_OK
 * with `missing` set. The caller closes the probe. */
RtStatus rt_probe(const RtSourceDesc *source, const RtDirs *dirs, RtProbe *out,
                  RtError *error) RT_MUST_USE;
void rt_probe_close(RtProbe *probe);

#endif
