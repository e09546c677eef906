/* target_check.h: do targets fit the loss, the metrics and the class weights of a model?
 *
 * The compiler asks if the files are there, the program when it has read them: both refuse the same
 * targets with the same words. In: what targets are, and what a loss or a metric needs. Out: a fault,
 * as text. Knows neither graphs nor arrays. */
#ifndef NNLC_RUNTIME_ABI_TARGET_CHECK_H
#define NNLC_RUNTIME_ABI_TARGET_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runtime/abi/shape.h"

/* Kinds of targets; the families of losses.def name them, but for the last. */
typedef enum {
    RT_NEED_CLASSES,       /* "class": class numbers */
    RT_NEED_VECTORS,       /* "one_hot": a vector per sample with an element per class */
    RT_NEED_DISTRIBUTIONS, /* "distribution": the same, from 0 to 1 */
    RT_NEED_BINARY,        /* "binary": two classes, or values from 0 to 1 */
    RT_NEED_SIGNS,         /* "sign": two classes, -1 and 1 or 0 and 1 */
    RT_NEED_NUMBERS,       /* "value": any numbers */
    RT_NEED_NOT_NEGATIVE,  /* "not_negative": numbers from 0 */
    RT_NEED_LABELS,        /* "label": class numbers that have nothing to do with the outputs */
    RT_NEED_ANSWERS,       /* two classes, or any floats */
    RT_N_NEEDS
} RtNeedKind;

/* What a loss or a metric needs. */
typedef struct RtTargetNeed {
    RtNeedKind kind;
    bool is_metric;
    bool trains;               /* not evaluation, which may see samples of one class only */
    const char *name;          /* "binary_crossentropy" */
    const char *last;          /* what gives the outputs: "dense" */
    uint32_t rank;             /* of one row of outputs, at least 1 */
    int64_t dims[RT_MAX_RANK]; /* of it */
    uint32_t axis;             /* of the scores, usually the last one */
    bool ignores;              /* the class number `ignored` is none */
    int64_t ignored;
} RtTargetNeed;

/* What the stored numbers are. */
typedef struct RtNumbers {
    double least, most; /* least > most: there are none but NaN */
    bool has_nan, has_fraction;
    int64_t n,
        distinct; /* how many there are, and how many different ones (of several parts: in the one of
                          * the widest range); 0: not counted */
} RtNumbers;

/* Targets as stored, and what the transforms so far made of them. */
typedef struct RtTargets {
    const char *data; /* the name of the data set */
    uint32_t rank;    /* of one row after the transforms */
    int64_t dims[RT_MAX_RANK];
    bool is_float;         /* after the transforms */
    bool stored_float;     /* in the file */
    uint32_t n_texts;      /* the file holds texts: how many different ones; 0: numbers */
    uint32_t n_labels;     /* of labels([...]); 0: not given */
    bool known;            /* the numbers are */
    RtNumbers numbers;     /* of texts: 0 … the number of classes - 1 */
    double factor, offset; /* what scale and offset do to stored numbers */
    bool encoded;          /* one_hot is among the transforms */
} RtTargets;

typedef struct RtTargetFault {
    char text[512], help[256];       /* help: "" for none */
    char fitting[700];               /* the losses that fit, as a sentence; "" for none */
    bool at_output;                  /* rather about the last layer than about the loss */
    bool shows_output, shows_source; /* a look at the last layer, at the data set explains it */
    bool bounded;                    /* stored numbers outside low ... high are the cause */
    double low, high;
} RtTargetFault;

/* The kind that a family of losses.def names. */
RtNeedKind rt_need_kind(const char *family);
/* The outputs have a score per class. */
bool rt_need_has_scores(RtNeedKind kind);

RtNumbers rt_numbers_none(void);
void rt_numbers_add(RtNumbers *n, double value);
void rt_numbers_merge(RtNumbers *n, const RtNumbers *part);

/* Targets without a transform, of numbers that are not known. */
RtTargets rt_targets_stored(const char *data, bool is_float, uint32_t rank, const int64_t *dims);
/* What is known of the stored values: they are the names of n_texts classes, or with 0 numbers. */
void rt_targets_know(RtTargets *t, uint32_t n_texts, uint32_t n_labels, RtNumbers numbers);
void rt_targets_scale(RtTargets *t, double factor);
void rt_targets_offset(RtTargets *t, double value);
/* Do scale and offset make other numbers of them? */
bool rt_targets_are_changed(const RtTargets *t);
/* Fitted on the data: any floats. */
void rt_targets_fitted(RtTargets *t);

/* All return false and say why where something does not fit. */
bool rt_targets_one_hot(RtTargets *t, int64_t n, RtTargetFault *fault);
bool rt_targets_log1p(RtTargets *t, RtTargetFault *fault);
bool rt_labels_check(const RtTargets *t, RtTargetFault *fault);
bool rt_target_check(const RtTargetNeed *need, const RtTargets *t, RtTargetFault *fault);
/* Writes the losses that these targets and outputs fit; need: of a loss that does not. */
void rt_targets_list_fitting(const RtTargetNeed *need, const RtTargets *t, char *text, size_t size);
bool rt_class_weight_check(const RtTargets *t, int64_t class, RtTargetFault *fault);

#endif
