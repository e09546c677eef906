/* elaborate_internal.h: what the files of ir/program share while one program is elaborated. */
#ifndef NNLC_IR_PROGRAM_ELABORATE_INTERNAL_H
#define NNLC_IR_PROGRAM_ELABORATE_INTERNAL_H

#include "ir/program/program.h"
#include "parser/ast.h"
#include "runtime/abi/suggest.h"
#include "support/places.h"

enum {
    LAYER_LIMIT = 100000,
    STEP_LIMIT = 1000000,
    DEPTH_LIMIT = 256,
    NESTED_LIMIT = 1024,
    EXPR_LIMIT = 100000
};

#define VALUE_PI 3.141592653589793

/* ---- values: what expressions are when compiling ---- */

typedef enum {
    VAL_error, /* reported; whatever uses it stays silent */
    VAL_none,
    VAL_bool,
    VAL_int,
    VAL_float,
    VAL_string,
    VAL_word, /* a name that nobody declared: of the vocabulary, a choice, or a mistake */
    VAL_list,
    VAL_tuple,
    VAL_map,   /* keys and values in turn */
    VAL_range, /* i .. end */
    VAL_fn,
    VAL_call,  /* a row of the vocabulary with arguments */
    VAL_block, /* with arguments if `scope` is set */
    VAL_model,
    VAL_instance,
    VAL_layer,   /* M.hidden */
    VAL_weights, /* M.weights */
    VAL_data,
    VAL_part,
    VAL_result, /* what a command gives, `as r` */
    VAL_space,  /* import … as NAME */
    VAL_expr    /* known when the program runs */
} ValueKind;

typedef struct Value Value;
typedef struct Scope Scope;
typedef struct Decl Decl;

struct Value {
    ValueKind kind;
    Range range;
    bool divided;    /* VAL_float: came from `/` */
    bool incomplete; /* VAL_map of results: a command that gives one has errors */
    bool has_rows;   /* VAL_part: its rows i .. end alone */
    int64_t i, end;
    double f;
    const char *text;
    uint32_t n;
    uint32_t size, depth; /* VAL_list, VAL_tuple, VAL_map: of all that is in it */
    const Value *items;
    const Call *call;
    Expr *expr;
    const Ast *fn;
    Decl *decl;
    Scope *scope;
    Instance *instance;
    DataSet *data;
    PartId part;
    uint32_t result;
};

/* ---- names ---- */

typedef enum {
    DECL_value, /* let, param, option, parameter, loop variable, result, space */
    DECL_fn,
    DECL_data,
    DECL_block,
    DECL_model
} DeclKind;

struct Decl {
    DeclKind kind;
    const char *name;
    Range range;
    Value value; /* DECL_value; a data set, an implicit instance once made */
    const Ast *ast;
    Scope *scope;    /* where it stands */
    bool busy, made; /* being elaborated; `value` is set */
    bool used, is_param;
    bool is_results;    /* `as NAME[key]`: a map of results ... */
    Vec(Value) results; /* ... its keys and values in turn */
};

struct Scope {
    Scope *outer;
    const AstList *text; /* the statements that fill it, or NULL */
    Vec(Decl *) decls;
    Places names;          /* of decls, the first of each name; empty while they are few */
    const Scope *shown_in; /* of a file: the scope that got its names last */
};

/* ---- the state of one elaboration ---- */

/* On all paths, on some, on none. */
typedef enum { FITTED_no, FITTED_maybe, FITTED_yes } Fitted;

/* Lines compile { } and fit { } in the body of a model: settings of its instances, NULL where there are none, and where
 * these lines stand. */
typedef struct ModelDefaults {
    const Ast *compile, *fit;
    Scope *compile_scope, *fit_scope;
} ModelDefaults;

