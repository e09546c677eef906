/* interp.h: a graph computed plainly, element by element: what compiled code must give, bit for bit.
 *
 * Shares no code with code generation, only the tables of elementary functions and of random numbers.
 * Every value is held in its own type; sums go in the order that sum=(G,V) says (docs/ir.md). */
#ifndef NNLC_IR_INTERP_INTERP_H
#define NNLC_IR_INTERP_INTERP_H

#include "ir/graph/graph.h"

/* Memory of one name: row-major, dense, in the node's type; for batches of n rows. */
typedef struct InterpBind {
    const char *name;
    void *data;
} InterpBind;

typedef struct InterpBinds {
    size_t n;
    const InterpBind *at;
} InterpBinds;

/* 8 bytes: f64 or i64 as the node says. */
typedef struct InterpScalar {
    RunScalar kind;
    uint32_t id;
    const void *data;
} InterpScalar;

typedef struct InterpScalars {
    size_t n;
    const InterpScalar *at;
} InterpScalars;

typedef struct InterpWorld {
    Arena *arena;
    int64_t n;             /* rows of this batch, 1 <= n <= g->batch */
    InterpBinds inputs;    /* "x", "y": rows of the batch */
    InterpScalars scalars; /* without n, which stands above */
    InterpBinds states;    /* read at the start, written at the end of the step */
    InterpBinds outputs;
} InterpWorld;

/* One step. Names that the graph uses and the world lacks are our bug. */
void interp_run(const InterpWorld *w, const Graph *g);

/* The value of a scalar; NULL if the world has none. */
const void *interp_run_scalar(const InterpWorld *w, RunScalar kind, int64_t id);

/* One element of an elementwise op (and of cast and select): operands and result in their types. */
void interp_scalar(Op op, RtDtype in, RtDtype out, const void *a, const void *b, const void *c,
                   void *result);

#endif
