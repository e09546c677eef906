/* program.h: what elaboration makes of a text: data sets, model instances, commands in order.
 *
 * Names, loops, conditions, blocks, parameters are gone. Every word of the vocabulary has become a
 * row of a table (ir/defs/vocab.h) with its arguments in the order of that row, checked and with
 * defaults filled in. Shapes of layers are not known here: they begin in ir/graph (build).
 *
 * What stays symbolic are run-time scalars: options, schedules, results, and the bodies of fn given
 * as activation, loss or metric. They are Expr trees. */
#ifndef NNLC_IR_PROGRAM_PROGRAM_H
#define NNLC_IR_PROGRAM_PROGRAM_H

#include <stdbool.h>
#include <stdint.h>

#include "ir/defs/vocab.h"
#include "runtime/abi/dtype.h"
#include "runtime/abi/shape.h"
#include "runtime/abi/target_check.h"
#include "runtime/abi/transforms.h"
#include "support/arena.h"
#include "support/diag.h"
#include "support/intern.h"
#include "support/strbuf.h"
#include "support/vec.h"

/* ---- expressions that outlive elaboration (operators: runtime/abi/exprs.def) ---- */

typedef enum {
#define EXPR(id, least, most) EX_##id,
#include "runtime/abi/exprs.def"
    N_EXPRS
} ExprOp;

typedef enum {
    EXT_number,
    EXT_bool,
    EXT_text,
    EXT_none,
    EXT_series,
    EXT_array,
    EXT_tensor,
    EXT_texts,  /* an array of texts */
    EXT_labels, /* an array of texts or numbers: the names of the classes are not known */
    EXT_label   /* an element of it */
} ExprType;

enum { RANK_UNKNOWN = -1 };

typedef struct Expr Expr;
struct Expr {
    ExprOp op;
    ExprType type;
    bool is_int; /* a number that is a whole number by type (prints without a point) */
    Range range;
    double value;
    const char *text;
    int64_t index;
    uint32_t n_axes; /* reductions: the axes as given; 0: everything, in a fn all but the batch's */
    const int64_t *axes;
    uint32_t n_args;
    const Expr **args;
    const struct Call *call; /* EX_call: the row, with the arguments behind its tensors */
    uint32_t size, depth;    /* of the tree below */
    int rank;                /* arrays: their axes, RANK_UNKNOWN, or 0 as long as nobody asked */
};

/* ---- values of arguments ---- */

typedef struct Call Call;

/* A seed: a whole number that options may give. */
typedef struct Seed {
    const Expr *value;
    uint32_t id; /* in Program.seeds */
} Seed;

/* One argument; which member holds depends on the ArgKind of its row (ir/defs/vocab.h says so).
 * `given` tells whether the text named it; `range` is its place (of the value), or the call's. */
typedef struct ArgValue {
    bool given;
    bool none; /* the value none */
    Range range;
    int64_t i; /* INT, BOOL, AXIS; CHOICE: index of the choice */
    double f;  /* FLOAT (also set for INT) */
    const char
        *text;  /* TEXT, PATH (of an option: its default), CHOICE (its word), COLUMN by name */
    uint32_t n; /* lists: INTS TEXTS CALLS EXPRS */
    const int64_t *ints;
    const double *floats;
    const char *const *texts;
    const Call *const
        *calls; /* ACTIVATION INITIALIZER LOSS METRIC OPTIMIZER CALLBACK TRANSFORM: calls[0] */
    const Expr *expr;          /* RATE and other run-time scalars: never NULL; PATH of an option */
    const Seed *seed;          /* SEED */
    const struct Value *value; /* VALUE: for elaboration itself */
} ArgValue;

/* A word of the vocabulary with its arguments: Dense(10), Adam(rate), scale(1/255); or a fn. */
struct Call {
    VocabKind kind;
    const Row *row;       /* NULL: a fn of the user */
    const ArgValue *args; /* in the order of row->args */
    const Expr *body;     /* fn: arguments are EX_argument 0, 1, … */
    uint32_t n_params;    /* fn */
    const char *name;     /* as typed: a metric's key in the logs; a fn's name or "fn" */
    Range range;
};

/* The argument of this name; NULL: the row has none, or it is none. */
static inline const ArgValue *call_given(const Call *call, const char *name)
{
    int at = row_arg(call->row, name);
    return at < 0 || call->args[at].none ? NULL : &call->args[at];
}

/* ---- data ---- */

typedef enum { PART_TRAIN, PART_VALIDATION, PART_TEST, N_PARTS } PartId;
typedef enum { PART_ABSENT, PART_SOURCE, PART_SPLIT } PartKind;

