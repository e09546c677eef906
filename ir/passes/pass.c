/* pass.c: the table of passes, pipelines, timing, dumps, and rebuilding. */
#include "ir/passes/pass.h"

#include <string.h>
#include <time.h>

#include "support/bug.h"

enum { KIND_MEANING, KIND_EXACT };

typedef struct PassRow {
    const char *name;
    int kind;
    Pass *run;
    const char *doc;
} PassRow;

static const PassRow rows[] = {
#define PASS(id, kind, doc) {#id, KIND_##kind, pass_##id, doc},
#include "ir/defs/passes.def"
};

typedef struct PipelineRow {
    PipelineId pipeline;
    PassId pass;
} PipelineRow;

static const PipelineRow pipelines[] = {
#define PIPELINE(id, pass) {PIPELINE_##id, PASS_##pass},
#include "ir/defs/passes.def"
};

const char *pass_name(PassId pass)
{
    return rows[pass].name;
}

const char *pass_doc(PassId pass)
{
    return rows[pass].doc;
}

bool pass_is_exact(PassId pass)
{
    return rows[pass].kind == KIND_EXACT;
}

PassId pass_named(const char *name)
{
    for (int i = 0; i < N_PASSES; i++)
        if (!strcmp(rows[i].name, name))
            return (PassId)i;
    return N_PASSES;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void check(Graph *g, PassId pass)
{
#ifdef NNLC_DEV
    ArenaMark mark = arena_mark(g->arena);
    const char *wrong = graph_verify(g->arena, g);
    if (wrong)
        nnl_bug("pass '%s' broke graph '%s': %s", pass_name(pass), g->name, wrong);
    arena_reset(g->arena, mark);
#else
    (void)g;
    (void)pass;
#endif
}

bool pass_run(PassCx *cx, Graph *g, PassId pass)
{
    double start = now();
    bool changed = rows[pass].run(cx, g);
    if (cx->times) {
        cx->times[pass].seconds += now() - start;
        cx->times[pass].runs++;
    }
    check(g, pass);
    if (cx->print_after && cx->dump && !strcmp(cx->print_after, pass_name(pass)))
        graph_print(cx->dump, g);
    return changed;
}

bool pass_pipeline(PassCx *cx, Graph *g, PipelineId pipeline)
{
    bool changed = false;
    for (size_t i = 0; i < sizeof pipelines / sizeof *pipelines; i++)
        if (pipelines[i].pipeline == pipeline)
            changed |= pass_run(cx, g, pipelines[i].pass);
    return changed;
}

/* ---- rebuilding ---- */

Rewrite rewrite_begin(PassCx *cx, Graph *g)
{
    Rewrite rw = {
        .cx = cx, .old = g, .mark = arena_mark(g->arena), .names = interner_count(g->names)};
    rw.new = graph_like(g, cx->spare ? cx->spare : g->arena);
    rw.new->nodes.cap = g->nodes.n + 8;
    rw.new->nodes.at = ARENA_ARRAY(rw.new->arena, Node *, rw.new->nodes.cap);
    rw.map = ARENA_ARRAY(g->arena, Node *, g->nodes.n + 1);
    return rw;
}

Node *rewrite_copy(Rewrite *rw, const Node *n)
{
    Node *in[16], **list = in;
    if (n->n_in > 16)
        list = ARENA_ARRAY(rw->new->arena, Node *, n->n_in);
    for (uint32_t i = 0; i < n->n_in; i++)
        list[i] = rw->map[n->in[i]->id];
    Node *copy = graph_copy(rw->new, n, list);
    rw->map[n->id] = copy;
    return copy;
}

Builder rewrite_builder(Rewrite *rw, const Node *n)
{
    Builder b = {rw->new, n->origin};
    return b;
}

static void drop_new(Rewrite *rw)
{
    if (rw->new->arena != rw->old->arena)
        arena_reset(rw->new->arena, (ArenaMark){0});
    else if (interner_count(rw->old->names) != rw->names)
        return; /* names may lie in the same arena */
    arena_reset(rw->old->arena, rw->mark);
}

bool rewrite_end(Rewrite *rw)
{
    Arena *before = rw->old->arena;
    if (!rw->changed) {
        drop_new(rw);
        return false;
    }
    for (size_t i = 0; i < rw->cx->n_tracked; i++)
        if (*rw->cx->tracked[i])
            *rw->cx->tracked[i] = rw->map[(*rw->cx->tracked[i])->id];
    graph_take(rw->old, rw->new);
    if (rw->old->arena != before) {
        arena_reset(before, (ArenaMark){0});
        rw->cx->spare = before;
    }
    return true;
}

bool node_is_const(const Node *n, double value)
{
    double d;
    float f;
    if (n->op != OP_const || !n->attr[2].data.splat)
        return false;
    if (n->dtype == RT_f64) {
        memcpy(&d, n->attr[2].data.bytes, sizeof d);
        return !memcmp(&d, &value, sizeof d);
    }
    if (n->dtype == RT_f32) {
        float want = (float)value;
        memcpy(&f, n->attr[2].data.bytes, sizeof f);
        return !memcmp(&f, &want, sizeof f);
    }
    return false;
}
