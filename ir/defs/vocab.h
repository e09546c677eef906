/* vocab.h: every table of the language under one roof.
 *
 * A vocabulary is the rows of one .def file; a Row has a name, arguments with kinds, defaults and
 * ranges, and a line of documentation. Argument checking, did-you-mean, `nnlc doc`, docs/reference.md
 * and the tests that walk the tables all go through here. */
#ifndef NNLC_IR_DEFS_VOCAB_H
#define NNLC_IR_DEFS_VOCAB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runtime/abi/suggest.h"

/* Where a row's name may be used; each is one .def file. */
typedef enum {
    VOCAB_command,     /* runtime/abi/commands.def; args are its settings */
    VOCAB_layer,       /* ir/defs/layers.def */
    VOCAB_activation,  /* ir/defs/activations.def */
    VOCAB_initializer, /* runtime/abi/initializers.def */
    VOCAB_regularizer, /* ir/defs/regularizers.def */
    VOCAB_constraint,  /* ir/defs/constraints.def */
    VOCAB_loss,        /* runtime/abi/losses.def */
    VOCAB_metric,      /* ir/defs/metrics.def */
    VOCAB_optimizer,   /* runtime/abi/optimizers.def */
    VOCAB_schedule,    /* runtime/abi/schedules.def */
    VOCAB_callback,    /* runtime/abi/callbacks.def */
    VOCAB_source,      /* runtime/abi/sources.def */
    VOCAB_transform,   /* runtime/abi/transforms.def */
    VOCAB_function,    /* ir/defs/functions.def: exp, mean, range functions of expressions */
    N_VOCABS
} VocabKind;

typedef enum {
    ARG_INT,        /* i (and f) */
    ARG_FLOAT,      /* f, a compile-time number */
    ARG_MAYBE,      /* the same, or none, whatever the default is */
    ARG_NUMBER,     /* expr: a number that may be an option (dropout rates, epochs, patience) */
    ARG_COUNT,      /* expr: an integer that may be an option, where the default does not say so */
    ARG_NUMBERS,    /* expr, a list: one NUMBER or a list of them */
    ARG_RATE,       /* expr: a number, an option, a fn(step); a schedule: also calls[0] */
    ARG_BOOL,       /* i */
    ARG_TEXT,       /* text */
    ARG_PATH,       /* text */
    ARG_SHAPE,      /* ints: one int or a tuple; sizes >= 1 */
    ARG_SIZES,      /* the same, and one of them may be -1 */
    ARG_MASK,       /* ints: one int or a list; sizes >= 1, none: -1 */
    ARG_INTS,       /* ints */
    ARG_FLOATS,     /* floats: one number or a list */
    ARG_TEXTS,      /* texts */
    ARG_AXIS,       /* i */
    ARG_AXES,       /* one axis: i; several: n, ints; none: all */
    ARG_SEED,       /* i, or none */
    ARG_AUTO,       /* i, or auto, which is the default */
    ARG_KEY,        /* text: a metric of the logs: val_loss */
    ARG_FREQ,       /* i: a number of batches; 0: once per epoch */
    ARG_UPDATES,    /* the same; the word batch: 1 */
    ARG_EPOCHS,     /* ints: one number of epochs, or a list of them */
    ARG_EPOCH_FN,   /* expr of the arguments epoch and rate */
    ARG_CHOICE,     /* text, i: one of the words in range, separated by | */
    ARG_DTYPE,      /* i: RtDtype */
    ARG_COLUMN,     /* text or i: a column by name or index */
    ARG_COLUMNS,    /* texts, and ints if some are given by index: INT64_MIN: by name */
    ARG_FILL,       /* i: RtFill; f: a number; text: a text or the word */
    ARG_EDGES,      /* floats: in order; or i: a number of buckets */
    ARG_TRANSFORMS, /* calls */
    ARG_COLUMN_CALLS, /* texts: columns, ints: how many calls each has, calls of all of them */
    ARG_ACTIVATION,   /* calls[0] */
    ARG_INITIALIZER,  /* calls[0] */
    ARG_REGULARIZER,  /* calls[0] or none */
    ARG_CONSTRAINT,   /* calls[0] or none */
    ARG_LOSS,         /* calls[0] */
    ARG_METRICS,      /* calls */
    ARG_OPTIMIZER,    /* calls[0] */
    ARG_CALLBACKS,    /* calls */
    ARG_PART,         /* a part of a data set: fit's validation */
    ARG_RESULT,       /* expr: numbers, or texts, which the run may give */
    ARG_CAPTION,      /* expr: a text, which the run may give */
    ARG_CAPTIONS,     /* expr: texts or numbers, which the run may give */
    ARG_VALUE         /* whatever the place that uses it takes: arguments of functions */
} ArgKind;