typedef struct DataPart {
    PartKind kind;
    const Call *source; /* PART_SOURCE; VOCAB_source */
    double fraction;    /* PART_SPLIT */
    bool stratify, from_end;
    const Seed *seed; /* PART_SPLIT; NULL: the program's */
    Range range;
} DataPart;

/* What is known of a column of a table. */
typedef struct ColumnFacts {
    uint32_t place; /* among the columns that the source gives for the inputs */
    RtColumnKind kind;
    int64_t missing;           /* cells */
    const char *wrong, *empty; /* the first cell that is no number, that is missing; or NULL */
    const char *help;          /* what to write then */
    const char *few;           /* some of its values: "'male', 'female'" */
    uint32_t n_texts;          /* of embedded weights: what its values are numbered by */
    const char *const *texts;
} ColumnFacts;

/* A column of the inputs, and what its transforms make of it. */
typedef struct PlanColumn {
    const char *name;
    RtColumnKind kind;
    uint32_t n_calls;
    const Call *const *calls;
    bool takes_missing; /* cells may be empty */
    bool by_value;      /* its different values are numbered: by these, or by those of the file */
    bool takes_unknown; /* other values are no error */
    uint32_t n_texts;
    const char *const *texts;
    uint32_t n_slots; /* numbers that one_hot makes of known values */
    uint32_t n_flags; /* numbers that say whether a cell was missing, behind the others */
    int64_t width;    /* the others */
    int64_t n_fitted;
} PlanColumn;

/* What columns(...) makes of a table. */
typedef struct Plan {
    uint32_t n;
    PlanColumn *at;
    const char **names; /* of these columns */
    uint32_t n_dropped;
    const char **dropped;
    int64_t width, n_fitted; /* of all columns */
} Plan;

/* How the values of a column are numbered: in order, those that are most frequent (0: all); with what fills
 * missing cells, where there are such. */
typedef struct CategoryRule {
    uint32_t most;
    bool fills;
    const char *fill_text; /* NULL: a number */
    double fill_number;
} CategoryRule;

/* The files' own figures, found when compiling (have = the files were there). */
typedef struct DataFacts {
    bool have;
    int64_t rows[N_PARTS]; /* after splitting */
    uint32_t x_rank, y_rank;
    int64_t x_dims[RT_MAX_RANK], y_dims[RT_MAX_RANK]; /* of one row as stored, before transforms */
    RtDtype x_dtype, y_dtype;
    uint32_t weights_rank; /* of what one sample counts, where the data set has weights */
    int64_t weights_dims[RT_MAX_RANK];
    int64_t classes;   /* 0: not labels */
    RtNumbers numbers; /* of the targets, in all parts */
    uint32_t n_class_names;
    const char *const *class_names;
    uint32_t n_columns;
    const char *const *columns; /* names of the features, tables only */
    uint32_t n_y_columns;
    const char *const *y_columns; /* of the targets, tables only */
    const char *index;            /* a column that only numbers the rows; NULL: none */
    bool index_unnamed;           /* ... or that the header has no name for */
    const char *path;             /* the training source's first file, as found */
    const ColumnFacts *told;      /* of embedded weights: of these columns; NULL: nothing */
    bool by_name;                 /* the columns are those of a header */
    char delimiter;               /* tables only */
    bool
        from_weights; /* the files are not there; embedded weights tell this much: no numbers of rows */
    const void *from[N_PARTS]; /* what Probe.columns takes; NULL: the part has no file of its own */
    const char *missing;       /* which file is not there and where it was searched; NULL: none */
} DataFacts;

typedef struct DataSet {
    const char *name; /* "" shows as "data" where the text gave none */
    Range range;
    DataPart part[N_PARTS];
    uint32_t n_inputs;
    const Call *const *inputs; /* VOCAB_transform */
    uint32_t n_targets;
    const Call *const *targets;
    const Plan *plan;        /* columns(...); NULL: there is none */
    bool targets_are_inputs; /* targets = inputs */
    bool shuffle;
    bool numbers_classes; /* targets = classes() */
    uint32_t n_labels;    /* labels([...]) */
    const char *const *labels;
    DataFacts facts;
    bool facts_used; /* the program took a fact from the files: record and compare at the run */
    /* Tables: used with a model that goes by the columns of this other data set; NULL: it goes by its own. */
    const struct DataSet *columns_like;
    const struct DataSet *held_out_of; /* this one, but its validation part is a split of a fit */
    bool own_columns;                  /* a model goes by its columns */
    bool used; /* it belongs to the program; of the others only mistakes are told */
    uint32_t id;
} DataSet;

