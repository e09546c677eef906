/* Compiled code gives what the interpreter gives, bit for bit: random graphs, at every level, for every
 * kind of vectors this machine has, alone and over several threads.
 *
 *     unit_compiled [FIRST COUNT]    other seeds than the suite's */
#include <math.h>

#include "codegen/emit/emit.h"
#include "codegen/target/target.h"
#include "ir/interp/interp.h"
#include "ir/passes/pass.h"
#include "runtime/exec/exec.h"
#include "tests/unit/check.h"
#include "tests/unit/random_graph.h"

enum { BATCH = 11, GRAPHS = 300, SLACK = 256 };

typedef struct Case {
    Arena *arena;
    Graph *g;
    uint64_t seed;
    int64_t n;
    float *x;
    int32_t *i;
    int64_t scalar[2]; /* seed, step */
} Case;

static size_t value_bytes(const Node *n, int64_t rows)
{
    return (size_t)shape_count(&n->shape, rows) * rt_dtype(n->dtype)->size;
}

static const Node *input_named(const Graph *g, const char *name)
{
    for (size_t i = 0; i < g->nodes.n; i++)
        if (g->nodes.at[i]->op == OP_input && !strcmp(g->nodes.at[i]->attr[0].text, name))
            return g->nodes.at[i];
    return NULL;
}

static void fill(Case *c)
{
    const Node *x = input_named(c->g, "x");
    size_t n = x ? (size_t)shape_count(&x->shape, BATCH) : BATCH;
    c->x = ARENA_ARRAY(c->arena, float, n + SLACK);
    c->i = ARENA_ARRAY(c->arena, int32_t, BATCH + SLACK);
    for (size_t k = 0; k < n; k++)
        c->x[k] = (float)(rt_normal_f64(c->seed, 1, 5, k) * 2);
    for (size_t k = 0; k < BATCH; k++)
        c->i[k] = (int32_t)rt_bounded_u32(c->seed, 2, 6, k, 12) - 1;
    c->scalar[0] = (int64_t)c->seed;
    c->scalar[1] = 3;
}

static double start_value(const Case *c, size_t state, int64_t k)
{
    return rt_normal_f64(c->seed, 4 + state, 9, (uint64_t)k);
}

static void put_float(RtDtype t, void *to, int64_t k, double v)
{
    if (t == RT_f32)
        ((float *)to)[k] = (float)v;
    else
        ((double *)to)[k] = v;
}

/* ---- the interpreter ---- */

typedef struct Results {
    void **states, **outputs;
    const Node *out[8];
    size_t n_outputs;
} Results;

static Results results_new(const Case *c)
{
    Results r = {.n_outputs = 0};
    r.states = ARENA_ARRAY(c->arena, void *, c->g->states.n + 1);
    r.outputs = ARENA_ARRAY(c->arena, void *, 8);
    for (size_t i = 0; i < c->g->nodes.n; i++)
        if (c->g->nodes.at[i]->op == OP_output) {
            r.out[r.n_outputs] = c->g->nodes.at[i];
            r.outputs[r.n_outputs++] =
                arena_alloc(c->arena, value_bytes(c->g->nodes.at[i], BATCH) + SLACK);
        }
    return r;
}

static Results interpret(const Case *c)
{
    Results r = results_new(c);
    InterpBind inputs[] = {{"x", c->x}, {"i", c->i}};
    InterpBind scalars[] = {{"seed", (void *)(uintptr_t)&c->scalar[0]},
                            {"step", (void *)(uintptr_t)&c->scalar[1]}};
    InterpBind *states = ARENA_ARRAY(c->arena, InterpBind, c->g->states.n + 1);
    InterpBind outputs[8];
    for (size_t s = 0; s < c->g->states.n; s++) {
        const State *st = &c->g->states.at[s];
        int64_t count = shape_count(&st->shape, 1);
        r.states[s] = arena_alloc(c->arena, (size_t)count * rt_dtype(st->dtype)->size);
        for (int64_t k = 0; k < count; k++)
            put_float(st->dtype, r.states[s], k, start_value(c, s, k));
        states[s] = (InterpBind){st->name, r.states[s]};
    }
    for (size_t o = 0; o < r.n_outputs; o++)
        outputs[o] = (InterpBind){r.out[o]->attr[0].text, r.outputs[o]};
    InterpWorld w = {c->arena,
                     c->n,
                     {2, inputs},
                     {2, scalars},
                     {c->g->states.n, states},
                     {r.n_outputs, outputs}};
    interp_run(&w, c->g);
    return r;
}