typedef struct InstanceState {
    Instance *instance;
    Compile *compile; /* in force, or NULL */
    Compile *other;   /* the one on the other path of the `if` at `split`, or NULL */
    Range split;      /* {0, 0}: there is one path only */
    bool misread;     /* a `compile` of it has errors: that none is in force was told */
    Fitted fitted;    /* owners of inputs: fit, adapt or load came before */
    Fitted loaded;    /* has a load filled the layers that learn nothing in training? */
    const Ast
        *settings; /* load_model: the compile of the file, until the instance has its name ... */
    Scope *scope;  /* ... and where that stands */
    const Ast *compile_text; /* the command compile in force, if it is one of the text, ... */
    Scope *compile_scope;    /* ... and where it stands */
    ModelDefaults defaults;
    int64_t classes; /* what `classes` is in its body; 0: not asked for, or not known yet */
    Range
        waits; /* where its body asks for `classes`, which no data set told yet: it has no layers ... */
    Scope *params; /* ... until its body runs again, with these parameters */
    Decl *model;   /* what it is an instance of; NULL: of Sequential, or of a file */
    bool broken;   /* that failed, which was told */
} InstanceState;

/* The body of a model that is being elaborated: what `classes` is there. */
typedef struct ModelBody {
    int64_t classes; /* 0: not known yet */
    Range asked;     /* where it was needed */
} ModelBody;

/* A side of an `if` that the run decides. */
typedef struct Branch Branch;
struct Branch {
    const Branch *outer;
    uint32_t id; /* of the `if` */
    bool other;  /* its else */
    Range range; /* of its condition */
};

/* A path that a command writes. */
typedef struct Output {
    const char *path;
    Range range, by;
    size_t command;       /* its number */
    const Branch *branch; /* around it */
    size_t before;        /* the last one of this path before it, or NO_PLACE */
} Output;

/* A source whose file is not there. */
typedef struct Absent {
    const DataSet *data;
    const Call *source;
    const char *text;
    bool told; /* by an error */
} Absent;

/* A file that `import` named; busy: still being elaborated. */
typedef struct Imported {
    const char *key;
    Scope *scope;
    bool busy;
} Imported;

/* How many names base, base_1, base_2, … were given out. */
typedef struct NameCount {
    const char *base;
    uint32_t next;
} NameCount;

typedef struct NameCounts {
    Vec(NameCount) list;
    Places places; /* of bases */
} NameCounts;

/* Of a map in which keys were looked for: printed keys -> places in its items. */
typedef struct MapIndex {
    Places keys;
    uint32_t n; /* items that are in it */
} MapIndex;

typedef struct Elab {
    Arena *arena;
    Interner *names;
    Diags *diags, *quiet; /* of a question; nobody reads them */
    const ElaborateOptions *options;
    Program *p;
    Scope *file;                  /* of the main file */
    const Scope *here;            /* of the statement at hand */
    Vec(InstanceState) instances; /* all that were made, also nested ones */
    NameCounts instance_names;
    Vec(Decl *) named_instances; /* made by let: candidates for names left out */
    Vec(const char *) params;    /* as -D names them: "parts.width"; interned */
    Places param_places, defines, options_named, instances_named, imported_files;
    Vec(Output) outputs; /* paths written so far ... */
    Places output_paths; /* ... the last of each */
    Places map_indexes;  /* maps, by their items -> places in: */
    Vec(MapIndex) maps;
    const Branch *branch; /* around the statement at hand, or NULL */
    uint32_t n_branches;
    Vec(AstName) local_results; /* `as NAME` inside branches */
    Scope *prelude;             /* names that every program can use; NULL: not read yet */
    ModelBody *body;            /* of the model being elaborated, or NULL */
    const char *event;          /* whose lines these are, or NULL */
    Vec(Imported *) imported;
    Vec(Absent) absent;
    Vec(Decl *) active;              /* being elaborated or applied, outermost first */
    bool only_checks;                /* of data sets: what is asked for now is not used */
    uint32_t steps, layers, nesting; /* taken, made; how deep elaboration is in itself */
    uint32_t in_network;             /* fn whose arguments are tensors, being applied */
} Elab;

/* What a name in an expression may mean beside user names; N_VOCABS: anything. */
typedef VocabKind Want;

