/* graph_case.h: a random graph with what it is fed, and worlds (InterpWorld) that start alike and are
 * compared after a step, bit for bit. */
#ifndef NNLC_TESTS_UNIT_GRAPH_CASE_H
#define NNLC_TESTS_UNIT_GRAPH_CASE_H

#include "tests/unit/compile_graph.h"
#include "tests/unit/random_graph.h"

enum { BATCH = 11, SLACK = 256 };

typedef struct Case {
    Arena *arena;
    Graph *g;
    uint64_t seed;
    int64_t n;
    int64_t *scalar; /* seed, step */
    InterpBind inputs[2];
    InterpScalar scalars[2];
} Case;

static inline const Node *input_named(const Graph *g, const char *name)
{
    for (size_t i = 0; i < g->nodes.n; i++)
        if (g->nodes.at[i]->op == OP_input && !strcmp(g->nodes.at[i]->attr[0].text, name))
            return g->nodes.at[i];
    return NULL;
}

static inline void fill(Case *c)
{
    const Node *node = input_named(c->g, "x");
    size_t n = node ? (size_t)shape_count(&node->shape, BATCH) : BATCH;
    float *x = ARENA_ARRAY(c->arena, float, n + SLACK);
    int32_t *i = ARENA_ARRAY(c->arena, int32_t, BATCH + SLACK);
    for (size_t k = 0; k < n; k++)
        x[k] = (float)(rt_normal_f64(c->seed, 1, 5, k) * 2);
    for (size_t k = 0; k < BATCH; k++)
        i[k] = (int32_t)rt_bounded_u32(c->seed, 2, 6, k, 12) - 1;
    c->scalar = ARENA_ARRAY(c->arena, int64_t, 2);
    c->scalar[0] = (int64_t)c->seed;
    c->scalar[1] = 3;
    c->inputs[0] = (InterpBind){"x", x};
    c->inputs[1] = (InterpBind){"i", i};
    c->scalars[0] = (InterpScalar){SCALAR_seed, 0, &c->scalar[0]};
    c->scalars[1] = (InterpScalar){SCALAR_step, 0, &c->scalar[1]};
}

static inline void put_float(RtDtype t, void *to, int64_t k, double v)
{
    if (t == RT_f32)
        ((float *)to)[k] = (float)v;
    else
        ((double *)to)[k] = v;
}

/* A world of its own, with the case's start values. */
static inline InterpWorld world_new(Case *c)
{
    InterpBind *states = ARENA_ARRAY(c->arena, InterpBind, c->g->states.n + 1);
    InterpBind *outputs = ARENA_ARRAY(c->arena, InterpBind, 8);
    size_t n_outputs = 0;
    for (size_t s = 0; s < c->g->states.n; s++) {
        const State *st = &c->g->states.at[s];
        int64_t count = shape_count(&st->shape, 1);
        states[s].name = st->name;
        states[s].data = arena_alloc(c->arena, (size_t)count * rt_dtype(st->dtype)->size);
        for (int64_t k = 0; k < count; k++)
            put_float(st->dtype, states[s].data, k, rt_normal_f64(c->seed, 4 + s, 9, (uint64_t)k));
    }
    for (size_t i = 0; i < c->g->nodes.n; i++) {
        const Node *n = c->g->nodes.at[i];
        if (n->op != OP_output)
            continue;
        size_t bytes = (size_t)shape_count(&n->shape, BATCH) * rt_dtype(n->dtype)->size;
        outputs[n_outputs++] = (InterpBind){n->attr[0].text, arena_alloc(c->arena, bytes + SLACK)};
    }
    return (InterpWorld){c->arena,
                         c->n,
                         {2, c->inputs},
                         {2, c->scalars},
                         {c->g->states.n, states},
                         {n_outputs, outputs}};
}

static inline bool report(const Case *c, const char *what, const char *name, int64_t at)
{
    if (at >= 0)
        fprintf(stderr, "seed %llu, n %lld: %s %s differs first at element %lld\n",
                (unsigned long long)c->seed, (long long)c->n, what, name, (long long)at);
    return at < 0;
}

static inline bool compare(const Case *c, const InterpWorld *want, const InterpWorld *got)
{
    bool same = true;
    for (size_t i = 0; i < c->g->nodes.n; i++) {
        const Node *n = c->g->nodes.at[i];
        if (n->op != OP_output)
            continue;
        const char *name = n->attr[0].text;
        same = report(c, "output", name,
                      first_difference(n->dtype, shape_count(&n->shape, c->n),
                                       compiled_bound(&want->outputs, name),
                                       compiled_bound(&got->outputs, name))) &&
               same;
    }
    for (size_t s = 0; s < c->g->states.n; s++) {
        const State *st = &c->g->states.at[s];
        same = report(c, "state", st->name,
                      first_difference(st->dtype, shape_count(&st->shape, 1),
                                       want->states.at[s].data, got->states.at[s].data)) &&
               same;
    }
    return same;
}

static inline void show_graph(const Case *c)
{
    StrBuf text = {0};
    graph_print(&text, c->g);
    fputs(text.text, stderr);
    strbuf_close(&text);
}

/* The graph of a seed, with its inputs filled and 1 to BATCH rows; of some seeds a step of one row. */
static inline Case case_open(uint64_t seed)
{
    Case c = {.arena = arena_open(), .seed = seed};
    PassCx passes = {.n_tracked = 0};
    int64_t batch = seed % 5 ? BATCH : 1;
    c.g = random_graph(c.arena, interner_new(c.arena), seed, batch);
    pass_run(&passes, c.g, PASS_sum_split);
    c.n = 1 + (int64_t)rt_bounded_u32(seed, 9, 9, 9, (uint32_t)batch);
    fill(&c);
    return c;
}

#endif