/* ---- compiled ---- */

static int64_t place_of(const StatePlace *p, int64_t k)
{
    if (p->storage.kind == STORAGE_row_major)
        return k;
    return rt_storage_index(&p->storage, k / p->storage.cols, k % p->storage.cols);
}

static size_t slot_of(const NnlName *names, uint32_t n, const char *name)
{
    for (uint32_t i = 0; i < n; i++)
        if (!strcmp(names[i].name, name))
            return i;
    return n;
}

static void *aligned(size_t bytes)
{
    size_t whole = (bytes + SLACK + 63) / 64 * 64;
    void *p = aligned_alloc(64, whole);
    memset(p, 0xff, whole); /* what is never written must not count */
    return p;
}

static Results run_entry(const Case *c, const NnlEntry *e, const StatePlan *plan, RtPool *pool)
{
    Results r = results_new(c);
    void *block = aligned((size_t)plan->block_bytes), *arena = aligned(e->arena_bytes);
    void *scratch = aligned(rt_scratch_stride(e) * (size_t)rt_pool_threads(pool));
    const void *inputs[2] = {NULL, NULL};
    void *outputs[8];
    uint32_t index[BATCH];
    NnlScalar scalars[8];
    for (uint32_t k = 0; k < BATCH; k++)
        index[k] = k;
    for (uint32_t k = 0; k < e->n_inputs; k++)
        inputs[k] = !strcmp(e->inputs[k].name, "x") ? (const void *)c->x : (const void *)c->i;
    for (uint32_t k = 0; k < e->n_scalars; k++)
        scalars[k].i = !strcmp(e->scalars[k].name, "seed")   ? c->scalar[0]
                       : !strcmp(e->scalars[k].name, "step") ? c->scalar[1]
                                                             : c->n;
    for (size_t o = 0; o < r.n_outputs; o++)
        outputs[slot_of(e->outputs, e->n_outputs, r.out[o]->attr[0].text)] = r.outputs[o];
    for (size_t s = 0; s < c->g->states.n; s++) {
        const StatePlace *p = plan_state(plan, c->g->states.at[s].name);
        for (int64_t k = 0; k < shape_count(&p->state.shape, 1); k++)
            put_float(p->state.dtype, (char *)block + p->offset, place_of(p, k),
                      start_value(c, s, k));
    }
    NnlIo io = {inputs, outputs, index, c->n};
    rt_entry_run(pool, e, block, arena, scratch, &io, scalars);
    for (size_t s = 0; s < c->g->states.n; s++) {
        const StatePlace *p = plan_state(plan, c->g->states.at[s].name);
        size_t size = rt_dtype(p->state.dtype)->size;
        int64_t count = shape_count(&p->state.shape, 1);
        r.states[s] = arena_alloc(c->arena, (size_t)count * size);
        for (int64_t k = 0; k < count; k++)
            memcpy((char *)r.states[s] + (size_t)k * size,
                   (char *)block + p->offset + (size_t)place_of(p, k) * size, size);
    }
    free(block);
    free(arena);
    free(scratch);
    return r;
}

static Results compile_and_run(const Case *c, const Machine *m, int level, RtPool *pool, bool *ran)
{
    const char *message = NULL;
    Graph *g = graph_like(c->g);
    graph_take(g, c->g);
    PassCx passes = {.n_tracked = 0};
    if (level > 0)
        pass_pipeline(&passes, g, PIPELINE_exact);
    StatePlan *plan = plan_states(c->arena, &g, 1, &m->target);
    ScheduleOptions o = {m->target, level > 1, plan_storage(c->arena, plan, g)};
    EntryPlan *entry = plan_entry(c->arena, schedule(c->arena, g, &o), plan);
    EmitOptions eo = {.module_name = "random", .target = m->target};
    Emitter *em = emit_open(c->arena, &eo);
    Object object = {NULL};
    Results r = {.n_outputs = 0};
    emit_entry(em, "random", entry);
    emit_program(em, NULL, 0, m->needs);
    const char *wrong = emit_verify(em);
    if (wrong)
        fprintf(stderr, "%s\n", wrong);
    *ran = !wrong && object_make(c->arena, emit_module(em), m, false, &object, &message);
    emit_close(em);
    Jit *jit = *ran ? jit_open(c->arena, &object, &message) : NULL;
    const NnlProgram *p = jit ? jit_find(jit, c->arena, "nnl_program", &message) : NULL;
    *ran = p != NULL;
    if (p)
        r = run_entry(c, &p->entries[0], plan, pool);
    if (jit)
        jit_close(jit);
    return r;
}