/* ---- value.c ---- */
Value value_none(Range r);
Value value_error(Range r);
Value value_int(Range r, int64_t i);
Value value_float(Range r, double f);
Value value_bool(Range r, bool b);
Value value_string(Range r, const char *text);
Value value_expr(Expr *e);
/* Keeps no pointer to `items`. An error value past the limits, which are reported. */
Value value_list(Elab *e, Range r, ValueKind kind, uint32_t n, const Value *items);
/* "an integer", "a list", "the optimizer 'Adam'". */
const char *value_text(Elab *e, const Value *v);
/* What is compared counts as steps; where they are too many, false. */
bool value_equal(Elab *e, const Value *a, const Value *b);
/* Is it an item of a list or tuple, or a key of a map? */
bool value_among(Elab *e, const Value *v, const Value *list);
bool value_is_number(const Value *v);
bool value_is_split(const Value *v); /* split(fraction) */
/* As in nn: 1, 0.5, "text", [1, 2]. */
void value_print(StrBuf *out, const Value *v);

/* ---- scope.c ---- */
Scope *scope_new(Elab *e, Scope *outer);
/* Reports a name that is taken in the scope, warns of hiding; parameters of fn hide silently. */
Decl *scope_declare(Elab *e, Scope *s, DeclKind kind, AstName name, bool silent);
Decl *scope_value(Elab *e, Scope *s, AstName name, Value v, bool silent);
Decl *scope_find(const Scope *s, const char *name);
/* Without the scopes around it. */
Decl *scope_find_here(const Scope *s, const char *name);
/* One that stands in another scope, too, or was made just now. */
void scope_add(Elab *e, Scope *s, Decl *d);
/* Any vocabulary holds the name. */
bool vocab_knows(const char *name);
const Row *vocab_any(const char *name, Want first);
/* What a name may stand for where no word of the vocabulary can. */
enum { WANT_value = N_VOCABS + 1, WANT_data, WANT_model };
/* "unknown layer 'Dens'; did you mean 'Dense'?" Without `s` only words count. */
void report_unknown(Elab *e, const Scope *s, Want want, const char *name, Range range);
/* The edit to what was suggested, unless that is not built yet. */
void offer_fix(Elab *e, Range range, const RtSuggest *best);

/* ---- exprs.c ---- */
Expr *expr_new(Elab *e, ExprOp op, ExprType type, Range range, uint32_t n_args);
/* A value as an expression; NULL after an error. */
const Expr *expr_of(Elab *e, const Value *v);
Value expr_binary(Elab *e, AstOp op, Range op_range, const Value *a, const Value *b);
Value expr_unary(Elab *e, AstOp op, Range range, const Value *a);
Value expr_where(Elab *e, Range range, const Value *c, const Value *yes, const Value *no);
Value expr_index(Elab *e, Range range, const Value *a, const Value *b);
/* value[begin..end] */
Value expr_rows(Elab *e, Range range, const Value *a, const Value *rows);
/* Has it elements that the run can take out? */
bool expr_is_many(ExprType t);
/* Is it one truth value, for a command? Of arrays whose axes only the run knows the run tells. */
bool expr_is_condition(Elab *e, const Expr *x, const char *command);
/* ---- ranks.c ---- */
/* Axes of a value of the run: 0 for numbers, RANK_UNKNOWN where files or graphs would tell. */
int expr_rank(Elab *e, const Expr *x);
/* The shape of the outputs of a predict command for one row; its rank, RANK_UNKNOWN: not known. */
int output_row(Elab *e, const Command *c, int64_t dims[RT_MAX_RANK]);
/* The predict command whose result this is, or rows of it; NULL: something else. */
const Command *expr_prediction(const Elab *e, const Expr *x);
/* The data set of a part, or of rows of it; NULL: something else. */
DataSet *expr_data(const Elab *e, const Expr *x);
/* The shape of weights; the rank, RANK_UNKNOWN: not known. */
int weight_dims(Elab *e, const Expr *x, int64_t dims[RT_MAX_RANK]);
/* The shape of weights, as a tuple. */
Value weights_shape(Elab *e, const Expr *x, Range range);

bool expr_has_result(const Expr *x);
/* "the result of 'fit'"; where a compile-time value is needed. */
void report_runtime(Elab *e, const Expr *x, const char *where);

/* ---- arith.c: operators on values ---- */
Value arith_binary(Elab *e, AstOp op, Range op_range, const Value *a, const Value *b);
Value arith_unary(Elab *e, AstOp op, Range range, const Value *a);

