/* run.h: everything a run of a compiled program holds: options, instances, data sets, results. */
#ifndef NNLC_RUNTIME_TRAIN_RUN_H
#define NNLC_RUNTIME_TRAIN_RUN_H

#include <stdbool.h>
#include <stdio.h>

#include "runtime/abi/image.h"
#include "runtime/abi/phase.h"
#include "runtime/abi/status.h"
#include "runtime/data/chain.h"
#include "runtime/data/dataset.h"
#include "runtime/exec/exec.h"
#include "runtime/exec/turns.h"
#include "runtime/files/append.h"
#include "runtime/files/reserve.h"
#include "runtime/train/expr.h"
#include "runtime/train/interrupt.h"
#include "runtime/train/signature.h"
#include "runtime/train/value.h"

/* What the command line said. Strings are argv's. */
typedef struct RtSettings {
    const char *data_dir;     /* NULL: not given */
    const char *out_dir;      /* NULL: the working folder */
    const char *weights;      /* --weights */
    const char *model;        /* --model: which instance */
    const char *checkpoint;   /* --checkpoint: where the state of the run is kept */
    const char *resume;       /* --resume: where it was kept */
    const char *log;          /* --log: a line of JSON for each epoch and evaluation */
    int64_t checkpoint_every; /* batches; 0: every epoch */
    const char *program_dir;  /* where the program itself lies */
    uint64_t max_memory;      /* --max-memory, in bytes; 0: not given */
    int threads;              /* 0: as many as processors, at most 16 */
    bool has_epochs, has_seed, quiet, hash;
    int64_t epochs, seed;
} RtSettings;

/* One instance's weights and how far its training is. */
typedef struct RtModel {
    const ImgInstance *image;
    RtSignature *signature; /* instances that share their inputs' layer have one */
    RtNames class_names;    /* in the order of the scores; empty: not known, or no classes */
    bool scales;            /* it has what the transforms of its targets were fitted with */
    void *block; /* image->block_bytes, 64-byte aligned, zeroed slack behind; instances that share
                          * weights have one */
    const ImgCommand *compile; /* in force; NULL: none yet */
    int64_t step;              /* optimizer steps since that compile */
    int64_t epochs_done;       /* of all fits since that compile */
    bool sets_rate;            /* a callback has set the learning rate since that compile: */
    double rate;               /* ... to this */
    bool averaged;             /* its weights have changed places with their means */
} RtModel;

/* A data set of the program, as far as it was needed. */
typedef struct RtRunData {
    RtDataset *set;    /* NULL: not used so far */
    RtPlan plan;       /* of its columns(...) */
    unsigned parts;    /* that it was opened for */
    RtChain chain;     /* its transforms, fitted on its own training rows ... */
    bool is_fitted;    /* ... if they are */
    unsigned checked;  /* parts whose inputs were looked at */
    unsigned digested; /* parts whose digest is known: */
    uint64_t digest[RT_N_PARTS];
    unsigned kept; /* parts whose digest a checkpoint has: */
    uint64_t kept_digest[RT_N_PARTS];
    const char *kept_path; /* ... this one */
} RtRunData;

/* What a command named `as` left. */
typedef struct RtResult {
    uint32_t n; /* keyed values: loss, val_loss, epochs … */
    char **keys;
    RtValue *values;
} RtResult;

typedef struct RtRun {
    const NnlProgram *program;
    const ImgProgram *image;
    const RtSettings *settings;
    RtPool *pool;
    RtTurn *turn;            /* of a run beside others that take turns; NULL: none does */
    RtModel *models;         /* image->instances.n */
    RtSignature *signatures; /* image->signatures.n */
    RtRunData *data;         /* image->data.n */
    RtReadings *readings;    /* what the data sets are made of */
    bool own_readings;       /* they are closed with the run */
    bool sparing;            /* a part's own file is enough where nothing else is needed */
    RtResult *results;       /* image->results.n */
    RtValue *options;        /* image->options.n */
    int64_t *seeds;          /* image->seeds.n */
    FILE *out;               /* what the run shows */
    FILE *warnings;          /* NULL: standard error */
    char *told;              /* by rt_warnings_tell, last; NULL: nothing */
    RtAppend *log;           /* --log; NULL: none */
    bool stops;              /* the command `stop` has run */
    bool is_unread;          /* what it writes to a pipe, nobody reads any more */
    RtReserve *reserve;      /* memory for saving; NULL: none */
    struct RtKeeper *keeper; /* of its checkpoints (runtime/checkpoint/keeper.h); NULL: none */
    uint32_t place;          /* of the program, where an error belongs to; IMG_NONE: none */
    RtError error;
} RtRun;

