/* dataset.h: data sets: a training part and what stands beside it or is drawn from it.
 *
 * A part is a pair of stored arrays and the rows of them that belong to it; nothing is copied. */
#ifndef NNLC_RUNTIME_DATA_DATASET_H
#define NNLC_RUNTIME_DATA_DATASET_H

#include <stdbool.h>

#include "runtime/abi/split.h"
#include "runtime/data/source.h"

typedef enum { RT_TRAIN, RT_VALIDATION, RT_TEST, RT_N_PARTS } RtPartId;

typedef struct RtPart {
    RtArray *x, *y;  /* NULL: the part is absent; y also where there are no targets */
    uint32_t *index; /* rows of x and y, in the order of the file */
    int64_t rows;    /* entries of index */
} RtPart;

typedef struct RtDataset {
    RtPart parts[RT_N_PARTS];
    bool shuffle;
    int64_t classes;     /* targets are labels 0 … classes-1; 0: they are not */
    RtNames class_names; /* by label; empty: none are known */
    RtNames columns;     /* of x; empty: no table */
    struct RtDatasetStore *store;
} RtDataset;

typedef struct RtPartDesc {
    enum { RT_PART_ABSENT, RT_PART_SOURCE, RT_PART_SPLIT } kind;
    RtSourceDesc source;
    double fraction; /* split: share of the training source */
    bool stratify, from_end;
    uint64_t seed; /* split */
} RtPartDesc;

typedef struct RtDatasetDesc {
    const char *name;
    RtPartDesc part[RT_N_PARTS]; /* the training part must be a source */
    bool shuffle;
    uint32_t n_labels; /* labels([…]): the classes' names, in order */
    const char *const *labels;
    int64_t classes; /* labels must lie in 0 … classes-1; 0: not checked, unless labels are named */
} RtDatasetDesc;

/* Reads the sources, draws the splits and checks the labels. Text targets become labels by `labels`
 * where they are named, else by the sorted names of the training source's classes, in every part.
 * The caller closes *out. */
RtStatus rt_dataset_open(const RtDatasetDesc *desc, const RtDirs *dirs, RtDataset **out,
                         RtError *error) RT_MUST_USE;
void rt_dataset_close(RtDataset *data); /* NULL: nothing */

/* Mean and population variance of x, over everything or per column (place on the last axis), in
 * double, in the part's order of rows, in two passes. mean and variance hold one number, or one per
 * column; rows that are single numbers have one column. An empty part is an error. */
RtStatus rt_fit_moments(const RtPart *part, bool per_column, double *mean, double *variance,
                        RtError *error) RT_MUST_USE;

#endif