/* ---- eval.c ---- */
Value eval(Elab *e, Scope *s, const Ast *a, Want want);
/* Is a value that is known a condition: a bool, or none for false? */
bool condition_known(Elab *e, const Scope *s, const Value *c, bool *out);
/* A condition that is known when compiling. */
bool eval_condition(Elab *e, Scope *s, const Ast *a, bool *out);
/* False after a name that nobody declared, which is reported, and for an error. */
bool check_word(Elab *e, const Scope *s, const Value *v);
/* A user's fn with values for its parameters. */
Value fn_apply(Elab *e, const Value *fn, Range range, uint32_t n, const Value *args);
uint32_t fn_params(const Value *fn);
/* Can it be called with n arguments: have its other parameters defaults? */
bool fn_takes(const Value *fn, uint32_t n);
const char *fn_name(const Value *fn);
/* Between this and `nesting--`; false (reported) past the limit. */
bool nest_enter(Elab *e, Range range);
bool count_steps(Elab *e, Range range, uint32_t n);
/* A step for each block of so many bytes; the text is not looked at where there are too many already. */
bool count_text(Elab *e, Range range, const char *text, size_t block);
/* Reports two parameters of one name. */
void params_check(Elab *e, const AstList *params);
/* false: a name stands twice in a list of settings (given) or parameters (declared), which is reported. */
bool check_twice(Elab *e, const AstList *list, bool is_given);

/* Between both, `d` may not be entered again: a cycle is reported and false given. */
bool decl_enter(Elab *e, Decl *d, Range range);
void decl_leave(Elab *e, Decl *d);

/* ---- elements.c ---- */
/* What a `for` goes over: the elements of a list, the keys of a map, the numbers of a range. */
typedef struct Items {
    const Value *of;
    uint32_t n;
} Items;

/* False after errors. Keeps `v`. */
bool items_of(Elab *e, const Scope *s, const Value *v, Items *out);
Value items_at(const Items *items, uint32_t i);
/* Where a key stands among the items of a map, -1: nowhere. A map may only grow after that. */
int64_t map_find(Elab *e, const Value *map, const Value *key);
Value index_value(Elab *e, const Value *object, const Value *at, Range range);

/* ---- schedules.c ---- */
/* The rate after `step` steps; NULL after errors. */
const Expr *schedule_expr(Elab *e, const Call *call, const Expr *step);

/* ---- functions.c: rows of functions.def on values ---- */
Value function_call(Elab *e, Scope *s, const Row *row, const Ast *call);
/* Above it one score of a prediction means class 1. */
double expr_threshold(Elab *e, const Expr *p);

/* ---- format.c ---- */
/* Is the first argument of a format() a string? */
bool format_takes_template(Elab *e, Scope *s, const Ast *call);
Value format_template(Elab *e, Scope *s, const Ast *call);
Value format_digits(Elab *e, Range range, const Value *x, int64_t digits);

/* A row of the vocabulary with arguments, checked: a value of kind VAL_call. */
Value row_call(Elab *e, Scope *s, const Row *row, const char *name, const AstList *args,
               Range range);

/* ---- tensor_calls.c: activations, losses and metrics in a fn of the network ---- */
/* What a called word is there: NULL if it is none of these. */
const Row *tensor_row(const char *name);
/* Where such a row is called on other values: a help for the error before. */
void help_tensor_row(Elab *e, const Row *row);
Value tensor_call(Elab *e, Scope *s, const Row *row, const char *name, const Ast *call);

/* ---- members.c ---- */
Value member_get(Elab *e, const Value *object, AstName name, Range range);

/* ---- args.c ---- */
/* The arguments of a call, checked, in the order of the row; NULL after errors. */
const ArgValue *args_check(Elab *e, Scope *s, const Row *row, const AstList *args, Range range);
void report_unknown_arg(Elab *e, const Row *row, AstName name);
/* A row named without (): all defaults. NULL after errors. */
const Call *call_default(Elab *e, const Row *row, const char *name, Range range);
/* Binds arguments to the parameters of a fn, block or model; false after errors. With `seed` a further
 * argument of that name is taken. */