/* Has the part the rows from rows[0] up to rows[1]? */
RtStatus rt_part_has_rows(RtRun *run, const RtPart *part, const int64_t rows[2]);
/* The seed of an instance's streams, NULL: of the program. */
uint64_t rt_run_seed(const RtRun *run, const RtModel *m);
/* The data set with these parts (1 << RtPartId) at least, loaded and checked on first use; other pointers into
 * it are stale then. NULL: error. */
RtDataset *rt_run_data(RtRun *run, uint32_t data, unsigned parts);
void rt_run_forget_data(RtRunData *data);
/* rt_rows_digest of a part that is there, computed once. */
uint64_t rt_run_rows_digest(RtRunData *data, int part);
/* Are the rows that were read those of the checkpoint that the run goes on from? */
RtStatus rt_run_rows_check(RtRun *run, uint32_t data);
/* A line on standard error: "NAME: warning: ...". */
void rt_warn(const RtRun *run, const char *format, ...) RT_PRINTF(2, 3);
/* Lines below the warning that was just given; they end with a line end. */
void rt_warn_lines(const RtRun *run, const char *text);
/* Such lines, collected by a run beside this one, unless the one before said the same; takes the text. NULL: none. */
void rt_warnings_tell(RtRun *run, char *text);
/* Where files of the program's text are looked for, in order; their number. `beside`: the folder of an imported
 * text, or "". */
enum { RT_MOST_DIRS = 5 };
uint32_t rt_run_dirs(const RtRun *run, const char *beside, const char *dir[RT_MOST_DIRS]);
/* A path of an output: in --out-dir unless it is absolute. In malloc memory; NULL: error. */
char *rt_run_out_path(RtRun *run, const char *path);
/* The path of save, load, predict: a text or an option. In malloc memory; NULL: error. */
char *rt_run_path(RtRun *run, const ImgCommand *c);

/* Adds (or replaces) a keyed value of a result; takes the value. IMG_NONE: frees it. */
RtStatus rt_result_set(RtRun *run, uint32_t result, const char *key, RtValue value);
const RtValue *rt_result_get(const RtRun *run, uint32_t result, const char *key);

/* An expression at this point of the run; a failure says which line it stands in. */
RtStatus rt_run_value(RtRun *run, uint32_t expr, RtValue *out);
/* The same for people (rt_expr_shown). */
RtStatus rt_run_shown(RtRun *run, uint32_t expr, RtValue *out);
/* For RtExprCx.option: cx is the run. */
RtValue rt_run_option(void *run, uint32_t option);
/* An argument of a source or transform by name; NULL if it has none. */
const ImgArg *rt_call_arg(const ImgCall *call, const char *name);
/* A setting of a command by name; NULL if the command has none. */
const ImgArg *rt_setting(const ImgCommand *c, const char *name);
/* Its whole number, which an option may give: `least` or more. `fallback` where it was not given. */
RtStatus rt_setting_count(RtRun *run, const ImgCommand *c, const char *name, int64_t fallback,
                          int64_t least, int64_t *out);

/* `readings`: what a compiler in this process has read already; NULL: nothing. */
RtStatus rt_run_open(RtRun *run, const NnlProgram *program, const ImgProgram *image,
                     const RtSettings *settings, RtReadings *readings, FILE *out);
void rt_run_close(RtRun *run);
void rt_run_close_results(RtRun *run);
/* A place of the program; an empty one for IMG_NONE. */
const ImgPlace *rt_run_place(const RtRun *run, uint32_t place);

#endif
