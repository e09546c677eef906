/* convert_internal.h: one argument while its value is converted. */
#ifndef NNLC_IR_PROGRAM_CONVERT_INTERNAL_H
#define NNLC_IR_PROGRAM_CONVERT_INTERNAL_H

#include "ir/program/elaborate_internal.h"

typedef struct Convert {
    Elab *e;
    const Scope *s;
    const Row *row;
    const ArgRow *arg;
    const Value *v;
    ArgValue *out;
} Convert;

/* "'units' of 'Dense'" */
const char *convert_place(Convert *c);
/* Reports that a value is not of the kind that is asked for; false. */
bool convert_wrong(Convert *c, const Value *v);
/* Is the number in the range of the argument? Otherwise that is reported. */
bool convert_in_range(Convert *c, const Value *v);
bool convert_int(Convert *c);
/* What such an argument takes: "a list of strings". */
const char *convert_kind_text(const ArgRow *arg);
/* A number that options may give. */
bool convert_number(Convert *c);
/* The text of a string or a bare word; NULL: it is neither. */
const char *convert_word(const Value *v);
/* The body of a fn with n parameters, which are arguments of the run; NULL after errors. */
const Expr *convert_fn(Convert *c, const Value *fn, uint32_t n, ExprType type, const char *form);

/* ---- convert_lists.c ---- */
/* Kinds of arguments that are lists of plain values. */
bool convert_list(Convert *c);
bool convert_floats(Convert *c);
/* One value or a list of values. */
uint32_t convert_elements(const Value *v, const Value **items);

/* ---- convert_words.c ---- */
bool convert_choice(Convert *c);
bool convert_dtype(Convert *c);
bool convert_column(Convert *c);
bool convert_calls(Convert *c);
/* One of them; NULL after errors. */
const Call *convert_call(Convert *c, const Value *v);
/* Reports that a row is not built yet; false. */
bool convert_not_built(Convert *c, const Value *v, const Row *row);

/* ---- convert_columns.c ---- */
/* convert_kind_text for what is said of columns. */
const char *convert_columns_kind(ArgKind kind);
bool convert_fill(Convert *c);
bool convert_edges(Convert *c);
bool convert_column_list(Convert *c);
bool convert_column_calls(Convert *c);

/* ---- convert_results.c ---- */
bool convert_given(Convert *c);

#endif
