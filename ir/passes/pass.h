/* pass.h: passes over a graph, and the manager that runs them.
 *
 * A pass takes a graph and leaves it better; it returns true if it changed anything. Passes rebuild:
 * pointers to nodes become stale, so what a caller wants to find again it lists in `tracked`. In
 * development builds the verifier runs after every pass.
 *
 * With a `spare` arena, which is empty, as much memory is in use as two versions of the graph need: a pass
 * writes the new one there, and then the graph's own arena, which holds nothing but the graph, is emptied
 * and becomes the spare one. Without, all versions stay in the graph's arena. */
#ifndef NNLC_IR_PASSES_PASS_H
#define NNLC_IR_PASSES_PASS_H

#include "ir/graph/builder.h"

typedef enum {
#define PASS(id, kind, doc) PASS_##id,
#include "ir/defs/passes.def"
    N_PASSES
} PassId;

typedef enum { PIPELINE_forward, PIPELINE_sums, PIPELINE_exact } PipelineId;

typedef struct PassTime {
    double seconds;
    uint32_t runs;
} PassTime;

enum { MAX_TRACKED = 8 };

typedef struct PassCx {
    Node **tracked[MAX_TRACKED]; /* updated by every pass; their nodes stay alive */
    size_t n_tracked;
    const char *print_after; /* a pass, or NULL */
    StrBuf *dump;            /* where --print-after goes */
    PassTime *times;         /* N_PASSES of them, or NULL */
    Arena *spare;            /* NULL, or see below */
} PassCx;

typedef bool Pass(PassCx *cx, Graph *g);
#define PASS(id, kind, doc) Pass pass_##id;
#include "ir/defs/passes.def"

const char *pass_name(PassId pass);
/* The pass of this name, or N_PASSES. */
PassId pass_named(const char *name);
bool pass_is_exact(PassId pass);
const char *pass_doc(PassId pass);

bool pass_run(PassCx *cx, Graph *g, PassId pass);
bool pass_pipeline(PassCx *cx, Graph *g, PipelineId pipeline);

/* ---- for passes ---- */

/* A graph being rebuilt node by node: map[old id] is the new node. */
typedef struct Rewrite {
    PassCx *cx;
    Graph *old, *new;
    Node **map;
    bool changed;
    ArenaMark mark; /* of the old graph's arena, for what the pass itself needs */
    size_t names;
} Rewrite;

Rewrite rewrite_begin(PassCx *cx, Graph *g);
/* Copies an old node with its inputs mapped. */
Node *rewrite_copy(Rewrite *rw, const Node *n);
/* A builder for new nodes in the place of old node n. */
Builder rewrite_builder(Rewrite *rw, const Node *n);
/* The old graph becomes the new one, unless nothing changed; tracked pointers follow. Returns rw->changed. */
bool rewrite_end(Rewrite *rw);

/* Is n a splat constant with this value? */
bool node_is_const(const Node *n, double value);

#endif