bool params_bind(Elab *e, Scope *s, Scope *into, const char *what, const char *name,
                 const AstList *params, const AstList *args, Range range, const Seed **seed);

/* ---- convert.c ---- */
/* A value as an argument of a row; false after errors. */
bool arg_convert(Elab *e, const Scope *s, const Row *row, const ArgRow *arg, const Value *v,
                 ArgValue *out);
/* A whole number, or one that options give; NULL after errors, which call it `where`. */
const Seed *seed_of(Elab *e, const Value *v, const char *where);
/* The seed that the text gives; false after errors, and *out as before. */
bool seed_eval(Elab *e, Scope *s, const Ast *a, const Seed **out);
Want arg_want(ArgKind kind);
/* Names of the place itself count: choices, columns, types. */
bool arg_takes_words(ArgKind kind);
/* Sizes, which may also be written one after the other: Input(28, 28). */
bool arg_is_shape(ArgKind kind);

/* ---- model.c ---- */
Instance *model_instance(Elab *e, Decl *model, const AstList *args, Scope *s, Range range);
/* A model named where an instance is wanted: always the same one. NULL after errors. */
Instance *model_implicit(Elab *e, Decl *model, Range range);
Instance *sequential_instance(Elab *e, Scope *s, const ArgValue *name, const Value *layers,
                              Range range);
Value block_call(Elab *e, Decl *block, const AstList *args, Scope *s, Range range);
/* The model of an instance value or of a model whose arguments all have defaults; NULL: reported. */
Instance *value_instance(Elab *e, const Scope *s, const Value *v);
/* Models that no command uses are elaborated too. */
void models_check(Elab *e, Scope *s);
/* Gives it a state block, a name of its own and a number: commands use it. */
void instance_top_level(Elab *e, Instance *m);
InstanceState *instance_state(Elab *e, const Instance *m);
/* Runs the body of a model that waited for `classes` again; false after errors. */
bool model_again(Elab *e, Instance *m, int64_t classes);

/* ---- model_defaults.c: models that come compiled ---- */
/* Is a name `classes` of the body of a model? Its value, an error that is not reported as long as it is not known. */
bool classes_is(const Elab *e, const char *name);
Value classes_value(Elab *e, Range range);
/* A line of a body that is a command: defaults of its instances; false after errors. */
bool defaults_add(Elab *e, Instance *m, Scope *s, const Ast *a);
/* The settings of a command, with those that the body of the model gives where `given`, those of its text, do not. NULL
 * after errors. */
const ArgValue *defaults_settings(Elab *e, Scope *s, const Row *row, const Ast *command,
                                  const AstList *given, const Instance *m);
/* `m` is used with `d`, so its body knows `classes`; false after errors. */
bool model_complete(Elab *e, Instance *m, DataSet *d, Range range);
/* May it stand in another model: are its layers known, or can they be now? False: not yet, or reported. */
bool model_inside(Elab *e, Instance *m, Range range);
/* Reports that it has no layers yet where they are needed. */
bool model_waits(Elab *e, const Instance *m, Range range);
/* At the end: those that are used, but with no data set. */
void models_finish(Elab *e);

/* ---- inputs.c ---- */
bool transforms_fitted(const DataSet *d);
bool transforms_equal(const DataSet *a, const DataSet *b);
/* Does the table of a part of `d` have the columns of `owner`? False after errors, shown at `range`. */
bool columns_check(Elab *e, const DataSet *owner, const char *who, const DataSet *d, PartId part,
                   bool numbers, Range range);
