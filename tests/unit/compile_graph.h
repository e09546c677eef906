/* compile_graph.h: a graph compiled and run at once, seen through the interpreter's InterpWorld, so that
 * both can be compared. */
#ifndef NNLC_TESTS_UNIT_COMPILE_GRAPH_H
#define NNLC_TESTS_UNIT_COMPILE_GRAPH_H

#include <math.h>

#include "codegen/emit/emit.h"
#include "codegen/target/target.h"
#include "ir/interp/interp.h"
#include "ir/passes/pass.h"
#include "runtime/exec/exec.h"
#include "tests/unit/check.h"

typedef struct Compiled {
    Arena *arena;
    const Graph *g; /* as given */
    StatePlan *plan;
    Jit *jit;
    const NnlEntry *entry;
} Compiled;

/* Element k of memory of f32 or f64. */
static inline void number_put(RtDtype t, void *to, size_t k, double v)
{
    if (t == RT_f32)
        ((float *)to)[k] = (float)v;
    else
        ((double *)to)[k] = v;
}

static inline double number_get(RtDtype t, const void *from, size_t k)
{
    return t == RT_f32 ? (double)((const float *)from)[k] : ((const double *)from)[k];
}

/* The machine of this name, or the target's own baseline where this processor has no such. */
static inline const Machine *machine_for(Arena *arena, const char *cpu, int level)
{
    const char *message = NULL;
    const Machine *m = machine_find(arena, NULL, cpu, level, &message);
    return m ? m : machine_find(arena, NULL, NULL, level, &message);
}

/* Compiles a copy of g with the passes of the level. False: LLVM's complaint was printed. */
static inline bool compiled_open(Compiled *c, Arena *arena, Graph *g, const Machine *m, int level)
{
    const char *message = NULL;
    Graph *copy = graph_like(g, g->arena);
    graph_take(copy, g);
    PassCx passes = {.n_tracked = 0};
    if (level > 0)
        pass_pipeline(&passes, copy, PIPELINE_exact);
    *c = (Compiled){.arena = arena, .g = g};
    InstanceGraphs all = {&copy, 1};
    c->plan = plan_states(arena, &all, 1, &m->target)[0];
    ScheduleOptions o = {m->target, level > 1, plan_storage(arena, c->plan, copy)};
    EntryPlan *entry = plan_entry(arena, schedule(arena, copy, &o), c->plan);
    EmitOptions eo = {.module_name = "test", .target = m->target};
    Emitter *em = emit_open(arena, &eo);
    Object object = {NULL};
    emit_entry(em, "test", entry);
    emit_program(em, NULL, 0, m->needs);
    message = emit_verify(em);
    if (!message && object_make(arena, emit_module(em), m, false, &object, &message))
        c->jit = jit_open(arena, &object, &message);
    emit_close(em);
    const NnlProgram *p = c->jit ? jit_find(c->jit, arena, "nnl_program", &message) : NULL;
    if (p)
        c->entry = &p->entries[0];
    else
        fprintf(stderr, "%s\n", message);
    return p != NULL;
}

static inline void compiled_close(Compiled *c)
{
    if (c->jit)
        jit_close(c->jit);
}

static inline int64_t compiled_place(const StatePlace *p, int64_t k)
{
    if (p->storage.kind == STORAGE_row_major)
        return k;
    return rt_storage_index(&p->storage, k / p->storage.cols, k % p->storage.cols);
}

/* Copies a state between the block and dense memory. */
static inline void compiled_state(const StatePlace *p, char *block, char *dense, bool into_block)
{
    size_t size = rt_dtype(p->state.dtype)->size;
    for (int64_t k = 0; k < shape_count(&p->state.shape, 1); k++) {
        char *in_block = block + p->offset + (size_t)compiled_place(p, k) * size;
        char *in_dense = dense + (size_t)k * size;
        memcpy(into_block ? in_block : in_dense, into_block ? in_dense : in_block, size);
    }
}

/* 64-byte aligned; filled so that what is never written must not count. */
static inline void *compiled_memory(size_t bytes)
{
    size_t whole = (bytes + 256 + 63) / 64 * 64;
    void *p = aligned_alloc(64, whole);
    memset(p, 0xff, whole);
    return p;
}

static inline void *compiled_bound(const InterpBinds *binds, const char *name)
{
    for (size_t i = 0; i < binds->n; i++)
        if (!strcmp(binds->at[i].name, name))
            return binds->at[i].data;
    return NULL;
}

/* One step, as interp_run(w, g). Inputs are read from the binds row by row. Without a pool the calling thread runs it
 * alone, also beside others. */
static inline void compiled_run(const Compiled *c, const InterpWorld *w, RtPool *pool)
{
    const NnlEntry *e = c->entry;
    void *block = compiled_memory((size_t)c->plan->block_bytes);
    void *arena = compiled_memory(e->arena_bytes);
    void *scratch =
        compiled_memory(rt_scratch_stride(e) * (size_t)(pool ? rt_pool_threads(pool) : 1));
    uint32_t *index = calloc((size_t)e->batch, sizeof *index);
    const void *inputs[8];
    void *outputs[8];
    NnlScalar scalars[16];
    for (uint32_t k = 0; k < e->batch; k++)
        index[k] = k;
    for (uint32_t k = 0; k < e->n_inputs; k++)
        inputs[k] = compiled_bound(&w->inputs, e->inputs[k].name);
    for (uint32_t k = 0; k < e->n_outputs; k++)
        outputs[k] = compiled_bound(&w->outputs, e->outputs[k].name);
    for (uint32_t k = 0; k < e->n_scalars; k++) {
        const void *x = interp_run_scalar(w, (RunScalar)e->scalars[k].kind, e->scalars[k].id);
        scalars[k].i = w->n;
        if (x)
            memcpy(&scalars[k], x, sizeof scalars[k]);
    }
    for (size_t s = 0; s < c->g->states.n; s++)
        compiled_state(plan_state(c->plan, c->g->states.at[s].name), block,
                       compiled_bound(&w->states, c->g->states.at[s].name), true);
    NnlIo io = {inputs, outputs, index, w->n};
    rt_entry_run(pool, e, block, arena, scratch, &io, scalars);
    for (size_t s = 0; s < c->g->states.n; s++)
        compiled_state(plan_state(c->plan, c->g->states.at[s].name), block,
                       compiled_bound(&w->states, c->g->states.at[s].name), false);
    free(index);
    free(block);
    free(arena);
    free(scratch);
}

static inline bool same_element(RtDtype t, const char *a, const char *b)
{
    float fa, fb;
    double da, db;
    if (!memcmp(a, b, rt_dtype(t)->size))
        return true;
    if (t == RT_f32) {
        memcpy(&fa, a, sizeof fa);
        memcpy(&fb, b, sizeof fb);
        return isnan(fa) && isnan(fb);
    }
    if (t == RT_f64) {
        memcpy(&da, a, sizeof da);
        memcpy(&db, b, sizeof db);
        return isnan(da) && isnan(db);
    }
    return false;
}

/* The first element that differs (two NaNs are alike), or -1. */
static inline int64_t first_difference(RtDtype t, int64_t count, const void *a, const void *b)
{
    size_t size = rt_dtype(t)->size;
    for (int64_t k = 0; k < count; k++)
        if (!same_element(t, (const char *)a + (size_t)k * size,
                          (const char *)b + (size_t)k * size))
            return k;
    return -1;
}

#endif
