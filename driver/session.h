/* session.h: one run of nnlc: what the command line asked for, and what all stages share. */
#ifndef NNLC_DRIVER_SESSION_H
#define NNLC_DRIVER_SESSION_H

#include <stdbool.h>

#include "codegen/target/target.h"
#include "ir/program/program.h"
#include "lexer/lexer.h"
#include "runtime/data/readings.h"
#include "support/arena.h"
#include "support/diag.h"
#include "support/intern.h"
#include "support/source.h"

/* Exit codes: fine; the program or the run is wrong; the command line is wrong. */
enum { EXIT_FINE = 0, EXIT_WRONG = 1, EXIT_USAGE = 2 };

typedef enum {
    MODE_compile,
    MODE_run,
    MODE_check,
    MODE_doc,
    MODE_import,
    MODE_info,
    MODE_plot,
    MODE_new
} Mode;

typedef enum {
    EMIT_none,
    EMIT_tokens,
    EMIT_ast,
    EMIT_program,
    EMIT_dot,
    EMIT_ir,
    EMIT_train_ir,
    EMIT_kernels,
    EMIT_plan,
    EMIT_cost,
    EMIT_llvm,
    EMIT_asm,
    EMIT_obj
} Emit;

typedef struct PlotOptions {
    Vec(const char *) inputs, metrics; /* no metrics: all */
    const char *title;                 /* or NULL */
    bool log;
    double smooth;
} PlotOptions;

typedef struct Options {
    Mode mode;
    Emit emit;
    const char *input;    /* "-": standard input */
    bool is_nnir;         /* the input holds graphs */
    const char *output;   /* -o, or NULL */
    const char *doc_name; /* doc NAME; NULL: the index */
    bool doc_all;         /* doc --all: the whole reference */
    Vec(Define) defines;
    int level;
    bool debug, werror, no_warnings, time_passes, no_source_dir, is_static, verbose, gzip, hdf5,
        png;
    const char *example; /* new --example=NAME, or NULL */
    const char *target, *mcpu, *passes, *print_after, *data_dir, *linker;
    Vec(const char *) disabled_warnings;
    Vec(const char *) embed; /* [MODEL=]FILE */
    DiagColor color;
    DiagFormat format;
    int n_trainer_args; /* run FILE -- ARGS */
    char **trainer_args;
    PlotOptions plot;
    const char *self; /* argv[0], for the runtime archive beside nnlc */
} Options;

typedef struct Embedded Embedded; /* driver/embed.h */

/* A file of a Keras model that load_model named, as the text of its structure. */
typedef struct ModelFile {
    const char *path; /* as found */
    const struct Ast *ast;
} ModelFile;

typedef struct Session {
    Arena *arena;
    Interner *names;
    SourceMap *sources;
    size_t n_tokens; /* of all sources */
    Diags *diags;
    const Options *options;
    const Machine *machine;
    RtReadings *readings; /* data files that were looked into */
    Embedded *embedded;   /* files of weights */
    size_t n_embedded;
    Vec(ModelFile) models;
} Session;

/* false: the message was printed, the status is EXIT_USAGE. `done`: --help or --version was shown. */
bool options_parse(Arena *arena, int argc, char **argv, Options *out, bool *done);

/* nnlc doc: prints from the tables. Returns the exit code. */
int doc_print(const Session *s);

/* Prints what was collected and then an error that has no place in a text. */
void report(const Session *s, const char *message);
/* Prints the error of a function of the runtime, with its help. */
void report_failure(const Session *s, const RtError *error);
/* `help` may be "". */
void report_help(const Session *s, const char *message, const char *help);

/* What to do with the file, start to end. Returns the exit code. */
int pipeline_run(Session *s);

/* Elaboration's view of data files. */
Probe probe_make(Session *s);
enum { MOST_DIRS = 4 };
/* The folders for the files of a text, in the order of search; their number. */
uint32_t search_dirs(const Session *s, const Source *text, const char *dir[MOST_DIRS]);

/* Its view of shapes. */
ShapeProbe shapes_make(Session *s);

/* What turns a text of this session into tokens and a tree. */
LexCx session_lexer(Session *s);
/* The whole text of a file, or of standard input for "-"; NULL with *message. */
const Source *file_read(Session *s, const char *path, const char **message);
/* Writes text to -o (beside it, then renamed) or to standard output. false: printed why. */
bool file_write(const Session *s, const char *path, const char *text, size_t size);
/* The folder of a path: "." if it has none; in the arena. */
const char *folder_of(Arena *arena, const char *path);
/* The folder of the running nnlc; NULL: nobody tells. */
const char *own_folder(Arena *arena);
/* The runtime archive for the target: beside nnlc, or installed; NULL if it is nowhere. */
const char *runtime_archive(const Session *s);

#endif
