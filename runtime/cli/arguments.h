/* arguments.h: the command line of a trainer. */
#ifndef NNLC_RUNTIME_CLI_ARGUMENTS_H
#define NNLC_RUNTIME_CLI_ARGUMENTS_H

#include "runtime/train/run.h"

typedef enum {
    SUB_all, /* no subcommand: the program's commands */
    SUB_fit,
    SUB_evaluate,
    SUB_predict,
    SUB_summary,
    SUB_info
} RtSubcommand;

typedef struct RtArguments {
    RtSettings settings;
    RtSubcommand sub;
    const char *input, *output; /* predict; input: NULL if cells are given, "-": standard input */
    const char **cells;         /* predict: "age=39" */
    uint32_t n_cells;
    const char **keep; /* predict: columns to carry along */
    uint32_t n_keep;
    bool header, no_header;
    const char *delimiter;
    RtValue *options; /* the program's own; VALUE_none: not given */
    bool sandbox;     /* open what is named only */
    bool help, version;
    bool lost; /* memory was short: nothing is wrong with the command line */
} RtArguments;

/* Status RT_ERROR: what is wrong with the command line. The caller frees with rt_arguments_free. */
RtStatus rt_arguments_parse(const ImgProgram *p, int argc, char **argv, RtArguments *out,
                            RtError *error) RT_MUST_USE;
void rt_arguments_free(const ImgProgram *p, RtArguments *a);
void rt_arguments_help(const ImgProgram *p, const char *name);

#endif