/* `m` is used with rows of `d`. False after errors: another list of transforms, missing columns. */
bool inputs_use(Elab *e, Instance *m, DataSet *d, PartId part, Range range);
/* Has the model a score for every class of `d` that has a name? */
bool classes_known(Elab *e, const Instance *m, const DataSet *d, Range range);
/* Are the columns whose texts are kept, because of the setting `who`, in the table of the part? False after errors. */
bool inputs_keep(Elab *e, const DataSet *d, PartId part, const char *who, const ArgValue *keep);
bool inputs_adapt(Elab *e, Instance *m, DataSet *d, Range range);
void inputs_fitted(Elab *e, Instance *m, bool fitted);
/* A warning if nothing was fitted so far. */
void inputs_need_fitted(Elab *e, Instance *m, const DataSet *d, Range range);
/* A load fills the layers of `m` that have values which no training gives; a reset empties them. */
void layers_loaded(Elab *e, const Instance *m, bool loaded);
/* Are they all filled? False after an error of the command at `range`. */
bool layers_have_values(Elab *e, const Instance *m, const char *command, Range range);
/* At the end: columns of data sets that stand for themselves; data of instances inside others. */
void inputs_finish(Elab *e);

/* ---- class_weights.c ---- */
/* NULL after errors. */
const ClassWeights *class_weights(Elab *e, const Value *map, DataSet *d);

/* ---- data.c ---- */
/* split(...) as a part; false after errors. */
bool data_split(Elab *e, const Call *call, DataPart *out);
/* d with this validation part; NULL after errors. */
DataSet *data_held_out(Elab *e, const DataSet *d, const DataPart *split);
DataSet *data_get(Elab *e, Decl *decl, Range range);
/* The data sets that nothing has used: their entries, and their files if they are there. */
void data_check(Elab *e, Scope *s);
/* The figures of the files; false (reported) if they are not there. */
bool data_knows_rows(const DataSet *d, PartId part);
bool data_need_rows(Elab *e, DataSet *d, PartId part, Range range);
bool data_need_facts(Elab *e, DataSet *d, Range range, const char *what);
/* Warns of files that are not there; `errors`: elaboration ends with errors. */
/* Does the range of clip or min_max, if it is one of them, begin below its end? */
bool data_range_is_right(Elab *e, const Call *call);
void data_warn_absent(Elab *e, bool errors);
/* Names of the classes, as far as they are known, and how many. */
const char *const *data_class_names(const DataSet *d, uint32_t *n);
/* The shape of one stored row. */
RowShape data_row(const DataSet *d);

/* ---- columns.c ---- */
/* Makes the plan of a data set whose inputs begin with columns(...); its columns are those of the facts then.
 * False after errors. */
bool columns_plan(Elab *e, DataSet *d);

/* ---- logs.c ---- */
/* Is `text` a key of the logs of a fit or evaluate? Offers all of them. */
bool log_key_find(Elab *e, const Command *c, const char *text, bool validation, RtSuggest *best);
/* Is it a metric with several values? Its elements have keys, as in f1_score[0]. */
bool log_list_find(Elab *e, const Command *c, const char *text, bool validation);
/* All of them, with room for one more. */
const char **log_keys(Elab *e, const Command *c, bool validation, uint32_t *n);
/* "up", "down": what is better; "" where nobody knows. */
const char *log_key_direction(const Command *c, const char *key);
/* "loss, accuracy, val_loss, val_accuracy" */
const char *log_keys_text(Elab *e, const Command *c, bool validation);

/* ---- optimizers.c ---- */
/* Do the arguments go together? Mistakes are told. */
bool optimizer_check(Elab *e, const Call *optimizer);

/* ---- callbacks.c ---- */
/* Those of a fit; false after errors. Sets c->sets_rate. */
bool callbacks_check(Elab *e, Command *c);

/* ---- output_paths.c ---- */
/* ".npy"; "" if there is none. */
const char *path_extension(const char *path);
/* Does the path end with one of `built`? Otherwise an error says what `who` takes. Both: ".npy .csv". */
bool output_extension(Elab *e, const char *who, const char *path, Range range, const char *built,
                      const char *later);
/* The same for files of models (runtime/abi/formats.def). */
bool output_format(Elab *e, const char *who, const char *path, Range range);
/* ---- keras_forms.c ---- */
/* Has the model a form in such a file, if that is to hold all of it? Warns of settings that have none. */
bool keras_check(Elab *e, const char *path, Range range, const Instance *m);
/* The command at `by` writes this path, named at `range`; an error if something else does so, too. */
bool output_claim(Elab *e, const char *path, Range range, Range by);

/* ---- command.c ---- */
void command_run(Elab *e, Scope *s, const Ast *a);

