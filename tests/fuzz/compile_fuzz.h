/* compile_fuzz.h: what comes behind a graph, up to LLVM: passes, kernels, the plan, and the interpreter
 * before and after the passes. */
#ifndef NNLC_TESTS_FUZZ_COMPILE_FUZZ_H
#define NNLC_TESTS_FUZZ_COMPILE_FUZZ_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "codegen/plan/plan.h"
#include "ir/interp/interp.h"
#include "ir/passes/pass.h"

/* Kernels and memory for the widest and the narrowest machine, each printed. The passes change g. */
static inline void fuzz_compile(Arena *arena, Graph *g)
{
    static const Target targets[] = {{"x86-64-v4", 512, 32}, {"generic", 128, 32}};
    PassCx passes = {.n_tracked = 0};
    pass_pipeline(&passes, g, PIPELINE_exact);
    if (graph_verify(arena, g))
        abort();
    for (int i = 0; i < 2; i++) {
        StrBuf shown = {0};
        InstanceGraphs all = {&g, 1};
        StatePlan *states = plan_states(arena, &all, 1, &targets[i])[0];
        ScheduleOptions o = {targets[i], i == 0, plan_storage(arena, states, g)};
        EntryPlan *plan = plan_entry(arena, schedule(arena, g, &o), states);
        kernels_print(&shown, plan->kernels);
        kernels_print_cost(&shown, plan->kernels);
        plan_print(&shown, plan);
        strbuf_close(&shown);
    }
}

/* ---- the interpreter ---- */

enum { FUZZ_ROWS = 3, FUZZ_WORK = 1 << 20, FUZZ_BINDS = 64 };

static inline bool fuzz_same_name(const Attr *a, const Attr *b, Op op)
{
    return op == OP_scalar ? a[0].i == b[0].i && a[1].i == b[1].i : a[0].text == b[0].text;
}

static inline bool fuzz_named_twice(const Graph *g, const Node *n)
{
    for (uint32_t i = 0; i < n->id; i++)
        if (g->nodes.at[i]->op == n->op && fuzz_same_name(g->nodes.at[i]->attr, n->attr, n->op))
            return true;
    return false;
}

/* Is the graph small, are its types those that nnlc computes with, and its names clear? */
static inline bool fuzz_can_run(const Graph *g)
{
    double work = 0;
    for (size_t i = 0; i < g->nodes.n; i++) {
        const Node *n = g->nodes.at[i];
        double count = (double)shape_count(&n->shape, FUZZ_ROWS);
        if (n->dtype == RT_f16 || n->dtype == RT_bf16)
            return false;
        if ((n->op == OP_input || n->op == OP_scalar || n->op == OP_output) &&
            fuzz_named_twice(g, n))
            return false;
        work += 1 + count;
        if (n->op == OP_dot)
            work += count * (double)shape_count(&n->in[0]->shape, FUZZ_ROWS);
    }
    return work < FUZZ_WORK && g->batch >= FUZZ_ROWS && g->states.n < FUZZ_BINDS;
}

/* Small numbers, some of them alike, some negative. */
static inline void *fuzz_numbers(Arena *arena, RtDtype dtype, int64_t count)
{
    char *bytes = arena_alloc(arena, (size_t)count * rt_dtype(dtype)->size + 8);
    for (int64_t i = 0; i < count; i++) {
        int64_t number = i * 7 % 11 - (rt_dtype(dtype)->is_signed ? 4 : 0);
        if (dtype == RT_bool)
            number = number > 5;
        interp_scalar(OP_cast, RT_i64, dtype, &number, NULL, NULL,
                      bytes + (size_t)i * rt_dtype(dtype)->size);
    }
    return bytes;
}

static inline const void *fuzz_bound(const InterpBinds *binds, const char *name)
{
    for (size_t i = 0; i < binds->n; i++)
        if (!strcmp(binds->at[i].name, name))
            return binds->at[i].data;
    return NULL;
}