/* ---- models ---- */

typedef struct Instance Instance;

typedef struct Layer {
    const Call *call; /* VOCAB_layer; NULL for a nested instance */
    Instance *nested; /* shares its weights wherever it is used */
    const char *name; /* unique in its instance: "dense_1" */
    Range range;
} Layer;

struct Instance {
    const char *name;  /* "net", "dropped": unique in the program; used in messages and --hash */
    const char *title; /* Keras's model name: name= of Sequential, else the model's name */
    Range range;       /* where it was made */
    Range model_range; /* where its model is declared */
    Vec(Layer) layers;
    uint32_t size, depth; /* layers, also those of nested instances; how deep these nest */
    bool has_input;       /* Input(...) or input_shape= */
    uint32_t input_rank;
    int64_t input_dims[RT_MAX_RANK];
    RtDtype input_dtype;
    Range input_range;
    DataSet *first_data; /* without Input: the shape comes from here (NULL: never used with data) */
    DataSet *taught;     /* of its first fit: whose classes its scores are; NULL: never fitted */
    const struct Compile *compile; /* the last one, or NULL */
    DataSet *input_data;  /* of instances that own inputs: transforms and columns are this one's */
    const char *position; /* key of its random streams; equal for instances of one model */
    const Seed *seed;     /* seed= of the call, or NULL */
    const char *file;     /* load_model: its weights start from there; NULL: no file ... */
    Range file_range;     /* ... which is named here */
    bool of_sweep;        /* made for a point of one */
    bool top_level;       /* made by let, implicit, or used by a command: gets weights of its own */
    uint32_t id;          /* among the top-level instances */
    uint32_t serial;      /* among all instances, nested ones too */
};

/* ---- commands ---- */

typedef struct Compile {
    Instance *instance;
    const Call *optimizer, *loss;
    uint32_t n_metrics; /* of metrics, then of weighted_metrics: */
    uint32_t n_plain;   /* ... those before, which ignore weights */
    const Call *const *metrics;
    const char *const *keys; /* of the metrics in the logs: interned, all different */
    double loss_weight;      /* what the loss is multiplied by */
    Range range, loss_range, metrics_range;
    uint32_t id; /* from 0 over the program */
} Compile;

/* How many values a metric has in the logs: 0: one, under its key; else a list of so many, whose elements are
 * KEY[0], KEY[1], ...; METRIC_PER_OUTPUT: a list with one for each output. */
enum { METRIC_PER_OUTPUT = -1 };
int64_t metric_list(const Call *metric);
/* "f1_score[2]", interned. */
const char *metric_element_key(Interner *names, Arena *arena, const char *key, int64_t i);

/* class_weight of fit; classes that are not named count once. */
typedef struct ClassWeights {
    uint32_t n;
    const int64_t *classes; /* all different, >= 0 */
    const double *weights;  /* >= 0 */
    bool balanced;          /* instead of weights, what the run computes of their counts */
} ClassWeights;

/* A result named by `as`, or an unnamed one that a trainer's own commands use. */
typedef struct Result {
    const char *name;  /* NULL: not named */
    const char *title; /* in a legend: its key, if that is a string, else the name */
    Range range;
    uint32_t command; /* its place in Program.commands */
} Result;

/* An `if` that the run decides is a row of its own: where its condition, exprs[0], does not hold, the run goes on at
 * `target`; in front of an else stands a jump. */
extern const Row row_if, row_jump, row_skip;

/* Lines after `on`: commands that stand in the list behind their fit, and over which the run jumps (row_skip). */
typedef struct EventLines {
    uint32_t event; /* of runtime/abi/events.def */
    uint32_t begin, end;
} EventLines;

/* plot: what an operand is, beside its values in Command.exprs. */
typedef struct PlotCurve {
    const char *name; /* in the legend; NULL: as it is written */
    const char *key;  /* of a series of a fit: "val_loss"; "": it is none */
    int32_t run;   /* Program.results: the fit that it has an element for each epoch of; -1: none */
    int64_t first; /* the epoch that its first element belongs to, from 0 */
    bool whole;    /* all series of the run: its values are the names of these */
} PlotCurve;

