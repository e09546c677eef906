/* dataset.h: data sets: a training part and what stands beside it or is drawn from it.
 *
 * A part is what was read from a file and the rows of it that belong to the part; nothing is copied. */
#ifndef NNLC_RUNTIME_DATA_DATASET_H
#define NNLC_RUNTIME_DATA_DATASET_H

#include <stdbool.h>

#include "runtime/abi/split.h"
#include "runtime/data/plan.h"
#include "runtime/data/readings.h"

typedef enum { RT_TRAIN, RT_VALIDATION, RT_TEST, RT_N_PARTS } RtPartId;

typedef struct RtPart {
    const RtReading *from;  /* NULL: the part is absent */
    const RtArray *x;       /* arrays; NULL: a table */
    const RtArray *y;       /* with the data set's class numbers; NULL: there are no targets */
    const RtArray *weights; /* of its samples; NULL: each counts once */
    const RtNames *classes; /* names of the class numbers in y; empty: none are known */
    uint32_t *columns;      /* tables: where the data set's columns stand in this one */
    uint32_t n_columns;
    bool takes_missing; /* cells may be empty: the transforms fill them */
    RtPlan *plan;       /* of columns(...): what the columns are measured by; NULL: there is none */
    int32_t **maps;     /* what number each of their texts has in it */
    uint32_t *index;    /* rows of x and y, in the order of the file */
    int64_t rows;       /* entries of index */
} RtPart;

typedef struct RtDataset {
    RtPart parts[RT_N_PARTS];
    bool shuffle;
    RtNames class_names; /* by label; empty: none are known */
    RtNames columns;     /* of the inputs; empty: no table */
    bool has_header;     /* the columns' names are the file's */
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
    bool numbers_classes; /* classes(): integers are numbered as texts are */
    uint32_t n_labels;    /* labels([…]): the classes' names, in order */
    const char *const *labels;
    uint32_t
        n_class_names; /* as known before: no file may hold others; 0: those of the training file */
    const char *const *class_names;
    uint32_t n_columns; /* as known before, by name; 0: those of the training file */
    const char *const *columns;
    RtPlan
        *plan; /* what columns(...) makes of these; learns what it does not know; NULL: nothing */
    bool takes_missing; /* without a plan: missing cells are filled */
} RtDatasetDesc;

enum { RT_ALL_PARTS = (1 << RT_N_PARTS) - 1 };

/* Reads the sources of the parts (a set of 1 << RtPartId) and what they need of others, draws the splits
 * and checks the labels. Text targets become labels by `labels` where they are named, else by the names
 * known before, else by the sorted names of the training source's classes, in every part. What is read
 * belongs to `readings`, which must outlive the data set. The caller closes *out. */
RtStatus rt_dataset_open(const RtDatasetDesc *desc, unsigned parts, const RtDirs *dirs,
                         RtReadings *readings, RtDataset **out, RtError *error) RT_MUST_USE;
void rt_dataset_close(RtDataset *data); /* NULL: nothing */
/* Takes the rows of the parts that `desc` draws by a split out of those of the training part. */
RtStatus rt_split_take(const RtDatasetDesc *desc, RtDataset *data, RtError *error) RT_MUST_USE;
/* What rt_dataset_open asks of two sources, of which only the facts need be known: samples and targets of
 * the same shape and kind, no classes beside those of the data set. Of `desc` name and labels count. */
RtStatus rt_part_compare(const RtDatasetDesc *desc, const RtReading *train, const RtReading *part,
                         RtError *error) RT_MUST_USE;

/* The different targets of a reading that are integers, in order, as texts; they must be integers, one for each
 * row. */
RtStatus rt_target_classes(const RtReading *r, RtNames *out, RtError *error) RT_MUST_USE;

/* The shape of one stored row of a part that is there; returns its rank. */
uint32_t rt_part_shape(const RtPart *part, int64_t dims[RT_MAX_RANK]);
/* Numbers of a stored row. */
int64_t rt_part_row(const RtPart *part);
/* The stored row (an entry of index). Of a table, `n` columns (rt_columns_find) instead of the data set's;
 * NULL: these. */
void rt_part_get(const RtPart *part, int64_t stored, const uint32_t *columns, uint32_t n,
                 double *out);
/* All columns of the data set must be numbers, or what its plan takes. */
RtStatus rt_part_check(const RtPart *part, RtError *error) RT_MUST_USE;

#endif
