/* fold.h: what reductions carry from term to term, and how they take a term or join two parts. For all folds of a
 * kernel at once: arrays of Carried have one element for each (MAX_FOLDS). Internal to codegen/emit. */
#ifndef NNLC_CODEGEN_EMIT_FOLD_H
#define NNLC_CODEGEN_EMIT_FOLD_H

#include "codegen/emit/internal.h"

/* What a fold carries from term to term. A maximum of floats keeps a NaN that it met apart, so that the
 * chain of maxima is no longer than without; argmax keeps where the best term was. */
typedef struct Carried {
    Val v;
    Val also; /* NULL, a NaN or any number, or an index (i32) */
} Carried;

/* The terms of every fold at one point. */
typedef struct Terms {
    Val of[MAX_FOLDS][2];
} Terms;

/* Memory for ended partial results of every fold. */
typedef struct Partials {
    Val v[MAX_FOLDS], also[MAX_FOLDS];
    unsigned n, width;
} Partials;

/* Does it keep a NaN apart, in Carried.also, until its end? */
bool fold_watches_nan(const Fold *fold);
/* Lane by lane. */
Carried carried_select(Fn *f, Val which, Carried yes, Carried no);
/* One fold and the terms that it takes: t[0], or t[0] and t[1]. */
Carried fold_with_term(Fn *f, const Fold *fold, Carried c, Val const *t);
/* Two partial results, of which x has the earlier terms. */
Carried fold_join(Fn *f, const Fold *fold, Carried x, Carried y);
/* Carries round a loop: right after loop_begin, and in place of loop_end. */
void carried_in(Fn *f, Loop *l, Carried *c);
void carried_out(Fn *f, Loop *l, Carried *c);
void carried_with_terms(Fn *f, Carried *c, const Terms *t);
/* Behind the last loop. */
void carried_end_all(Fn *f, Carried *c);
/* Memory on the stack for `n` of them. */
Partials partials_open(Fn *f, unsigned n, unsigned width, const char *name);
void partials_store(Fn *f, const Partials *p, Val at, const Carried *c);
void partials_load(Fn *f, const Partials *p, Val at, Carried *c);
/* All of them, a power of two, joined by halving. */
void partials_join(Fn *f, const Partials *p, Carried *c);

#endif
