/* command_internal.h: one command while it is elaborated. */
#ifndef NNLC_IR_PROGRAM_COMMAND_INTERNAL_H
#define NNLC_IR_PROGRAM_COMMAND_INTERNAL_H

#include "ir/program/elaborate_internal.h"

typedef struct Run {
    Elab *e;
    Scope *s;
    const Ast *a;
    const Row *row;
    Command c;
    AstName result_name;
    bool has_key; /* as NAME[key] */
    Value key;
    Range path_range;
    bool has_on, has_to, has_from, has_as;
    bool right;
    Command fit; /* cross_validate: of each fold */
    Decl *model; /* sweep */
    AstList model_args;
} Run;

/* ---- command.c ---- */
/* Its class_weight, callbacks and targets, for a fit that is otherwise complete. */
void fit_check(Run *r);

/* The command has a mistake, which was told. */
void command_fail(Run *r);
/* What stands between the name and the settings. */
void command_operands(Run *r);
void command_clauses(Run *r);
/* The operands; print(a, b) has two: one that is written as a tuple counts as its elements. */
const AstList *command_operand_list(const Run *r);
/* The path as far as it is known: of an option its default. */
const char *command_known_path(const Run *r);

/* All that a command checks once its settings are known. */
void command_check(Run *r);
/* Makes it one of the program's commands, and its result known. */
void command_add(Run *r);

/* ---- sweep_use.c ---- */
void sweep_operand(Run *r, const Ast *a);
void sweep_check(Run *r);
/* The commands of its points, behind it. */
void sweep_add(Run *r);

/* ---- folds.c ---- */
/* What only cross_validate has: where its rows come from, and how they are dealt; the fit of a fold. */
void folds_check(Run *r);
/* Puts this fit behind the command that was added last. */
void folds_add(Run *r);

/* ---- shows.c ---- */
void show_operand(Run *r, const Ast *a);
/* Are there pictures in it, and do the settings fit them? */
void show_check(Run *r);

/* ---- plots.c ---- */
void plot_operands(Run *r, const AstList *list);
/* Do the settings fit what is drawn? */
void plot_check(Run *r);
enum { KIND_line, KIND_scatter, KIND_bar, KIND_hist, KIND_heatmap };
/* ---- plot_complete.c ---- */
void plot_complete(Run *r);

#endif