typedef struct Command {
    const Row *row; /* VOCAB_command; row_if, row_jump */
    Range range;
    Instance *instance; /* M, or NULL */
    Compile *compile;   /* compile: its own; fit, evaluate, predict: the one in force */
    DataSet *data;      /* D, or NULL */
    DataSet *taught;    /* predict: the data of the model's first fit; without one, D */
    PartId part;        /* the part that evaluate, predict, show work on */
    bool has_part;      /* fit: validation = E.part was given: data2/part2; */
    DataSet *data2;
    PartId part2;
    bool no_validation;                /* fit: validation = none */
    const ClassWeights *class_weights; /* fit; NULL: none given */
    const char *
        beside; /* fit: of this command, which holds several trainings; NULL: it stands for itself */
    const DataPart *split;  /* ... its validation part, drawn from the training rows, or NULL */
    bool watches_objective; /* fit: a callback needs the sums of the loss and the penalties */
    bool sets_rate;         /* fit: the learning rate changes from step to step, or by epoch */
    const char *path;       /* to / from FILE, or NULL */
    const Expr *path_expr;  /* a path that is an option, or NULL */
    bool to_terminal;
    bool weights_only;        /* save M.weights to F; show: weights, unit by unit */
    bool of_file;             /* compile: of the file that load_model names */
    int32_t result;           /* index into Program.results, -1: none */
    const ArgValue *settings; /* in the order of row->args */
    uint32_t n_exprs;         /* print, expect, plot: their expressions */
    const Expr *const *exprs;
    const PlotCurve *curves; /* plot of values: beside each expression */
    bool has_rows;           /* show: these rows of the part alone */
    int64_t first_row, end_row;
    const char *text; /* expect: the message or NULL */
    uint32_t target;  /* if, jump: a later place in Program.commands, or their number */
    const struct SweepPlan *sweep; /* ir/program/sweep.h */
    uint32_t
        n_lines; /* fit; as if at the first event: cross_validate: its fit, sweep: the commands of each point */
    const EventLines *lines;
} Command;

/* What the value of an option must keep to, where it is given by itself. */
typedef struct OptionLimit {
    const char *range; /* runtime/abi/range.h */
    const char *place; /* "'rate' of 'Dropout'" */
} OptionLimit;

typedef struct Option {
    const char *name;
    Range range;
    ExprType type;
    bool is_int;
    const Expr *value; /* default */
    Vec(OptionLimit) limits;
    uint32_t id;
} Option;

typedef struct Program Program;
struct Program {
    Arena *arena;
    Interner *names;
    Diags *diags;
    const char *source_name; /* the .nn file as given */
    const char *name;        /* its base name without extension */
    const Seed *seed;        /* NULL: 0 */
    Vec(const Seed *) seeds;
    Vec(Option) options;
    Vec(DataSet *) data;
    Vec(Instance *) instances; /* top-level ones, in order */
    Vec(Instance *) made; /* all of them, by serial: also nested ones, and those nothing uses */
    Vec(Compile *) compiles;
    Vec(Command) commands;
    Vec(Result) results;
};

/* Columns that `who` ("'net'") takes from a table. */
typedef struct ColumnsWanted {
    const char *who;
    bool by_name, numbers;
    uint32_t n;
    const char *const *names;
    const Plan *plan;   /* what becomes of them; NULL: numbers stay as they are ... */
    bool takes_missing; /* ... where transforms fill missing cells, with these */
} ColumnsWanted;

typedef struct ProbeFault {
    const char *text, *help; /* help: "" for none */
} ProbeFault;

/* The shape of one row. */
typedef struct RowShape {
    uint32_t rank;
    int64_t dims[RT_MAX_RANK];
    const Plan *plan; /* of columns(...) in front of it; NULL: none */
} RowShape;

/* fit: has it a part to validate on? */
bool command_validates(const Command *c);

/* What one transform, or all of a list, make of the shape of a row; false after errors. */
bool row_transform(Arena *arena, Diags *diags, const Call *call, RowShape *row);
/* Kinds of values that a transform fits: fill with a value has none. */
uint32_t row_fitted(const Call *call);
bool row_behind(Arena *arena, Diags *diags, const Call *const *calls, uint32_t n, RowShape *row);
/* "(28, 28)"; in the arena. */
const char *row_shape_text(Arena *arena, uint32_t rank, const int64_t *dims);

/* What is known of the targets behind their transforms. *at: the transform that does not fit, or NULL. */
/* Which of its files is not there, and where it was searched. */
const char *data_absence(const DataSet *d);
/* Does a part of it say what its samples count? */
bool data_has_weights(const DataSet *d);
/* Tables: the columns of the targets, as far as they have names. */
const char *const *data_target_names(const DataSet *d, uint32_t *n);
RtTargets data_targets(const DataSet *d, RtTargetFault *fault, const Call **at);

/* How the elaborator asks for the figures of files; the driver passes one made of runtime/data/probe.h.
 * Fills facts->rows for the stored parts, shapes, classes. Returns false with a message if the files
 * are there and bad; true with have = false if they are missing. */