/* ---- comparing ---- */

static bool same_element(RtDtype t, const char *a, const char *b)
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

static int64_t first_difference(RtDtype t, int64_t count, const char *a, const char *b)
{
    size_t size = rt_dtype(t)->size;
    for (int64_t k = 0; k < count; k++)
        if (!same_element(t, a + (size_t)k * size, b + (size_t)k * size))
            return k;
    return -1;
}

static void show_graph(const Case *c)
{
    StrBuf text = {0};
    graph_print(&text, c->g);
    fputs(text.text, stderr);
    strbuf_close(&text);
}

static bool compare(const Case *c, const Results *want, const Results *got, const char *what)
{
    bool same = true;
    for (size_t o = 0; o < want->n_outputs; o++) {
        const Node *n = want->out[o];
        int64_t at = first_difference(n->dtype, shape_count(&n->shape, c->n), want->outputs[o],
                                      got->outputs[o]);
        same = same && at < 0;
        if (at >= 0)
            fprintf(stderr, "seed %llu, n %lld, %s: output %s differs first at element %lld\n",
                    (unsigned long long)c->seed, (long long)c->n, what, n->attr[0].text,
                    (long long)at);
    }
    for (size_t s = 0; s < c->g->states.n; s++) {
        const State *st = &c->g->states.at[s];
        int64_t at = first_difference(st->dtype, shape_count(&st->shape, 1), want->states[s],
                                      got->states[s]);
        same = same && at < 0;
        if (at >= 0)
            fprintf(stderr, "seed %llu, n %lld, %s: state %s differs first at element %lld\n",
                    (unsigned long long)c->seed, (long long)c->n, what, st->name, (long long)at);
    }
    return same;
}

static void check_seed(uint64_t seed, RtPool *alone, RtPool *three)
{
    static const char *const cpus[] = {"x86-64-v3", "native"};
    Case c = {.arena = arena_open(), .seed = seed};
    const char *message = NULL;
    c.g = random_graph(c.arena, interner_new(c.arena), seed, BATCH);
    PassCx passes = {.n_tracked = 0};
    pass_pipeline(&passes, c.g, PIPELINE_sums);
    c.n = 1 + (int64_t)rt_bounded_u32(seed, 9, 9, 9, BATCH);
    fill(&c);
    Results want = interpret(&c);
    int level = (int)(seed % 4);
    const Machine *m = machine_find(c.arena, NULL, cpus[seed % 2], level, &message);
    bool ran = false;
    if (!m)
        m = machine_find(c.arena, NULL, NULL, level, &message);
    Results got = compile_and_run(&c, m, level, seed % 3 ? alone : three, &ran);
    bool same = ran && compare(&c, &want, &got, m->target.name);
    if (!CHECK(ran && same)) {
        fprintf(stderr, "seed %llu, level %d, %s\n", (unsigned long long)seed, level,
                m->target.name);
        if (getenv("SHOW_GRAPH"))
            show_graph(&c);
    }
    arena_close(c.arena);
}

int main(int argc, char **argv)
{
    uint64_t first = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
    uint64_t count = argc > 2 ? strtoull(argv[2], NULL, 10) : GRAPHS;
    RtPool *alone = rt_pool_open(1), *three = rt_pool_open(3);
    for (uint64_t seed = first; seed < first + count; seed++)
        check_seed(seed, alone, three);
    rt_pool_close(alone);
    rt_pool_close(three);
    return check_done();
}
