/* transforms.h: what compiler and runtime both ask of a row of transforms.def. */
#ifndef NNLC_RUNTIME_ABI_TRANSFORMS_H
#define NNLC_RUNTIME_ABI_TRANSFORMS_H

#include <stdint.h>

enum { RT_MOST_FITTED = 2 };

/* Stages of fitted states: those of inputs count from 0 on, those of targets from here. */
enum { RT_TARGET_STAGES = 1 << 20 };

/* What fill takes: its argument `value` is one of these. */
typedef enum {
    RT_FILL_number,
    RT_FILL_text,
    RT_FILL_mean,
    RT_FILL_median,
    RT_FILL_most_frequent,
    RT_N_FILLS
} RtFill;

/* What the cells of a column hold. */
typedef enum {
    RT_COLUMN_unknown,
    RT_COLUMN_numbers,
    RT_COLUMN_texts,
    RT_N_COLUMN_KINDS
} RtColumnKind;

typedef enum {
#define ROW(id, name, aliases, state, family, doc) RT_TRANSFORM_##id,
#include "runtime/abi/transforms.def"
    RT_N_TRANSFORMS
} RtTransformId;

/* The places of the arguments of each row. */
enum {
#define ROW(id, name, aliases, state, family, doc) RT_BEFORE_##id = -1,
#define ARG(row, name, kind, fallback, range, state, doc) RT_ARG_##row##_##name,
#include "runtime/abi/transforms.def"
    RT_END_OF_TRANSFORM_ARGS
};

typedef struct RtTransformRow {
    const char *name;
    uint32_t n_fitted; /* kinds of fitted values: 0 … RT_MOST_FITTED */
    const char *fitted[RT_MOST_FITTED];
} RtTransformRow;

/* "median"; "" for values. */
const char *rt_fill_name(RtFill fill);
/* RT_N_TRANSFORMS: no row has this name. */
RtTransformId rt_transform_named(const char *name);
const RtTransformRow *rt_transform_row(RtTransformId id);
/* The class of the layer of Keras that does the same; "": there is none. */
const char *rt_transform_layer(RtTransformId id);

#endif