typedef struct Probe {
    bool (*look)(void *cx, const Call *source, PartId part, DataFacts *facts, ProbeFault *fault);
    /* Has what was read (DataFacts.from) these columns? If not, the fault tells why. */
    bool (*columns)(void *cx, const void *from, const ColumnsWanted *want, ProbeFault *fault);
    /* Fills in what is known of the column at out->place. */
    void (*column)(void *cx, const void *from, ColumnFacts *out);
    /* The values of a column, in the order of their numbers. */
    bool (*categories)(void *cx, const void *from, uint32_t place, const CategoryRule *rule,
                       uint32_t *n, const char *const **texts, const char **message);
    /* The classes that integer targets are, in order; false: they are no integers, one for each row. */
    bool (*classes)(void *cx, const void *from, uint32_t *n, const char *const **names,
                    ProbeFault *fault);
    /* Does what was read for a part (train: also for itself) go with the training part of a data set? */
    bool (*part)(void *cx, const DataSet *data, const void *train, const void *part,
                 const char **message);
    void *cx;
} Probe;

/* The shape of an array that only a graph knows, as far as the program goes now: the weights `state` of
 * an instance, or with NULL its output for rows of `data` (dims[0] = -1, the batch). False: not known;
 * why is reported if `diags` is not NULL. */
typedef struct ShapeProbe {
    bool (*look)(void *cx, const Program *p, const Instance *m, const DataSet *data,
                 const char *state, Diags *diags, uint32_t *rank, int64_t *dims);
    void *cx;
} ShapeProbe;

/* Files that `import` names, relative to the file that holds `from`. */
typedef struct Imports {
    /* The same text for the same file. */
    const char *(*key)(void *cx, const char *path, Range from);
    /* Reads and parses it; NULL: not there (message set). */
    const struct Ast *(*read)(void *cx, const char *path, Range from, const char **message);
    /* The same for what load_model names: the structure of a Keras model as a text. */
    const struct Ast *(*model)(void *cx, const char *path, Range from, ProbeFault *fault);
    /* The declarations that every program can use; NULL: none. */
    const struct Ast *(*prelude)(void *cx);
    void *cx;
    const char *main_key; /* of the main file, or NULL */
} Imports;

/* -D NAME=text */
typedef struct Define {
    const char *name, *text;
} Define;

typedef struct ElaborateOptions {
    uint32_t n_defines;
    const Define *defines;
    Probe probe;
    ShapeProbe shapes;
    Imports imports;
    bool warn_missing; /* data files that are not there get a warning */
} ElaborateOptions;

/* Ast -> Program; NULL after errors (reported). */
struct Ast;
Program *elaborate(Arena *arena, Interner *names, Diags *diags, const struct Ast *file,
                   const ElaborateOptions *options);

/* The innermost instance that receives the rows of `m` unchanged: it owns preprocessing and signature. */
Instance *instance_inputs(Instance *m);
/* Do its graphs take rows behind their transforms, which the runtime computes? `data`: what it is used with,
 * where nothing was before. */
bool instance_prepared(Instance *m, const DataSet *data);
/* "[scale(factor=2.0), normalize(axis=-1)]" of a data set's inputs. */
const char *transforms_text(Arena *arena, const DataSet *d);
/* The same row with the same arguments? */
bool call_equal(const Call *a, const Call *b);

/* 16 digits that stand for layers, their arguments and their order: not for initial values and seeds. */
const char *architecture_digest(Arena *arena, const Instance *m);

/* 16 digits that stand for all that a program does, but not for where its files are: a checkpoint belongs to them. */
const char *program_digest(const Program *p);

/* --emit=program: stable text. */
void program_print(StrBuf *out, const Program *p);

/* The first result (or option) in it, or NULL. */
const Expr *expr_find(const Expr *x, ExprOp op);
/* Is it a fn of margins, one class against the rest: made with signs(y, p)? */
bool loss_has_signs(const Call *loss);
/* Was no argument given? */
bool call_is_plain(const Call *c);
/* What Keras's files have no words for: "the activation of 'dense' is a fn". NULL: all has a form. */
const char *keras_model_obstacle(Arena *arena, const Instance *m);
const char *keras_compile_obstacle(Arena *arena, const Compile *c);

/* Is one of the files of models that commands and callbacks name such a file? An option's default stands for what it
 * may be. */
typedef bool PathTest(void *cx, const char *path, bool is_default);
bool program_names_path(const Program *p, PathTest *test, void *cx);
/* The same for the files of load_model. */
bool program_loads_model(const Program *p, PathTest *test, void *cx);

#endif