static inline void fuzz_bind(Arena *arena, InterpBinds *binds, const char *name, RtDtype dtype,
                             int64_t count)
{
    InterpBind *at = (InterpBind *)(uintptr_t)binds->at;
    if (binds->n < FUZZ_BINDS && !fuzz_bound(binds, name))
        at[binds->n++] = (InterpBind){name, fuzz_numbers(arena, dtype, count)};
}

static inline InterpWorld fuzz_world(Arena *arena, const Graph *g)
{
    InterpWorld w = {.arena = arena, .n = FUZZ_ROWS};
    InterpBinds *all[] = {&w.inputs, &w.states, &w.outputs};
    InterpScalar *scalars = ARENA_ARRAY(arena, InterpScalar, g->nodes.n + 1);
    w.scalars.at = scalars;
    for (size_t i = 0; i < 3; i++)
        all[i]->at = ARENA_ARRAY(arena, InterpBind, FUZZ_BINDS);
    for (size_t i = 0; i < g->nodes.n; i++) {
        const Node *n = g->nodes.at[i];
        InterpBinds *binds = n->op == OP_input ? &w.inputs : n->op == OP_output ? &w.outputs : NULL;
        if (n->op == OP_scalar)
            scalars[w.scalars.n++] = (InterpScalar){(RunScalar)n->attr[0].i, (uint32_t)n->attr[1].i,
                                                    fuzz_numbers(arena, n->dtype, 1)};
        if (binds)
            fuzz_bind(arena, binds, n->attr[0].text, n->dtype, shape_count(&n->shape, FUZZ_ROWS));
    }
    for (size_t s = 0; s < g->states.n; s++)
        fuzz_bind(arena, &w.states, g->states.at[s].name, g->states.at[s].dtype,
                  shape_count(&g->states.at[s].shape, 1));
    return w;
}

/* Bit for bit, but two NaNs are alike. */
static inline bool fuzz_same(RtDtype t, int64_t count, const char *a, const char *b)
{
    size_t size = rt_dtype(t)->size;
    for (int64_t i = 0; i < count; i++, a += size, b += size) {
        double x = NAN, y = NAN;
        if (!memcmp(a, b, size))
            continue;
        if (rt_dtype(t)->is_float) {
            interp_scalar(OP_cast, t, RT_f64, a, NULL, NULL, &x);
            interp_scalar(OP_cast, t, RT_f64, b, NULL, NULL, &y);
        }
        if (!rt_dtype(t)->is_float || !isnan(x) || !isnan(y))
            return false;
    }
    return true;
}

/* After one step from the same start, are the outputs and the states the same? */
static inline void fuzz_compare(const Graph *g, const InterpWorld *a, const InterpWorld *b)
{
    for (size_t i = 0; i < g->nodes.n; i++) {
        const Node *n = g->nodes.at[i];
        if (n->op == OP_output && !fuzz_same(n->dtype, shape_count(&n->shape, FUZZ_ROWS),
                                             fuzz_bound(&a->outputs, n->attr[0].text),
                                             fuzz_bound(&b->outputs, n->attr[0].text)))
            abort();
    }
    for (size_t s = 0; s < g->states.n; s++)
        if (!fuzz_same(g->states.at[s].dtype, shape_count(&g->states.at[s].shape, 1),
                       a->states.at[s].data, b->states.at[s].data))
            abort();
}

/* The EXACT passes change no bit. */
static inline void fuzz_interpret(Arena *arena, const Graph *g)
{
    if (!fuzz_can_run(g))
        return;
    PassCx passes = {.n_tracked = 0};
    Graph *better = graph_like(g, g->arena);
    graph_take(better, g);
    InterpWorld before = fuzz_world(arena, g), after = fuzz_world(arena, g);
    interp_run(&before, g);
    pass_pipeline(&passes, better, PIPELINE_exact);
    interp_run(&after, better);
    fuzz_compare(g, &before, &after);
}

#endif
