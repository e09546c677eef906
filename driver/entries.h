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
/* Frees the graphs; what else is known of the entries stays. */
void entries_close(Entries *entries);
/* EXACT passes as -O asks, then where states lie: one plan per instance. */
StatePlan **entries_states(Session *s, const Program *p, PassCx *passes, Entries *entries);
/* The kernels of one entry and where their values lie, in the arena; notes its sizes. */
EntryPlan *entry_plan(const Session *s, Arena *arena, ProgramEntry *e, StatePlan *const *states);
/* One graph by itself (.nnir). */
EntryPlan *graph_plan(Session *s, Graph *g);
/* Weights named in expressions must exist, and shared ones agree; false after errors. */
bool entries_check_weights(Session *s, const Program *p, StatePlan *const *states);

#endif