/* ---- events.c ---- */
/* The lines after `on` in the settings of a fit that was added last; false after errors. */
bool event_lines(Elab *e, Scope *s, const Ast *command);
/* "epoch_end" */
const char *event_name(uint32_t event);
/* May the statement not stand in such lines? That is reported. */
bool event_refuses(Elab *e, const Ast *a);
/* `on` in the settings of a command that has no events. */
bool events_refuse(Elab *e, const Row *row, const Ast *command);

/* ---- branches.c ---- */
/* Adds a row that is no command of the text; returns its place. */
size_t branch_row(Elab *e, const Row *row, Range range, const Expr *condition);
/* The place behind the last command is where it goes on. */
void branch_target(Elab *e, size_t command);
/* An `if` whose condition the run computes. */
void branch_run(Elab *e, Scope *s, const Ast *a, const Value *condition);
/* Is the statement a declaration inside such an `if`? That is reported. */
bool branch_refuses(Elab *e, Scope *s, const Ast *a);
/* Two commands of which one run executes one at most. */
bool branches_exclude(const Branch *a, const Branch *b);
/* Is the same compile in force on every path? An error if not. */
bool branch_one_compile(Elab *e, const Instance *m, const char *command, Range range);
/* Where a name that is unknown belongs to a result inside such an `if`, or NULL. */
const Range *branch_local(Elab *e, const char *name);

/* ---- sweep_use.c ---- */
/* A member of a sweep's result; false: it has none of this name. */
bool sweep_member(Elab *e, const Value *s, AstName name, Range range, RtSuggest *best, Value *out);
/* A command on s.model becomes one for each point, of which one runs. False: it is none. */
bool sweep_command(Elab *e, Scope *s, const Ast *a);

/* ---- compare.c ---- */
/* Of two cross-validations: a text, with [mean, deviation] of each metric as members. */
Value results_compare(Elab *e, Range range, const Value *a, const Value *b);

/* ---- results.c ---- */
/* Declares the names of `as NAME[key]` in a statement, before it runs: they are known where no command in it does. `failed`, after
 * it: whatever key they lack may be there once it is right. */
void results_declare(Elab *e, const Ast *statement, bool failed);
/* The key of a clause `as NAME[key]`; false after errors. */
bool results_key(Elab *e, Scope *s, const Ast *clause, Value *key);
/* "r["key"]" */
const char *results_name(Elab *e, AstName name, const Value *key);
void results_add(Elab *e, AstName name, const Value *key, Value result);
/* After an error of the command: keys that are not there are not reported. */
void results_poison(Elab *e, AstName name);

/* ---- names_check.c: names in what is not elaborated ---- */
void names_check(Elab *e, Scope *s, const Ast *a);
void names_check_list(Elab *e, Scope *s, const AstList *list);
void names_check_model(Elab *e, Scope *s, const Ast *model);

/* ---- imports.c ---- */
void import_run(Elab *e, Scope *s, const Ast *a, const char *prefix);
/* A name of the prelude, which neither the program nor a table has; NULL: nor it. */
Decl *prelude_find(Elab *e, const char *name);
/* After errors in an instance of a model of the prelude, more than `errors`: where it is made. */
void prelude_note(Elab *e, const Decl *model, size_t errors, Range range);

/* ---- files.c ---- */
/* What load_model gives: the model of the file as if its text stood here. NULL after errors. */
Instance *file_instance(Elab *e, const char *path, Range where, Range range);
/* The instance is a value of the program now: the compile settings of its file hold. */
void file_compile(Elab *e, const Instance *m);
/* At the end: models of files that stand inside others get weights of their own, too. */
void files_finish(Elab *e);

/* ---- elaborate.c ---- */
void config_run(Elab *e, Scope *s, const Ast *a, Range *seed);
void param_run(Elab *e, Scope *s, const Ast *a, const char *prefix);
void option_run(Elab *e, Scope *s, const Ast *a);
void let_run(Elab *e, Scope *s, const Ast *a);
void items_declare(Elab *e, Scope *s, const AstList *items, const char *prefix);
void items_run(Elab *e, Scope *s, const AstList *items);

#endif
