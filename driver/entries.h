/* entries.h: which graphs a program needs, and what they become: the middle of the pipeline. */
#ifndef NNLC_DRIVER_ENTRIES_H
#define NNLC_DRIVER_ENTRIES_H

#include "codegen/image/image_make.h"
#include "driver/session.h"
#include "ir/passes/pass.h"

typedef Vec(ProgramEntry) Entries;

/* One entry per (model, compile, data set, use, batch size) that a command or the trainer's own
 * commands need. Their graphs are built; false after errors. With `forward_only` they stay as the
 * layers made them (--emit=ir). */
bool entries_build(Session *s, const Program *p, PassCx *passes, bool forward_only, Entries *out);
/* The shapes of models that no command uses, as far as their inputs are declared; false after errors. */
bool unused_check(Session *s, const Program *p);
/* EXACT passes as -O asks, then storage, kernels and places; states: one plan per instance. */
void entries_plan(Session *s, const Program *p, PassCx *passes, Entries *entries,
                  StatePlan ***states);
/* One graph by itself (.nnir). */
EntryPlan *graph_plan(Session *s, Graph *g);
/* Weights named in expressions must exist, and shared ones agree; false after errors. */
bool entries_check_weights(Session *s, const Program *p, StatePlan *const *states);

#endif