typedef struct ArgRow {
    const char *name;
    ArgKind kind;
    const char *fallback; /* default in nn notation; NULL: required; "none": none is allowed */
    const char *range;    /* "", ">= 1", "> 0", "0..1", "0..<1", or the words of a choice */
    bool later;           /* known, but "not built yet" unless it has its default */
    const char *doc;
} ArgRow;

typedef struct Row {
    VocabKind vocab;
    uint32_t id;           /* the row's enum in its own table: LAYER_Dense, … */
    const char *name;      /* as written: Dense, relu, Adam, glorot_uniform */
    const char *aliases;   /* other spellings, separated by blanks; "" */
    bool later;            /* recognised, refused as not built yet */
    const char *kind_name; /* family inside the table, "" if none */
    const char *doc;
    const ArgRow *args;
    uint32_t n_args;
} Row;

const char *vocab_name(VocabKind kind);        /* "layer" */
const char *vocab_name_plural(VocabKind kind); /* "layers" */
size_t vocab_count(VocabKind kind);
const Row *vocab_row(VocabKind kind, size_t i);
/* By exact name or alias, an optimizer in upper or lower case; NULL if there is none. */
const Row *vocab_find(VocabKind kind, const char *name);
/* Offers all names and aliases of the vocabulary. */
void vocab_offer(VocabKind kind, RtSuggest *s);
/* "GlorotUniform", the class's name in Keras: the first spelling that begins with a capital, else the name. */
void row_class_name(const Row *row, char *buf, size_t size);
/* Index of an argument, or -1. */
int row_arg(const Row *row, const char *name);
/* Of an argument that Keras called otherwise before: alpha of LeakyReLU; -1. */
int row_arg_renamed(const Row *row, const char *name);
/* What a call is named: a metric by its class as Keras names its objects, all else as typed. */
const char *call_name(const Row *row, const char *typed);

/* Ids of every table, and the index of every argument in its row: LAYER_Dense, ARG_Dense_units. Losses
 * and metrics share names: the arguments of a metric are METRIC_ARG_…. */
#define TABLE COMMAND
#define TABLE_ARG ARG
#define TABLE_ID CommandId
#define TABLE_FILE "runtime/abi/commands.def"
#include "ir/defs/expand_ids.def"

#define TABLE LAYER
#define TABLE_ARG ARG
#define TABLE_ID LayerId
#define TABLE_FILE "ir/defs/layers.def"
#include "ir/defs/expand_ids.def"

#define TABLE ACTIVATION
#define TABLE_ARG ARG
#define TABLE_ID ActivationId
#define TABLE_FILE "ir/defs/activations.def"
#include "ir/defs/expand_ids.def"

#define TABLE INITIALIZER
#define TABLE_ARG ARG
#define TABLE_ID InitializerId
#define TABLE_FILE "runtime/abi/initializers.def"
#include "ir/defs/expand_ids.def"

#define TABLE REGULARIZER
#define TABLE_ARG ARG
#define TABLE_ID RegularizerId
#define TABLE_FILE "ir/defs/regularizers.def"
#include "ir/defs/expand_ids.def"

#define TABLE CONSTRAINT
#define TABLE_ARG ARG
#define TABLE_ID ConstraintId
#define TABLE_FILE "ir/defs/constraints.def"
#include "ir/defs/expand_ids.def"

#define TABLE LOSS
#define TABLE_ARG ARG
#define TABLE_ID LossId
#define TABLE_FILE "runtime/abi/losses.def"
#include "ir/defs/expand_ids.def"

#define TABLE METRIC
#define TABLE_ARG METRIC_ARG
#define TABLE_ID MetricId
#define TABLE_FILE "ir/defs/metrics.def"
#include "ir/defs/expand_ids.def"

#define TABLE OPTIMIZER
#define TABLE_ARG ARG
#define TABLE_ID OptimizerId
#define TABLE_FILE "runtime/abi/optimizers.def"
#include "ir/defs/expand_ids.def"

#define TABLE SCHEDULE
#define TABLE_ARG ARG
#define TABLE_ID ScheduleId
#define TABLE_FILE "runtime/abi/schedules.def"
#include "ir/defs/expand_ids.def"

#define TABLE CALLBACK
#define TABLE_ARG ARG
#define TABLE_ID CallbackId
#define TABLE_FILE "runtime/abi/callbacks.def"
#include "ir/defs/expand_ids.def"

#define TABLE SOURCE
#define TABLE_ARG ARG
#define TABLE_ID SourceId
#define TABLE_FILE "runtime/abi/sources.def"
#include "ir/defs/expand_ids.def"

#define TABLE TRANSFORM
#define TABLE_ARG ARG
#define TABLE_ID TransformId
#define TABLE_FILE "runtime/abi/transforms.def"
#include "ir/defs/expand_ids.def"

#define TABLE FUNCTION
#define TABLE_ARG ARG
#define TABLE_ID FunctionId
#define TABLE_FILE "ir/defs/functions.def"
#include "ir/defs/expand_ids.def"

#endif
