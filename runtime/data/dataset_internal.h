/* dataset_internal.h: the steps of opening a data set. */
#ifndef NNLC_RUNTIME_DATA_DATASET_INTERNAL_H
#define NNLC_RUNTIME_DATA_DATASET_INTERNAL_H

#include "runtime/data/dataset.h"

/* What was read, by part; parts drawn from the training part have none of their own. */
typedef struct RtSourced {
    const RtReading *from; /* NULL: nothing of its own */
    const RtArray *y;      /* of the reading, or own_y */
    RtArray *own_y;        /* targets in this data set's numbers or type */
    uint32_t *columns;     /* where the data set's columns stand */
    int32_t **maps;        /* RtPart.maps */
} RtSourced;

typedef struct RtDatasetStore {
    RtSourced parts[RT_N_PARTS];
} RtDatasetStore;

/* "train", "validation", "test" */
const char *rt_part_name(RtPartId part);

/* Text targets become labels by one list of names, equal types in all parts, labels in range. */
RtStatus rt_targets_settle(const RtDatasetDesc *desc, RtDataset *data, RtError *error) RT_MUST_USE;

/* Index vectors of all parts. */
RtStatus rt_split_draw(const RtDatasetDesc *desc, RtDataset *data, RtError *error) RT_MUST_USE;

#endif
