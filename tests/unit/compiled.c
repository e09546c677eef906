/* Compiled code gives what the interpreter gives, bit for bit: random graphs, at every level, for the
 * baseline and for this machine's vectors, alone and over several threads.
 *
 *     unit_compiled [FIRST COUNT]    other seeds than the suite's; SHOW_GRAPH=1 prints what fails */
#include "tests/unit/compile_graph.h"
#include "tests/unit/random_graph.h"

enum { BATCH = 11, GRAPHS = 300, SLACK = 256 };

typedef struct Case {
    Arena *arena;
    Graph *g;
    uint64_t seed;
    int64_t n;
    int64_t scalar[2]; /* seed, step */
    InterpBind inputs[2], scalars[2];
} Case;

static const Node *input_named(const Graph *g, const char *name)
{
    for (size_t i = 0; i < g->nodes.n; i++)
        if (g->nodes.at[i]->op == OP_input && !strcmp(g->nodes.at[i]->attr[0].text, name))
            return g->nodes.at[i];
    return NULL;
}

static void fill(Case *c)
{
    const Node *node = input_named(c->g, "x");
    size_t n = node ? (size_t)shape_count(&node->shape, BATCH) : BATCH;
    float *x = ARENA_ARRAY(c->arena, float, n + SLACK);
    int32_t *i = ARENA_ARRAY(c->arena, int32_t, BATCH + SLACK);
    for (size_t k = 0; k < n; k++)
        x[k] = (float)(rt_normal_f64(c->seed, 1, 5, k) * 2);
    for (size_t k = 0; k < BATCH; k++)
        i[k] = (int32_t)rt_bounded_u32(c->seed, 2, 6, k, 12) - 1;
    c->scalar[0] = (int64_t)c->seed;
    c->scalar[1] = 3;
    c->inputs[0] = (InterpBind){"x", x};
    c->inputs[1] = (InterpBind){"i", i};
    c->scalars[0] = (InterpBind){"seed", &c->scalar[0]};
    c->scalars[1] = (InterpBind){"step", &c->scalar[1]};
}

static void put_float(RtDtype t, void *to, int64_t k, double v)
{
    if (t == RT_f32)
        ((float *)to)[k] = (float)v;
    else
        ((double *)to)[k] = v;
}

/* A world of its own, with the case's start values. */
static InterpWorld world_new(Case *c)
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

static bool report(const Case *c, const char *what, const char *name, int64_t at)
{
    if (at >= 0)
        fprintf(stderr, "seed %llu, n %lld: %s %s differs first at element %lld\n",
                (unsigned long long)c->seed, (long long)c->n, what, name, (long long)at);
    return at < 0;
}

static bool compare(const Case *c, const InterpWorld *want, const InterpWorld *got)
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

static void show_graph(const Case *c)
{
    StrBuf text = {0};
    graph_print(&text, c->g);
    fputs(text.text, stderr);
    strbuf_close(&text);
}

static void check_seed(uint64_t seed, RtPool *alone, RtPool *three)
{
    static const char *const cpus[] = {"x86-64-v3", "native"};
    Case c = {.arena = arena_open(), .seed = seed};
    Compiled code;
    PassCx passes = {.n_tracked = 0};
    int level = (int)(seed % 4);
    const Machine *m = machine_for(c.arena, cpus[seed % 2], level);
    c.g = random_graph(c.arena, interner_new(c.arena), seed, BATCH);
    pass_pipeline(&passes, c.g, PIPELINE_sums);
    c.n = 1 + (int64_t)rt_bounded_u32(seed, 9, 9, 9, BATCH);
    fill(&c);
    InterpWorld want = world_new(&c), got = world_new(&c);
    interp_run(&want, c.g);
    bool ran = compiled_open(&code, c.arena, c.g, m, level);
    if (ran)
        compiled_run(&code, &got, seed % 3 ? alone : three);
    if (!CHECK(ran && compare(&c, &want, &got))) {
        fprintf(stderr, "seed %llu, level %d, %s\n", (unsigned long long)seed, level,
                m->target.name);
        if (getenv("SHOW_GRAPH"))
            show_graph(&c);
    }
    compiled_close(&code);
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
